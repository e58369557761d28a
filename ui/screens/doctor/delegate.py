"""How a line of the examination is painted: verdict and part, what was seen and what to do, when."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.screens.doctor.lines import Line
from ui.screens.doctor.model import LinesModel
from ui.theme import colour, px, text_width
from ui.widgets.icons import draw_icon, icon
from ui.widgets.lines import lines_of
from ui.widgets.paint import draw_text, rule

ROW, SIDE, PART, AT = 52, 17, 201, 100
"""A row of up to two lines; the card's padding; the widths of the first and the last column."""
_ICON, _GAP = 18, 6
_SAYS, _UNDER, _AIR = 22, 20, 10
_BESIDE = 16


class LinesDelegate(QStyledItemDelegate):
    """Rows are equally high until a wrong one needs more lines for what it means and what to do."""

    def __init__(self, view: QTableView, model: LinesModel) -> None:
        super().__init__(view)
        self._model = model
        self.turn = 0
        """By how many degrees the spinner is turned."""

    def height(self, line: Line, width: float) -> int:
        """How high a row is whose middle column has that width."""
        says, under = self._broken(line, width)
        title = len(lines_of(line.title, "body_strong", _title_width()))
        high = max(len(says), title) * px(_SAYS) if not under else 0
        if under:
            high = max(len(says) * px(_SAYS) + len(under) * px(_UNDER), title * px(_SAYS))
        return max(px(ROW), high + px(_AIR))

    def action_at(self, line: Line, rect: QRect) -> QRectF:
        """Where the action's word stands in the middle cell."""
        wide = text_width(line.action, "body_strong") if line.action else 0.0
        return QRectF(rect.right() - wide - px(4), rect.top(), wide + px(4), rect.height())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        line = self._model.line(index.row())
        if line is None:
            return
        area: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave the style options' fields out
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]  # as above
        rect = QRectF(area)
        if chosen:
            painter.fillRect(area, colour("accent_s"))
        self._rule(painter, rect, index, chosen=chosen)
        if index.column() == 0:
            if chosen:
                bar = QRectF(rect.left(), rect.top(), px(3), rect.height())
                painter.fillRect(bar, colour("accent"))
            self._part(painter, rect, line)
        elif index.column() == 1:
            self._middle(painter, area, line)
        else:
            place = rect.adjusted(0, 0, -px(SIDE), 0)
            draw_text(painter, place, line.at, "second", "ink3", align="right")

    def _rule(
        self,
        painter: QPainter,
        rect: QRectF,
        index: QModelIndex | QPersistentModelIndex,
        *,
        chosen: bool,
    ) -> None:
        if index.row() == self._model.rowCount() - 1 or chosen:
            return
        left = rect.left() + (px(SIDE) if index.column() == 0 else 0)
        right = rect.right() - (px(SIDE) if index.column() == self._model.columnCount() - 1 else 0)
        rule(painter, QRectF(left, rect.bottom() - 1, right - left, 1))

    def _part(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        middle = rect.center().y()
        left = rect.left() + px(SIDE)
        if line.spins:
            self._spinner(painter, QPointF(left + px(_ICON) / 2, middle), line)
        else:
            draw_icon(painter, left, middle, line.icon, (_ICON, line.tone))
        words = lines_of(line.title, "body_strong", _title_width())
        top = middle - len(words) * px(_SAYS) / 2
        x = left + px(_ICON + _GAP)
        for number, piece in enumerate(words):
            place = QRectF(x, top + number * px(_SAYS), _title_width(), px(_SAYS))
            draw_text(painter, place, piece, "body_strong", "ink")

    def _spinner(self, painter: QPainter, middle: QPointF, line: Line) -> None:
        half = px(_ICON) / 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(middle)
        painter.rotate(self.turn)
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(QPointF(-half, -half), icon(line.icon, _ICON, line.tone, ratio))
        painter.restore()

    def _middle(self, painter: QPainter, area: QRect, line: Line) -> None:
        says, under = self._broken(line, area.width())
        high = len(says) * px(_SAYS) + len(under) * px(_UNDER)
        y = area.center().y() - high / 2 + 0.5
        width = _words_width(line, area.width())
        for words, step, role, tone in (
            (says, _SAYS, "body", line.says_tone),
            (under, _UNDER, "note", "ink3"),
        ):
            for piece in words:
                place = QRectF(area.left(), y, width + 1, px(step))
                draw_text(painter, place, piece, role, tone)
                y += px(step)
        if line.action:
            place = self.action_at(line, area)
            draw_text(painter, place, line.action, "body_strong", "accent", align="right")

    def _broken(self, line: Line, width: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
        room = _words_width(line, width)
        return lines_of(line.says, "body", room), lines_of(line.under, "note", room)


def _title_width() -> float:
    return px(PART - SIDE - _ICON - _GAP - 8)


def _words_width(line: Line, width: float) -> float:
    taken = text_width(line.action, "body_strong") + px(_BESIDE + 4) if line.action else px(8)
    return max(width - taken, px(60))
