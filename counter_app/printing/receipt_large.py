"""QH-HZ-01D, the receipt in large print: one A4 page a copy, no numbers of persons (PAPER, Large print)."""

from counter_app.printing import marks
from counter_app.printing.flow import Piece, lay, paginate, together
from counter_app.printing.measure import Style, fit
from counter_app.printing.pen import Paper, Pen
from counter_app.printing.receipt import VERSION, ReceiptData
from counter_app.printing.strips import Entry, Ground, gap, paragraph, strip

NUMBER = "QH-HZ-01D"
_LEFT, _RIGHT = 18.0, 192.0
_TOP, _BOTTOM = 34.0, 246.0
_CROWDED = 9.0
_BODY, _STRONG = Style(16), Style(16, 500)
_LABEL = Style(16, 400, marks.LABEL_GREY)
_TITLE = Style(20, 600)
_PLAIN = Ground(_LEFT, _RIGHT)
_RULED = Ground(_LEFT, _RIGHT, 0.7)


def receipt_large(data: ReceiptData) -> bytes:
    """The sheet as PDF; a household that fills more than a page goes on overleaf."""
    top = _TOP + (_CROWDED if _crowded(data) else 0.0)
    pages = paginate([*_facts(data), *_middle(data), *_code(data)], _BOTTOM - top)
    paper = Paper(f"{NUMBER} 受理回执（大字版）")
    for number, page in enumerate(pages, 1):
        pen = paper.page()
        _head(pen, data)
        lay(pen, page, top)
        if number < len(pages):
            pen.words((_RIGHT, 251), "接下页", Style(14), "right")
        _sign(pen)
        place = f"第 {number} 页共 {len(pages)} 页"
        names = (f"{NUMBER}·受理回执·{VERSION} 版", data.case_no, data.imprint.rules)
        marks.form_foot(pen, (_LEFT, _RIGHT), names, data.imprint, place)
        paper.turn()
    return paper.finish()


def _head(pen: Pen, data: ReceiptData) -> None:
    marks.emblem(pen, _LEFT, 12.5, 9)
    pen.words((30, 14.5), "受理回执", Style(22, 600))
    crowded = _crowded(data)
    room = 160.0 if crowded else 70.0 if data.imprint.late else 110.0
    place = fit(f"{data.imprint.station}·{data.imprint.window}", Style(12), room)
    pen.lines((30, 22.5 - place.height / 2), place)
    pen.words((_RIGHT, 13.5), "大字版", Style(14), "right")
    top, lift = (31.0, 0.0) if crowded else (18.5, 8.0)
    marks.put_marks(pen, _RIGHT, top, data.imprint, lift=lift)
    pen.line((_LEFT, 28.5), (_RIGHT, 28.5), 0.9)


def _crowded(data: ReceiptData) -> bool:
    """Whether the marks need a row of their own: a copy of what was typed late has all of them."""
    return bool(data.imprint.copy and data.imprint.late)


def _facts(data: ReceiptData) -> list[Piece]:
    rows = (
        ("编号", data.case_no),
        ("办的事", data.short_item),
        ("谁来办的", data.applicant),
        ("受理日期", data.accepted_day),
    )
    found = [_pair(label, words) for label, words in rows]
    return [*found, strip((), _RULED, 3), gap(4)]


def _pair(label: str, words: str) -> Piece:
    return strip((Entry(_LEFT, 32, label, _LABEL), Entry(52, 138, words, _STRONG)), _PLAIN, 10.5)


def _middle(data: ReceiptData) -> list[Piece]:
    return _done(data) if data.lines else [*_to_do(data), *_cover(data)]


def _done(data: ReceiptData) -> list[Piece]:
    """What was done, in place of payment and cover; what must be known is said below it."""
    title = strip((Entry(_LEFT, 100, "受理的内容", _TITLE),), _PLAIN, 11)
    rows = [
        strip((Entry(_LEFT, 40, label, _BODY), Entry(62, 128, words, _STRONG)), _PLAIN, 9.6)
        for label, words in data.lines
    ]
    told = paragraph(data.told, _LEFT, _RIGHT - _LEFT, _BODY, 8.8) if data.told else []
    return [
        *together([title, *rows[:1]]),
        *rows[1:],
        strip((), _RULED, 3),
        gap(4),
        *told,
        strip((), _RULED, 3),
        gap(5),
    ]


def _to_do(data: ReceiptData) -> list[Piece]:
    pieces = [strip((Entry(_LEFT, 100, "还要做一件事", _TITLE),), _PLAIN, 11)]
    pieces.extend(paragraph(data.pay_where, _LEFT, _RIGHT - _LEFT, _BODY, 8.8))
    if data.pay_by:
        pieces.append(strip((Entry(_LEFT, 150, data.pay_by, Style(18, 600)),), _PLAIN, 11))
    return [*together(pieces), strip((), _RULED, 3), gap(4)]


def _cover(data: ReceiptData) -> list[Piece]:
    title = strip((Entry(_LEFT, 100, "什么时候能用", _TITLE),), _PLAIN, 11)
    rows = [
        strip(
            (Entry(_LEFT, 62, m.name, _BODY), Entry(84, 106, m.cover_words or m.cover, _STRONG)),
            _PLAIN,
            9.6,
        )
        for m in data.members
    ]
    return [*together([title, *rows[:1]]), *rows[1:], strip((), _RULED, 3), gap(5)]


def _code(data: ReceiptData) -> list[Piece]:
    return [Piece(marks.qr_side(data.code, 32.0) + 6, _Code(data).draw)]


class _Code:
    """The QR with the number to ring beside it."""

    def __init__(self, data: ReceiptData) -> None:
        self._data = data

    def draw(self, pen: Pen, top: float) -> None:
        """Draw it."""
        side = marks.qr(pen, _LEFT + 2, top + 2, self._data.code, 32.0)
        x = _LEFT + side + 10
        pen.words((x, top + 7), "扫码查进度、验真伪", _STRONG)
        pen.words((x, top + 16), "不清楚就打电话", _BODY)
        pen.words((x, top + 26), self._data.imprint.phone, Style(18, 600))


def _sign(pen: Pen) -> None:
    pen.line((_LEFT, 256), (_RIGHT, 256), 0.7)
    for x, label, start, end in ((_LEFT, "本人签名", 46, 98), (108, "经办人", 130, 192)):
        pen.words((x, 266), label, Style(14))
        pen.line((start, 269.5), (end, 269.5), 0.4)
