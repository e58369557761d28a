"""Stops a forked child at each of its writes, syncs, renames and sends, and ends it there or fails the call.

The kernel's own means (ptrace with a seccomp filter), spoken to through ctypes: no compiler and no
system package is needed. Linux on x86_64 only; elsewhere `able` says why not.
"""

import ctypes
import os
import platform
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

CALLS = {
    1: "write", 18: "pwrite64", 20: "writev", 44: "sendto", 74: "fsync", 75: "fdatasync",
    77: "ftruncate", 82: "rename", 87: "unlink", 263: "unlinkat", 264: "renameat", 316: "renameat2",
}  # fmt: skip
ON_FILES = {1, 18, 20, 74, 75, 77}
NAMED = {82, 87, 263, 264, 316}
ENOSPC, EIO = 28, 5
_TRACEME, _CONT, _GETREGS, _SETREGS, _KILL_WITH = 0, 7, 12, 13, 0x100000
_SETOPTIONS, _SECCOMP_STOPS, _THREADS_TOO = 0x4200, 0x80, 0x8
_ANY_THREAD = 0x40000000
_STOPPED_BY_FILTER = signal.SIGTRAP | (7 << 8)
_ORIG_RAX, _RAX, _RDI = 15, 10, 14


class _Rule(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("jt", ctypes.c_ubyte),
        ("jf", ctypes.c_ubyte),
        ("k", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("rules", ctypes.POINTER(_Rule)))


@dataclass(frozen=True)
class Stop:
    """Where the child was held: the call, and the file it is about ("" for the network)."""

    call: str
    name: str

    @property
    def writes(self) -> bool:
        return self.call in {"write", "pwrite64", "writev", "ftruncate", "fsync", "fdatasync"}


@dataclass
class Ended:
    """How a child ended, and the stops it made."""

    stops: list[Stop] = field(default_factory=list)
    killed: bool = False
    code: int = 0


Verdict = Callable[[int, Stop], str | int]
"""(number of the stop from 1, stop) -> "go", "kill", or the errno the call fails with."""


def able() -> str:
    """ "" where a child can be held, else why not."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return "calls are held on Linux x86_64 only"
    try:
        ended = run(lambda: 0, Path("/nowhere"), lambda _, __: "go")
    except OSError as error:
        return f"no child can be held here: {error}"
    return "" if ended.code == 0 else "no child can be held here"


def run(child: Callable[[], int], folder: Path, verdict: Verdict) -> Ended:
    """Fork, run `child` held at every call on a file below `folder` or on the network."""
    libc = _libc()
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        _be(libc, child)
    os.waitpid(pid, 0)
    if libc.ptrace(_SETOPTIONS, pid, None, _SECCOMP_STOPS | _THREADS_TOO | _KILL_WITH) != 0:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        raise OSError(ctypes.get_errno(), "ptrace")
    return _follow(libc, pid, folder, verdict)


def _be(libc: ctypes.CDLL, child: Callable[[], int]) -> None:
    code = 71
    try:
        if libc.ptrace(_TRACEME, 0, None, None) == 0:
            os.kill(os.getpid(), signal.SIGSTOP)
            _filter(libc)
            code = child()
    finally:
        os._exit(code)


def _follow(libc: ctypes.CDLL, pid: int, folder: Path, verdict: Verdict) -> Ended:
    """Until the child ends; its threads are held like itself."""
    ended = Ended()
    libc.ptrace(_CONT, pid, None, 0)
    while True:
        one, status = os.waitpid(-pid, _ANY_THREAD)
        pass_on = 0
        if os.WIFSIGNALED(status) or os.WIFEXITED(status):
            if one != pid:
                continue
            ended.killed = os.WIFSIGNALED(status)
            ended.code = 0 if ended.killed else os.WEXITSTATUS(status)
            return ended
        if status >> 8 == _STOPPED_BY_FILTER:
            _held(libc, one, (folder, verdict), ended)
        elif os.WSTOPSIG(status) not in {signal.SIGTRAP, signal.SIGSTOP}:
            pass_on = os.WSTOPSIG(status)
        libc.ptrace(_CONT, one, None, pass_on)


def _held(libc: ctypes.CDLL, pid: int, where: tuple[Path, Verdict], ended: Ended) -> None:
    folder, verdict = where
    registers = (ctypes.c_ulong * 27)()
    libc.ptrace(_GETREGS, pid, None, ctypes.addressof(registers))
    number = registers[_ORIG_RAX]
    name = ""
    if number in ON_FILES:
        name = str(Path(f"/proc/{pid}/fd/{registers[_RDI]}").readlink())
        if not name.startswith(str(folder)):
            return
    stop = Stop(CALLS[number], Path(name).name)
    ended.stops.append(stop)
    said = verdict(len(ended.stops), stop)
    if said == "kill":
        os.kill(pid, signal.SIGKILL)
    elif isinstance(said, int):
        # the call is not made; the child sees it fail
        registers[_ORIG_RAX] = ctypes.c_ulong(-1).value
        registers[_RAX] = ctypes.c_ulong(-said).value
        libc.ptrace(_SETREGS, pid, None, ctypes.addressof(registers))


def _filter(libc: ctypes.CDLL) -> None:
    """Stop at the calls named, let all others run at full speed."""
    numbers = list(CALLS)
    rules = [_Rule(0x20, 0, 0, 0)]
    rules += [_Rule(0x15, len(numbers) - i, 0, number) for i, number in enumerate(numbers)]
    rules += [_Rule(0x06, 0, 0, 0x7FFF0000), _Rule(0x06, 0, 0, 0x7FF00000)]
    array = (_Rule * len(rules))(*rules)
    program = _Program(len(rules), array)
    libc.prctl(38, 1, 0, 0, 0)
    if libc.prctl(22, 2, ctypes.addressof(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    libc.ptrace.restype = ctypes.c_long
    libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
    return libc
