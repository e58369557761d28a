"""Reads QR codes off printed sheets, as a scanner would: the page is rendered and decoded."""

from pathlib import Path

import pypdfium2


def codes_on(path: Path) -> list[str]:
    """The texts of all QR codes on the first page."""
    import zxingcpp

    document = pypdfium2.PdfDocument(path)
    try:
        picture = document[0].render(scale=3).to_pil()
    finally:
        document.close()
    return [code.text for code in zxingcpp.read_barcodes(picture)]
