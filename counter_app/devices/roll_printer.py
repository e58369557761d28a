"""The port of a receipt printer: takes ESC/POS bytes for its width of paper, or says why not."""

from typing import Protocol

from counter_app.devices.printer_state import PrinterState


class RollPrinter(Protocol):
    """A printer of rolls; a second choice beside the page printer, for receipts only."""

    @property
    def millimetres(self) -> int:
        """Width of its paper: 58 or 80."""
        ...

    def send(self, escpos: bytes, name: str) -> None:
        """Hand a receipt over; `name` holds no name and no number of a person.

        Raises:
            EnvironmentFault: it was not taken (any code), or perhaps was (page_printer.UNSURE).
        """
        ...

    def look(self) -> PrinterState:
        """How it stands; may take seconds."""
        ...

    def state(self) -> str:
        """What is wrong with it in words, "" when nothing is known to be."""
        ...
