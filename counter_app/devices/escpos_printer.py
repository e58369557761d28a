"""An ESC/POS printer behind a raw TCP port (9100) or a device file (/dev/usb/lp0).

Where it answers, it is asked for paper and cover before and after (DLE EOT); one that never answers
is printed on all the same. Transport is a socket or a file: nothing a library would make simpler.
"""

import errno
import os
import select
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, Protocol

from counter_app.devices.page_printer import UNSURE
from counter_app.devices.printer_state import PrinterState
from counter_app.kernel.errors import EnvironmentFault

PORT = 9100
CONNECT_SECONDS, SEND_SECONDS, ANSWER_SECONDS = 3.0, 20.0, 0.6
_PAPER, _OFFLINE = b"\x10\x04\x04", b"\x10\x04\x02"
"""DLE EOT 4: paper sensors; DLE EOT 2: why it is off line."""
_NO_PAPER, _COVER_OPEN, _STOPPED = 0x60, 0x04, 0x20
_FIXED_BITS, _FIXED = 0x93, 0x12
"""Every status byte looks like 0xx1xx10; anything else is no status."""
_LONGEST_STATUS = 4
"""One byte, or the four of a printer that reports by itself (ASB)."""
_NO_PAPER_CODE = "roll_no_paper"
_SAFE = "业务已受理，不用重办"
_UNREACHED = "小票机连不上：没打开，或线没接好"
_AGAIN = "装好纸，再按补打"

Ask = Callable[[bytes], int | None]
"""Sends a question and returns the status byte, None where nothing came in time."""


class EscposPrinter:
    """One printer; `port` is host, host:port or the path of a device file."""

    def __init__(self, port: str, millimetres: int) -> None:
        self._port = port
        self._millimetres = millimetres

    @property
    def millimetres(self) -> int:
        """Width of its paper: 58 or 80."""
        return self._millimetres

    def send(self, escpos: bytes, name: str) -> None:
        """Print a receipt; `name` is for printers that keep a list, this one has none.

        Raises:
            EnvironmentFault: it cannot be reached or has no paper; UNSURE when it stopped on the way.
        """
        del name
        with self._open() as line:
            wrong = _trouble(line.ask)
            if wrong:
                raise EnvironmentFault("printer_not_ready", f"{wrong}。{_SAFE}", _AGAIN)
            try:
                line.write(escpos)
            except OSError as error:
                _unsure(error)
            wrong = _trouble(line.ask)
            if wrong:
                raise EnvironmentFault(
                    UNSURE,
                    f"{wrong}，不知道小票出全没有。{_SAFE}",
                    "看一眼小票机，再回答纸出来了吗",
                )

    def look(self) -> PrinterState:
        """How it stands; one that never answers is not known to be wrong, and says so."""
        try:
            with self._open() as line:
                wrong = _wrong(line.ask)
        except EnvironmentFault:
            return PrinterState("roll_unreachable", _UNREACHED, "打开电源、看网线或数据线")
        if wrong is None:
            return PrinterState(words="连得上；它不报缺纸和开盖，要自己看")
        if wrong.code == _NO_PAPER_CODE:
            roll = f"打开上盖换 {self._millimetres} 毫米纸卷，热敏面朝上"
            return replace(wrong, advice=roll)
        return wrong

    def state(self) -> str:
        """What is wrong in words, "" when it answers that all is well or does not answer at all."""
        return self.look().trouble

    @contextmanager
    def _open(self) -> "Iterator[_Line]":
        try:
            line: _Line = _File(self._port) if "/" in self._port else _Tcp(self._port)
        except OSError as error:
            raise EnvironmentFault(
                "printer_not_ready",
                f"{_UNREACHED}。{_SAFE}",
                "打开电源、看网线或数据线，再按补打",
            ) from error
        try:
            yield line
        finally:
            line.close()


def _unsure(error: OSError) -> NoReturn:
    raise EnvironmentFault(
        UNSURE, f"打到一半小票机没有了回话。{_SAFE}", "看一眼小票机，再回答纸出来了吗"
    ) from error


def _trouble(ask: Ask) -> str:
    wrong = _wrong(ask)
    return wrong.trouble if wrong is not None else ""


def _wrong(ask: Ask) -> PrinterState | None:
    """What its sensors say, None where it answers neither question."""
    offline, paper = ask(_OFFLINE), ask(_PAPER)
    if offline is None and paper is None:
        return None
    cover = (offline or 0) & _COVER_OPEN
    if (paper or 0) & _NO_PAPER or ((offline or 0) & _STOPPED and not cover):
        return PrinterState(_NO_PAPER_CODE, "小票机缺纸", "打开上盖换纸卷")
    if cover:
        return PrinterState("roll_cover", "小票机盖子开着", "合上盖子，合到响一声")
    return PrinterState(words="连得上，有纸，盖子合着")


class _Line(Protocol):
    """An open way to the printer."""

    def write(self, data: bytes) -> None:
        """Send all of it; OSError where it breaks."""
        ...

    def close(self) -> None:
        """Give it back; what was written still leaves."""
        ...

    def read(self) -> bytes:
        """What came within ANSWER_SECONDS, b"" for nothing."""
        ...

    def ask(self, question: bytes) -> int | None:
        """A status byte, None where the printer does not answer."""
        try:
            self.write(question)
            answer = self.read()
        except OSError:
            return None
        if len(answer) > _LONGEST_STATUS:
            # somebody else talks at this address; letters look like status bytes too
            return None
        return next((byte for byte in reversed(answer) if byte & _FIXED_BITS == _FIXED), None)


class _Tcp(_Line):
    def __init__(self, address: str) -> None:
        host, _, port = address.partition(":")
        self._socket = socket.create_connection((host, int(port or PORT)), CONNECT_SECONDS)

    def write(self, data: bytes) -> None:
        self._socket.settimeout(SEND_SECONDS)
        self._socket.sendall(data)

    def read(self) -> bytes:
        self._socket.settimeout(ANSWER_SECONDS)
        try:
            return self._socket.recv(64)
        except TimeoutError:
            return b""

    def close(self) -> None:
        self._socket.close()


class _File(_Line):
    def __init__(self, path: str) -> None:
        self._answers = True
        # even asking writes: a document or a disk a setting names by mistake must not be written over
        kind = Path(path).stat().st_mode
        if not (stat.S_ISCHR(kind) or stat.S_ISFIFO(kind)):
            raise OSError(errno.ENOTTY, "no device that takes characters")
        try:
            self._file = os.open(path, os.O_RDWR)
        except OSError:
            self._answers = False
            self._file = os.open(path, os.O_WRONLY)

    def write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[os.write(self._file, left) :]

    def read(self) -> bytes:
        if not self._answers or not select.select([self._file], [], [], ANSWER_SECONDS)[0]:
            return b""
        return os.read(self._file, 64)

    def close(self) -> None:
        os.close(self._file)
