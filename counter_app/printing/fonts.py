"""The bundled fonts: which of them has a character, how wide a text is, names found again in the PDF.

Reportlab has no fall-back and writes characters beyond the BMP wrongly into ToUnicode; both are mended
here. It is imported with the first sheet, never at start.
"""

import threading
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.kernel.errors import EnvironmentFault

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "fonts"
FILES = {
    400: "NotoSansSC_400Regular",
    500: "NotoSansSC_500Medium",
    600: "NotoSansSC_600SemiBold",
}
RARE = "HanaMinB"
_ENTRIES = 100
_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that one font draws."""

    font: str
    text: str


@lru_cache(maxsize=8)
def _loaded(name: str) -> "TTFont":
    from reportlab.pdfbase import pdfmetrics, ttfonts

    path = FOLDER / f"{name}.ttf"
    if not path.exists():
        raise EnvironmentFault(
            "font_missing",
            "打印用的字体文件不在，单子出不来",
            "请管理员把程序重新装一遍，办的事不会丢",
        )
    # reportlab's own map loses every character beyond the BMP; this is the only place it can be given another
    ttfonts.makeToUnicodeCMap = to_unicode
    loaded = ttfonts.TTFont(name, str(path))
    pdfmetrics.registerFont(loaded)
    return loaded


def font(name: str) -> "TTFont":
    """The registered font; loads it the first time.

    Raises:
        EnvironmentFault: its file is missing.
    """
    with _guard:
        return _loaded(name)


def to_unicode(name: str, subset: list[int]) -> str:
    """A ToUnicode CMap: codes of a subset to UTF-16, surrogates beyond the BMP, ≤ 100 in a block."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    pairs = [(i, code) for i, code in enumerate(subset) if code]
    for first in range(0, len(pairs), _ENTRIES):
        block = pairs[first : first + _ENTRIES]
        lines.append(f"{len(block)} beginbfchar")
        lines.extend(f"<{i:02X}> <{chr(code).encode('utf-16-be').hex()}>" for i, code in block)
        lines.append("endbfchar")
    lines.extend(["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])
    return "\n".join(lines)


def covers(name: str, char: str) -> bool:
    """Whether the font has the character."""
    return ord(char) in font(name).face.charToGlyph


def missing(text: str) -> str:
    """Characters no bundled font has; they are drawn as an empty box to be written by hand."""
    return "".join(ch for ch in text if _font_of(ch, 400) is None)


@lru_cache(maxsize=8192)
def _font_of(char: str, weight: int) -> str | None:
    plain = FILES[weight]
    if covers(plain, char):
        return plain
    return RARE if covers(RARE, char) else None


@lru_cache(maxsize=4096)
def runs(text: str, weight: int) -> tuple[Run, ...]:
    """The text split by the font that has its characters."""
    plain = FILES[weight]
    grouped = groupby(text, key=lambda ch: _font_of(ch, weight) or plain)
    return tuple(Run(name, "".join(chars)) for name, chars in grouped)


def width(text: str, weight: int, size: float) -> float:
    """Width in pt."""
    return float(sum(font(r.font).stringWidth(r.text, size) for r in runs(text, weight)))
