"""How a row of a list is painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.theme import colour, px
from ui.theme.tokens import ROW, ROW_TWO
from ui.widgets.chip import draw_chip
from ui.widgets.icons import draw_icon
from ui.widgets.paint import draw_cap, draw_text, rule, strike
from ui.widgets.rows_model import CellText, Row, RowsModel

PAD = 15


class RowDelegate(QStyledItemDelegate):
    """Selected rows on a tint with a bar, two lines in a cell, chips, and the action's word."""

    def __init__(self, view: QTableView, model: RowsModel, *, numbered: bool) -> None:
        super().__init__(view)
        self._model, self._numbered = model, numbered
        self.two_lines = ROW_TWO

    def height(self, row: Row) -> int:
        """How high a row is."""
        return px(self.two_lines if any(c.second for c in row.cells) else ROW)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The row's height."""
        row = self._model.row(index.row())
        return QSize(0, self.height(row) if row else px(ROW))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        row = self._model.row(index.row())
        if row is None:
            return
        area: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave the style options' fields out
        rect = QRectF(area)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]  # as above
        column = index.column()
        if chosen:
            painter.fillRect(area, colour("accent_s"))
        last = index.row() == self._model.rowCount() - 1
        self._draw_rule(painter, rect, column, last=last)
        if chosen and column == 0:
            painter.fillRect(
                QRectF(rect.left(), rect.top(), px(3), rect.height()), colour("accent")
            )
        if column == len(self._model.columns):
            if row.action:
                inner = rect.adjusted(0, 0, -px(PAD), 0)
                draw_text(painter, inner, row.action, "body_strong", "accent", align="right")
        elif column < len(row.cells):
            self._draw_cell(painter, self._inner(painter, rect, index), row, column)

    def _draw_rule(self, painter: QPainter, rect: QRectF, column: int, *, last: bool) -> None:
        if last:
            return
        left = rect.left() + (px(PAD) if column == 0 else 0)
        right = rect.right() - (px(PAD) if column == len(self._model.columns) else 0)
        rule(painter, QRectF(left, rect.bottom() - 1, right - left, 1))

    def _inner(
        self, painter: QPainter, rect: QRectF, index: QModelIndex | QPersistentModelIndex
    ) -> QRectF:
        left = px(PAD) if index.column() == 0 else px(4)
        inner = rect.adjusted(left, 0, -px(8), 0)
        if self._numbered and index.column() == 0 and index.row() < 9:
            draw_cap(painter, inner.left(), rect.center().y(), str(index.row() + 1))
        if self._numbered and index.column() == 0:
            inner.setLeft(inner.left() + px(36))
        return inner

    def _draw_cell(self, painter: QPainter, inner: QRectF, row: Row, column: int) -> None:
        cell, align = row.cells[column], self._model.columns[column].align
        if cell.chip is not None and cell.text:
            draw_chip(painter, inner.left(), inner.center().y(), (cell.text, cell.chip, cell.icon))
            return
        tone = "ink3" if row.muted and cell.tone == "ink" else cell.tone
        line = QRectF(inner)
        if cell.second:
            middle = inner.center().y()
            line = QRectF(inner.left(), middle - px(22), inner.width(), px(22))
            under = QRectF(inner.left(), middle, inner.width(), px(20))
            draw_text(painter, under, cell.second, "note", cell.second_tone, align=align)
        self._draw_line(painter, line, cell, (tone, align))

    def _draw_line(
        self, painter: QPainter, line: QRectF, cell: CellText, look: tuple[str, str]
    ) -> None:
        tone, align = look
        if cell.icon:
            wide = draw_icon(painter, line.left(), line.center().y(), cell.icon, (18, tone))
            line.setLeft(line.left() + wide + px(6))
        role = cell.role or ("body_strong" if cell.strong else "body")
        width = draw_text(painter, line, cell.text, role, tone, align=align)
        if cell.strike:
            strike(painter, line, width, tone, align=align)
