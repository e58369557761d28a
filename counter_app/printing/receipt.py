"""QH-HZ-01, the acceptance receipt: A5, two on one A4 (PAPER, ui/31)."""

from dataclasses import dataclass

from counter_app.printing import marks
from counter_app.printing.flow import Piece, lay, paginate, together
from counter_app.printing.marks import Imprint
from counter_app.printing.measure import Style, fit
from counter_app.printing.pen import Paper, Pen
from counter_app.printing.strips import Entry, Ground, gap, paragraph, strip

NUMBER = "QH-HZ-01"
VERSION = "2026-1"
LEFT, RIGHT = 12.0, 198.0
HALF = 148.5
_TOP, _BOTTOM = 31.5, 128.0
_SIDE = 158.0
_ROW = 5.4
_ENTRY, _STRONG = Style(9.5), Style(9.5, 500)
_LABEL = Style(8.8, 400, marks.LABEL_GREY)
_HEAD = Style(8.8, 500, 0.2)
_NOTE = Style(8, 400, marks.NOTE_GREY)
_PLAIN = Ground(LEFT, RIGHT)
TRIAL = "金额是试算，以医保经办机构审核为准"
PARTS = ("第一联 申请人留存", "第二联 本站存档")


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One insured member, in words: number masked, amount without 元, first day of cover."""

    name: str
    certno: str
    kind: str
    years: str
    own: str
    cover: str
    cover_words: str = ""
    """For the large print: 2027年1月1日 起."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper: seen, copied, and where it is now."""

    name: str
    seen: str
    copies: str
    kept: str


@dataclass(frozen=True, slots=True)
class ReceiptData:
    """Everything a receipt says, frozen with the case revision."""

    case_no: str
    item: str
    short_item: str
    applicant: str
    applicant_certno: str
    accepted: str
    accepted_day: str
    clerk: str
    promised: str
    phone: str
    members: tuple[MemberLine, ...]
    total: str
    pay: str
    pay_where: str
    pay_by: str
    papers: tuple[PaperLine, ...]
    told: str
    code: str
    imprint: Imprint
    lines: tuple[tuple[str, str], ...] = ()
    """(label, words) in place of the members' table, for what is not enrolment."""


def receipt(data: ReceiptData) -> bytes:
    """The sheet as PDF: each A4 page holds the citizen's and the station's copy of the same page."""
    pieces = [*_facts(data), *_table(data), *_papers(data)]
    pages = paginate(pieces, _BOTTOM - _TOP)
    paper = Paper(f"{NUMBER} 受理回执")
    for number, page in enumerate(pages, 1):
        pen = paper.page()
        for half, part in enumerate(PARTS):
            _half(pen.moved(0, half * HALF), data, part, page, (number, len(pages)))
        _cut(pen)
        paper.turn()
    return paper.finish()


def _cut(pen: Pen) -> None:
    pen.dashes((5, HALF), (92, HALF), 0.4)
    pen.dashes((118, HALF), (205, HALF), 0.4)
    pen.words((105, HALF), "沿此线裁开", Style(7.5, 400, marks.NOTE_GREY), "center")


def _half(
    pen: Pen, data: ReceiptData, part: str, page: list[Piece], place: tuple[int, int]
) -> None:
    _head(pen, data, part)
    lay(pen, page, _TOP)
    number, count = place
    note = "接上页" if number > 1 else "末位是校验码，电话里请连它一起报"
    pen.words((RIGHT, 26), note, _NOTE, "right")
    if number < count:
        pen.words((RIGHT, _BOTTOM - 0.6), "接下页", _NOTE, "right")
    _sign(pen)
    foot = Style(7, 400, 0.2)
    imprint = data.imprint
    words = f"{NUMBER}·{VERSION} 版·第 {number} 页共 {count} 页·{imprint.rules}·{imprint.printed}"
    room = RIGHT - LEFT - 46
    last = "凭此单领取结果、查询进度，请保管好"
    shrunk = fit(words if imprint.firm else f"{words}·{TRIAL}", foot, room)
    if len(shrunk.lines) > 1 and not imprint.firm:
        shrunk = fit(f"{words}\n{TRIAL}", foot, room)
    for line_no, line in enumerate(shrunk.lines):
        y = 140.6 + (line_no - (len(shrunk.lines) - 1) / 2) * 2.6
        pen.words((LEFT, y), line, shrunk.style)
    pen.words((RIGHT, 140.6), last, foot, "right")


def _head(pen: Pen, data: ReceiptData, part: str) -> None:
    marks.emblem(pen, LEFT, 9.4)
    pen.words((22, 11.5), "受理回执", Style(15.5, 600, 0, 1.2))
    pen.words((RIGHT, 11.2), part, Style(9.5, 500), "right")
    edge = marks.put_marks(pen, RIGHT, 13.7, data.imprint, lift=2.6)
    station = fit(f"{data.imprint.station}·{data.imprint.window}", Style(8.5, 400, 0.2), edge - 24)
    pen.lines((22, 16.8 - station.height / 2 + (len(station.lines) - 1) * 0.9), station)
    pen.line((LEFT, 20.6), (RIGHT, 20.6), 0.7)
    pen.words((LEFT, 26), "编号", _LABEL)
    pen.words((22, 25.9), data.case_no, Style(13.5, 500))
    pen.line((LEFT, 30.5), (RIGHT, 30.5), 0.3, 0.45)


