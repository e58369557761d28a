"""Key caps in a row: F9, or Ctrl and 1."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import px
from ui.theme.tokens import CAP_HEIGHT
from ui.widgets.paint import cap_width, draw_cap
from ui.widgets.painted import Painted


class KeyCaps(Painted):
    """One cap or several that are pressed together."""

    def __init__(self, caps: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caps = caps
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(" ".join(caps))

    def sizeHint(self) -> QSize:
        """All caps in a row."""
        wide = sum(cap_width(cap) + px(4) for cap in self._caps) - px(4)
        return QSize(round(wide) + 1, px(CAP_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the caps."""
        painter = QPainter(self)
        x = 0.0
        for cap in self._caps:
            x += draw_cap(painter, x, self.height() / 2, cap) + px(4)
