"""Four boxes of four for the activation code; a scanner may fire a whole QR into them."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from counter_app.wire.activation_code import ALPHABET, LENGTH, PREFIX
from ui.theme import px
from ui.widgets import FieldBox, Label, Painted

GROUP = 4
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
        row.setSpacing(px(8))
        self.boxes = [FieldBox(longest=400, role="code") for _ in range(LENGTH // GROUP)]
        for number, box in enumerate(self.boxes):
            box.set_height(56)
            box.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.line.setAccessibleName(f"启用码第 {number + 1} 组")
            box.line.installEventFilter(self)
            box.edited.connect(lambda _text, at=number: self._typed(at))
            box.entered.connect(self._entered)
            if number:
                row.addWidget(Label("-", "input", "ink3", "center"))
            row.addWidget(box, 1)

    def code(self) -> str:
        """The cleaned characters so far."""
        return "".join(box.text() for box in self.boxes)

    def set_code(self, code: str) -> None:
        """Spread a code over the boxes."""
        for number, box in enumerate(self.boxes):
            box.set_text(code[number * GROUP : (number + 1) * GROUP])

    def focus_in(self) -> None:
        """The cursor goes where the next character belongs."""
        at = min(len(self.code()) // GROUP, len(self.boxes) - 1)
        self.boxes[at].focus_in()
        self.boxes[at].line.setCursorPosition(GROUP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace goes on into the box before; a QR's characters are kept aside."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self._raw and event.text().isprintable() and event.text():
                self._raw += event.text()
                return True
            if Qt.Key(event.key()) is Qt.Key.Key_Backspace:
                return self._backspace(watched)
        return False

    def _backspace(self, watched: QObject) -> bool:
        self._raw = ""
        at = next(i for i, box in enumerate(self.boxes) if box.line is watched)
        if at and not self.boxes[at].text():
            self.boxes[at - 1].focus_in()
            self.boxes[at - 1].line.setCursorPosition(GROUP)
            self.boxes[at - 1].line.backspace()
            self.changed.emit(self.code())
            return True
        return False

    def _typed(self, at: int) -> None:
        text = "".join(box.text() for box in self.boxes)
        if text.upper().startswith(PREFIX + "."):
            self._raw = text
            self.set_code("")
            return
        clean = "".join(ch for ch in text.upper().translate(_READ_AS) if ch in ALPHABET)[:LENGTH]
        where = (
            sum(len(box.text()) for box in self.boxes[:at]) + self.boxes[at].line.cursorPosition()
        )
        self.set_code(clean)
        where = min(where, len(clean))
        box = min(where // GROUP, len(self.boxes) - 1)
        self.boxes[box].focus_in()
        self.boxes[box].line.setCursorPosition(where - box * GROUP)
        self.changed.emit(clean)

    def _entered(self) -> None:
        raw, self._raw = self._raw, ""
        if raw:
            self.scanned.emit(raw)
        else:
            self.entered.emit()
