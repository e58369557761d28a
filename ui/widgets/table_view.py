"""A list with a head: one selected row, its action by Enter, digits where it is numbered."""

from PySide6.QtCore import QItemSelectionModel, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableView, QVBoxLayout, QWidget

from ui.theme import colour, px
from ui.theme.tokens import CARD_RADIUS, HEAD, ROW, ROW_TWO
from ui.widgets.paint import draw_text, rounded, rule, surface
from ui.widgets.painted import Painted
from ui.widgets.row_delegate import PAD, RowDelegate
from ui.widgets.rows_model import CellText, Column, Row, RowsModel


class _Head(Painted):
    def __init__(self, columns: tuple[Column, ...], *, numbered: bool, top: bool) -> None:
        super().__init__()
        self._columns, self._numbered, self._top = columns, numbered, top
        self.widths: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(100, px(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(
            rounded(rect, CARD_RADIUS - 1, top=self._top, bottom=False), colour("sunken")
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        rule(painter, QRectF(0, rect.bottom() - 1, rect.width(), 1))
        x = 0
        for index, column in enumerate(self._columns):
            width = self.widths[index] if index < len(self.widths) else 0
            left = px(PAD + (36 if self._numbered else 0)) if index == 0 else px(4)
            place = QRectF(x + left, 0, width - left - px(8), rect.height())
            draw_text(painter, place, column.title, "head", "ink3", align=column.align)
            x += width


class _Foot(Painted):
    """The row of sums under a rule."""

    def __init__(self, head: _Head, columns: tuple[Column, ...], *, numbered: bool) -> None:
        super().__init__()
        self._head, self._columns, self._numbered = head, columns, numbered
        self.cells: tuple[CellText, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(100, px(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rule(painter, QRectF(0, 0, self.width(), 1), "line2")
        x = 0
        for index, (cell, column) in enumerate(zip(self.cells, self._columns, strict=False)):
            width = self._head.widths[index] if index < len(self._head.widths) else 0
            left = px(PAD + (36 if self._numbered else 0)) if index == 0 else px(4)
            place = QRectF(x + left, 0, width - left - px(8), self.height())
            draw_text(painter, place, cell.text, "body_head", cell.tone, align=column.align)
            x += width


class _Table(QTableView):
    enter = Signal()
    digit = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self.enter.emit()
        elif plain and event.text().isdigit() and event.text() != "0":
            self.digit.emit(int(event.text()))
        elif event.key() in {
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        }:
            super().keyPressEvent(event)
        else:
            event.ignore()


class TableView(Painted):
    """Rows under columns.

    `activated(key)` for Enter, a double click, a click on the action's word or a digit;
    `current(key)` when another row is selected. `framed` paints its own card; `numbered` prints
    digits before the first nine rows; `headless` leaves the head out.
    """

    activated = Signal(str)
    current = Signal(str)

    def __init__(
        self,
        columns: list[Column],
        *,
        numbered: bool = False,
        framed: bool = False,
        headless: bool = False,
        action_width: int = 96,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._framed, self._action = framed, action_width
        self.model = RowsModel(columns, self)
        self.table = _Table(self)
        self.delegate = RowDelegate(self.table, self.model, numbered=numbered)
        self._head = _Head(self.model.columns, numbered=numbered, top=framed)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._column.addWidget(self.table, 1)
        self._foot = _Foot(self._head, self.model.columns, numbered=numbered)
        self._column.addWidget(self._foot)
        self._head.setVisible(not headless)
        self._dress()
        self.setFocusProxy(self.table)
        self.restyle()

    def set_rows(self, rows: tuple[Row, ...] | list[Row]) -> None:
        """Show others; the selected key stays selected where it is still there."""
        key = self.current_key()
        self.model.set_rows(tuple(rows))
        for index, row in enumerate(self.model.rows()):
            self.table.setRowHeight(index, self.delegate.height(row))
        self.select(key if self.model.index_of(key) >= 0 else "")
        self._place()

    def set_total(self, cells: tuple[CellText, ...]) -> None:
        """A row of sums below, () for none."""
        self._foot.cells = cells
        self._foot.setVisible(bool(cells))
        self._foot.update()

    def set_two_line_height(self, height: int = ROW_TWO) -> None:
        """How high rows of two lines are, 48 to 62."""
        self.delegate.two_lines = height

    def rows(self) -> tuple[Row, ...]:
        """What it shows."""
        return self.model.rows()

    def current_key(self) -> str:
        """The selected row's key, "" for none."""
        row = self.model.row(self.table.currentIndex().row())
        return row.key if row else ""

    def select(self, key: str) -> None:
        """Select a row, the first one for ""."""
        at = max(self.model.index_of(key), 0)
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(
            self.model.index(at, 0), flags.ClearAndSelect | flags.Rows
        )

    def focus_in(self) -> None:
        """Give the list the focus."""
        self.table.setFocus()

    def activate_digit(self, digit: int) -> bool:
        """Do the action of the row with that digit; False where there is none."""
        row = self.model.row(digit - 1)
        if row is None:
            return False
        self.select(row.key)
        self.activated.emit(row.key)
        return True

    def content_height(self, most: int | None = None) -> int:
        """How high all of it is, or its first `most` rows, for lists that scroll late or never."""
        head = px(HEAD) if self._head.isVisibleTo(self) else 0
        foot = px(ROW) if self._foot.isVisibleTo(self) else 0
        return head + foot + sum(self.delegate.height(r) for r in self.model.rows()[:most]) + 2

    def restyle(self) -> None:
        """Heights and places of the look."""
        edge = 1 if self._framed else 0
        self._column.setContentsMargins(edge, edge, edge, px(8) if self._framed else 0)
        for index, row in enumerate(self.model.rows()):
            self.table.setRowHeight(index, self.delegate.height(row))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        if self._framed:
            surface(QPainter(self), QRectF(self.rect()), "surface", "line", CARD_RADIUS)

    def _dress(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(self.delegate)
        table.horizontalHeader().hide()
        table.verticalHeader().hide()
        table.horizontalHeader().setMinimumSectionSize(1)
        table.verticalHeader().setMinimumSectionSize(1)
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.setMouseTracking(True)
        table.viewport().setAutoFillBackground(False)
        table.setMinimumHeight(px(40))
        table.enter.connect(self._enter)
        table.digit.connect(self.activate_digit)
        table.doubleClicked.connect(lambda _index: self._enter())
        table.clicked.connect(self._clicked)
        table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._moved())

    def _place(self) -> None:
        columns = self.model.columns
        action = px(self._action) if any(r.action for r in self.model.rows()) else 0
        width = self.width() - (2 if self._framed else 0)
        fixed = action + sum(px(c.width) for c in columns)
        shares = sum(c.stretch for c in columns) or 1
        free = max(width - fixed, 0)
        widths = [px(c.width) + free * c.stretch // shares for c in columns]
        for index, wide in enumerate([*widths, max(width - sum(widths), 0)]):
            self.table.setColumnWidth(index, wide)
        self._head.widths = widths
        self._head.update()
        self._foot.update()

    def _enter(self) -> None:
        key = self.current_key()
        if key:
            self.activated.emit(key)

    def _clicked(self) -> None:
        if self.table.currentIndex().column() == len(self.model.columns):
            self._enter()

    def _moved(self) -> None:
        key = self.current_key()
        if key:
            self.current.emit(key)
