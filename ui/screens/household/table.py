"""Members × years in one card."""

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableView, QVBoxLayout

from counter_app.services.queries.household_card import HouseholdCard
from ui.models.household_delegate import ROW, HouseholdDelegate
from ui.models.household_model import HouseholdModel
from ui.theme import colour, px, text_width
from ui.theme.tokens import CARD_RADIUS
from ui.widgets import Painted, draw_icon, draw_text, rule, surface
from ui.widgets.paint import rounded

MEMBER = 212
HEAD = 50
NARROW_YEAR = 150
"""A year narrower than this could not show its words."""


class _Table(QTableView):
    """Arrows move the member in service; space ticks; the rest belongs to the screen."""

    ticked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.ticked.emit()
        elif event.key() == Qt.Key.Key_Home:
            self.selectRow(0)
        elif event.key() == Qt.Key.Key_End:
            self.selectRow(self.model().rowCount() - 1)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            super().keyPressEvent(event)
        else:
            event.ignore()


class _Head(Painted):
    """Years over their columns."""

    def __init__(self) -> None:
        super().__init__()
        self.card: HouseholdCard | None = None
        self.years: tuple[int, ...] = ()
        self.widths: list[int] = []
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
        if self.card is None or not self.widths:
            return
        draw_text(painter, rect.adjusted(px(47), 0, 0, 0), "成员", "second", "ink3")
        x = float(self.widths[0])
        for year, width in zip(self.years, self.widths[1:], strict=False):
            if not width:
                continue
            place = QRectF(x + px(13), 0, width - px(18), rect.height())
            words, tone = self._words(year)
            wide = draw_text(painter, place, str(year), "section", "ink") + px(8)
            room = place.adjusted(wide, 0, 0, 0)
            if text_width(words, "second") > room.width():
                words = words.removeprefix("集中")
            draw_text(painter, room, words, "second", tone)
            x += width

    def _words(self, year: int) -> tuple[str, str]:
        card = self.card
        if card is None or year < card.this_year:
            return "已过", "ink3"
        if year == card.season_year:
            return card.season_words, "warn" if card.pay_by else "ink3"
        return ("今年" if year == card.this_year else "明年"), "ink3"


class _Foot(Painted):
    """One moment per fact, for all rows."""

    def __init__(self) -> None:
        super().__init__()
        self.words: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(100, px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rule(painter, QRectF(0, 0, self.width(), 1))
        middle = self.height() / 2
        x = px(18) + draw_icon(painter, px(18), middle, "info", (16, "ink3")) + px(10)
        pieces = [("三件事各查各的：", "head", "ink2")]
        for fact, at in self.words:
            pieces += [(f"{fact} ", "note", "ink3"), (f"截至 {at}    ", "note", "ink2")]
        for text, role, tone in pieces:
            place = QRectF(x, 0, max(self.width() - x, 0), self.height())
            x += draw_text(painter, place, text, role, tone)


class HouseholdTable(Painted):
    """Head, members, foot, in one card; `ticked` for space or a click on the box."""

    ticked = Signal()
    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.model = HouseholdModel(self)
        self.table = _Table(self)
        self._head, self._foot = _Head(), _Foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.table, 1)
        column.addWidget(self._foot)
        self.setFocusProxy(self.table)
        self._dress()

    def set_card(self, card: HouseholdCard | None) -> None:
        """Show another card."""
        self.model.set_card(card)
        self._head.card = card
        self._head.years = self.model.years
        self._foot.words = card.as_of if card else ()
        for row in range(self.model.rowCount()):
            self.table.setRowHeight(row, px(ROW))
        self._place()
        self._foot.update()

    def select(self, row: int) -> None:
        """Mark the member in service."""
        with QSignalBlocker(self.table.selectionModel()):
            self.table.selectRow(row)
        self.table.scrollTo(self.model.index(row, 0))
        self.table.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        surface(QPainter(self), QRectF(self.rect()), "surface", "line", CARD_RADIUS)

    def _place(self) -> None:
        years = self.model.columnCount() - 1
        if years < 1:
            return
        free = self.width() - 2 - px(MEMBER)
        # in large print the past year makes room for the others
        past = years > 2 and free // years < px(NARROW_YEAR)
        self.table.setColumnHidden(1, past)
        if past:
            widths = [px(MEMBER), 0] + [free // (years - 1)] * (years - 2)
        else:
            widths = [px(MEMBER)] + [free // years] * (years - 1)
        widths.append(self.width() - 2 - sum(widths))
        for index, width in enumerate(widths):
            self.table.setColumnWidth(index, width)
        self._head.widths = widths
        self._head.update()

    def _clicked(self) -> None:
        at = self.table.viewport().mapFromGlobal(self.cursor().pos())
        if 0 <= at.x() < px(44):
            self.ticked.emit()

    def _dress(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(HouseholdDelegate(table, self.model))
        table.horizontalHeader().hide()
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(1)
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.viewport().setAutoFillBackground(False)
        table.ticked.connect(self.ticked)
        table.clicked.connect(lambda _index: self._clicked())
        table.selectionModel().currentRowChanged.connect(
            lambda new, _old: self.chosen.emit(new.row())
        )
