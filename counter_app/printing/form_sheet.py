"""An item's own form on A4, drawn from catalog.sheet.Sheet (PAPER, ui/32)."""

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.catalog.sheet import Block, Cell, Content, Grid, GridRow, Paragraph, Sheet, Ticks
from counter_app.forms.kinds.kind import KindContext
from counter_app.printing import cells, marks
from counter_app.printing.cells import Area
from counter_app.printing.flow import Piece, lay, paginate
from counter_app.printing.kinds import draw_as
from counter_app.printing.marks import Imprint
from counter_app.printing.measure import Fitted, Style, wrap
from counter_app.printing.pen import Paper, Pen
from counter_app.printing.strips import gap, paragraph

LEFT, RIGHT = 18.0, 195.0
_TOP, _BOTTOM = 37.0, 278.0
_NOTE = Style(8, 400, 0.2)
_FRAME, _CELL = 0.9, 0.3
_LABEL_FILL = 0.95


@dataclass(frozen=True, slots=True)
class FormData:
    """A form to print: the blank one has no case number, no QR, and an imprint without marks."""

    sheet: Sheet
    context: KindContext
    imprint: Imprint
    case_no: str = ""
    code: str = ""


def form(data: FormData) -> bytes:
    """The form as PDF; each group of pages begins a page."""
    groups = [
        _paged(group, data, data.code if place == 0 else "")
        for place, group in enumerate(data.sheet.pages)
    ]
    pages = [(n, len(group), page) for group in groups for n, page in enumerate(group, 1)]
    paper = Paper(f"{data.sheet.number} {data.sheet.name}")
    for number, (place, count, page) in enumerate(pages, 1):
        pen = paper.page()
        _head(pen, data)
        lay(pen, page, _TOP)
        if place > 1:
            pen.words(((LEFT + RIGHT) / 2, 33.5), "接上页", _NOTE, "center")
        if place < count:
            pen.words((RIGHT, 280.0), "接下页", _NOTE, "right")
        _foot(pen, data, f"第 {number} 页共 {len(pages)} 页")
        paper.turn()
    return paper.finish()


def _head(pen: Pen, data: FormData) -> None:
    marks.form_head(pen, LEFT, RIGHT, data.imprint)
    pen.words(((LEFT + RIGHT) / 2, 26.5), data.sheet.title, Style(17, 600), "center")
    for content, align in ((data.sheet.head_left, "left"), (data.sheet.head_right, "right")):
        if isinstance(content, Ticks):
            cells.draw_ticks(pen, content, Area(LEFT - cells.TICK_PAD, 30.5, 120, 6))
        elif content is not None:
            text = getattr(content, "text", "")
            pen.words((RIGHT if align == "right" else LEFT, 33.5), text, Style(9), align)


def _foot(pen: Pen, data: FormData, place: str) -> None:
    sheet = data.sheet
    names = (
        f"{sheet.number}·{sheet.name}·{sheet.version} 版",
        data.case_no,
        data.imprint.rules if data.imprint.printed_at else "空白表，手工填写",
    )
    marks.form_foot(pen, (LEFT, RIGHT), names, data.imprint, place)


def _paged(group: tuple[Block, ...], data: FormData, code: str) -> list[list[Piece]]:
    """The group in pages; notes and code are left out where they alone would cost a page."""
    rows = _pieces(group, data)
    tails: tuple[list[Piece], ...] = (
        [gap(2.5), _notes(data.sheet.notes, code)],
        [gap(2.5), _notes(data.sheet.notes, "")],
        [],
    )
    return min((paginate([*rows, *tail], _BOTTOM - _TOP) for tail in tails), key=len)


def _pieces(group: tuple[Block, ...], data: FormData) -> list[Piece]:
    pieces: list[Piece] = []
    for block in group:
        if isinstance(block, Grid):
            head = _rows(block.head, data.context)
            rows = _rows(block.rows, data.context, head[0] if head else None)
            pieces.extend([*head, *rows])
        else:
            pieces.extend(_paragraph(block))
    return pieces


def _paragraph(block: Paragraph) -> list[Piece]:
    style = Style(block.size, block.weight)
    return [gap(block.gap), *paragraph(block.text, LEFT, RIGHT - LEFT, style, style.leading)]


def _notes(words: str, code: str) -> Piece:
    side = marks.qr_side(code) if code else 0.0
    room = RIGHT - LEFT - (side + 9 if side else 0)
    lines = Fitted(wrap(words, _NOTE, room), _NOTE)
    return Piece(max(lines.height, side + 5 if side else 0), _Notes(lines, code, side).draw)


