"""The card of those in this acceptance; the other cards are every form's."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.forms.cards import FieldsCard, SectionHead
from ui.screens.enrolment.state import EnrolmentState, MemberLine
from ui.theme import px
from ui.widgets import Card, CellText, Column, KeyButton, Row, TableView

ROW_HEIGHT = 50
_COLUMNS = [
    Column("成员", 0, 25),
    Column("怎么来的", 0, 11),
    Column("年度", 70),
    Column("身份与资助", 0, 18),
    Column("应缴 元", 92, 0, "right"),
    Column("待遇从", 0, 16),
]


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
