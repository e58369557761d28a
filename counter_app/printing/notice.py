"""QH-BZ-01, the notice of what must be mended, everything at once (PAPER, ui/33)."""

from dataclasses import dataclass

from counter_app.printing import marks
from counter_app.printing.flow import Piece, lay, paginate, together
from counter_app.printing.marks import Imprint
from counter_app.printing.measure import Fitted, Style, wrap
from counter_app.printing.pen import Paper, Pen
from counter_app.printing.strips import Entry, Ground, gap, paragraph, strip

NUMBER = "QH-BZ-01"
VERSION = "2026-1"
LEFT, RIGHT = 22.0, 190.0
_TOP, _BOTTOM = 42.0, 276.5
_BODY, _TABLE = Style(12), Style(11)
_HEAD = Style(11, 500)
_LEADING = 12 * 1.65 * 25.4 / 72
_COLUMNS = (9.0, 55.0, 62.0, 42.0)
_WAYS = ("当面", "电话", "家里人代收", "邮寄")


@dataclass(frozen=True, slots=True)
class NoticeData:
    """What the notice says; `points` are (what, how, ground); `way` is one of 当面, 电话… or "".

    `code` is "" before there is a case.
    """

    case_no: str
    name: str
    opening: str
    points: tuple[tuple[str, str, str], ...]
    until: str
    where: str
    who_comes: str
    meanwhile: str
    phone: str
    otherwise: str
    way: str
    told: str
    teller: str
    code: str
    imprint: Imprint


def notice(data: NoticeData) -> bytes:
    """The notice as PDF."""
    pieces = [*_opening(data), *_points(data), *_box(data), *_closing(data)]
    pages = paginate(pieces, _BOTTOM - _TOP)
    paper = Paper(f"{NUMBER} 补正通知")
    for number, page in enumerate(pages, 1):
        pen = paper.page()
        _head(pen, data)
        lay(pen, page, _TOP)
        if number < len(pages):
            pen.words((RIGHT, 279.2), "接下页", Style(8), "right")
        names = (
            f"{NUMBER}·补正通知·{VERSION} 版",
            data.case_no,
            f"一式两份：本人、本站·{data.imprint.rules}",
        )
        place = f"第 {number} 页共 {len(pages)} 页"
        marks.form_foot(pen, (LEFT, RIGHT), names, data.imprint, place)
        paper.turn()
    return paper.finish()


def _head(pen: Pen, data: NoticeData) -> None:
    marks.form_head(pen, LEFT, RIGHT, data.imprint)
    middle = (LEFT + RIGHT) / 2
    pen.words((middle, 26.5), "补正通知", Style(17, 600, 0, 1.2), "center")
    pen.words((middle, 33), f"一次性告知书·编号 {data.case_no}", Style(9, 400, 0.25), "center")


def _opening(data: NoticeData) -> list[Piece]:
    who = strip((Entry(LEFT, RIGHT - LEFT, f"{data.name}：", Style(13, 600)),), Ground(0, 0), 9)
    words = paragraph(data.opening, LEFT, RIGHT - LEFT, _BODY, _LEADING)
    return [*together([who, *words]), gap(3)]


def _points(data: NoticeData) -> list[Piece]:
    head = _Line(("", "哪里不对、缺什么", "怎样改、怎样补", "依据"), top=True).piece(None)
    lines = [
        _Line((str(number), *point), last=number == len(data.points)).piece(head)
        for number, point in enumerate(data.points, 1)
    ]
    return [*together([head, *lines[:1]]), *lines[1:], gap(7)]


