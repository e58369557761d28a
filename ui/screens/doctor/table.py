"""All parts in one card: head, and lines that scroll inside it."""

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableView, QVBoxLayout

from ui.screens.doctor.delegate import AT, PART, ROW, SIDE, LinesDelegate
from ui.screens.doctor.lines import Line
from ui.screens.doctor.model import COLUMNS, LinesModel
from ui.theme import colour, px
from ui.theme.tokens import CARD_RADIUS
from ui.widgets import Painted, draw_text, rule, surface
from ui.widgets.paint import rounded

HEAD, TURN_MS, TURN = 31, 80, 30


class _Head(Painted):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(100, px(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(rounded(rect, CARD_RADIUS - 1, bottom=False), colour("sunken"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        rule(painter, QRectF(0, rect.bottom() - 1, rect.width(), 1))
        part, middle, at = COLUMNS
        draw_text(painter, rect.adjusted(px(SIDE), 0, 0, 0), part, "head", "ink3")
        draw_text(painter, rect.adjusted(px(PART), 0, 0, 0), middle, "head", "ink3")
        place = rect.adjusted(0, 0, -px(SIDE), 0)
        draw_text(painter, place, at, "head", "ink3", align="right")


class _Table(QTableView):
    enter = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.model().rowCount() - 1}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self.enter.emit()
        elif event.key() in ends:
            # Qt goes to the row's first and last cell
            self.selectRow(ends[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.column() == 1 and self._on_action(index, event):
            self.enter.emit()

    def _on_action(self, index: QModelIndex, event: QMouseEvent) -> bool:
        delegate, model = self.itemDelegate(), self.model()
        if not (isinstance(delegate, LinesDelegate) and isinstance(model, LinesModel)):
            return False
        line = model.line(index.row())
        if line is None or not line.action:
            return False
        return delegate.action_at(line, self.visualRect(index)).contains(event.position())


class LinesTable(Painted):
    """`activated(key)` for Enter, a double click or a click on the word; `current(key)` for another line."""

    activated = Signal(str)
    current = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.model = LinesModel()
        self.table = _Table(self)
        self.delegate = LinesDelegate(self.table, self.model)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(_Head())
        self._column.addWidget(self.table, 1)
        self._turning = QTimer(self)
        self._turning.setInterval(TURN_MS)
        self._turning.timeout.connect(self._turn)
        self._dress()
        self.setFocusProxy(self.table)
        self.restyle()

    def set_lines(self, lines: tuple[Line, ...], selected: str) -> None:
        """Show these, one of them selected."""
        with QSignalBlocker(self):
            if lines != self.model.lines():
                self.model.set_lines(lines)
                self._place()
            if selected and selected != self.current_key():
                self.select(selected)
        self._turn_or_rest()

    def current_key(self) -> str:
        """The selected line's part."""
        line = self.model.line(self.table.currentIndex().row())
        return line.key if line else ""

    def select(self, key: str) -> None:
        """Select a line."""
        at = self.model.row_of(key)
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(at, 0) if at >= 0 else QModelIndex()
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def focus_in(self) -> None:
        """Give the list the focus."""
        self.table.setFocus()

    def content_height(self) -> int:
        """How high all of it is."""
        rows = sum(self.table.rowHeight(row) for row in range(self.model.rowCount()))
        return px(HEAD) + rows + 2 + px(8)

    def sizeHint(self) -> QSize:
        """Content with two lines; `_place` says how high it may be."""
        return QSize(px(600), px(HEAD + 2 * ROW + 10))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return QSize(px(320), self.sizeHint().height())

    def restyle(self) -> None:
        """Heights and places of the look."""
        self._column.setContentsMargins(1, 1, 1, px(8))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """Turn what turns."""
        self._turn_or_rest()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it turn."""
        self._turning.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        surface(QPainter(self), QRectF(self.rect()), "surface", "line", CARD_RADIUS)

    def _dress(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(self.delegate)
        table.setAccessibleName("设备自检的各项")
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
        table.viewport().setAutoFillBackground(False)
        table.enter.connect(self._enter)
        table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._moved())

    def _place(self) -> None:
        middle = max(self.width() - 2 - px(PART) - px(AT), px(60))
        for column, wide in enumerate((px(PART), middle, px(AT))):
            self.table.setColumnWidth(column, wide)
        for row, line in enumerate(self.model.lines()):
            high = self.delegate.height(line, middle)
            if self.table.rowHeight(row) != high:
                self.table.setRowHeight(row, high)
        self.setMaximumHeight(max(self.content_height(), self.sizeHint().height()))

    def _turn_or_rest(self) -> None:
        turns = self.isVisible() and any(line.spins for line in self.model.lines())
        if turns and not self._turning.isActive():
            self._turning.start()
        elif not turns:
            self._turning.stop()

    def _turn(self) -> None:
        self.delegate.turn = (self.delegate.turn + TURN) % 360
        for row, line in enumerate(self.model.lines()):
            if line.spins:
                self.table.update(self.model.index(row, 0))

    def _enter(self) -> None:
        key = self.current_key()
        if key:
            self.activated.emit(key)

    def _moved(self) -> None:
        key = self.current_key()
        if key:
            self.current.emit(key)
