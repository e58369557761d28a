"""A TrueType file as reportlab takes it, read in place: small in memory, quick to cut a subset from.

Reportlab's own class keeps every width and glyph of a Chinese font in dicts (30 MB a font), copies all
outlines for each subset, and writes five hex digits into ToUnicode for characters beyond the BMP, so that
a rare name is drawn and never found again. Imported with the first sheet, never at start.
"""

import mmap
import struct
from array import array
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import SUBSETN, TTEncoding, TTFont, TTFontFace, TTFontMaker

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument

_ENTRIES = 100
_KEPT = ("OS/2", "cvt ", "fpgm", "prep")


class Glyphs:
    """Code point to glyph; a table of two bytes a code point."""

    def __init__(self, file: mmap.mmap, cmap: int) -> None:
        where = _format_12(file, cmap)
        (count,) = struct.unpack_from(">L", file, where + 12)
        groups = list(struct.iter_unpack(">3L", file[where + 16 : where + 16 + 12 * count]))
        self._table = array("H", bytes(2 * (groups[-1][1] + 1)))
        for first, last, glyph in groups:
            self._table[first : last + 1] = array("H", range(glyph, glyph + last - first + 1))

    def __getitem__(self, code: int) -> int:
        return self._table[code] if code < len(self._table) else 0

    def __contains__(self, code: int) -> bool:
        return bool(self[code])


def _format_12(file: mmap.mmap, cmap: int) -> int:
    """Where the table of all planes begins.

    Raises:
        ValueError: the font has none.
    """
    (count,) = struct.unpack_from(">H", file, cmap + 2)
    for number in range(count):
        _, _, offset = struct.unpack_from(">HHL", file, cmap + 4 + 8 * number)
        (form,) = struct.unpack_from(">H", file, cmap + offset)
        if form == 12:
            return int(cmap + offset)
    raise ValueError("the font has no table of code points beyond the BMP")


class Face(TTFontFace):
    """The file's tables; outlines and widths are fetched where they lie."""

    def readFile(self, f: Path) -> None:
        """Map the file; nothing of it is copied."""
        self.filename = str(f)
        with f.open("rb") as file:
            self._ttf_data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._pos = 0

    def extractInfo(self, charInfo: int = 1) -> None:
        """The font's own figures, and the way to glyphs and widths."""
        super().extractInfo(0 if charInfo else charInfo)
        self.charToGlyph = Glyphs(self._ttf_data, self.get_table_pos("cmap")[0])
        self._loca, self._glyf, self._hmtx = (
            self.get_table_pos(tag)[0] for tag in ("loca", "glyf", "hmtx")
        )
        (self._metrics,) = struct.unpack_from(">H", self.get_table("hhea"), 34)
        (long_places,) = struct.unpack_from(">h", self.get_table("head"), 50)
        if not long_places:
            raise ValueError("places of two bytes in loca; the bundled fonts have four")
        self.defaultWidth = self._pdfScale(self._advance(0)[0])

    def getCharWidth(self, code: int) -> float:
        """Width of a code point in 1/1000 em."""
        return float(self._pdfScale(self._advance(self.charToGlyph[code])[0]))

    def makeSubset(self, subset: list[int]) -> bytes:
        """A font of these code points in this order, with what PDF asks of one (ISO 32000, 9.9)."""
        order = {0: 0}
        codes = [order.setdefault(self.charToGlyph[code], len(order)) for code in subset]
        outlines = [self._outline(glyph) for glyph in order]
        maker = TTFontMaker()
        for tag in _KEPT:
            if tag in self.table:
                maker.add(tag, self.get_table(tag))
        maker.add("post", b"\x00\x03\x00\x00" + self.get_table("post")[4:16] + bytes(16))
        maker.add("cmap", _cmap(codes))
        pairs = [self._advance(glyph) for glyph in order]
        maker.add("hmtx", b"".join(struct.pack(">HH", *pair) for pair in pairs))
        maker.add("hhea", _put(self.get_table("hhea"), 34, len(order)))
        maker.add("maxp", _put(self.get_table("maxp"), 4, len(order)))
        maker.add("head", _put(self.get_table("head"), 50, 1))
        offsets = [0]
        for outline in outlines:
            offsets.append(offsets[-1] + len(outline))
        maker.add("glyf", b"".join(outlines))
        maker.add("loca", struct.pack(f">{len(offsets)}L", *offsets))
        return bytes(maker.makeStream())

    def _outline(self, glyph: int) -> bytes:
        start, end = struct.unpack_from(">2L", self._ttf_data, self._loca + 4 * glyph)
        outline = bytes(self._ttf_data[self._glyf + start : self._glyf + end])
        if outline[:1] >= b"\x80":
            raise ValueError(f"glyph {glyph} is made of others; the bundled fonts have none such")
        return outline + bytes(-len(outline) % 4)

    def _advance(self, glyph: int) -> tuple[int, int]:
        """Advance and left side bearing; glyphs after the last pair share its advance."""
        last = self._metrics - 1
        (wide,) = struct.unpack_from(">H", self._ttf_data, self._hmtx + 4 * min(glyph, last))
        beside = 4 * glyph + 2 if glyph <= last else 4 * self._metrics + 2 * (glyph - last - 1)
        (bearing,) = struct.unpack_from(">H", self._ttf_data, self._hmtx + beside)
        return wide, bearing


class Typeface(TTFont):
    """The font reportlab draws with; its names are found again by search."""

    def __init__(self, name: str, path: Path) -> None:
        # not by reportlab's own beginning, which would read the file its own way first
        self.fontName = name
        self.face = Face(path)
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[PDFDocument, TTFont.State] = WeakKeyDictionary()
        self.shapable = False
        self._asciiReadable = False
        self._widths: dict[str, float] = {}

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        """Width in pt; `encoding` is the caller's habit, text is always str here."""
        del encoding
        return sum(map(self._unit, text)) / 1000 * size

    def addObjects(self, doc: "PDFDocument") -> None:
        """Add the document's subsets, each with its widths and the text it stands for."""
        for number, subset in enumerate(self.state[doc].subsets):
            base = (SUBSETN(number) + b"+" + self.face.name).decode("ascii")
            words = pdfdoc.PDFStream(content=to_unicode(base, subset))
            words.filters = [pdfdoc.PDFZCompress]
            font = pdfdoc.PDFTrueTypeFont()
            font.Name = self.getSubsetInternalName(number, doc)[1:]
            font.BaseFont = base
            font.FirstChar, font.LastChar = 0, len(subset) - 1
            font.Widths = f"[{' '.join(f'{self._unit(chr(code)):.6g}' for code in subset)}]"
            font.ToUnicode = doc.Reference(words, f"toUnicodeCMap:{base}")
            font.FontDescriptor = self.face.addSubsetObjects(doc, base, subset)
            doc.idToObject["BasicFonts"].dict[font.Name] = font
        del self.state[doc]

    def _unit(self, char: str) -> float:
        wide = self._widths.get(char)
        if wide is None:
            wide = self._widths[char] = self.face.getCharWidth(ord(char))
        return wide


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


def _cmap(codes: list[int]) -> bytes:
    """One table of format 6 for Macintosh Roman, which a symbolic TrueType font is read by."""
    head = (0, 1, 1, 0, 0, 12, 6, 10 + 2 * len(codes), 0, 0, len(codes))
    return struct.pack(f">{len(head) + len(codes)}H", *head, *codes)


def _put(table: bytes, offset: int, value: int) -> bytes:
    return table[:offset] + struct.pack(">H", value) + table[offset + 2 :]
