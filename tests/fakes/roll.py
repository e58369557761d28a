"""A printer of rolls: understands what arrives as the real ones do, and can show the paper as a picture.

It stops at the first byte it does not understand, so that no command is passed over in silence.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from counter_app.printing import fonts


@dataclass(frozen=True)
class Text:
    """A line of the printer's own characters."""

    text: str
    align: int
    bold: bool
    big: bool

    @property
    def columns(self) -> int:
        wide = sum(1 if c.isascii() else 2 for c in self.text)
        return wide * (2 if self.big else 1)


@dataclass(frozen=True)
class Raster:
    """Rows of dots as a picture, black on white."""

    image: Image.Image


@dataclass(frozen=True)
class Cut:
    """The knife."""


Printed = Text | Raster | Cut


def understand(data: bytes) -> list[Printed]:
    """What comes out of the printer.

    Raises:
        ValueError: a command the printer does not know, or bytes that are no characters of its.
    """
    return list(_Paper(data).run())


class _Paper:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0
        self.align, self.bold, self.big, self.chinese = 0, False, False, False
        self.line = bytearray()

    def take(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        if len(taken) < count:
            raise ValueError("cut off")
        self.at += count
        return taken

    def run(self) -> Iterator[Printed]:
        while self.at < len(self.data):
            byte = self.take(1)
            if byte == b"\n":
                yield self.flush()
            elif byte in {b"\x1b", b"\x1c", b"\x1d"}:
                yield from self.command(byte)
            elif byte >= b"\x80":
                if not self.chinese:
                    raise ValueError("double bytes outside FS &")
                self.line += byte + self.take(1)
            elif byte >= b" ":
                self.line += byte
            else:
                raise ValueError(f"byte {byte!r} at {self.at}")

    def flush(self) -> Text:
        # what a printer has is two bytes a character; four-byte GB18030 would come out as rubbish
        text = self.line.decode("gbk")
        self.line.clear()
        return Text(text, self.align, self.bold, self.big)

    def command(self, lead: bytes) -> Iterator[Printed]:
        name = lead + self.take(1)
        if name in {b"\x1dV", b"\x1dv"}:
            yield self.raster() if name == b"\x1dv" else self.knife()
            return
        known = {
            b"\x1b@": self.begin,
            b"\x1c&": lambda: setattr(self, "chinese", True),
            b"\x1ba": lambda: setattr(self, "align", self.take(1)[0]),
            b"\x1bE": lambda: setattr(self, "bold", bool(self.take(1)[0])),
            b"\x1d!": lambda: setattr(self, "big", self.take(1) == b"\x11"),
            b"\x1cW": self.chinese_size,
            b"\x1bd": lambda: self.take(1),
        }
        if name not in known:
            raise ValueError(f"unknown command {name!r}")
        known[name]()

    def begin(self) -> None:
        self.align, self.bold, self.big, self.chinese = 0, False, False, False

    def chinese_size(self) -> None:
        if bool(self.take(1)[0]) != self.big:
            raise ValueError("Chinese and Latin characters of different size")

    def knife(self) -> Cut:
        self.take(2)
        return Cut()

    def raster(self) -> Raster:
        if self.take(2) != b"0\x00":
            raise ValueError("GS v 0 in another mode")
        wide = int.from_bytes(self.take(2), "little")
        high = int.from_bytes(self.take(2), "little")
        rows = bytes(255 - byte for byte in self.take(wide * high))
        return Raster(Image.frombytes("1", (wide * 8, high), rows))


def picture(printed: list[Printed], dots: int) -> Image.Image:
    """The paper as it hangs out of the printer, 8 dots a mm; the knife is a grey rule."""
    strips = [_strip(part, dots) for part in printed]
    paper = Image.new("L", (dots, sum(s.height for s in strips)), 255)
    top = 0
    for strip in strips:
        paper.paste(strip, (0, top))
        top += strip.height
    return paper


def _strip(part: Printed, dots: int) -> Image.Image:
    if isinstance(part, Raster):
        return part.image.convert("L")
    if isinstance(part, Cut):
        return Image.new("L", (dots, 6), 160)
    size = 48 if part.big else 24
    image = Image.new("L", (dots, size + 6), 255)
    pen = ImageDraw.Draw(image)
    weight = 600 if part.bold else 400
    face = ImageFont.truetype(str(fonts.FOLDER / f"{fonts.FILES[weight]}.ttf"), size)
    x = (dots - part.columns * 12) // 2 if part.align == 1 else 0
    for char in part.text:
        cell = size // 2 if char.isascii() else size
        pen.text((x + cell / 2, size - 1), char, font=face, fill=0, anchor="ms")
        x += cell
    return image


class RawPort:
    """A printer behind a raw port on loopback: keeps what arrives, answers DLE EOT as told.

    `paper` and `cover` are its sensors; `mute` never answers; `out_after` bytes the roll is empty;
    `drops_after` bytes the line breaks.
    """

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.paper, self.cover_open, self.mute = True, False, False
        self.out_after = self.drops_after = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.1)
        self.address = f"127.0.0.1:{self._server.getsockname()[1]}"
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join(5)
        self._server.close()

    def _serve(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError):
                line, _ = self._server.accept()
                with line:
                    self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        data = b""
        line.settimeout(5)
        asked = {b"\x10\x04\x02": self._offline, b"\x10\x04\x04": self._roll}
        while chunk := _next(line):
            # a question is answered at once, whatever stands before it in the same packet
            question = chunk[-3:] if chunk[-3:] in asked else b""
            data += chunk.removesuffix(question)
            self.paper = self.paper and not 0 < self.out_after <= len(data)
            if 0 < self.drops_after <= len(data):
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                return
            if question and not self.mute:
                line.sendall(bytes([asked[question]()]))
        if data:
            self.received.append(data)

    def _offline(self) -> int:
        return 0x12 | (0x04 if self.cover_open else 0) | (0 if self.paper else 0x20)

    def _roll(self) -> int:
        return 0x12 | (0 if self.paper else 0x60)


def _next(line: socket.socket) -> bytes:
    try:
        return line.recv(4096)
    except (TimeoutError, ConnectionError):
        return b""
