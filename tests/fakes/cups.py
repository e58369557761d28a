"""A real cupsd of a test's own: own folder, own socket, one queue, paper that is a folder.

The device behind the queue is a script, as CUPS's own are: it says what a printer says, and keeps
what it is given. Debian's cups-daemon and cups-client are enough for it.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

QUEUE = "hall"
_SBIN = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
_EXEC = Path("/usr/lib/cups/daemon/cups-exec")
_DEVICE = """#!/bin/sh
[ $# = 0 ] && exit 0
out={out}
while [ -e $out/alert ]; do echo "STATE: +$(cat $out/alert)" >&2; sleep 0.05; done
cat ${{6:+"$6"}} > "$out/$4.part" && mv "$out/$4.part" "$out/$4.pdf"
"""
_SERVICE = """LogLevel warn
Listen {socket}
Browsing No
WebInterface No
MaxJobTime 30
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_TYPES = """application/pdf pdf string(0,%PDF)
text/plain txt printable(0,64)
application/octet-stream
application/vnd.cups-raw
"""
_FILES = """ServerRoot {home}/etc
RequestRoot {home}/spool
CacheDir {home}/cache
StateDir {home}/run
TempDir {home}/tmp
ServerBin {home}/bin
DataDir {home}
ErrorLog {home}/log/error
AccessLog {home}/log/access
PageLog {home}/log/page
"""


def missing() -> str:
    """Which program of Debian's cups-daemon or cups-client this PC lacks, "" for none."""
    found = {name: shutil.which(name, path=_SBIN) for name in ("cupsd", "lpadmin", "lp", "lpstat")}
    lacks = [name for name, path in found.items() if path is None]
    return ", ".join(lacks) if lacks else ("" if _EXEC.exists() else str(_EXEC))


class Cups:
    """The service; `run` asks its administrators' commands."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.out = home / "out"
        self._process: subprocess.Popen[bytes] | None = None
        self._lay_out()

    def start(self) -> None:
        etc = self.home / "etc"
        program = shutil.which("cupsd", path=_SBIN) or ""
        command = [program, "-f", "-c", str(etc / "cupsd.conf"), "-s", str(etc / "files.conf")]
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.until(lambda: b"is running" in self.run("lpstat", "-r"))

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    def run(self, name: str, *options: str) -> bytes:
        program = shutil.which(name, path=_SBIN) or name
        done = subprocess.run(
            [program, *options], capture_output=True, timeout=20, check=False, env=self.env()
        )
        return done.stdout

    def env(self) -> dict[str, str]:
        return {**os.environ, "LC_ALL": "C", "CUPS_SERVER": str(self.home / "run" / "sock")}

    def add(self, name: str = QUEUE, *, default: bool = True) -> None:
        self.run("lpadmin", "-p", name, "-v", "paper:/", "-E")
        if default:
            self.run("lpadmin", "-d", name)

    def print(self, text: str) -> None:
        """A document of another program."""
        path = self.home / "tmp" / "other.txt"
        path.write_text(text, "utf-8")
        self.run("lp", "-o", "raw", "-t", "other", str(path))

    def alert(self, word: str) -> None:
        """What the printer says from its next document on; "" and that document comes out."""
        if not word:
            (self.out / "alert").unlink()
            return
        (self.out / "alert").write_text(word, "utf-8")
        self.print("waits")
        self.until(lambda: word.encode() in self.run("lpstat", "-l", "-p"))

    def papers(self) -> list[bytes]:
        return [p.read_bytes() for p in sorted(self.out.glob("*.pdf"))]

    def until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < end, self._log()
            time.sleep(0.02)  # between two questions to another process

    def _log(self) -> str:
        path = self.home / "log" / "error"
        return path.read_text("utf-8") if path.exists() else "cupsd wrote no log"

    def _lay_out(self) -> None:
        for name in ("etc", "spool/tmp", "cache", "run", "tmp", "log", "out", "bin", "mime"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        for name in ("backend", "daemon", "filter"):
            (self.home / "bin" / name).mkdir()
        (self.home / "bin" / "daemon" / "cups-exec").symlink_to(_EXEC)
        device = self.home / "bin" / "backend" / "paper"
        device.write_text(_DEVICE.format(out=self.out), "utf-8")
        device.chmod(0o755)
        # as root the device runs as the system's print user
        self.out.chmod(0o777)
        # the list of document types is in another package, with ghostscript behind it
        (self.home / "mime" / "mime.types").write_text(_TYPES, "utf-8")
        (self.home / "mime" / "mime.convs").touch()
        etc = self.home / "etc"
        (etc / "cupsd.conf").write_text(_SERVICE.format(socket=self.home / "run" / "sock"), "utf-8")
        (etc / "files.conf").write_text(_FILES.format(home=self.home), "utf-8")


@contextmanager
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    """A running service without queues, which this process's lp and lpstat speak to."""
    lacks = missing()
    if lacks:
        pytest.skip(
            f"no print service on this PC: {lacks} (apt-get install cups-daemon cups-client)"
        )
    # a socket's path is short, and root's print user must get in: not under pytest's own folder
    home = Path(tempfile.mkdtemp(prefix="cups-"))
    home.chmod(0o755)
    cups = Cups(home)
    try:
        cups.start()
        monkeypatch.setenv("CUPS_SERVER", cups.env()["CUPS_SERVER"])
        monkeypatch.setenv("HOME", str(home))
        for name in ("PRINTER", "LPDEST", "CUPS_USER"):
            monkeypatch.delenv(name, raising=False)
        yield cups
    finally:
        cups.stop()
        shutil.rmtree(home, ignore_errors=True)
