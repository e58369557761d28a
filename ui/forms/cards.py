"""Cards of a form: fields under a numbered head, papers."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.filling.state import FieldState, MaterialLine
from ui.forms.editor import Sources
from ui.forms.grid import FieldGrid
from ui.forms.paper_row import PaperRow
from ui.theme import px
from ui.widgets import Card, KeyButton, Label, Painted


class SectionHead(QWidget):
    """Number, title and note at the left; words and buttons at the right."""

    def __init__(self, number: int, title: str, note: str = "", *buttons: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, px(4))
        row.setSpacing(px(9))
        self.title = Label(title, "section")
        self.note = Label(note, "second", "ink3")
        self.aside = Label("", "second", "ink2", "right")
        self.number = Label(str(number), "section", "ink3")
        row.addWidget(self.number)
        row.addWidget(self.title)
        row.addWidget(self.note)
        row.addStretch(1)
        row.addWidget(self.aside)
        for button in buttons:
            row.addWidget(button)
        self.setMinimumHeight(px(36))


class FieldsCard(Card):
    """A card of fields with its numbered head; `unfold` for the folded line's word."""

    unfold = Signal()

    def __init__(
        self, number: int, title: str, sources: Sources, more: tuple[str, str] = ("修改", "")
    ) -> None:
        super().__init__()
        self.head_row = SectionHead(number, title)
        self.grid = FieldGrid(sources)
        self._folded = Label("", "second", "ink2")
        self._more = KeyButton(*more, "link")
        self._more.set_height(30)
        self._more.clicked.connect(lambda _on=False: self.unfold.emit())
        line = QHBoxLayout()
        line.setSpacing(px(4))
        line.addWidget(self._folded)
        line.addWidget(self._more)
        line.addStretch(1)
        self.body.addWidget(self.head_row)
        self.body.addLayout(line)
        self.body.addWidget(self.grid)

    def show_fields(self, fields: Sequence[FieldState], folded: str = "") -> None:
        """Show these fields, and what is folded above them."""
        self._folded.set_text(folded)
        self._folded.setVisible(bool(folded))
        self._more.setVisible(bool(folded))
        self.grid.show_faces(fields)

    def folded(self) -> str:
        """The folded line."""
        return self._folded.text()


class PapersList(Painted):
    """Papers below each other; `changed(id, field, value)`."""

    changed = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rows: dict[str, PaperRow] = {}

    def show_papers(self, lines: tuple[MaterialLine, ...]) -> None:
        """Show them in order; rows that stay keep the focus."""
        wanted = [line.id for line in lines]
        for paper in set(self._rows) - set(wanted):
            row = self._rows.pop(paper)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, line in enumerate(lines):
            row = self._rows.get(line.id) or self._make(line)
            row.show_line(line, ruled=place > 0)
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)

    def row(self, paper: str) -> PaperRow | None:
        """The row of a paper."""
        return self._rows.get(paper)

    def rows(self) -> dict[str, PaperRow]:
        """Rows by paper."""
        return dict(self._rows)

    def _make(self, line: MaterialLine) -> PaperRow:
        row = PaperRow(promise=line.may_promise)
        paper = line.id
        row.changed.connect(lambda field, value: self.changed.emit(paper, field, value))
        self._rows[paper] = row
        self._column.addWidget(row)
        return row


class PapersCard(Card):
    """The papers this case needs; `changed(id, field, value)`."""

    changed = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.head_row = SectionHead(3, "材料", "1 看过已退  2 看过留站  3 没带")
        self.body.addWidget(self.head_row)
        self.body.setSpacing(0)
        self._list = PapersList()
        self._list.changed.connect(self.changed)
        self.body.addWidget(self._list)

    def show_papers(self, lines: tuple[MaterialLine, ...], words: str) -> None:
        """Show them in order."""
        self.head_row.aside.set_text(words)
        self._list.show_papers(lines)

    def row(self, paper: str) -> PaperRow | None:
        """The row of a paper."""
        return self._list.row(paper)

    def rows(self) -> dict[str, PaperRow]:
        """Rows by paper."""
        return self._list.rows()
