"""A page printer that keeps what it was given and fails as told."""

from pathlib import Path

from counter_app.devices.page_printer import UNSURE
from counter_app.devices.printer_state import PrinterState
from counter_app.kernel.errors import EnvironmentFault


class FakePrinter:
    """`trouble` fails each send until it is cleared; `unsure` takes the bytes and stays silent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []
        self.trouble = ""
        self.unsure = False
        self.before = lambda: None

    def send(self, pdf: bytes, name: str) -> None:
        self.before()
        if self.trouble:
            raise EnvironmentFault("printer_not_ready", self.trouble, "放好 A4 纸，再按补打")
        self.sent.append((name, pdf))
        if self.unsure:
            raise EnvironmentFault(UNSURE, "打印机一直没有回话", "看一眼打印机")

    def look(self) -> PrinterState:
        code = "printer_offline" if self.trouble else ""
        return PrinterState(code, self.trouble or "空闲", "打开电源" if self.trouble else "")

    def state(self) -> str:
        return self.look().trouble

    def received(self, folder: Path) -> dict[str, bytes]:
        return {f"{name}.pdf": pdf for name, pdf in self.sent}
