"""The frameless line editor inside the boxes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import font


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
