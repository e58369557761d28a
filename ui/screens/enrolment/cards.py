"""The four cards of the form: members, the shown one's fields, papers, applicant."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.forms.editor import Sources
from ui.forms.grid import FieldGrid
from ui.screens.enrolment.papers import PaperRow
from ui.screens.enrolment.state import EnrolmentState, FieldState, MaterialLine, MemberLine
from ui.theme import px
from ui.widgets import Card, CellText, Column, KeyButton, Label, Row, TableView

ROW_HEIGHT = 50
_COLUMNS = [
    Column("成员", 0, 25),
    Column("怎么来的", 0, 11),
    Column("年度", 70),
    Column("身份与资助", 0, 18),
    Column("应缴 元", 92, 0, "right"),
    Column("待遇从", 0, 16),
]


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
        row.addWidget(Label(str(number), "section", "ink3"))
        row.addWidget(self.title)
        row.addWidget(self.note)
        row.addStretch(1)
        row.addWidget(self.aside)
        for button in buttons:
            row.addWidget(button)
        self.setMinimumHeight(px(36))


class MembersCard(Card):
    """Those in this acceptance; `selected(index)`, `opened(index)` for Enter, `add`, `remove`."""

    selected = Signal(int)
    opened = Signal(int)
    add = Signal()
    remove = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(flush=True, parent=parent)
        plus = KeyButton("加人", "Insert", icon="plus")
        minus = KeyButton("移出", "Del")
        plus.set_height(30)
        minus.set_height(30)
        plus.clicked.connect(lambda _on=False: self.add.emit())
        minus.clicked.connect(lambda _on=False: self.remove.emit())
        self._minus = minus
        head = SectionHead(1, "这次一起办的人", "一次受理、一张回执", plus, minus)
        head.setContentsMargins(px(17), px(8), px(17), 0)
        self.table = TableView(_COLUMNS, numbered=True, action_width=0)
        self.table.set_two_line_height(ROW_HEIGHT)
        self.body.addWidget(head)
        self.body.addWidget(self.table)
        self._lines: tuple[MemberLine, ...] = ()
        self._quiet = False
        self.table.current.connect(lambda key: self._tell(key, opened=False))
        self.table.activated.connect(lambda key: self._tell(key, opened=True))

    def show_members(self, lines: tuple[MemberLine, ...], current: int) -> None:
        """Show them, this one selected."""
        self._quiet = True
        if lines != self._lines:
            self._lines = lines
            self.table.set_rows([_row(i, line) for i, line in enumerate(lines)])
            self.table.setFixedHeight(self.table.content_height())
        self._minus.set_available(available=bool(lines))
        if lines and self.table.current_key() != str(current):
            self.table.select(str(current))
        self._quiet = False

    def _tell(self, key: str, *, opened: bool) -> None:
        if not self._quiet and key.isdigit():
            (self.opened if opened else self.selected).emit(int(key))


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


class PapersCard(Card):
    """The papers this case needs; `changed(id, field, value)`."""

    changed = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.head_row = SectionHead(3, "材料", "1 看过已退  2 看过留站  3 没带")
        self.body.addWidget(self.head_row)
        self.body.setSpacing(0)
        self._rows: dict[str, PaperRow] = {}

    def show_papers(self, lines: tuple[MaterialLine, ...], words: str) -> None:
        """Show them in order; rows that stay keep the focus."""
        self.head_row.aside.set_text(words)
        wanted = [line.id for line in lines]
        for paper in set(self._rows) - set(wanted):
            row = self._rows.pop(paper)
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, line in enumerate(lines):
            row = self._rows.get(line.id) or self._make(line)
            row.show_line(line, ruled=place > 0)
            if self.body.indexOf(row) != place + 1:
                self.body.insertWidget(place + 1, row)

    def row(self, paper: str) -> PaperRow | None:
        """The row of a paper."""
        return self._rows.get(paper)

    def rows(self) -> dict[str, PaperRow]:
        """Rows by paper."""
        return dict(self._rows)

    def _make(self, line: MaterialLine) -> PaperRow:
        row = PaperRow()
        paper = line.id
        row.changed.connect(lambda field, value: self.changed.emit(paper, field, value))
        self._rows[paper] = row
        self.body.insertWidget(self.body.count(), row)
        return row


def show_head(card: FieldsCard, state: EnrolmentState) -> None:
    """Title and note of the shown member's card."""
    card.head_row.title.set_text(state.member_title)
    card.head_row.note.set_text(state.member_hint)
    card.head_row.aside.set_text("PgUp、PgDn 换人" if len(state.members) > 1 else "")


def _row(index: int, line: MemberLine) -> Row:
    icon = {"ok": "circle-check", "warn": "clock"}.get(line.cover_tone, "")
    name = CellText(line.name, line.detail, strong=True)
    if line.stops:
        name = CellText(line.name, f"还差 {line.stops} 处", strong=True, second_tone="bad")
    return Row(
        (
            name,
            CellText(line.how, line.how_note),
            CellText(line.years, line.years_note),
            CellText(
                line.identity,
                line.identity_note,
                icon="shield-check" if line.subsidised else "",
                tone="ink" if line.subsidised else "ink2",
            ),
            CellText(line.own, line.own_note),
            CellText(line.cover, line.cover_note, tone=line.cover_tone or "ink", icon=icon),
        ),
        str(index),
    )