@dataclass(frozen=True, slots=True)
class _Notes:
    lines: Fitted
    code: str
    side: float

    def draw(self, pen: Pen, top: float) -> None:
        pen.lines((LEFT, top), self.lines)
        if self.code:
            marks.qr(pen, RIGHT - self.side, top, self.code)
            marks.qr_caption(pen, RIGHT - self.side / 2, top + self.side, receipt=False)


@dataclass(frozen=True, slots=True)
class _Placed:
    content: Content
    x: float
    width: float
    height: float
    label: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A row ready to be drawn: its cells, the x from which its lower rule runs, its struck block."""

    cells: tuple[_Placed, ...]
    height: float
    rule: float
    rule_from: float
    first: bool
    struck: float
    """Height of the unused block that ends with this row, 0 where none does."""

    def draw(self, pen: Pen, top: float) -> None:
        for cell in self.cells:
            if cell.label:
                pen.fill((cell.x, top, cell.width, cell.height), _LABEL_FILL)
        for cell in self.cells:
            pen.frame((cell.x, top, cell.width, cell.height), _CELL)
            area = Area(cell.x, top, cell.width, cell.height, cell.label)
            cells.draw(pen, cell.content, area)
        bottom = top + self.height
        if self.rule > _CELL:
            pen.line((self.rule_from, bottom), (RIGHT, bottom), self.rule)
        if self.first:
            pen.line((LEFT, top), (RIGHT, top), _FRAME)
        pen.line((LEFT, top), (LEFT, bottom), _FRAME)
        pen.line((RIGHT, top), (RIGHT, bottom), _FRAME)
        if self.struck:
            high = self.struck
            pen.line((LEFT + 52, bottom - 2), (RIGHT - 4, bottom - high + 2), 0.6)


def _rows(rows: Sequence[GridRow], context: KindContext, head: Piece | None = None) -> list[Piece]:
    heights = [_height(row, context) for row in rows]
    placed = _place(rows, heights, context)
    pieces = []
    for number, row in enumerate(rows):
        mine = placed[number]
        drawn = _Row(
            cells=tuple(mine),
            height=heights[number],
            rule=_FRAME if number == len(rows) - 1 else row.rule,
            rule_from=_rule_from(rows, placed, number),
            first=number == 0,
            struck=_struck(rows, heights, number),
        )
        last = number + max(row.keep, _unused_after(rows, number))
        need = sum(heights[number : last + 1])
        pieces.append(Piece(heights[number], drawn.draw, need, head))
    return pieces


def _height(row: GridRow, context: KindContext) -> float:
    wanted = [
        cells.needed(draw_as(c.content, context), c.width, label=c.label)
        for c in row.cells
        if c.rows == 1
    ]
    return max(row.height, *wanted) if wanted else row.height


def _place(
    rows: Sequence[GridRow], heights: list[float], context: KindContext
) -> list[list[_Placed]]:
    """Cells from left to right, beside those that span down from rows above."""
    spans: list[tuple[float, float, int]] = []
    placed: list[list[_Placed]] = []
    for number, row in enumerate(rows):
        spans = [(x, wide, until) for x, wide, until in spans if until > number]
        line: list[_Placed] = []
        x = LEFT
        for cell in row.cells:
            x = _beside(spans, x)
            line.append(_placed(cell, x, sum(heights[number : number + cell.rows]), context))
            if cell.rows > 1:
                spans.append((x, cell.width, number + cell.rows))
            x += cell.width
        placed.append(line)
    return placed


def _placed(cell: Cell, x: float, height: float, context: KindContext) -> _Placed:
    return _Placed(draw_as(cell.content, context), x, cell.width, height, cell.label)


def _beside(spans: list[tuple[float, float, int]], x: float) -> float:
    for start, wide, _ in sorted(spans):
        if abs(start - x) < 0.01:
            x += wide
    return x


def _rule_from(rows: Sequence[GridRow], placed: list[list[_Placed]], number: int) -> float:
    """Where the rule under a row begins: not through a cell that goes on below."""
    following = placed[number + 1] if number + 1 < len(rows) else []
    return following[0].x if following else LEFT


def _struck(rows: Sequence[GridRow], heights: list[float], number: int) -> float:
    ends = rows[number].stroke and (number + 1 == len(rows) or not rows[number + 1].stroke)
    if not ends:
        return 0.0
    first = number
    while first > 0 and rows[first - 1].stroke:
        first -= 1
    return sum(heights[first : number + 1])


def _unused_after(rows: Sequence[GridRow], number: int) -> int:
    last = number
    while rows[number].stroke and last + 1 < len(rows) and rows[last + 1].stroke:
        last += 1
    return last - number
