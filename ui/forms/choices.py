"""Editors that choose: boxes with digits for few, a code field for many."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from counter_app.forms.kinds.choice import NO, YES
from counter_app.forms.spec import FieldSpec
from ui.forms.editor import Editor, Face, Sources
from ui.widgets import ChoiceBoxes, CodeBox

FEW = 5


class BoxesEditor(Editor):
    """One of a few options."""

    def __init__(self, spec: FieldSpec, sources: Sources) -> None:
        self.boxes = self.widget(spec)
        super().__init__(spec, self.boxes)
        self.boxes.set_help(spec.help)
        self.boxes.chosen.connect(self.edited)

    def widget(self, spec: FieldSpec) -> ChoiceBoxes:
        """The boxes."""
        return ChoiceBoxes([(o.code, o.label) for o in spec.options])

    def typed(self) -> str:
        """The code chosen."""
        return self.boxes.code()

    def write(self, face: Face) -> None:
        """Light the chosen one."""
        self.boxes.set_code(face.answer)


class FlagEditor(BoxesEditor):
    """Yes or no."""

    def widget(self, spec: FieldSpec) -> ChoiceBoxes:
        """Two boxes."""
        return ChoiceBoxes([(YES, "是"), (NO, "否")])


class _TickBoxes(ChoiceBoxes):
    """Boxes of which several can be lit; the code is their codes with commas."""

    def _choose(self, code: str) -> None:
        lit = set(self.code().split(","))
        lit ^= {code}
        super()._choose(",".join(c for c, _ in self.options() if c in lit))

    def _draw(self, painter: QPainter, index: int, place: QRectF) -> None:
        whole, code = self._code, self.options()[index][0]
        self._code = code if code in whole.split(",") else ""
        super()._draw(painter, index, place)
        self._code = whole


class ChoicesEditor(BoxesEditor):
    """Any of a few options."""

    def widget(self, spec: FieldSpec) -> ChoiceBoxes:
        """Boxes that keep their light."""
        return _TickBoxes([(o.code, o.label) for o in spec.options])


class CodeEditor(Editor):
    """A code of a table, or one of many options; takes code, words or initials."""

    def __init__(self, spec: FieldSpec, sources: Sources) -> None:
        self._sources = sources
        self.field = CodeBox(self._search)
        super().__init__(spec, self.field)
        self.field.set_placeholder(spec.help)
        self.field.chosen.connect(self.edited)
        self.field.entered.connect(self.entered)
        self._search("")  # has the initials worked out before the first letter is typed

    def typed(self) -> str:
        """The code chosen."""
        return self.field.code()

    def write(self, face: Face) -> None:
        """Words and code, unless the clerk is looking for another."""
        if self.field.code() != face.answer or not self.field.has_focus():
            self.field.set_code(face.answer, face.shown)

    def _search(self, text: str) -> list[tuple[str, str]]:
        spec = self.spec
        table = (
            {o.code: o.label for o in spec.options}
            if spec.options
            else self._sources.tables.get(spec.table, {})
        )
        short = self._sources.initials.of(spec.table or spec.id, table)
        return found(table, short, text)


def found(table: Mapping[str, str], short: Mapping[str, str], text: str) -> list[tuple[str, str]]:
    """Entries for a code, words or initials: exact ones first, then beginnings, then inside."""
    typed = text.strip().lower()
    if not typed:
        return list(table.items())
    ranked = []
    for place, (code, words) in enumerate(table.items()):
        letters = short.get(code, "")
        if typed in {code.lower(), words.lower(), letters}:
            rank = 0
        elif code.lower().startswith(typed) or words.startswith(text) or letters.startswith(typed):
            rank = 1
        elif text in words:
            rank = 2
        else:
            continue
        ranked.append((rank, place, (code, words)))
    return [entry for _, _, entry in sorted(ranked)]


def choice(spec: FieldSpec, sources: Sources) -> Editor:
    """Boxes for at most five options, else a code field."""
    return BoxesEditor(spec, sources) if len(spec.options) <= FEW else CodeEditor(spec, sources)
