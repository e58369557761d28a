"""Reading printed pages back: text, its places, pictures, codes."""

from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image

MM = 72 / 25.4


@dataclass(frozen=True)
class Glyph:
    char: str
    left: float
    top: float
    right: float
    bottom: float


def texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pdfium.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            text_page = page.get_textpage()
            found.append(text_page.get_text_range())
            text_page.close()
            page.close()
        return found
    finally:
        document.close()


def text(pdf: bytes) -> str:
    """All text with blanks and line ends gone."""
    return "".join("".join(texts(pdf)).split())


def glyphs(pdf: bytes, number: int = 0) -> list[Glyph]:
    """Every character of a page with its loose box in mm from the top left."""
    document = pdfium.PdfDocument(pdf)
    page = document[number]
    text_page = page.get_textpage()
    height = page.get_height()
    found = []
    for index in range(text_page.count_chars()):
        left, bottom, right, top = text_page.get_charbox(index)
        char = text_page.get_text_range(index, 1)
        if char.strip():
            found.append(
                Glyph(char, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
            )
    text_page.close()
    page.close()
    document.close()
    return found


def picture(pdf: bytes, number: int = 0, dpi: int = 150) -> Image.Image:
    """A page as a picture."""
    document = pdfium.PdfDocument(pdf)
    page = document[number]
    image = page.render(scale=dpi / 72).to_pil()
    page.close()
    document.close()
    return image
