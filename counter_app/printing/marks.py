"""What every sheet shares: its imprint, marks, station mark, seal, signature line, QR, tick and comb boxes."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from counter_app.printing.measure import MM, Style, fit, width
from counter_app.printing.pen import Modules, Pen

LABEL_GREY = 0.27
NOTE_GREY = 0.3
SEAL_GREY = 0.55
"""45 % black."""
QR_SIDE = 25.0
QR_MODULE = 0.5
QR_QUIET = 4
_QR_MASK = 3
"""Our texts end in a signature, so no mask is better than another: of 60 receipts' codes, blurred until
half were lost, the one with the least penalty and this one were read equally often. Choosing costs 7 ms."""
_DIGITS = Style(10, 500)


@dataclass(frozen=True, slots=True)
class Copy:
    """A print after the first: which time, when, by whom."""

    time: int
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who printed it, when, where, and how far it may be believed.

    Attributes:
        station: the station's full name.
        window: its window, 2号窗口.
        phone: the number the citizen rings.
        pack: label of the policy pack, "" where there was none.
        invented: the pack is a demonstration's; every sheet says so.
        firm: no printed amount rests on an estimate.
        late: 补录 and the paper's number, "" for what was typed on its day.
    """

    station: str
    window: str
    phone: str
    printed_at: str
    printed_by: str
    pc: str
    pack: str = ""
    invented: bool = False
    firm: bool = True
    copy: Copy | None = None
    late: str = ""

    @property
    def rules(self) -> str:
        """规则包 示范县 2026.1（示例数据）; without one, who decides: a citizen knows no pack."""
        if not self.pack:
            return "金额和期限由县医保中心核定"
        return f"规则包 {self.pack}（示例数据）" if self.invented else f"规则包 {self.pack}"

    @property
    def printed(self) -> str:
        """打印 2026-11-23 14:38:12 李敏 青禾-02."""
        if not self.printed_at:
            return ""
        return f"打印 {self.printed_at} {self.printed_by} {self.pc}"


def boxed(pen: Pen, right: float, top: float, text: str, size: float) -> float:
    """A framed mark whose upper right corner is given; returns its left edge."""
    style = Style(size, 600)
    wide = width(text, style) + 2 * 2.5 / MM + 1.6
    high = size * 1.25 / MM + 2 * 2.5 / MM - 1.0
    pen.frame((right - wide, top, wide, high), 1.1)
    pen.words((right - wide / 2, top + high / 2), text, style, "center")
    return right - wide


def put_marks(pen: Pen, right: float, top: float, imprint: Imprint, lift: float = 0.0) -> float:
    """The sheet's marks from right to left, 副本 `lift` higher; returns the left edge of the last."""
    left = right
    if imprint.invented:
        left = boxed(pen, left, top, "示例数据", 9) - 2
    if not imprint.firm:
        left = boxed(pen, left, top, "试算·仅供参考", 12) - 2
    if imprint.late:
        left = boxed(pen, left, top, imprint.late, 9) - 2
    if imprint.copy:
        note = Style(7, 400, NOTE_GREY)
        lines = (
            f"第 {imprint.copy.time} 次打印",
            f"{imprint.copy.at} {imprint.copy.by}",
        )
        wide = max(width(line, note) for line in lines)
        for number, line in enumerate(lines):
            pen.words((left - wide, top - lift + 2.0 + number * 3.2), line, note)
        left = boxed(pen, left - wide - 2, top - lift, "副本", 14) - 2
    return left


def emblem(pen: Pen, x: float, y: float, side: float = 7.5) -> None:
    """The counter's mark: a scanner's corners around a cross."""
    arm, middle = side * 0.28, side / 2
    for fx in (0, 1):
        for fy in (0, 1):
            cx, cy = x + fx * side, y + fy * side
            sx, sy = (1 - 2 * fx) * arm, (1 - 2 * fy) * arm
            pen.bend(((cx + sx, cy), (cx, cy), (cx, cy + sy)), 2.0)
    half, thick = side * 0.24, side * 0.17
    pen.fill((x + middle - half, y + middle - thick / 2, 2 * half, thick), 0)
    pen.fill((x + middle - thick / 2, y + middle - half, thick, 2 * half), 0)


def seal(pen: Pen, middle: tuple[float, float], name: str) -> None:
    """The dotted place of a seal, nothing to be read under it."""
    pen.dotted_circle(middle, 25, SEAL_GREY)
    pen.words(middle, name, Style(8.5, 400, SEAL_GREY), "center")


