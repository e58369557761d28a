"""A toast: only to undo, above the key bar, for six seconds, one at a time."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import px
from ui.theme.tokens import CARD_RADIUS
from ui.widgets.icons import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.label import Label
from ui.widgets.paint import surface
from ui.widgets.painted import Painted

STAYS_MS = 6000


class Toast(Painted):
    """Says what was done and how to take it back."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._undo: Callable[[], None] | None = None
        self._label = Label("", "body")
        self._button = KeyButton("撤销", "Ctrl+Z", "link")
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconLabel("circle-check", 18, "ok"))
        self._row.addWidget(self._label)
        self._row.addWidget(self._button)
        self._button.clicked.connect(lambda _on=False: self.undo())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str, undo: Callable[[], None], above: int) -> None:
        """Show it in the middle, its foot at `above`."""
        self._undo = undo
        self._label.set_text(words)
        size = self.sizeHint()
        window = self.parentWidget()
        if window is not None:
            left = (window.width() - size.width()) // 2
            self.setGeometry(left, above - size.height() - px(12), size.width(), size.height())
        self.show()
        self.raise_()
        self._timer.start()

    def undo(self) -> bool:
        """Take it back while it shows; False where there is nothing to take back."""
        if not self.isVisible() or self._undo is None:
            return False
        self.hide()
        self._timer.stop()
        self._undo()
        return True

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        self._row.setContentsMargins(px(14), px(6), px(8), px(6))
        self._row.setSpacing(px(8))
        return self._row.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        surface(QPainter(self), QRectF(self.rect()), "surface", "line2", CARD_RADIUS)
