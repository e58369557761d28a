"""The port of a page printer: takes a finished PDF, or says why not."""

from typing import Protocol

from counter_app.devices.printer_state import PrinterState

UNSURE = "printer_unsure"
"""Code of the fault after which nobody knows whether paper came out: the clerk is asked."""


class PagePrinter(Protocol):
    """A printer of A4 pages."""

    def send(self, pdf: bytes, name: str) -> None:
        """Hand a document over; `name` holds no name and no number of a person.

        Raises:
            EnvironmentFault: it was not taken (any code), or perhaps was (UNSURE).
        """
        ...

    def look(self) -> PrinterState:
        """How it stands; may take seconds."""
        ...

    def state(self) -> str:
        """What is wrong with it in words, "" when nothing is known to be."""
        ...
