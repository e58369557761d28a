"""A printer under CUPS: `lp` takes the PDF from its standard input, `lpstat` says how it stands.

No file is written; both calls have time limits and run off the window's thread.
"""

import os
import shutil
import subprocess

from counter_app.devices.page_printer import UNSURE
from counter_app.kernel.errors import EnvironmentFault

SEND_SECONDS = 20.0
STATE_SECONDS = 3.0
_REASONS = (
    ("media-empty", "打印机缺纸", "放好 A4 纸，再按补打"),
    ("media-needed", "打印机缺纸", "放好 A4 纸，再按补打"),
    ("media-jam", "打印机卡纸", "打开后盖取出卡住的纸，再按补打"),
    ("cover-open", "打印机盖子开着", "合上盖子，再按补打"),
    ("door-open", "打印机盖子开着", "合上盖子，再按补打"),
    ("toner-empty", "打印机没有碳粉了", "换好碳粉，再按补打"),
    ("offline", "打印机没打开，或线没接好", "打开电源、看数据线，再按补打"),
    ("unplugged", "打印机没打开，或线没接好", "打开电源、看数据线，再按补打"),
    ("disabled", "打印机停用了", "在系统的打印设置里恢复打印，再按补打"),
)


class CupsPrinter:
    """One queue of the PC's CUPS; "" is the system's default."""

    def __init__(self, queue: str = "", lp: str = "lp", lpstat: str = "lpstat") -> None:
        self._queue = queue
        self._lp = lp
        self._lpstat = lpstat

    def send(self, pdf: bytes, name: str) -> None:
        """Give the document to the queue.

        Raises:
            EnvironmentFault: the queue did not take it, or did not answer in time (UNSURE).
        """
        program = self._found(self._lp)
        wrong = self._trouble()
        if wrong:
            raise EnvironmentFault("printer_not_ready", wrong[0], wrong[1])
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

    def state(self) -> str:
        """What is wrong in words, "" when CUPS knows of nothing."""
        if shutil.which(self._lpstat) is None:
            return "这台电脑没有装打印服务"
        wrong = self._trouble()
        return wrong[0] if wrong else ""

    def _trouble(self) -> tuple[str, str] | None:
        text = self._ask("-l", "-p", *([self._queue] if self._queue else []))
        for word, what, advice in _REASONS:
            if word in text:
                return what, advice
        return None

    def _ask(self, *options: str) -> str:
        program = shutil.which(self._lpstat)
        if program is None:
            return ""
        try:
            done = subprocess.run(
                [program, *options],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=STATE_SECONDS,
                check=False,
                env=_env(),
            )
        except (subprocess.TimeoutExpired, OSError):
            return ""
        return done.stdout.decode("utf-8", "replace").lower()

    def _found(self, program: str) -> str:
        found = shutil.which(program)
        if found is None:
            raise _missing()
        return found


def _env() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}


def _missing() -> EnvironmentFault:
    return EnvironmentFault(
        "no_print_service", "这台电脑没有装打印服务", "请管理员装好打印机，再按补打；办的事不会丢"
    )
