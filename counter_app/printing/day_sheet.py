"""QH-RJ-01, the sheet of a day's close: three columns, both chain heads, differences, every case, signatures."""

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.printing import marks
from counter_app.printing.flow import Piece, lay, paginate, together
from counter_app.printing.marks import Imprint
from counter_app.printing.measure import Style
from counter_app.printing.pen import Paper, Pen
from counter_app.printing.strips import Entry, Ground, gap, paragraph, strip

NUMBER = "QH-RJ-01"
VERSION = "2026-1"
LEFT, RIGHT = 18.0, 195.0
_TOP, _BOTTOM = 41.0, 276.0
_ROW = 6.5
_ENTRY, _NOTE = Style(8.8), Style(8, 400, marks.NOTE_GREY)
_HEAD = Style(8.5, 500)
_STRONG = Style(9.5, 600)
_SIGN_HEIGHT = 33.0


@dataclass(frozen=True, slots=True)
class Head:
    """One end of the chain: 第 421 号, the head in short and whole."""

    label: str
    number: str
    short: str
    whole: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under titles; `places` are (left, room, align), `total` a last row in bold."""

    title: str
    places: tuple[tuple[float, float, str], ...]
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class DaySheet:
    """Everything the sheet says, in words."""

    number: str
    day: str
    scope: str
    which: str
    columns: tuple[tuple[str, str, str], ...]
    """(figure, name, note) of receipts, records, centre."""
    conclusion: str
    chain_words: str
    heads: tuple[Head, ...]
    told: tuple[str, ...]
    differences: Table
    counts: tuple[Table, ...]
    cases: tuple[Table, ...]
    """This PC's, then what other PCs of the station did."""
    checked: str
    """What is signed for."""
    imprint: Imprint


def day_sheet(data: DaySheet) -> bytes:
    """The sheet as PDF."""
    pieces = [*_figures(data), *_chain(data), *_table(data.differences)]
    for table in (*data.counts, *data.cases):
        pieces.extend(_table(table))
    pages = paginate(_signed(pieces, data.checked), _BOTTOM - _TOP)
    paper = Paper(f"{NUMBER} 日结单")
    for number, page in enumerate(pages, 1):
        pen = paper.page()
        _head(pen, data, again=number > 1)
        lay(pen, page, _TOP)
        if number < len(pages):
            pen.words((RIGHT, 279.0), "接下页", Style(8), "right")
        names = (f"{NUMBER}·日结单·{VERSION} 版", data.number, data.imprint.rules)
        place = f"第 {number} 页共 {len(pages)} 页"
        marks.form_foot(pen, (LEFT, RIGHT), names, data.imprint, place)
        paper.turn()
    return paper.finish()


def _signed(pieces: list[Piece], checked: str) -> list[Piece]:
    """The signatures stay with the last two rows."""
    sign = Piece(_SIGN_HEIGHT, _Sign(checked).draw)
    return [*pieces[:-3], *together([*pieces[-3:], sign])]


def _head(pen: Pen, data: DaySheet, *, again: bool) -> None:
    marks.form_head(pen, LEFT, RIGHT, data.imprint)
    middle = (LEFT + RIGHT) / 2
    pen.words((middle, 26.5), "日结单", Style(17, 600, 0, 1.2), "center")
    pen.words(
        (middle, 33.2), f"{data.day}·{data.scope}·{data.which}", Style(9.5, 400, 0.2), "center"
    )
    if again:
        pen.words((RIGHT, 38.0), "接上页", Style(8), "right")


def _figures(data: DaySheet) -> list[Piece]:
    box = _Figures(data.columns)
    said = strip((Entry(LEFT, RIGHT - LEFT, data.conclusion, Style(12, 600)),), Ground(0, 0), 8.5)
    return [Piece(25, box.draw), gap(1.5), said]


