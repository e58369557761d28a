"""Pictures of codes, as a phone or a sheet of paper under a camera shows them."""

from pathlib import Path

import qrcode
from PIL import Image, ImageFilter
from qrcode.constants import ERROR_CORRECT_M


def qr(text: str, module: int = 6) -> Image.Image:
    """A QR in black and white with its quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    flat = bytes(0 if dark else 255 for row in rows for dark in row)
    small = Image.frombytes("L", (len(rows), len(rows)), flat)
    return small.resize((len(rows) * module, len(rows) * module), Image.Resampling.NEAREST)


def under_camera(
    text: str,
    *,
    turn: float = 0.0,
    blur: float = 0.0,
    module: int = 6,
    size: tuple[int, int] = (1280, 720),
) -> Image.Image:
    """The code on a grey desk."""
    desk = Image.new("L", size, 150)
    code = qr(text, module).rotate(turn, expand=True, fillcolor=150)
    desk.paste(code, ((size[0] - code.width) // 2, (size[1] - code.height) // 2))
    return desk.filter(ImageFilter.GaussianBlur(blur)) if blur else desk


def lay(folder: Path, text: str, name: str = "1.png") -> Path:
    """Put a picture of the code under a folder's camera, whole at once."""
    part = folder / f".{name}.part"
    under_camera(text, turn=8).save(part, "png")
    return part.replace(folder / name)
