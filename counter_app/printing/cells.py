"""Contents of framed cells: how high they must be and how they are drawn."""

from dataclasses import dataclass, replace

from counter_app.catalog.sheet import Comb, Content, Signature, Text, Ticks
from counter_app.printing import marks
from counter_app.printing.measure import Fitted, Style, fit, width, wrap
from counter_app.printing.pen import Pen

PAD = 2.0
ENTRY, LABEL = 9.8, 8.8
_TICK_GAP, _OPTION_GAP, _TICK_ROW, TICK_PAD = 1.0, 2.0, 6.0, 1.4
_WORDS = Style(9.0)


@dataclass(frozen=True, slots=True)
class Area:
    """A cell's place: x, y, width, height in mm; whether it is a label."""

    x: float
    y: float
    width: float
    height: float
    label: bool = False

    @property
    def middle(self) -> float:
        """Half height."""
        return self.y + self.height / 2


def needed(content: Content, room: float, *, label: bool) -> float:
    """The height a content needs in a cell of that width."""
    if isinstance(content, Text):
        fitted = _fitted(content, room, label=label)
        return fitted.height + 1.6 if len(fitted.lines) > 1 else 0.0
    if isinstance(content, Ticks):
        return _TICK_ROW * len(_tick_rows(content, room)[0]) + 1.0
    if isinstance(content, Signature):
        lines = wrap(content.words, _WORDS, room - 2 * PAD)
        return len(lines) * _WORDS.leading + 26.0
    return 6.6


def draw(pen: Pen, content: Content, area: Area) -> None:
    """Draw a content inside its cell."""
    if isinstance(content, Text):
        _draw_text(pen, content, area)
    elif isinstance(content, Comb):
        marks.comb(pen, area.x + PAD, area.middle, content.text, content.boxes)
    elif isinstance(content, Ticks):
        draw_ticks(pen, content, area)
    elif isinstance(content, Signature):
        _draw_signature(pen, content, area)


def draw_ticks(pen: Pen, content: Ticks, area: Area) -> None:
    """All choices with their boxes, in as many rows as they need."""
    rows, style = _tick_rows(content, area.width)
    top = area.middle - _TICK_ROW * len(rows) / 2
    x = area.x + TICK_PAD
    if content.label:
        x += pen.words((x, top + _TICK_ROW / 2), content.label, Style(8.8, 400, 0.27)) + 3
    start = x
    for number, row in enumerate(rows):
        middle, x = top + _TICK_ROW * (number + 0.5), start
        for words, ticked in row:
            marks.tick_box(pen, x, middle, ticked=ticked)
            written = style if ticked else replace(style, weight=400)
            x += 3.2 + _TICK_GAP + pen.words((x + 3.2 + _TICK_GAP, middle), words, written)
            x += _OPTION_GAP


def _tick_rows(content: Ticks, room: float) -> tuple[list[list[tuple[str, bool]]], Style]:
    style = Style(9.2, 500)
    left = room - 2 * TICK_PAD
    words = sum(width(words, style) for words, _ in content.options)
    boxes = len(content.options) * (3.2 + _TICK_GAP + _OPTION_GAP) - _OPTION_GAP
    if words and boxes + words > left:
        style = Style(9.2 * min(1.0, max((left - boxes) / words, 0.8)) - 0.01, 500)
    rows: list[list[tuple[str, bool]]] = [[]]
    used = 0.0
    for option in content.options:
        one = 3.2 + _TICK_GAP + width(option[0], style)
        if rows[-1] and used + one > left + 0.01:
            rows.append([])
            used = 0.0
        rows[-1].append(option)
        used += one + _OPTION_GAP
    return rows, style


def _fitted(content: Text, room: float, *, label: bool) -> Fitted:
    size = content.size or (LABEL if label else ENTRY)
    pad = 0.6 if label else PAD
    style = Style(size, content.weight)
    if content.flows:
        return Fitted(wrap(content.text, style, room - 2 * pad), style)
    return fit(content.text, style, room - 2 * pad)


def _draw_text(pen: Pen, content: Text, area: Area) -> None:
    fitted = _fitted(content, area.width, label=area.label)
    x = {
        "left": area.x + PAD,
        "center": area.x + area.width / 2,
        "right": area.x + area.width - PAD,
    }[content.align]
    pen.lines((x, area.middle - fitted.height / 2), fitted, content.align)


def _draw_signature(pen: Pen, content: Signature, area: Area) -> None:
    lines = wrap(content.words, _WORDS, area.width - 2 * PAD)
    pen.lines((area.x + PAD, area.y + 1.6), Fitted(lines, _WORDS))
    bottom = area.y + area.height
    end = area.x + area.width - PAD - 2
    if content.seal:
        marks.seal(pen, (area.x + area.width - 15.5, bottom - 14.5), content.seal)
        end = area.x + area.width - 36
    label = pen.words((area.x + PAD, bottom - 12), content.label, _WORDS)
    start = area.x + PAD + label + 2
    pen.line((start, bottom - 10), (max(end, start + 24), bottom - 10), 0.4)
    pen.words((max(end, start + 24), bottom - 5), "年      月      日", _WORDS, "right")
