"""An overlay over the window's content: Esc closes it, the focus goes back where it was."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import colour, px
from ui.theme.tokens import OVERLAY_RADIUS
from ui.widgets.key_button import KeyButton
from ui.widgets.label import Label
from ui.widgets.paint import rule, surface
from ui.widgets.painted import Painted
from ui.widgets.scroll import Scroll

_RING = 4
"""Room for the focus ring inside of what scrolls."""


class _Sheet(Painted):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), "surface", "", OVERLAY_RADIUS)
        rule(painter, QRectF(px(26), px(60), self.width() - px(52), 1))


class Overlay(Painted):
    """A sheet on a scrim; `body` takes the content, `head` more buttons."""

    closed = Signal()

    def __init__(self, window: QWidget, title: str, note: str = "", width: int = 1080) -> None:
        super().__init__(window)
        self._wide = width
        self._before: QWidget | None = None
        self._sheet = _Sheet(self)
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(px(26), px(12), px(26), px(20))
        column.setSpacing(px(12))
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(Label(title, "title"))
        top.addWidget(Label(note, "body", "ink3"))
        top.addStretch(1)
        self.head = QHBoxLayout()
        top.addLayout(self.head)
        shut = KeyButton("关闭", "Esc", "quiet")
        shut.clicked.connect(lambda _on=False: self.close_overlay())
        top.addWidget(shut)
        column.addLayout(top)
        column.addSpacing(px(4))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(px(_RING), px(_RING), px(_RING), px(_RING))
        self._scroll = Scroll(self.body)
        column.addWidget(self._scroll, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def open_overlay(self, focus: QWidget | None = None) -> None:
        """Cover the window and take the focus."""
        self._before = QApplication.focusWidget()
        window = self.parentWidget()
        if window is None:
            return
        window.installEventFilter(self)
        self._fit()
        self.show()
        self.raise_()
        (focus or self).setFocus()

    def close_overlay(self) -> None:
        """Go, and give the focus back."""
        window = self.parentWidget()
        if window is not None:
            window.removeEventFilter(self)
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self._before = None
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; nothing reaches the screen below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scrim."""
        veil = QColor(colour("scrim"))
        veil.setAlphaF(0.46)
        QPainter(self).fillRect(self.rect(), veil)

    def _fit(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        width = min(px(self._wide), window.width() - px(48))
        layout = self._sheet.layout()
        wanted = self._sheet.sizeHint().height()
        if layout is not None and self.body.hasHeightForWidth():
            rest = wanted - self._scroll.sizeHint().height()
            margins = layout.contentsMargins()
            inner = width - margins.left() - margins.right()
            wanted = rest + self.body.totalHeightForWidth(inner)
        height = min(wanted, window.height() - px(48))
        self._sheet.setGeometry(
            (window.width() - width) // 2, (window.height() - height) // 2, width, height
        )