@dataclass(frozen=True, slots=True)
class _Line:
    """A framed row of the table."""

    words: tuple[str, str, str, str]
    top: bool = False
    last: bool = False

    def piece(self, head: Piece | None) -> Piece:
        high = max(f.height for f in self._fitted()) + (3.2 if self.top else 6.0)
        return Piece(high, self.draw, head=head)

    def draw(self, pen: Pen, top: float) -> None:
        fitted = self._fitted()
        high = max(f.height for f in fitted) + (3.2 if self.top else 6.0)
        if self.top:
            pen.fill((LEFT, top, RIGHT - LEFT, high), 0.93)
        x = LEFT
        for place, (wide, lines) in enumerate(zip(_COLUMNS, fitted, strict=True)):
            pen.frame((x, top, wide, high), 0.3)
            left, align = (x + wide / 2, "center") if place == 0 else (x + 2, "left")
            pen.lines((left, top + (high - lines.height) / 2), lines, align)
            x += wide
        if self.top:
            pen.line((LEFT, top), (RIGHT, top), 0.9)
        thick = 0.5 if self.top else 0.9 if self.last else 0.3
        pen.line((LEFT, top + high), (RIGHT, top + high), thick)
        pen.line((LEFT, top), (LEFT, top + high), 0.9)
        pen.line((RIGHT, top), (RIGHT, top + high), 0.9)

    def _fitted(self) -> list[Fitted]:
        styles = (Style(11, 600), Style(11, 500), _TABLE, Style(9.5))
        if self.top:
            styles = (_HEAD, _HEAD, _HEAD, _HEAD)
        return [
            Fitted(wrap(text, style, wide - 4), style)
            for text, style, wide in zip(self.words, styles, _COLUMNS, strict=True)
        ]


def _box(data: NoticeData) -> list[Piece]:
    rows = (
        ("最晚", data.until, 600),
        ("来哪里", data.where, 400),
        ("谁能来", data.who_comes, 400),
        ("这段时间", data.meanwhile, 400),
        ("打电话", data.phone, 400),
    )
    lines = [
        (label, Fitted(wrap(words, Style(11.5, weight), 135), Style(11.5, weight)))
        for label, words, weight in rows
        if words
    ]
    box = _Box(tuple(lines))
    return [Piece(box.height, box.draw), gap(6)]


@dataclass(frozen=True, slots=True)
class _Box:
    lines: tuple[tuple[str, Fitted], ...]

    @property
    def height(self) -> float:
        return sum(f.height + 1.8 for _, f in self.lines) + 7

    def draw(self, pen: Pen, top: float) -> None:
        pen.frame((LEFT, top, RIGHT - LEFT, self.height), 0.5)
        y = top + 3.5
        for label, fitted in self.lines:
            pen.words((LEFT + 4, y + 0.9 + fitted.style.leading / 2), label, Style(11, 400, 0.27))
            pen.lines((LEFT + 25, y + 0.9), fitted)
            y += fitted.height + 1.8


def _closing(data: NoticeData) -> list[Piece]:
    otherwise = paragraph(data.otherwise, LEFT, RIGHT - LEFT, Style(11), 6.2)
    return [*otherwise, gap(3), Piece(58, _Receipt(data).draw)]


@dataclass(frozen=True, slots=True)
class _Receipt:
    """How and when the citizen was told, signatures, QR."""

    data: NoticeData

    def draw(self, pen: Pen, top: float) -> None:
        data, bold, plain = self.data, Style(11, 500), Style(11)
        pen.line((LEFT, top), (RIGHT, top), 0.5)
        x = LEFT + 25
        pen.words((LEFT, top + 8), "怎样告知的", bold)
        for way in _WAYS:
            marks.tick_box(pen, x, top + 8, ticked=way == data.way)
            x += 4.4 + pen.words((x + 4.4, top + 8), way, bold if way == data.way else plain) + 5
        for y, label, words in ((17, "告知时间", data.told), (26, "告知人", data.teller)):
            pen.words((LEFT, top + y), label, bold)
            pen.words((LEFT + 25, top + y), words, plain)
        pen.line((LEFT + 62, top + 28.5), (LEFT + 98, top + 28.5), 0.4)
        pen.words((LEFT, top + 40), "收到人签名", bold)
        pen.line((LEFT + 25, top + 42.5), (LEFT + 75, top + 42.5), 0.4)
        pen.words((LEFT + 80, top + 40), "年      月      日", plain)
        note = Style(8.5, 400, marks.NOTE_GREY)
        pen.words((LEFT + 25, top + 46), "不肯签或电话告知的，由告知人写明并签名", note)
        if not data.code:
            return
        side = marks.qr_side(data.code)
        marks.qr(pen, RIGHT - side - 2, top + 15, data.code)
        marks.qr_caption(pen, RIGHT - side / 2 - 2, top + 15 + side, receipt=False)
