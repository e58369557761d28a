"""One answer of a question: its digit, what it says, what it means."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import px
from ui.theme.tokens import CONTROL, CONTROL_RADIUS
from ui.widgets.paint import draw_cap, draw_text, surface


class AnswerRow(QAbstractButton):
    """The chosen one on a tint with the accent's border."""

    def __init__(self, digit: str, says: str, means: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digit, self._says, self._means = digit, says, means
        self._chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(says)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_chosen(self, *, chosen: bool) -> None:
        """Point at it."""
        self._chosen = chosen
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a control."""
        return QSize(px(300), px(CONTROL))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw cap and words."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        fill, line = ("accent_s", "accent") if self._chosen else ("surface", "line2")
        surface(painter, rect, fill, line, CONTROL_RADIUS, pen=2.0 if self._chosen else 1.0)
        x = px(12) + draw_cap(painter, px(12), rect.center().y(), self._digit) + px(10)
        words = QRectF(x, 0, rect.width() - x, rect.height())
        x += draw_text(painter, words, self._says, "body_strong", "ink") + px(10)
        means = QRectF(x, 0, rect.width() - x - px(10), rect.height())
        draw_text(painter, means, self._means, "note", "ink3")
