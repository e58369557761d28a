"""Pieces laid down a page, and where a page ends: heads repeat, what belongs together stays together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from counter_app.printing.pen import Pen

Draw = Callable[[Pen, float], None]
"""Draws a piece with its top at the given height (mm)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A strip of a page.

    Attributes:
        height: in mm.
        draw: what draws it.
        need: room that must be left from its top on, when more than its own height.
        head: drawn again above it where it begins a page (a table's head).
    """

    height: float
    draw: Draw
    need: float = 0.0
    head: "Piece | None" = None


def paginate(pieces: Sequence[Piece], room: float) -> list[list[Piece]]:
    """The pieces in pages of the given room (mm)."""
    pages: list[list[Piece]] = [[]]
    used = 0.0
    for piece in pieces:
        if pages[-1] and used + max(piece.height, piece.need) > room + 0.001:
            pages.append([piece.head] if piece.head else [])
            used = piece.head.height if piece.head else 0.0
        pages[-1].append(piece)
        used += piece.height
    return pages


def lay(pen: Pen, pieces: Sequence[Piece], top: float) -> float:
    """Draw pieces one under the other; returns where the last ends."""
    for piece in pieces:
        piece.draw(pen, top)
        top += piece.height
    return top


def together(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces such that none of them begins a page alone: the first asks for the room of all."""
    if not pieces:
        return []
    first = pieces[0]
    whole = sum(p.height for p in pieces)
    return [Piece(first.height, first.draw, max(whole, first.need), first.head), *pieces[1:]]
