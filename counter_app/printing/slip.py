"""QH-JF-01, the payment slip: what each member still has to pay, where and until when. Never a receipt."""

from dataclasses import dataclass

from counter_app.printing import marks
from counter_app.printing.flow import Piece, lay, paginate, together
from counter_app.printing.marks import Imprint
from counter_app.printing.measure import Style
from counter_app.printing.pen import Paper, Pen
from counter_app.printing.strips import Entry, Ground, gap, paragraph, strip

NUMBER = "QH-JF-01"
VERSION = "2026-1"
LEFT, RIGHT = 22.0, 190.0
_TOP, _BOTTOM = 38.0, 276.5
_ROW = 9.0
_PLACES = ((24.0, 38.0), (64.0, 48.0), (114.0, 28.0), (144.0, 24.0), (188.0, 20.0))
_WARNING = "这张单子只告诉您缴多少、到哪里缴，不是缴费凭证。窗口不收钱；缴完以税务部门的凭证为准。"


@dataclass(frozen=True, slots=True)
class DueLine:
    """A member: full name, masked number, whether registered, what is known of payment, amount."""

    name: str
    certno: str
    registered: str
    paid: str
    amount: str


@dataclass(frozen=True, slots=True)
class SlipData:
    """What the slip says; `as_of` names the day each kind of fact was brought up to date."""

    household: str
    year: str
    members: tuple[DueLine, ...]
    total: str
    until: str
    where: tuple[str, ...]
    as_of: str
    imprint: Imprint


def slip(data: SlipData) -> bytes:
    """The slip as PDF."""
    pages = paginate([*_table(data), *_where(data)], _BOTTOM - _TOP)
    paper = Paper(f"{NUMBER} 缴费提示单")
    for number, page in enumerate(pages, 1):
        pen = paper.page()
        _head(pen, data)
        lay(pen, page, _TOP)
        if number < len(pages):
            pen.words((RIGHT, 279.2), "接下页", Style(8), "right")
        names = (f"{NUMBER}·缴费提示单·{VERSION} 版", "不是缴费凭证", data.imprint.rules)
        place = f"第 {number} 页共 {len(pages)} 页"
        marks.form_foot(pen, (LEFT, RIGHT), names, data.imprint, place)
        paper.turn()
    return paper.finish()


def _head(pen: Pen, data: SlipData) -> None:
    marks.form_head(pen, LEFT, RIGHT, data.imprint)
    middle = (LEFT + RIGHT) / 2
    pen.words((middle, 26.5), "缴费提示单", Style(17, 600), "center")
    words = f"城乡居民基本医疗保险·{data.year} 年度·{data.household}"
    pen.words((middle, 33), words, Style(9.5, 400, 0.25), "center")


def _table(data: SlipData) -> list[Piece]:
    names = ("姓名", "证件", "登记", "缴费", "应缴 元")
    head = strip(_cells(names, Style(10.5, 500)), Ground(LEFT, RIGHT, 0.5, 0, 0.95, 0.7), _ROW)
    ground = Ground(LEFT, RIGHT, 0.2, 0.45)
    rows = [
        strip(
            _cells((m.name, m.certno, m.registered, m.paid, m.amount), Style(11)),
            ground,
            _ROW,
            head,
        )
        for m in data.members
    ]
    total = strip(
        (
            Entry(24, 30, "合计", Style(11, 500)),
            Entry(188, 120, data.total, Style(14, 600), "right"),
        ),
        Ground(LEFT, RIGHT, 0.7),
        10.5,
        head,
    )
    tail = paragraph(data.as_of, LEFT, RIGHT - LEFT, Style(8.5, 400, marks.NOTE_GREY), 4.6)
    return [*together([head, *rows[:1]]), *rows[1:-1], *together([*rows[1:][-1:], total]), *tail]


def _cells(words: tuple[str, ...], style: Style) -> tuple[Entry, ...]:
    return tuple(
        Entry(x, room, text, style, "right" if x == 188 else "left")
        for (x, room), text in zip(_PLACES, words, strict=True)
    )


def _where(data: SlipData) -> list[Piece]:
    room = RIGHT - LEFT
    pieces = [gap(8)]
    if data.until:
        pieces.append(strip((Entry(LEFT, room, data.until, Style(15, 600)),), Ground(0, 0), 11))
    for line in data.where:
        pieces.extend(paragraph(line, LEFT, room, Style(12), 7))
    pieces.extend([gap(4), *paragraph(_WARNING, LEFT, room, Style(12, 500), 7)])
    ring = f"不清楚请打 {data.imprint.phone}"
    return [*pieces, gap(3), *paragraph(ring, LEFT, room, Style(12), 7)]
