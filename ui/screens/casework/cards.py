"""A section as a card: folded to a line, or open with fields, a table, a grid of amounts or papers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.forms.amount_grid import AmountGrid
from ui.forms.cards import PapersList, SectionHead
from ui.forms.editor import Sources
from ui.forms.grid import FieldGrid
from ui.screens.casework.state import Cell, SectionState, TableState
from ui.theme import px
from ui.widgets import (
    Box,
    Card,
    CellText,
    Column,
    IconLabel,
    KeyButton,
    Label,
    Row,
    TableView,
)

MOST_ROWS = 7
"""More rows than these scroll inside the table."""
TWO_LINES = 48


class SectionCard(Card):
    """One section; built once for its id and kind.

    Signals: `opened(id)` for 修改, `selected(id, index)` and `unfolded(id)` of a table's row,
    `added(id)`, `removed(id)`, `scan`, `paste`, `paper(id, field, value)`, and `edited`, `entered`
    of its fields.
    """

    opened = Signal(str)
    selected = Signal(str, int)
    unfolded = Signal(str)
    added = Signal(str)
    removed = Signal(str)
    scan = Signal()
    paste = Signal()
    paper = Signal(str, str, str)
    edited = Signal(str, str)
    entered = Signal(str)

    def __init__(self, section: SectionState, sources: Sources) -> None:
        super().__init__()
        self.id, self.title_words = section.id, section.title
        self._quiet = False
        self._rows: tuple[tuple[Cell, ...], ...] | None = None
        self._heads = section.table.heads if section.table else ()
        buttons = self._buttons(section)
        self.head_row = SectionHead(section.number, section.title, section.hint, *buttons)
        self._line = _FoldedLine()
        self._line.change.clicked.connect(lambda _on=False: self.opened.emit(self.id))
        self.grid = FieldGrid(sources, pairs=True)
        self.amounts = AmountGrid() if section.kind == "grid" else None
        self.papers = PapersList() if section.kind == "papers" else None
        self.table = self._table() if section.kind == "table" else None
        self._empty = Label("", "second", "ink3")
        self.body.addWidget(self._line)
        self.body.addWidget(self.head_row)
        self.body.addWidget(self._empty)
        for widget in (self.table, self.amounts, self.papers, self.grid):
            if widget is not None:
                self.body.addWidget(widget)
        self.grid.edited.connect(self.edited)
        self.grid.entered.connect(self.entered)
        if self.amounts is not None:
            self.amounts.edited.connect(self.edited)
            self.amounts.entered.connect(self.entered)
        if self.papers is not None:
            self.papers.changed.connect(self.paper)

    def show_section(self, section: SectionState) -> None:
        """Show it as it stands."""
        self._quiet = True
        self._line.setVisible(not section.open)
        edge = px(12) if section.open else px(6)
        self.body.setContentsMargins(px(17), edge, px(17), edge)
        self.head_row.setVisible(section.open)
        self._line.show_section(section)
        self.head_row.number.set_text(str(section.number))
        self.head_row.note.set_text(section.hint)
        self.head_row.aside.set_text(section.aside)
        empty = section.table is not None and not section.table.rows
        self._empty.setVisible(section.open and empty)
        if section.table is not None:
            self._empty.set_text(section.table.empty)
            self._show_table(section.table, shown=section.open and not empty)
        if self.amounts is not None:
            self.amounts.setVisible(section.open)
            if section.grid is not None and section.open:
                self.amounts.show_rows(section.grid.heads, section.grid.rows, section.grid.totals)
        if self.papers is not None:
            self.papers.setVisible(section.open)
            self.papers.show_papers(section.papers)
        self.grid.setVisible(section.open and bool(section.fields))
        if section.open:
            self.grid.show_faces(section.fields)
        self._quiet = False

    def focus_in(self, where: str) -> bool:
        """The cursor to a field, a paper, or "" for the section itself."""
        head, dot, name = where.partition(".")
        paper = self.papers.row(name) if self.papers and dot and head == "materials" else None
        if paper is not None:
            paper.boxes.focus_in()
            return True
        if self.amounts is not None and self.amounts.focus_in(where):
            return True
        return self.grid.focus_in(where)

    def focus_first(self) -> None:
        """The cursor to what comes first."""
        if self.table is not None and self.table.isVisibleTo(self):
            self.table.focus_in()
            return
        first = (*(self.amounts.paths() if self.amounts else ()), *self.grid.paths())
        if first:
            self.focus_in(first[0])
        elif self.papers is not None and self.papers.rows():
            next(iter(self.papers.rows().values())).boxes.focus_in()
        else:
            self.setFocus()

    def path_of(self, widget: QWidget | None) -> str:
        """The path of the field or paper that has the widget, "" for none."""
        if self.papers is not None:
            for paper, row in self.papers.rows().items():
                if row.boxes is widget:
                    return f"materials.{paper}"
        found = self.amounts.path_of(widget) if self.amounts is not None else ""
        return found or self.grid.path_of(widget)

    def paths(self) -> tuple[str, ...]:
        """Paths of its fields in the order shown."""
        return (*(self.amounts.paths() if self.amounts else ()), *self.grid.paths())

    def box(self, where: str) -> Box | None:
        """The box at a path."""
        if self.amounts is not None and self.amounts.box(where) is not None:
            return self.amounts.box(where)
        editor = self.grid.editor(where)
        return editor.box if editor is not None else None

    def _buttons(self, section: SectionState) -> list[QWidget]:
        found: list[QWidget] = []
        wanted = (
            (section.scans, "扫票据", "F3", "scan-line", self.scan.emit),
            (section.pastes, "粘贴", "Ctrl+V", "paperclip", self.paste.emit),
            (
                section.kind == "table",
                "手工添加" if section.scans else "添加",
                "Insert",
                "plus",
                self._add,
            ),
            (section.kind == "table", "删除", "Del", "", self._remove),
        )
        for shown, words, cap, icon, act in wanted:
            if shown:
                button = KeyButton(words, cap, icon=icon)
                button.set_height(30)
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                button.clicked.connect(lambda _on=False, act=act: act())
                found.append(button)
        return found

    def _add(self) -> None:
        self.added.emit(self.id)

    def _remove(self) -> None:
        self.removed.emit(self.id)

    def _table(self) -> TableView:
        columns = [
            Column(h.title, h.width, h.share, "right" if h.right else "left") for h in self._heads
        ]
        table = TableView(columns, numbered=True, action_width=0)
        table.set_two_line_height(TWO_LINES)
        table.current.connect(self._selected)
        table.activated.connect(lambda _key: self.unfolded.emit(self.id))
        return table

    def _selected(self, key: str) -> None:
        if not self._quiet and key.isdigit():
            self.selected.emit(self.id, int(key))

    def _show_table(self, state: TableState, *, shown: bool) -> None:
        table = self.table
        if table is None:
            return
        if state.heads != self._heads:
            self._heads = state.heads
            at = self.body.indexOf(table)
            table.hide()
            table.deleteLater()
            table = self.table = self._table()
            self.body.insertWidget(at, table)
            self._rows = None
        table.setVisible(shown)
        if not shown:
            return
        if state.rows != self._rows:
            self._rows = state.rows
            muted = state.muted
            table.set_rows([
                Row(tuple(_text(c) for c in cells), str(i), muted=i in muted)
                for i, cells in enumerate(state.rows)
            ])
        table.set_total(tuple(_text(c) for c in state.total))
        table.setFixedHeight(max(table.content_height(MOST_ROWS), px(120)))
        if table.current_key() != str(state.current):
            table.select(str(state.current))


class _FoldedLine(QWidget):
    """2 就诊 ✓ 示范县人民医院，10月9日至28日    Alt 2 修改."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(9))
        self._number, self._title = Label("", "section", "ink3"), Label("", "section")
        self._icon = IconLabel("circle-check", 18, "ok")
        self._words = Label("", "body", "ink2")
        self.change = KeyButton("修改", "", "link")
        self.change.set_height(30)
        self.change.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for widget in (self._number, self._title, self._icon):
            row.addWidget(widget)
        row.addWidget(self._words, 1)
        row.addWidget(self.change)
        self.setMinimumHeight(px(30))

    def show_section(self, section: SectionState) -> None:
        """Number, title, tick, what stands in it."""
        self._number.set_text(str(section.number))
        self._title.set_text(section.title)
        self._icon.setVisible(section.done)
        self._words.set_text(section.folded)
        self.change.set_words("修改", f"Alt+{section.number}")


def _text(cell: Cell) -> CellText:
    return CellText(
        cell.text,
        cell.second,
        cell.tone,
        strong=cell.strong,
        icon=cell.icon,
        strike=cell.strike,
        second_tone=cell.second_tone,
    )
