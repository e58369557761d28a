"""Editors of one line: text, names, numbers, dates."""

from counter_app.forms.spec import FieldSpec
from counter_app.kernel import dates, masking, resident_id
from ui.forms.editor import Editor, Face, Sources
from ui.widgets import FieldBox

LONGEST = {"name": 50, "phone": 20, "count": 2, "amount": 20, "years": 40, "date": 14}


class LineEditor(Editor):
    """Plain typing; shows the answer's own words once it is left."""

    def __init__(self, spec: FieldSpec, sources: Sources) -> None:
        self.field = FieldBox(longest=LONGEST.get(spec.kind, 200))
        super().__init__(spec, self.field)
        self.field.set_placeholder(spec.help)
        self.field.edited.connect(self._edited)
        self.field.entered.connect(self.entered)
        self.field.left.connect(self._left)

    def typed(self) -> str:
        """The text of the box."""
        return self.field.text()

    def write(self, face: Face) -> None:
        """The answer's words, unless the clerk is typing them."""
        self.field.set_tick(ticked=face.right)
        if not self.field.has_focus() or not self.field.text():
            self.field.set_text(self.words(face))

    def words(self, face: Face) -> str:
        """What stands in the box when it is left."""
        return face.shown

    def _edited(self, text: str) -> None:
        self.edited.emit(text)

    def _left(self) -> None:
        if self._face is not None:
            self.field.set_text(self.words(self._face))


class IdEditor(LineEditor):
    """A certificate number: 6-8-4 while typing, masked once it is right and left."""

    def __init__(self, spec: FieldSpec, sources: Sources) -> None:
        super().__init__(spec, sources)
        self.field.line.setMaxLength(60)
        self.field.line.came.connect(self._came)

    def typed(self) -> str:
        """The number without its gaps."""
        return self.field.text().replace(" ", "")

    def words(self, face: Face) -> str:
        """Masked where it is right; a doubtful number is shown as it is."""
        return masking.id_number(face.answer) if face.right else grouped(face.answer)

    def write(self, face: Face) -> None:
        """The number; in full while the cursor is in it."""
        self.field.set_tick(ticked=face.right)
        if not self.field.has_focus():
            self.field.set_text(self.words(face))
        elif resident_id.normalize(self.typed()) != face.answer:
            self.field.set_text(grouped(face.answer))

    def _came(self) -> None:
        if self._face is not None:
            self.field.set_text(grouped(self._face.answer))
            self.field.line.setCursorPosition(len(self.field.text()))

    def _edited(self, text: str) -> None:
        line = self.field.line
        before = len(text[: line.cursorPosition()].replace(" ", ""))
        plain = text.replace(" ", "")
        shown = grouped(plain)
        if shown != text:
            line.setText(shown)
            line.setCursorPosition(_place(shown, before))
        self.edited.emit(plain)


class DateEditor(LineEditor):
    """A day; its weekday stands behind it."""

    def write(self, face: Face) -> None:
        """The day and its weekday."""
        super().write(face)
        day = dates.iso(face.answer)
        self.field.set_suffix(dates.weekday(day) if day else "")


def grouped(number: str) -> str:
    """990101 19991105 1231 for what can be a resident number; any other stays as it is."""
    if not number[:17].isdigit() or len(number) > resident_id.LENGTH:
        return number
    parts = (number[:6], number[6:14], number[14:])
    return " ".join(p for p in parts if p)


def _place(shown: str, count: int) -> int:
    """Where the cursor stands behind `count` characters of the number."""
    seen = 0
    for index, ch in enumerate(shown):
        if seen == count:
            return index
        seen += ch != " "
    return len(shown)
