"""The bundled fonts: which of them has a character, and how wide a text is.

Reportlab has no fall-back: a text is split by the font that has its characters. It is imported with the
first sheet, never at start.
"""

import threading
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.kernel.errors import EnvironmentFault

if TYPE_CHECKING:
    from counter_app.printing.typeface import Typeface

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "fonts"
FILES = {
    400: "NotoSansSC_400Regular",
    500: "NotoSansSC_500Medium",
    600: "NotoSansSC_600SemiBold",
}
RARE = "HanaMinB"
_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that one font draws."""

    font: str
    text: str


@lru_cache(maxsize=8)
def _loaded(name: str) -> "Typeface":
    from reportlab.pdfbase import pdfmetrics

    from counter_app.printing.typeface import Typeface

    path = FOLDER / f"{name}.ttf"
    if not path.exists():
        raise EnvironmentFault(
            "font_missing",
            "打印用的字体文件不在，单子出不来",
            "请管理员把程序重新装一遍，办的事不会丢",
        )
    loaded = Typeface(name, path)
    pdfmetrics.registerFont(loaded)
    return loaded


def font(name: str) -> "Typeface":
    """The registered font; loads it the first time.

    Raises:
        EnvironmentFault: its file is missing.
    """
    with _guard:
        return _loaded(name)


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
    return _ems(text, weight) * size


@lru_cache(maxsize=8192)
def _ems(text: str, weight: int) -> float:
    return sum(font(r.font).stringWidth(r.text, 1.0) for r in runs(text, weight))
