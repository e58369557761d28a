"""The frameless line editor inside the boxes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import font

_MARGIN = 2
"""What a frameless editor keeps free at each side."""


class LineEdit(QLineEdit):
    """A line that tells when it is left, entered, or given more than it can hold.

    While an input method composes, keys belong to it.
    """

    left = Signal()
    came = Signal()
    entered = Signal()
    too_long = Signal()

    def __init__(
        self, role: str = "input", longest: int = 200, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._preedit = ""
        self.setFrame(False)
        self.setMaxLength(longest)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setTextMargins(0, 0, 0, 1)
        self.inputRejected.connect(self._rejected)
        self.restyle()

    @property
    def composing(self) -> bool:
        """Whether an input method holds unfinished text."""
        return bool(self._preedit)

    def set_role(self, role: str) -> None:
        """Write in another role."""
        self._role = role
        self.restyle()

    def restyle(self) -> None:
        """Take the font of the look."""
        self.setFont(font(self._role))

    def asks(self) -> int:
        """How wide the text is with its margins."""
        return self.fontMetrics().horizontalAdvance(self.text()) + 2 * _MARGIN

    def paintEvent(self, event: QPaintEvent) -> None:
        """A text that is longer than the line ends in … while the cursor is elsewhere."""
        plain = self.echoMode() is QLineEdit.EchoMode.Normal
        if self.hasFocus() or not plain or self.asks() <= self.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        place = self.rect().adjusted(_MARGIN, 0, -_MARGIN, -1)
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the cursor came."""
        super().focusInEvent(event)
        self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the cursor went; a menu or another window does not count."""
        super().focusOutEvent(event)
        if event.reason() not in {
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        }:
            self.left.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; everything else edits."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self.entered.emit()
            event.accept()
            return
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _rejected(self) -> None:
        if len(self.text()) >= self.maxLength():
            self.too_long.emit()
