"""What was written where: folders before and after, and system calls where strace is there."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

_OPENED = re.compile(r'\b(?:open|openat|creat)\((?:AT_FDCWD, )?"([^"]*)", ([A-Z_|0-9]*)')
_MADE = re.compile(
    r'\b(?:mkdir|mkdirat|rename|renameat|renameat2|link|symlink|unlink|truncate)\((?:AT_FDCWD, )?"([^"]*)"'
)
_WRITES = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC")
DEVICES = ("/dev/null", "/dev/tty", "/dev/shm/", "/proc/self/")
"""Neither disk nor trace: shared memory of the camera's pictures is taken away when it ends."""
TRACED = (
    "trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,symlink,unlink,truncate"
)

State = dict[str, tuple[int, int]]


def state(folders: Iterable[Path]) -> State:
    """Size and time of change of everything in the folders."""
    seen: State = {}
    for folder in folders:
        for path in folder.rglob("*"):
            told = path.lstat()
            if not path.is_dir() or path.is_symlink():
                seen[str(path)] = (told.st_size, told.st_mtime_ns)
    return seen


def changed(before: State, after: State, allowed: Path) -> list[str]:
    """What is new, gone or different outside the folder that may change."""
    names = {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)}
    return sorted(n for n in names if not n.startswith(f"{allowed}/"))


def tracer(log: Path) -> list[str] | None:
    """The command that writes down which files a program opens; None where there is no strace."""
    found = shutil.which("strace")
    return [found, "-f", "-s", "4096", "-qq", "-e", TRACED, "-o", str(log)] if found else None


def written(log: str, allowed: Iterable[str]) -> list[str]:
    """Files a trace shows as opened for writing, made, renamed or removed, outside the allowed places."""
    places = (*allowed, *DEVICES)
    found = set()
    for line in log.splitlines():
        if " = -1 " in line:
            continue
        opened = _OPENED.search(line)
        if opened and any(flag in opened[2] for flag in _WRITES):
            found.add(_plain(opened[1]))
        made = _MADE.search(line)
        if made:
            found.add(_plain(made[1]))
    return sorted(p for p in found if not p.startswith(places))


def _plain(quoted: str) -> str:
    """The path behind strace's octal escapes."""
    raw = re.sub(r"\\([0-7]{1,3})", lambda m: chr(int(m[1], 8)), quoted)
    return raw.encode("latin-1", "replace").decode("utf-8", "replace")
