"""One paper in the list: what became of the original, how many copies stay."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.filling.state import MaterialLine
from ui.theme import px
from ui.widgets import Chip, ChoiceBoxes, IconLabel, KeyButton, Label, Painted, rule

HEIGHT = 48
MOST_COPIES = 20
_OPTIONS = (("returned", "已退"), ("kept", "留站"), ("none", "没带"))
_PROMISE = ("promise", "承诺")
_ICONS = {"ok": "circle-check", "warn": "circle", "bad": "circle-alert", "accent": "signature"}


class _Orig(ChoiceBoxes):
    """What became of the original; + and − count the copies."""

    copied = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in {"+", "=", "-"}:
            self.copied.emit(-1 if event.text() == "-" else 1)
            return
        super().keyPressEvent(event)


class PaperRow(Painted):
    """Icon, name and line; boxes, copies and state at the right. `changed(field, value)`."""

    changed = Signal(str, str)

    def __init__(self, *, promise: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ruled = False
        self._copies = 0
        self._icon = IconLabel("circle", 20, "ink3")
        self._name = Label("", "body")
        self._line = Label("", "note", "ink3")
        self.boxes = _Orig((*_OPTIONS, _PROMISE) if promise else _OPTIONS)
        self.boxes.chosen.connect(lambda code: self.changed.emit("orig", code))
        self.boxes.copied.connect(self._count)
        self._more = KeyButton("复印", "+")
        self._more.set_height(36)
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.clicked.connect(lambda _on=False: self._count(1))
        self._chip = Chip("", "neutral")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._line)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.boxes)
        self._row.addWidget(self._more)
        self._row.addWidget(self._chip)
        self.restyle()

    def show_line(self, line: MaterialLine, *, ruled: bool) -> None:
        """Show how it stands."""
        self._ruled, self._copies = ruled, line.copies
        self._icon.set(_ICONS[line.tone], "ink3" if line.tone == "warn" else line.tone)
        self._name.set_text(line.name)
        self._line.set_text(line.words)
        self.boxes.set_code(line.orig)
        self.boxes.setAccessibleName(line.name)
        self._chip.set(line.chip, line.tone)
        self.update()

    def words(self) -> str:
        """Its second line."""
        return self._line.text()

    def chip(self) -> str:
        """Its state."""
        return self._chip.words()

    def restyle(self) -> None:
        """Heights of the design."""
        self._row.setContentsMargins(px(6), 0, 0, 0)
        self._row.setSpacing(px(10))
        self.setFixedHeight(px(HEIGHT))
        self.boxes.setFixedWidth(self.boxes.sizeHint().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rule above."""
        if self._ruled:
            rule(QPainter(self), QRectF(0, 0, self.width(), 1))

    def _count(self, step: int) -> None:
        copies = min(max(self._copies + step, 0), MOST_COPIES)
        self.changed.emit("copies", str(copies))
