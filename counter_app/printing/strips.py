"""Rows of entries without cell frames: lists on receipts, slips and letters."""

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.printing.flow import Piece
from counter_app.printing.measure import Fitted, Style, fit, wrap
from counter_app.printing.pen import Pen


@dataclass(frozen=True, slots=True)
class Entry:
    """A text at x with the room it has (mm); right-aligned ones end at x."""

    x: float
    room: float
    text: str
    style: Style
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a row stands on: edges of its rule, the rule's pt and grey, a fill (1 white)."""

    left: float
    right: float
    rule: float = 0.0
    grey: float = 0.0
    fill: float = 1.0
    above: float = 0.0
    """pt of a rule above it."""


@dataclass(frozen=True, slots=True)
class _Strip:
    cells: tuple[tuple[Entry, Fitted], ...]
    ground: Ground
    height: float

    def draw(self, pen: Pen, top: float) -> None:
        ground = self.ground
        wide = ground.right - ground.left
        if ground.fill < 1:
            pen.fill((ground.left, top, wide, self.height), ground.fill)
        if ground.above:
            pen.line((ground.left, top), (ground.right, top), ground.above)
        for entry, fitted in self.cells:
            middle = top + (self.height - fitted.height) / 2
            pen.lines((entry.x, middle), fitted, entry.align)
        if ground.rule:
            bottom = top + self.height
            pen.line((ground.left, bottom), (ground.right, bottom), ground.rule, ground.grey)


def strip(
    entries: Sequence[Entry], ground: Ground, least: float, head: Piece | None = None
) -> Piece:
    """A row of entries, at least so high; grows where an entry wraps."""
    cells = tuple((e, fit(e.text, e.style, e.room)) for e in entries)
    tallest = max((f.height + 1.0 for _, f in cells if len(f.lines) > 1), default=0.0)
    high = max(least, tallest)
    return Piece(high, _Strip(cells, ground, high).draw, head=head)


def paragraph(text: str, x: float, room: float, style: Style, leading: float) -> list[Piece]:
    """Wrapped text, a piece a line, so that it may go on over a page; `leading` in mm."""
    return [
        Piece(
            leading,
            _Strip(
                ((Entry(x, room, line, style), Fitted((line,), style)),), Ground(0, 0), leading
            ).draw,
        )
        for line in wrap(text, style, room)
    ]


def gap(height: float) -> Piece:
    """Empty room."""
    return Piece(height, _nothing)


def _nothing(pen: Pen, top: float) -> None:
    del pen, top
