"""How the household table is painted: a tick, who it is, and three facts a year."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from counter_app.services.queries.household_card import Fact, MemberRow, YearCell
from ui.models.household_model import HouseholdModel
from ui.theme import colour, px, text_width
from ui.widgets.chip import chip_width, draw_chip
from ui.widgets.icons import draw_icon
from ui.widgets.paint import draw_text, rule, surface

ROW, LINE, LABEL = 90, 23, 34
_ICONS = {
    "done": ("circle-check", "ok", "ink"),
    "open": ("circle", "ink3", "ink2"),
    "conditional": ("clock", "warn", "warn"),
    "attention": ("triangle-alert", "warn", "warn"),
    "none": ("minus", "ink3", "ink3"),
}


class HouseholdDelegate(QStyledItemDelegate):
    """The member in service stands on a tint with a bar and a solid chip 在办."""

    def __init__(self, view: QTableView, model: HouseholdModel) -> None:
        super().__init__(view)
        self._model = model

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        member = self._model.member(index.row())
        if member is None:
            return
        area: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave the style options' fields out
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]  # as above
        rect = QRectF(area)
        if chosen:
            painter.fillRect(area, colour("accent_s"))
        line = "accent_l" if chosen else "line"
        rule(painter, QRectF(rect.left(), rect.bottom(), rect.width(), 1))
        if index.column() == 0:
            if chosen:
                bar = QRectF(rect.left(), rect.top(), px(3), rect.height())
                painter.fillRect(bar, colour("accent"))
            self._draw_member(painter, rect, member, served=chosen)
            return
        rule(painter, QRectF(rect.left(), rect.top(), 1, rect.height()), line)
        inner = rect.adjusted(px(13), 0, -px(6), 0)
        cell = self._model.cell(index.row(), index.column())
        if cell is not None:
            self._draw_year(painter, inner, cell)

    def _draw_member(
        self, painter: QPainter, rect: QRectF, member: MemberRow, *, served: bool
    ) -> None:
        top = rect.center().y() - px(33)
        box = QRectF(rect.left() + px(17), top + px(3), px(18), px(18))
        _draw_tick(painter, box, ticked=member.certno in self._model.ticked, on=member.may_enrol)
        left = rect.left() + px(47)
        wide = rect.right() - left - px(6)
        self._draw_name(painter, QRectF(left, top, wide, px(24)), member, served=served)
        detail = self._model.who(member)[1]
        draw_text(painter, QRectF(left, top + px(24), wide, px(21)), detail, "note", "ink3")
        draw_text(painter, QRectF(left, top + px(45), wide, px(21)), member.note, "note", "ink3")

    def _draw_name(
        self, painter: QPainter, place: QRectF, member: MemberRow, *, served: bool
    ) -> None:
        words, tone = ("在办", "solid") if served else (member.chip, member.chip_tone or "neutral")
        room = place.adjusted(0, 0, -(chip_width(words) + px(8)) if words else 0, 0)
        name = self._model.who(member)[0]
        drawn = draw_text(painter, room, name, "input", "ink" if member.may_enrol else "ink3")
        if words:
            chip = (words, tone, "")
            draw_chip(painter, place.left() + drawn + px(8), place.center().y(), chip)

    def _draw_year(self, painter: QPainter, rect: QRectF, cell: YearCell) -> None:
        if cell.sentence:
            middle = rect.center().y()
            wide = draw_icon(painter, rect.left(), middle, "info", (18, "ink3"))
            _draw_sentence(painter, rect.adjusted(wide + px(8), 0, 0, 0), cell.sentence)
            return
        top = rect.center().y() - px(LINE) * len(cell.facts) / 2
        for fact in cell.facts:
            self._draw_fact(painter, QRectF(rect.left(), top, rect.width(), px(LINE)), fact)
            top += px(LINE)

    @staticmethod
    def _draw_fact(painter: QPainter, rect: QRectF, fact: Fact) -> None:
        icon, tone, ink = _ICONS[fact.tone]
        draw_text(painter, rect, fact.label, "note", "ink3")
        x = rect.left() + px(LABEL)
        x += draw_icon(painter, x, rect.center().y(), icon, (16, tone)) + px(5)
        strong = "second_strong" if fact.tone in {"attention", "conditional"} else "second"
        place = QRectF(x, rect.top(), rect.right() - x, rect.height())
        x += draw_text(painter, place, fact.words, strong, ink) + px(6)
        left = rect.right() - x
        if fact.as_of and left >= text_width(fact.as_of, "note"):
            draw_text(
                painter, QRectF(x, rect.top(), left, rect.height()), fact.as_of, "note", "ink3"
            )
        elif fact.as_of:
            short = fact.as_of.removeprefix("截至 ")
            draw_text(painter, QRectF(x, rect.top(), left, rect.height()), short, "note", "ink3")


def _draw_sentence(painter: QPainter, place: QRectF, words: str) -> None:
    """One line, or two broken at the comma where the year is narrow."""
    first, comma, second = words.partition("，")
    if not comma or text_width(words, "second") <= place.width():
        draw_text(painter, place, words, "second", "ink2")
        return
    half = px(LINE) / 2
    draw_text(painter, place.translated(0, -half), first + comma, "second", "ink2")
    draw_text(painter, place.translated(0, half), second, "second", "ink2")


def _draw_tick(painter: QPainter, box: QRectF, *, ticked: bool, on: bool) -> None:
    if not on:
        surface(painter, box, "hover", "line2", 4)
    elif not ticked:
        surface(painter, box, "surface", "fline", 4, pen=1.5)
    else:
        surface(painter, box, "accent", "", 4)
        painter.setPen(QPen(colour("on"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = box.center()
        low = QPointF(middle.x() - 1, middle.y() + px(4))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPolyline([middle - QPointF(px(4), 0), low, middle + QPointF(px(5), -px(3))])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
