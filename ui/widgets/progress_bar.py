"""How far something is: a thin bar."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import px
from ui.widgets.paint import surface
from ui.widgets.painted import Painted


class ProgressBar(Painted):
    """6 high; green when full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._whole = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, done: int, whole: int) -> None:
        """So many of so many."""
        self._done, self._whole = done, whole
        self.update()

    def share(self) -> float:
        """From 0 to 1."""
        return min(self._done / self._whole, 1.0) if self._whole else 0.0

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(px(120), px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and bar."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        surface(painter, rect, "line", "", 3)
        if self.share():
            rect.setWidth(max(rect.width() * self.share(), rect.height()))
            surface(painter, rect, "ok", "", 3)