def tick_box(pen: Pen, x: float, middle: float, *, ticked: bool) -> None:
    """A tick box 3.2 square; the tick is drawn."""
    top = middle - 1.6
    pen.frame((x, top, 3.2, 3.2), 0.5)
    if ticked:
        pen.bend(((x + 0.65, top + 1.65), (x + 1.35, top + 2.4), (x + 2.6, top + 0.75)), 1.1)


def comb(pen: Pen, x: float, middle: float, text: str, boxes: int = 18) -> float:
    """Comb boxes for a number; returns the width. Stronger rules after digits 6 and 14 of 18."""
    step, high = 4.5, 5.6
    top = middle - high / 2
    pen.frame((x, top, step * boxes, high), 0.5)
    for place in range(1, boxes):
        strong = boxes == 18 and place in {6, 14}
        at = x + place * step
        pen.line((at, top), (at, top + high), 0.6 if strong else 0.25, 0 if strong else 0.35)
    for place, char in enumerate(text[:boxes]):
        pen.words((x + (place + 0.5) * step, middle), char, _DIGITS, "center")
    return step * boxes


@lru_cache(maxsize=32)
def qr_matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of a QR at error level M."""
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_QR_MASK)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(cell) for cell in row) for row in code.get_matrix())


@lru_cache(maxsize=32)
def _path(text: str) -> Modules:
    """The modules as runs of each row; adjoining ones in one rectangle, so that no seam shows."""
    matrix = qr_matrix(text)
    found = []
    for number, row in enumerate(matrix):
        place = 0
        for dark, run in groupby(row):
            wide = len(list(run))
            if dark:
                found.append(f"{place} {number} {wide} 1 re")
            place += wide
    return Modules(len(matrix), " ".join(found))


def qr_side(text: str, least: float = QR_SIDE) -> float:
    """Side in mm: 25, grown so that no module is under 0.5."""
    return max(least, len(qr_matrix(text)) * QR_MODULE)


def qr(pen: Pen, x: float, y: float, text: str, least: float = QR_SIDE) -> float:
    """Draw the QR with its corner at x, y; 4 modules around it must stay white. Returns the side."""
    matrix = qr_matrix(text)
    side = qr_side(text, least)
    module = side / len(matrix)
    pen.fill(
        (x - QR_QUIET * module, y - QR_QUIET * module, side + 8 * module, side + 8 * module), 1
    )
    pen.modules((x, y), side, _path(text))
    return side


def qr_caption(pen: Pen, middle: float, top: float, *, receipt: bool) -> None:
    """The words under a QR."""
    pen.words((middle, top + 2.6), "扫码查进度、验真伪", Style(8, 500), "center")
    if receipt:
        note = Style(7, 400, NOTE_GREY)
        pen.words((middle, top + 6.0), "没有网也能在任何服务站验", note, "center")


def form_foot(
    pen: Pen, edges: tuple[float, float], names: tuple[str, str, str], imprint: Imprint, page: str
) -> None:
    """Two foot lines under a rule at 281.5; names = (form line, case number, second line's left)."""
    left, right = edges
    plain, strong = Style(7.5, 400, 0.2), Style(7.5, 500)
    pen.line((left, 281.5), (right, 281.5), 0.3)
    first, case_no, second = names
    pen.words((left, 284.6), first, plain)
    pen.words(((left + right) / 2, 284.6), case_no, strong, "center")
    pen.words((right, 284.6), page, strong, "right")
    if not imprint.firm:
        second += "·试算，以医保经办机构审核为准"
    room = right - left - width(imprint.printed, plain) - 4
    shrunk = fit(second, plain, room)
    for number, line in enumerate(shrunk.lines):
        pen.words((left, 288.4 + number * 3.0), line, shrunk.style)
    pen.words((right, 288.4), imprint.printed, plain, "right")


def form_head(pen: Pen, left: float, right: float, imprint: Imprint, top: float = 11.0) -> None:
    """Mark, station, window and phone at the left; the sheet's marks at the right."""
    emblem(pen, left, top + 1.2)
    marks_left = put_marks(pen, right, top + 1.0, imprint)
    room = marks_left - left - 12
    name = fit(imprint.station, Style(9.5, 500), room)
    more = (len(name.lines) - 1) * name.style.leading
    pen.lines((left + 10, top + 3.0 - name.style.leading / 2 - more / 3), name)
    contact = fit(f"{imprint.window}  {imprint.phone}", Style(8, 400, NOTE_GREY), room)
    pen.lines((left + 10, top + 7.3 - contact.style.leading / 2 + more * 2 / 3), contact)
