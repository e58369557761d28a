"""A printer under CUPS: `lp` takes the PDF from its standard input, `lpstat` says how it stands.

No file is written; both calls have time limits and run off the window's thread.
"""

import os
import shutil
import subprocess
from pathlib import Path

from counter_app.devices import lpstat
from counter_app.devices.page_printer import UNSURE
from counter_app.devices.printer_state import SILENT, PrinterState
from counter_app.devices.queue_state import NO_PRINTER, queue_state
from counter_app.kernel.errors import EnvironmentFault

SEND_SECONDS = 20.0
STATE_SECONDS = 3.0
_AGAIN = "再按补打"
_SERVER = "CUPS_SERVER"
"""Names a print service on another machine."""
QUEUES = Path("/etc/cups/printers.conf")
"""Where the PC's own print service keeps its queues; there from the first one on, readable by root only."""
_NO_SERVICE = "这台电脑没有装打印服务"


class CupsPrinter:
    """One queue of the PC's CUPS; "" is the system's default."""

    def __init__(
        self, queue: str = "", lp: str = "lp", stat: str = "lpstat", queues: Path = QUEUES
    ) -> None:
        self._queue = queue
        self._lp = lp
        self._lpstat = stat
        self._queues = queues

    def send(self, pdf: bytes, name: str) -> None:
        """Give the document to the queue.

        Raises:
            EnvironmentFault: the queue did not take it, or did not answer in time (UNSURE).
        """
        program = self._found(self._lp)
        state = self.look()
        if not state.prints:
            raise EnvironmentFault("printer_not_ready", state.words, f"{state.advice}，{_AGAIN}")
        target = ["-d", self._queue] if self._queue else []
        command = [program, *target, "-o", "media=A4", "-t", name, "--", "-"]
        try:
            done = subprocess.run(
                command,
                input=pdf,
                capture_output=True,
                timeout=SEND_SECONDS,
                check=False,
                env=_env(),
            )
        except subprocess.TimeoutExpired as error:
            raise EnvironmentFault(
                UNSURE, "打印机一直没有回话，不知道纸出来没有", "看一眼打印机，再回答纸出来了吗"
            ) from error
        except OSError as error:
            raise _missing() from error
        if done.returncode:
            raise EnvironmentFault(
                "printer_refused",
                "打印机没接这张单子",
                "看打印机有没有打开、设置里选的是不是这一台，再按补打",
            )

    def look(self) -> PrinterState:
        """How the queue stands, by one question with a time limit."""
        program = shutil.which(self._lpstat)
        if program is None:
            return PrinterState("no_print_service", _NO_SERVICE, "请管理员装好打印机")
        try:
            done = subprocess.run(
                [program, *lpstat.OPTIONS],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=STATE_SECONDS,
                check=False,
                env=_env(),
            )
        except (subprocess.TimeoutExpired, OSError):
            words = f"打印服务 {STATE_SECONDS:g} 秒没有回话"
            return PrinterState(SILENT, words, "过一会儿再查；一直这样就重开电脑")
        spooler = lpstat.read(done.stdout.decode("utf-8", "replace"))
        if not (spooler.runs or _SERVER in os.environ or self._queues.exists()):
            return NO_PRINTER
        return queue_state(spooler, self._queue)

    def state(self) -> str:
        """What is wrong in words, "" when CUPS knows of nothing."""
        return self.look().trouble

    def _found(self, program: str) -> str:
        found = shutil.which(program)
        if found is None:
            raise _missing()
        return found


def _env() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}


def _missing() -> EnvironmentFault:
    return EnvironmentFault(
        "no_print_service", _NO_SERVICE, f"请管理员装好打印机，{_AGAIN}；办的事不会丢"
    )
