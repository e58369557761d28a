"""How a printer stands: a stable code beside the words, so that who asks need not read words."""

from dataclasses import dataclass

BUSY, TONER_LOW, SILENT, REPORTS = (
    "printer_busy",
    "printer_toner_low",
    "print_service_silent",
    "printer_reports",
)
"""Worth a look, but a document is sent all the same."""
_PRINTS = frozenset({"", BUSY, TONER_LOW, SILENT, REPORTS})


@dataclass(frozen=True, slots=True)
class PrinterState:
    """What a printer says of itself.

    Attributes:
        code: stable word of what is wrong, "" where nothing is known to be.
        words: what is seen, also where nothing is wrong.
        advice: what somebody at the printer has to do.
        queue: the queue's name where there is one.
        jobs: documents that wait in it, other programs' too.
    """

    code: str = ""
    words: str = ""
    advice: str = ""
    queue: str = ""
    jobs: int = 0

    @property
    def prints(self) -> bool:
        """Whether it makes sense to send something."""
        return self.code in _PRINTS

    @property
    def trouble(self) -> str:
        """What is wrong in words, "" when nothing is known to be."""
        return self.words if self.code else ""
