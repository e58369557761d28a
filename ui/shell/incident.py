"""The border of the window: what nobody expected becomes a number, a log line without persons, and plain words."""

import faulthandler
import logging
import secrets
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from counter_app.kernel.errors import EnvironmentFault, Refused

log = logging.getLogger(__name__)
Tell = Callable[[str, str], None]
"""(title, text)"""
LOG_BYTES = 1_000_000


class Border:
    """Takes every exception that nobody took; it never says what the exception said."""

    def __init__(self) -> None:
        self._tell: Tell | None = None
        self.numbers: list[str] = []

    def tells(self, tell: Tell) -> None:
        """Where the words go."""
        self._tell = tell

    def hook(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """sys.excepthook: slots of Qt end here too."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.take(error)

    def take(self, error: BaseException) -> None:
        """An error of a background lane or of a slot."""
        if isinstance(error, EnvironmentFault):
            log.warning("fault %s", error.code)
            self._say(error.text, error.advice or "填的都在草稿里，没有丢。请再试一次。")
        elif isinstance(error, Refused):
            self._say("没有办成", error.text)
        else:
            number = secrets.token_hex(4).upper()
            number = f"{number[:3]}-{number[3:7]}"
            self.numbers.append(number)
            log.error("incident %s: %s at %s", number, type(error).__name__, place_of(error))
            self._say(
                f"程序出了毛病，编号 {number}",
                "填的都在草稿里。按 Esc 回首页接着办；再出现请打县医保中心电话，报这个编号。",
            )

    def _say(self, title: str, text: str) -> None:
        if self._tell is not None:
            self._tell(title, text)


def place_of(error: BaseException) -> str:
    """File, function and line of the way to the error; never its words, which may hold personal data."""
    steps = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        steps.append(f"{Path(code.co_filename).name}:{code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(steps[-6:]))


def install(border: Border, folder: Path) -> None:
    """Set the hooks and the log file of the profile."""
    folder.mkdir(parents=True, exist_ok=True)
    # both stay open until the process ends
    crash = (folder / "crash.log").open("a", encoding="utf-8")
    faulthandler.enable(crash)
    # a fault that comes every minute for a year must not fill the disk
    told = RotatingFileHandler(
        folder / "window.log", maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8"
    )
    logging.basicConfig(
        handlers=[told],
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    sys.excepthook = border.hook
