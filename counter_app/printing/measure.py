"""Text against its place: kinsoku, what never breaks, shrink to 80 % and then wrap (PAPER, Type)."""

import re
from dataclasses import dataclass, replace

from counter_app.printing import fonts

MM = 72 / 25.4
SHRINK = 0.8
FLOOR = 7.0
_OPENING = "（〔【《“‘「『(["
_CLOSING = "，。、；：？）〕】》”’」』…,;:?)]%％"
_ATOM = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日"
    r"|\d{1,2}月\d{1,2}日"
    r"|[\u4e00-\u9fff]{0,4}〔\d{4}〕\s?\d+\s?号"
    r"|第[一二三四五六七八九十百零\d]+条"
    r"|[0-9A-Za-z][0-9A-Za-z.,:*/\-–−_+%]*(?: ?(?:元|人|个月|年|份|月|日|号))?"
    r"|[ ]+"
    r"|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Style:
    """Size in pt, weight, grey (0 black), extra space between characters in pt."""

    size: float
    weight: int = 400
    grey: float = 0.0
    spacing: float = 0.0

    @property
    def leading(self) -> float:
        """Distance of lines in mm."""
        return self.size * 1.4 / MM


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of a text and the style they are drawn in."""

    lines: tuple[str, ...]
    style: Style

    @property
    def height(self) -> float:
        """Height of all lines in mm."""
        return len(self.lines) * self.style.leading


def width(text: str, style: Style) -> float:
    """Width in mm."""
    return (fonts.width(text, style.weight, style.size) + style.spacing * len(text)) / MM


def fit(text: str, style: Style, room: float) -> Fitted:
    """One line if it fits, smaller down to 80 % if that helps, else wrapped at 80 %."""
    needed = max((width(line, style) for line in text.split("\n")), default=0.0)
    if needed <= room:
        return Fitted(tuple(text.split("\n")), style)
    smallest = max(style.size * SHRINK, min(FLOOR, style.size))
    wanted = style.size * room / needed
    if wanted >= smallest:
        return Fitted(tuple(text.split("\n")), replace(style, size=wanted - 0.01))
    small = replace(style, size=smallest)
    return Fitted(wrap(text, small, room), small)


def wrap(text: str, style: Style, room: float) -> tuple[str, ...]:
    """Lines no wider than the room (mm)."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph, style, room):
            if line and width((line + piece).rstrip(), style) > room:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return tuple(lines)


def atoms(text: str) -> list[str]:
    """What a line may not break inside of: words, dates, numbers, brackets with their neighbours."""
    found: list[str] = []
    for match in _ATOM.finditer(text):
        atom = match[0]
        glued = found and (atom[0] in _CLOSING or atom[0] == " " or found[-1][-1] in _OPENING)
        if glued:
            found[-1] += atom
        else:
            found.append(atom)
    return found


def _pieces(text: str, style: Style, room: float) -> list[str]:
    pieces: list[str] = []
    for atom in atoms(text):
        if width(atom.rstrip(), style) <= room:
            pieces.append(atom)
        else:
            pieces.extend(atom)
    return pieces
