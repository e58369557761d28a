"""The sides as a table: what it was, what we filled in, what the centre has, and what becomes of it."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.screens.conflict.rows import Line
from ui.theme import colour, px, text_width
from ui.theme.tokens import CARD_RADIUS, HEAD, ROLES
from ui.widgets import Painted, draw_icon, draw_text, rule, surface
from ui.widgets.chip import chip_width, draw_chip
from ui.widgets.lines import lines_of
from ui.widgets.paint import rounded

_ROW, _PAD, _GAP, _ICON = 38, 17, 14, 18
_LABEL, _RESULT, _FIGURE = 92, 128, 116
_HEADS = ("项目", "原来", "本站填的", "中心现在的", "结果")
_MARKS = {"ask": ("triangle-alert", "warn"), "decided": ("check", "ok")}
_LEADING = 1.4


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    role: str
    tone: str
    left: float
    width: float
    align: str = "left"

    @property
    def lines(self) -> tuple[str, ...]:
        """As many as it takes: a long address is never cut."""
        return lines_of(self.text, self.role, self.width)

    @property
    def high(self) -> float:
        """Height of its lines."""
        return len(self.lines) * _line(self.role)


def _line(role: str) -> float:
    return round(px(ROLES[role].size) * _LEADING)


class SidesTable(Painted):
    """As high as its lines at the width it has; heads of columns may say more under a column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._heads = _HEADS
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set(self, lines: tuple[Line, ...], as_of: str) -> None:
        """Show these; `as_of` tells how old the base is."""
        base = f"原来（{as_of.partition(' ')[0]}）" if as_of else _HEADS[1]
        heads = (_HEADS[0], base, *_HEADS[2:])
        if (lines, heads) == (self._lines, self._heads):
            return
        self._lines, self._heads = lines, heads
        self.setAccessibleName("\n".join(line.spoken for line in lines))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Its cells wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Head and lines at that width."""
        return round(px(HEAD) + sum(self._high(line, width) for line in self._lines) + 2)

    def sizeHint(self) -> QSize:
        """At a usual width."""
        wide = px(760)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for large print."""
        wide = px(480)
        return QSize(wide, self.heightForWidth(max(self.width(), wide)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw head, lines, and the border over them."""
        painter = QPainter(self)
        rect, width = QRectF(self.rect()), self.width()
        surface(painter, rect, "surface", "line", CARD_RADIUS)
        painter.setClipPath(rounded(rect.adjusted(1, 1, -1, -1), CARD_RADIUS - 1))
        painter.fillRect(QRectF(0, 0, width, px(HEAD)), colour("sunken"))
        rule(painter, QRectF(0, px(HEAD) - 1, width, 1))
        for (left, wide), words in zip(self._columns(width), self._heads, strict=True):
            draw_text(painter, QRectF(left, 0, wide, px(HEAD)), words, "head", "ink3")
        top = float(px(HEAD))
        for line in self._lines:
            high = self._high(line, width)
            self._draw(painter, line, QRectF(0, top, width, high))
            top += high

    def _columns(self, width: float) -> list[tuple[float, float]]:
        """(left, width) of the five; the three sides share what label and result leave."""
        label, result = px(_LABEL), px(_RESULT)
        rest = width - label - result - px(_PAD) * 2 - px(_GAP) * 4
        base = round(rest * 0.26)
        side = (rest - base) / 2
        found, left = [], float(px(_PAD))
        for wide in (label, base, side, side, result):
            found.append((left, float(wide)))
            left += wide + px(_GAP)
        return found

    def _cells(self, line: Line, width: float) -> list[_Cell]:
        columns = self._columns(width)
        strong = "body" if line.mark == "same" else "body_strong"
        tone = "ink2" if line.mark == "same" else "ink"
        values = [
            (line.label, "body", "ink2"),
            (line.base, "second", _quiet(line)),
            (line.mine, strong, tone),
            (line.server, strong, tone),
        ]
        cells = [
            _Cell(text, role, shade, *columns[at]) for at, (text, role, shade) in enumerate(values)
        ]
        return [_figure(c) if line.money and at > 1 else c for at, c in enumerate(cells)]

    def _result(self, line: Line, width: float) -> _Cell:
        left, wide = self._columns(width)[-1]
        icon = _mark(line) is not None
        tone = {"ask": "ok" if line.decided else "warn", "differs": "ink2"}.get(line.mark, "ink3")
        role = "second_strong" if line.mark == "ask" else "second"
        shift = px(_ICON + 6) if icon else 0
        return _Cell(line.result, role, tone, left + shift, wide - shift)

    def _note(self, line: Line, width: float) -> _Cell:
        return _Cell(line.note, "note", _quiet(line), *self._columns(width)[3])

    def _high(self, line: Line, width: float) -> float:
        if line.kind != "side":
            return float(px(_ROW - 6))
        cells = [*self._cells(line, width), self._result(line, width)]
        text = max(cell.high for cell in cells)
        server = cells[3].high + self._note(line, width).high
        return max(float(px(_ROW)), max(text, server) + px(16))

    def _draw(self, painter: QPainter, line: Line, place: QRectF) -> None:
        if line.kind == "head":
            self._draw_head(painter, line, place)
            return
        if line.kind == "fold":
            at = QRectF(px(_PAD), place.top(), place.width() - px(_PAD) * 2, place.height())
            draw_text(painter, at, line.label, "second", "ink3")
            return
        if line.mark == "ask":
            painter.fillRect(place, colour("ok_s" if line.decided else "warn_s"))
        top = place.top() + px(8)
        for cell in self._cells(line, place.width()):
            _draw_cell(painter, cell, top)
        server = self._cells(line, place.width())[3]
        _draw_cell(painter, self._note(line, place.width()), top + server.high)
        result = self._result(line, place.width())
        mark = _mark(line)
        if mark is not None:
            middle = top + _line(result.role) / 2
            draw_icon(painter, result.left - px(_ICON + 6), middle, mark[0], (_ICON, mark[1]))
        _draw_cell(painter, result, top)
        rule(painter, QRectF(0, place.bottom() - 1, place.width(), 1))

    @staticmethod
    def _draw_head(painter: QPainter, line: Line, place: QRectF) -> None:
        painter.fillRect(place, colour("sunken"))
        rule(painter, QRectF(0, place.bottom() - 1, place.width(), 1))
        left, room = px(_PAD), place.width() - px(_PAD) * 2
        wide = chip_width(line.chip) + px(10) if line.chip else 0
        at = QRectF(left, place.top(), room - wide, place.height())
        drawn = draw_text(painter, at, line.label, "second_strong", "ink2")
        if line.chip:
            chip = (line.chip, "warn", "")
            draw_chip(painter, left + drawn + px(10), place.center().y(), chip)


def _quiet(line: Line) -> str:
    return "ink2" if line.mark == "ask" else "ink3"


def _figure(cell: _Cell) -> _Cell:
    """An amount ends where the amounts above and below it end."""
    return replace(cell, width=min(cell.width, float(px(_FIGURE))), align="right")


def _mark(line: Line) -> tuple[str, str] | None:
    return _MARKS["decided" if line.decided else "ask"] if line.mark == "ask" else None


def _draw_cell(painter: QPainter, cell: _Cell, top: float) -> None:
    for words in cell.lines:
        place = QRectF(
            cell.left, top, max(cell.width, text_width(words, cell.role)), _line(cell.role)
        )
        draw_text(painter, place, words, cell.role, cell.tone, align=cell.align)
        top += _line(cell.role)
