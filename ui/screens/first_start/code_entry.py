"""The activation code in groups of four; a scanner may fire a whole QR into it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from counter_app.domain.scanning.scanned import ACTIVATION_PREFIX
from counter_app.wire.activation_code import ALPHABET, LENGTH, pretty
from ui.widgets import FieldBox, Painted

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


class CodeEntry(Painted):
    """`changed(code)` with the cleaned characters, `scanned(text)` for a QR, `entered()` for Enter."""

    changed = Signal(str)
    scanned = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._raw = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.box = FieldBox(longest=400, role="code")
        self.box.set_height(56)
        self.box.set_placeholder("____ - ____ - ____ - ____")
        self.box.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.line.setAccessibleName("启用码")
        self.box.line.installEventFilter(self)
        self.box.edited.connect(self._typed)
        self.box.entered.connect(self._entered)
        row.addWidget(self.box)

    def code(self) -> str:
        """The cleaned characters so far."""
        return _clean(self.box.text())

    def set_code(self, code: str) -> None:
        """Show a code in its groups."""
        self.box.set_text(pretty(code))

    def focus_in(self) -> None:
        """The cursor goes behind the last character."""
        self.box.focus_in()
        self.box.line.setCursorPosition(len(self.box.text()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A QR's characters are kept aside until Enter."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._raw:
            if event.text() and event.text().isprintable():
                self._raw += event.text()
                return True
            if Qt.Key(event.key()) is Qt.Key.Key_Backspace:
                self._raw = ""
        return False

    def _typed(self, text: str) -> None:
        if text.upper().startswith(ACTIVATION_PREFIX + "."):
            self._raw = text
            self.set_code("")
            return
        before = len(_clean(text[: self.box.line.cursorPosition()]))
        code = _clean(text)
        self.set_code(code)
        self.box.line.setCursorPosition(len(pretty(code[:before])))
        self.changed.emit(code)

    def _entered(self) -> None:
        raw, self._raw = self._raw, ""
        if raw:
            self.scanned.emit(raw)
        else:
            self.entered.emit()


def _clean(text: str) -> str:
    return "".join(ch for ch in text.upper().translate(_READ_AS) if ch in ALPHABET)[:LENGTH]