def _facts(data: ReceiptData) -> list[Piece]:
    who = f"{data.applicant}  {data.applicant_certno}"
    rows = (
        (("事项", data.item, 500), ("受理", data.accepted, 400)),
        (("申请人", who, 400), ("经办人", data.clerk, 400)),
        (("承诺办结", data.promised, 500), ("咨询", data.phone, 400)),
    )
    pieces = [gap(1.6)]
    for (label, words, weight), (label2, words2, weight2) in rows:
        cells = (
            Entry(LEFT, 17, label, _LABEL),
            Entry(29, 76, words, Style(9.5, weight)),
            Entry(108, 17, label2, _LABEL),
            Entry(125, 73, words2, Style(9.5, weight2)),
        )
        pieces.append(strip(cells, _PLAIN, 5.7))
    return [*pieces, gap(1.4)]


def _table(data: ReceiptData) -> list[Piece]:
    return _lines(data) if data.lines else _members(data)


def _lines(data: ReceiptData) -> list[Piece]:
    """The lines with the code beside them: they are many, and papers and words come below."""
    ground = Ground(LEFT, _SIDE, 0.2, 0.45)
    edge = strip((), Ground(LEFT, _SIDE, 0.7), 0.4)
    rows = [
        strip(
            (Entry(LEFT + 1.5, 24, label, _LABEL), Entry(39, _SIDE - 40, words, _ENTRY)),
            ground,
            _ROW,
        )
        for label, words in data.lines
    ]
    if len(rows) < 2:
        return [_anchor(data), *together([edge, *rows, edge])]
    return [_anchor(data), *together([edge, rows[0]]), *rows[1:-1], *together([rows[-1], edge])]


def _anchor(data: ReceiptData) -> Piece:
    side = marks.qr_side(data.code)
    return Piece(0, _Code(data.code, side).draw, side + 13)


def _members(data: ReceiptData) -> list[Piece]:
    names = ("姓名", "证件", "种类", "年度", "应缴 元", "待遇从")
    head = strip(_cells(names, _HEAD), Ground(LEFT, RIGHT, 0.5, 0, 0.95, 0.7), _ROW)
    ground = Ground(LEFT, RIGHT, 0.2, 0.45)
    rows = [
        strip(
            _cells((m.name, m.certno, m.kind, m.years, m.own, m.cover), _ENTRY), ground, _ROW, head
        )
        for m in data.members
    ]
    total = strip(
        (
            Entry(LEFT + 1.5, 12, "合计", _STRONG),
            Entry(25.8, 120, data.pay, Style(8.8)),
            Entry(172, 24, data.total, Style(10.5, 600), "right"),
        ),
        Ground(LEFT, RIGHT, 0.7),
        _ROW + 0.6,
        head,
    )
    if len(rows) < 2:
        return together([head, *rows, total])
    return [*together([head, rows[0]]), *rows[1:-1], *together([rows[-1], total])]


def _cells(words: tuple[str, ...], style: Style) -> tuple[Entry, ...]:
    places = ((13.5, 21.0), (35.8, 42), (79, 40), (121, 26), (172, 24), (175.8, 21.5))
    return tuple(
        Entry(x, room, text, style, "right" if x == 172 else "left")
        for (x, room), text in zip(places, words, strict=True)
    )


def _papers(data: ReceiptData) -> list[Piece]:
    ground = Ground(LEFT, _SIDE, 0.2, 0.45)
    title = strip((Entry(LEFT, 40, "材料", Style(8.8, 600)),), Ground(LEFT, _SIDE, 0.5), 5.2)
    anchor = [] if data.lines else [_anchor(data)]
    rows = [
        strip(
            (
                Entry(LEFT + 1.5, 60, p.name, Style(8.8)),
                Entry(75, 20, p.seen, Style(8.8)),
                Entry(97, 18, p.copies, Style(8.8)),
                Entry(117, 40, p.kept, Style(8.8)),
            ),
            ground,
            5.1,
        )
        for p in data.papers
    ]
    told = paragraph(data.told, LEFT, _SIDE - LEFT, Style(8.5), 4.3) if data.told else []
    return [gap(1.5), *anchor, title, *rows, gap(2.0), *told]


@dataclass(frozen=True, slots=True)
class _Code:
    text: str
    side: float

    def draw(self, pen: Pen, top: float) -> None:
        middle = 180.0
        marks.qr(pen, middle - self.side / 2, top + 4.0, self.text)
        marks.qr_caption(pen, middle, top + 4.0 + self.side + 1.0, receipt=True)


def _sign(pen: Pen) -> None:
    pen.line((LEFT, 130.0), (RIGHT, 130.0), 0.4)
    for x, label, start, end in (
        (LEFT, "申请人（或代办人）签名", 48, 90),
        (96, "经办人签名", 114, 146),
    ):
        pen.words((x, 134.4), label, Style(8.8))
        pen.line((start, 136.6), (end, 136.6), 0.4)
    pen.words((RIGHT, 134.4), "（受理专用章）", Style(8.8, 400, 0.2), "right")