@dataclass(frozen=True, slots=True)
class _Figures:
    """Three figures with = or ≠ between them."""

    columns: tuple[tuple[str, str, str], ...]

    def draw(self, pen: Pen, top: float) -> None:
        wide = (RIGHT - LEFT) / len(self.columns)
        pen.frame((LEFT, top, RIGHT - LEFT, 24.5), 0.9)
        for place, (figure, name, note) in enumerate(self.columns):
            middle = LEFT + wide * (place + 0.5)
            pen.words((middle, top + 7.6), figure, Style(22, 600), "center")
            pen.words((middle, top + 15.2), name, Style(10, 500), "center")
            pen.words((middle, top + 20.2), note, _NOTE, "center")
            if place:
                same = figure == self.columns[place - 1][0]
                _sign_between(pen, LEFT + wide * place, top + 8.6, same=same)


def _sign_between(pen: Pen, middle: float, y: float, *, same: bool) -> None:
    """Drawn: the sign is not in every font."""
    for up in (-1.1, 1.1):
        pen.line((middle - 2.4, y + up), (middle + 2.4, y + up), 1.1)
    if not same:
        pen.line((middle - 1.5, y + 3.2), (middle + 1.5, y - 3.2), 1.1)


def _chain(data: DaySheet) -> list[Piece]:
    ground = Ground(LEFT, RIGHT, 0.2, 0.45)
    title = strip(
        (Entry(LEFT, 100, "两边的链头", _STRONG), _right(data.chain_words)),
        Ground(LEFT, RIGHT, 0.5),
        6.5,
    )
    rows = [
        strip(
            (
                Entry(LEFT + 1.5, 14, head.label, _ENTRY),
                Entry(34, 24, head.number, _ENTRY),
                Entry(58, 38, head.short, Style(9.5, 500)),
                Entry(96, RIGHT - 97, head.whole, Style(7, 400, marks.LABEL_GREY)),
            ),
            ground,
            _ROW,
        )
        for head in data.heads
    ]
    told = [
        piece for words in data.told for piece in paragraph(words, LEFT, RIGHT - LEFT, _NOTE, 4.4)
    ]
    return [gap(1.5), *together([title, *rows]), gap(0.8), *told]


def _right(words: str) -> Entry:
    return Entry(RIGHT, 130, words, Style(9.5, 500), "right")


def _table(table: Table) -> list[Piece]:
    title = strip((Entry(LEFT, RIGHT - LEFT, table.title, _STRONG),), Ground(0, 0), 7.0)
    if not table.rows:
        nothing = strip(
            (Entry(LEFT + 1.5, 170, table.empty, _ENTRY),), Ground(LEFT, RIGHT, 0.2, 0.45), _ROW
        )
        return [gap(2.5), *together([title, nothing])]
    head = strip(_cells(table, table.names, _HEAD), Ground(LEFT, RIGHT, 0.5, 0, 0.95, 0.7), _ROW)
    ground = Ground(LEFT, RIGHT, 0.2, 0.45)
    rows = [strip(_cells(table, row, _ENTRY), ground, _ROW, head) for row in table.rows]
    if table.total:
        sums = strip(
            _cells(table, table.total, _STRONG), Ground(LEFT, RIGHT, 0.7), _ROW + 0.6, head
        )
        rows = [*rows[:-1], *together([rows[-1], sums])]
    return [gap(2.5), *together([title, head, rows[0]]), *rows[1:]]


def _cells(table: Table, words: Sequence[str], style: Style) -> tuple[Entry, ...]:
    return tuple(
        Entry(x, room, text, style, align)
        for (x, room, align), text in zip(table.places, words, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Sign:
    """Three lines to sign, ten free above each."""

    checked: str

    def draw(self, pen: Pen, top: float) -> None:
        pen.words((LEFT, top + 6), f"{self.checked}逐件核对过，差的都写明了。", Style(9))
        for x, label in ((LEFT, "经办"), (80.0, "复核")):
            pen.words((x, top + 24), label, Style(9.5, 500))
            pen.line((x + 11, top + 26.4), (x + 51, top + 26.4), 0.4)
        pen.words((142, top + 24), "日期", Style(9.5, 500))
        pen.words((RIGHT, top + 24), "年      月      日", Style(9.5), "right")
