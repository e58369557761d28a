"""The contact sheet: cells left by tests in a folder all workers share, joined by whoever comes last."""

from pathlib import Path

from PIL import Image, ImageChops
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from ui.theme import colour, font, px

SHEET = Path(__file__).parent / "contact_sheet.png"
COLUMNS, WIDE, HIGH, CAPTION, GAP = 4, 480, 270, 26, 12
COLOURS = 160
TILE, SLIGHT, PLAIN, MANY = 12, 14, 40, 10
"""Tiles of 12 px are compared by their mean colour: one that differs plainly counts, or many that differ a
little; the receipt's QR, whose modules are others each time, stays below both."""


def keep(folder: Path, at: int, name: str, picture: QPixmap) -> None:
    """One cell, with its caption under it; written whole or not at all."""
    cell = QImage(WIDE, HIGH + CAPTION, QImage.Format.Format_RGB32)
    cell.fill(colour("line"))
    painter = QPainter(cell)
    small = picture.toImage().scaled(
        WIDE, HIGH, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    painter.drawImage(0, 0, small)
    painter.setFont(font("body_strong"))
    painter.setPen(QColor(colour("ink")))
    place = QRect(px(2), HIGH, WIDE, CAPTION)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
    painter.end()
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{at:03d}.part"
    assert cell.save(str(part), "PNG")
    part.replace(folder / f"{at:03d}.png")


def join(folder: Path, count: int) -> bool:
    """Join the cells once all are there; the file is touched only where the pictures differ."""
    cells = sorted(folder.glob("[0-9]*.png"))
    if len(cells) < count:
        return False
    try:
        (folder / "joining").touch(exist_ok=False)
    except FileExistsError:
        return False
    made = _joined(cells)
    if differs(made, SHEET):
        flat = made.quantize(COLOURS, dither=Image.Dither.NONE)
        flat.save(SHEET, optimize=True)
    return True


def size(count: int) -> tuple[int, int]:
    """How large a sheet of that many cells is."""
    rows = -(-count // COLUMNS)
    return (
        GAP + COLUMNS * (WIDE + GAP),
        GAP + rows * (HIGH + CAPTION + GAP),
    )


def differs(made: Image.Image, kept: Path) -> bool:
    """Whether somebody would notice."""
    if not kept.exists():
        return True
    with Image.open(kept) as old:
        before = old.convert("RGB")
    if before.size != made.size:
        return True
    tiles = (made.width // TILE, made.height // TILE)
    small = [picture.resize(tiles, Image.Resampling.BOX) for picture in (made, before)]
    apart = ImageChops.difference(*small).convert("L").histogram()
    return sum(apart[SLIGHT:]) >= MANY or sum(apart[PLAIN:]) > 0


def _joined(cells: list[Path]) -> Image.Image:
    made = Image.new("RGB", size(len(cells)), colour("line").name())
    for at, path in enumerate(cells):
        row, column = divmod(at, COLUMNS)
        with Image.open(path) as cell:
            made.paste(
                cell.convert("RGB"),
                (GAP + column * (WIDE + GAP), GAP + row * (HIGH + CAPTION + GAP)),
            )
    return made
