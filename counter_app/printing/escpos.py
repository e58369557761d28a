"""Lines to ESC/POS: text as the printer's own characters, a raster line for what it lacks, codes as raster.

Sources: Epson's ESC/POS command reference (ESC @, ESC a, ESC E, GS !, FS &, FS W, GS v 0, GS V), which the
58 and 80 mm printers sold here follow; characters in double bytes of GB18030. Imported with the first
receipt on a roll, never at start: Pillow draws the raster lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from counter_app.printing import fonts
from counter_app.printing.marks import QR_QUIET, qr_matrix
from counter_app.printing.measure import atoms

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

CELL = 12
"""Dots of a half-width character; Chinese ones have twice as many."""
RASTER_HEIGHT, _BASELINE = 30, 24
_MODULE = 5
"""Dots of a code's module: 0.6 mm at 203 dpi."""
_BAND = 64
"""Rows of one raster command: small printers hold no more."""
_WEIGHT = 500
_START = b"\x1b@\x1c&"
_CUT = b"\x1bd\x04\x1dV\x42\x00"
_ALIGN = {"left": 0, "center": 1}


@dataclass(frozen=True, slots=True)
class Roll:
    """A roll of paper, by what is printed across it."""

    millimetres: int
    dots: int

    @property
    def columns(self) -> int:
        """Half-width characters a line."""
        return self.dots // CELL


ROLLS = {58: Roll(58, 384), 80: Roll(80, 576)}
"""The two widths there are, at 203 dpi."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text that wraps; `hang` columns are left free before every line but the first."""

    text: str
    align: str = "left"
    bold: bool = False
    big: bool = False
    hang: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """A QR in the middle of the roll."""

    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of a copy."""


Part = Line | Code | Cut


def encode(parts: Sequence[Part], roll: Roll) -> bytes:
    """What is sent to the printer."""
    return _START + b"".join(_encoded(part, roll) for part in parts)


def columns(text: str) -> int:
    """Half-width columns of a text on the printer."""
    return sum(1 if char.isascii() else 2 for char in text)


def has(char: str) -> bool:
    """Whether the printer's own font has the character: ASCII, and what GBK has in two bytes."""
    if char.isascii():
        return char.isprintable()
    try:
        return len(char.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def wrap(text: str, room: int, hang: int = 0) -> list[str]:
    """Lines of at most `room` columns, later ones indented by `hang`."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph, room - hang):
            if line.strip() and columns((line + piece).rstrip()) > room:
                lines.append(line.rstrip())
                line = " " * hang + piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return lines


def _pieces(text: str, room: int) -> Iterator[str]:
    for atom in atoms(text):
        if columns(atom.rstrip()) <= room:
            yield atom
        else:
            yield from atom


def _encoded(part: Part, roll: Roll) -> bytes:
    if isinstance(part, Cut):
        return _CUT
    if isinstance(part, Code):
        return _code(part.text, roll)
    room = roll.columns // 2 if part.big else roll.columns
    lines = [_line(line, part, roll) for line in wrap(part.text, room, part.hang)]
    return b"".join(lines)


def _line(text: str, part: Line, roll: Roll) -> bytes:
    if not all(has(char) for char in text):
        return _raster_line(text, part, roll)
    words = text.encode("gb18030") + b"\n"
    before, after = b"\x1ba" + bytes([_ALIGN[part.align]]), b""
    if part.bold:
        before, after = before + b"\x1bE\x01", b"\x1bE\x00"
    if part.big:
        before, after = before + b"\x1d!\x11\x1cW\x01", after + b"\x1d!\x00\x1cW\x00"
    return before + words + after


def _raster_line(text: str, part: Line, roll: Roll) -> bytes:
    """The whole line drawn: a name half in one font and half in another is hard to read."""
    from PIL import Image, ImageDraw

    scale = 2 if part.big else 1
    image = Image.new("L", (roll.dots, RASTER_HEIGHT * scale), 255)
    pen = ImageDraw.Draw(image)
    wide = columns(text) * CELL * scale
    x = (roll.dots - wide) // 2 if part.align == "center" else 0
    for char in text:
        cell = columns(char) * CELL * scale
        face = _face(fonts.runs(char, _WEIGHT)[0].font, 2 * CELL * scale)
        pen.text((x + cell / 2, _BASELINE * scale), char, font=face, fill=0, anchor="ms")
        x += cell
    rows = image.point(lambda grey: 255 if grey < 128 else 0).convert("1").tobytes()
    return _raster(rows, roll.dots // 8)


@lru_cache(maxsize=8)
def _face(name: str, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(str(fonts.FOLDER / f"{name}.ttf"), size)


def _code(text: str, roll: Roll) -> bytes:
    matrix = qr_matrix(text)
    module = min(_MODULE, roll.dots // (len(matrix) + 2 * QR_QUIET))
    side = len(matrix) * module
    left = (roll.dots - side) // 2
    rows = bytearray()
    for row in matrix:
        bits = "0" * left + "".join(("1" if dark else "0") * module for dark in row)
        rows += int(bits.ljust(roll.dots, "0"), 2).to_bytes(roll.dots // 8, "big") * module
    quiet = bytes(roll.dots // 8 * QR_QUIET * module)
    return _raster(quiet + bytes(rows) + quiet, roll.dots // 8)


def _raster(rows: bytes, wide: int) -> bytes:
    """Rows of `wide` bytes, a set bit is black, in bands."""
    step = wide * _BAND
    bands = [rows[at : at + step] for at in range(0, len(rows), step)]
    head = b"\x1ba\x00"
    return head + b"".join(
        b"\x1dv0\x00" + wide.to_bytes(2, "little") + (len(b) // wide).to_bytes(2, "little") + b
        for b in bands
    )
