"""Our test card as a picture in memory, so that the readers can be tried without any camera."""

import io

from counter_app.domain.scanning import test_card
from counter_app.printing.marks import QR_QUIET, qr_matrix

_MODULE = 6
"""Dots: about what a card that fills half of a camera's height has."""


def card_png() -> bytes:
    """The card in black on white with its quiet zone, as PNG."""
    from PIL import Image

    matrix = qr_matrix(test_card.TEXT)
    side = len(matrix) + 2 * QR_QUIET
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                picture.putpixel((x + QR_QUIET, y + QR_QUIET), 0)
    buffer = io.BytesIO()
    picture.resize((side * _MODULE, side * _MODULE), Image.Resampling.NEAREST).save(buffer, "png")
    return buffer.getvalue()
