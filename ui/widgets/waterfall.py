"""The estimate as a waterfall: amount, own share, stacked bar, and a row for every step with its bar."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.kernel.money import format_yuan
from ui.theme import colour, px, text_width
from ui.theme.tokens import CARD_RADIUS
from ui.widgets.chip import chip_width, draw_chip
from ui.widgets.icons import draw_icon
from ui.widgets.paint import draw_text, rule, surface
from ui.widgets.painted import Painted

WIDTH = 372
PLAIN, FUND, NOTE = 30, 48, 20
HEAD, FOOT = 122, 34
LOW, LOWEST = 760, 712
"""Heights of the window under which deductions lose their bars, and become one line."""
_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class WaterRow:
    """A row: kind total, deduction, scope, fund or own; its bar from `start` to `end` of the axis.

    `worth` is the amount in fen, None where it is a range.
    """

    label: str
    amount: str
    kind: str
    tone: str = "ink"
    formula: str = ""
    source: str = ""
    start: float = 0.0
    end: float = 0.0
    worth: int | None = None


@dataclass(frozen=True, slots=True)
class Water:
    """Everything the waterfall shows; `parts` are (tone, share of the whole)."""

    amount: str = ""
    own: str = ""
    total: str = ""
    chip: str = ""
    parts: tuple[tuple[str, float], ...] = ()
    rows: tuple[WaterRow, ...] = ()
    notes: tuple[str, ...] = ()
    foot: str = ""


class Waterfall(Painted):
    """372 wide; drops what is least wanted where the window is low."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._water = Water()
        self._room = float(LOW)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.restyle()

    def set(self, water: Water) -> None:
        """Show another estimate."""
        if water != self._water:
            self._water = water
            self.setAccessibleName(f"预计报销 {water.amount} 元，{water.chip}")
            self.updateGeometry()
            self.update()

    def set_room(self, window_height: float) -> None:
        """How high the window is, in px of the design."""
        if window_height != self._room:
            self._room = window_height
            self.update()

    def water(self) -> Water:
        """What it shows."""
        return self._water

    def rows(self) -> tuple[WaterRow, ...]:
        """The rows as they stand in a window of this height."""
        if self._room >= LOWEST:
            return self._water.rows
        taken = [r for r in self._water.rows if r.kind == "deduction"]
        early = [r for r in taken if not _after_scope(self._water.rows, r)]
        worth = [r.worth for r in early if r.worth is not None]
        if len(early) < 2 or len(worth) < len(early):
            return self._water.rows
        joined = WaterRow(
            "、".join(r.label for r in early), f"{_MINUS} {format_yuan(sum(worth))}", "deduction"
        )
        rest = [r for r in self._water.rows if r not in early]
        return (*rest[:1], joined, *rest[1:])

    def sizeHint(self) -> QSize:
        """Its width; as high as its rows."""
        return QSize(px(WIDTH), px(HEAD + FOOT) + sum(self._height(r) for r in self.rows()))

    def minimumSizeHint(self) -> QSize:
        """May be lower: the window is."""
        return QSize(px(WIDTH), px(200))

    def restyle(self) -> None:
        """Width of the design."""
        self.setFixedWidth(px(WIDTH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw head, rows and foot."""
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), "surface", "line", CARD_RADIUS)
        self._draw_head(painter)
        top = float(px(HEAD))
        rule(painter, QRectF(1, top, self.width() - 2, 1))
        top += px(4)
        bottom = self.height() - px(FOOT)
        for row in self.rows():
            high = self._height(row)
            if top + high > bottom + px(2):
                break
            self._draw_row(painter, row, top)
            top += high
        for note in self._water.notes:
            if top + px(NOTE) > bottom:
                break
            place = QRectF(px(15), top, self.width() - px(30), px(NOTE))
            draw_text(painter, place, note, "note", "warn")
            top += px(NOTE)
        self._draw_foot(painter, bottom)

    def _height(self, row: WaterRow) -> int:
        if row.kind == "fund" and row.formula:
            return px(FUND)
        low = self._room < LOW and row.kind == "deduction"
        return px(PLAIN - 5 if low else PLAIN)

    def _draw_head(self, painter: QPainter) -> None:
        water, left, wide = self._water, px(15), self.width() - px(30)
        draw_text(painter, QRectF(left, px(8), wide, px(24)), "预计报销", "second", "ink2")
        chip = (water.chip, "warn", "info")
        if water.chip:
            at = self.width() - px(15) - chip_width(water.chip, "info")
            draw_chip(painter, at, px(20), chip)
        role = next(
            (
                r
                for r in ("amount", "figure", "title")
                if text_width(water.amount, r) < wide - px(24)
            ),
            "form_title",
        )
        place = QRectF(left, px(34), wide, px(44))
        used = draw_text(painter, place, water.amount, role, "ink")
        after = QRectF(left + used + px(7), px(36), px(30), px(44))
        draw_text(painter, after, "元", "second", "ink2")
        line = QRectF(left, px(78), wide, px(20))
        said = draw_text(painter, line, "个人负担", "second", "ink2")
        own = line.adjusted(said + px(6), 0, 0, 0)
        draw_text(painter, own, f"{water.own} 元", "second_strong", "ink")
        draw_text(painter, line, f"合计 {water.total}", "second", "ink2", align="right")
        self._draw_stack(painter, QRectF(left, px(101), wide, px(12)))

    def _draw_stack(self, painter: QPainter, place: QRectF) -> None:
        surface(painter, place, "hover", "", 3)
        x = place.left()
        for tone, share in self._water.parts:
            wide = share * place.width()
            painter.fillRect(
                QRectF(round(x), place.top(), max(round(wide) - 2, 1), place.height()), colour(tone)
            )
            x += wide

    def _draw_row(self, painter: QPainter, row: WaterRow, top: float) -> None:
        left, wide = px(15), self.width() - px(30)
        strong = row.kind in {"total", "scope", "own", "fund"}
        line = QRectF(left, top, wide, px(24))
        role = "body_head" if strong else "body"
        tone = "ink" if strong else "ink2"
        used = text_width(row.amount, role)
        draw_text(painter, line, row.amount, role, tone, align="right")
        room = QRectF(left, top, wide - used - px(10), px(24))
        said = draw_text(painter, room, row.label, role, tone)
        if row.kind == "fund" and row.formula:
            under = QRectF(left, top + px(22), wide, px(18))
            self._draw_formula(painter, under, row)
            self._draw_bar(painter, row, top + px(41))
            return
        if row.formula and row.kind == "deduction":
            self._draw_formula(painter, room.adjusted(said + px(8), 0, 0, 0), row)
        if not (self._room < LOW and row.kind == "deduction"):
            self._draw_bar(painter, row, top + px(24))

    def _draw_formula(self, painter: QPainter, place: QRectF, row: WaterRow) -> None:
        """The arithmetic; the article in short at the right where there is room for both."""
        article = _article(row.source)
        need = text_width(row.formula, "note") + text_width(article, "note") + px(10)
        fund = row.kind == "fund"
        if article and need <= place.width():
            used = draw_text(painter, place, row.formula, "note", "ink3")
            at = place if fund else place.adjusted(used + px(8), 0, 0, 0)
            draw_text(painter, at, article, "note", "accent", align="right" if fund else "left")
        elif place.width() > px(40):
            draw_text(painter, place, row.formula, "note", "ink3")

    def _draw_bar(self, painter: QPainter, row: WaterRow, top: float) -> None:
        left, wide = px(15), self.width() - px(30)
        painter.fillRect(QRectF(left, top, wide, px(3)), colour("hover"))
        if row.end <= row.start:
            return
        strong = row.kind in {"total", "scope", "own"}
        start = left + row.start * wide
        length = max((row.end - row.start) * wide, 2.0)
        painter.fillRect(
            QRectF(start, top - (1 if strong else 0), length, px(4 if strong else 3)),
            colour("ink2" if strong else row.tone),
        )

    def _draw_foot(self, painter: QPainter, top: float) -> None:
        rule(painter, QRectF(1, top, self.width() - 2, 1))
        middle = top + px(FOOT) / 2
        x = px(15) + draw_icon(painter, px(15), middle, "info", (18, "warn")) + px(6)
        wide = text_width("依据 F8", "note")
        place = QRectF(x, top, self.width() - px(15) - x - wide - px(8), px(FOOT))
        draw_text(painter, place, self._water.foot, "note", "ink3")
        place = QRectF(x, top, self.width() - px(15) - x, px(FOOT))
        draw_text(painter, place, "依据 F8", "note", "accent", align="right")


def _after_scope(rows: tuple[WaterRow, ...], row: WaterRow) -> bool:
    kinds = [r.kind for r in rows[: rows.index(row)]]
    return "scope" in kinds


def _article(source: str) -> str:
    """第九条 out of a source, "" where it names none."""
    at = source.find("第")
    end = source.find("条", at)
    return source[at : end + 1] if 0 <= at < end <= at + 8 else ""
