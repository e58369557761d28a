"""What lies under the demonstration's camera: a picture as a phone or a bill gives it, or nothing."""

import json
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

FOLDER = "camera"
_FRAME = (1280, 720)
_DESK, _PAPER, _INK = (112, 106, 98), (250, 250, 247), (24, 26, 30)
_TURN = 3.5
_BLUR = 0.6


class CameraDesk:
    """The folder a demo profile's camera looks at."""

    def __init__(self, base: Path) -> None:
        self._folder = base / FOLDER
        self._folder.mkdir(exist_ok=True)

    def under(self, profile: Path) -> None:
        """Let this profile's camera look here."""
        path = profile / "demo.json"
        plain = json.loads(path.read_text("utf-8"))
        plain["camera_folder"] = str(self._folder)
        path.write_text(json.dumps(plain, indent=1), "utf-8")

    def lay(self, text: str) -> None:
        """A sheet with the text's QR code, a little turned and not quite sharp."""
        self.clear()
        part = self._folder / "picture.part"
        _photo(text).save(part, "PNG")
        part.replace(self._folder / "picture.png")

    def clear(self) -> None:
        """Take away what lies there."""
        for old in self._folder.glob("*.png"):
            old.unlink()


def _photo(text: str) -> Image.Image:
    import qrcode

    code = qrcode.QRCode(border=4, box_size=7)
    code.add_data(text)
    code.make()
    square = code.make_image(fill_color="black", back_color="white").convert("RGB")
    sheet = Image.new("RGB", (square.width + 60, square.height + 120), _PAPER)
    sheet.paste(square, (30, 60))
    ImageDraw.Draw(sheet).rectangle((0, 0, sheet.width - 1, sheet.height - 1), outline=_INK)
    turned = sheet.rotate(_TURN, Image.Resampling.BICUBIC, expand=True, fillcolor=_DESK)
    turned.thumbnail((_FRAME[0] - 40, _FRAME[1] - 20))
    frame = Image.new("RGB", _FRAME, _DESK)
    frame.paste(turned, ((_FRAME[0] - turned.width) // 2, (_FRAME[1] - turned.height) // 2))
    return frame.filter(ImageFilter.GaussianBlur(_BLUR))
