"""F1 of a page before log-in; the sheet itself is loaded when somebody asks for it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.guide import Guide
    from ui.widgets.help_sheet import HelpSheet


class PageHelp:
    """Opens the help of a page and hears the keys while it is open."""

    def __init__(self, page: QWidget, told: "Callable[[], tuple[Guide, str]]") -> None:
        self._page, self._told = page, told
        self.sheet: HelpSheet | None = None

    def is_open(self) -> bool:
        """Whether it lies over the page."""
        return self.sheet is not None and isValid(self.sheet) and self.sheet.isVisible()

    def close(self) -> None:
        """Give the page back as it was."""
        if self.sheet is not None and self.is_open():
            self.sheet.close_overlay()
        self.sheet = None

    def press(self, key: str) -> bool:
        """True where the help took the key; a key the table names closes it and is the page's."""
        if not self.is_open():
            return key == "F1" and self._open()
        if self.sheet is None:
            return False
        if key in {"PgUp", "PgDn"}:
            self.sheet.turn(1 if key == "PgDn" else -1)
            return True
        named = {case.action.cap for case in self.sheet.guide.cases if case.action}
        if key in {"F1", "Esc"} | named:
            self.close()
        return key not in named

    def _open(self) -> bool:
        from ui.widgets.help_sheet import HelpSheet

        guide, met = self._told()
        self.sheet = HelpSheet(self._page, guide, met)
        self.sheet.open_overlay()
        return True
