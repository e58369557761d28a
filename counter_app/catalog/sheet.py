"""A printed sheet as data (PAPER.md): blocks an item names, drawn by the printing room."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from counter_app.forms.spec import FieldSpec

RECEIPT = "QH-HZ-01"
"""The sheet every acceptance prints."""
RECEIPT_TITLE = "受理回执（A5，两联）"


@dataclass(frozen=True, slots=True)
class Text:
    """An entry or a label; `weight` 400, 500 or 600."""

    text: str
    weight: int = 400
    align: str = "left"
    size: float = 0.0
    """0: the block's own size in pt."""
    flows: bool = False
    """Running text: wraps at its size instead of shrinking first."""


@dataclass(frozen=True, slots=True)
class Comb:
    """A comb of 18 boxes for a certificate number."""

    text: str
    boxes: int = 18


@dataclass(frozen=True, slots=True)
class Ticks:
    """Tick boxes; all choices are printed, so that the blank form can be filled by hand."""

    options: tuple[tuple[str, bool], ...]
    label: str = ""
    """Words before the first box."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form at its place; the printing room draws it by its kind.

    Attributes:
        spec: the field.
        answer: the stored answer, "" on the blank form.
        weight: of an entry written as text.
        choices: shorter words for a choice, each with the codes it stands for; all of the spec's
            options where there are none.
    """

    spec: FieldSpec
    answer: str
    weight: int = 400
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Words above, then a signature line with its label and a date."""

    words: str
    label: str
    seal: str = ""


Content: TypeAlias = Text | Comb | Ticks | Signature | Field


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid: `width` in mm, `label` cells are grey and centred; `rows` spans downwards."""

    content: Content
    width: float
    label: bool = False
    rows: int = 1
    prints: tuple[str, ...] = ()
    """Places (`FieldSpec.print_at`) that a composed entry carries."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """Cells from left to right; `height` in mm, at least; grows where an entry wraps."""

    cells: tuple[Cell, ...]
    height: float = 7.6
    rule: float = 0.3
    """Thickness of the line below it in pt."""
    keep: int = 0
    """How many following rows must stay on the same page."""
    stroke: bool = False
    """Part of an unused block: struck through, 以下空白."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A framed table of the given rows."""

    rows: tuple[GridRow, ...]
    head: tuple[GridRow, ...] = ()
    """Rows repeated on a following page."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Free text of the given size in pt, wrapped."""

    text: str
    size: float = 8.0
    weight: int = 400
    gap: float = 2.0
    """Space above in mm."""


Block: TypeAlias = Grid | Paragraph


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document of form pages.

    Attributes:
        number: form number, QH-CB-01.
        version: its edition, 2026-1.
        pages: groups of blocks; each group starts a page of its own (PAPER: more than four members).
        notes: filling instructions under the frame.
    """

    number: str
    version: str
    title: str
    name: str
    head_left: Content | None
    head_right: Content | None
    pages: tuple[tuple[Block, ...], ...]
    notes: str = ""


def places(sheet: Sheet) -> Iterator[str]:
    """Every place of the sheet that carries a field, as `FieldSpec.print_at` names it."""
    for page in sheet.pages:
        for block in page:
            for row in block.rows if isinstance(block, Grid) else ():
                for cell in row.cells:
                    yield from cell.prints
                    if isinstance(cell.content, Field):
                        yield cell.content.spec.print_at


def say_once(told: tuple[str, ...]) -> str:
    """Sentences for several people; a source they share at their ends is named once, after the last."""
    parts: list[tuple[str, str]] = []
    for text in told:
        head, _, source = text.rstrip("。").rpartition("。")
        parts.append((f"{head}。", f"{source}。") if head else ("", text))
    said = ""
    for place, (head, source) in enumerate(parts):
        repeated = place + 1 < len(parts) and parts[place + 1][1] == source
        said += head if repeated and head else head + source
    return said
