"""Read the codes of one frame: the quick reader first, then the same frame made clearer, step by step.

The steps and their order are measured on real photographs (`counter-app bench scan --pictures`).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp
from pyzbar import pyzbar

Gray = npt.NDArray[np.uint8]
Point = tuple[float, float]

BUDGET_S = 0.030
"""What the steps after the first may cost a live frame; the next frame goes on where this one stopped."""
LARGE = 1_200_000
"""Pixels above which the slow reader looks at the half-size picture."""
SHORTEST_LINEAR = 8
"""Shorter texts of line codes are too often read out of print."""
_QR = zxingcpp.BarcodeFormats((zxingcpp.BarcodeFormat.QRCode,))
_LINEAR = zxingcpp.BarcodeFormats((zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.Code39))


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was read: its text, the step that read it, its corners as shares of the frame."""

    text: str
    step: str
    corners: tuple[Point, ...] = ()


def _zxing(frame: Gray, step: str, formats: zxingcpp.BarcodeFormats = _QR) -> list[Code]:
    height, width = frame.shape[:2]
    found = zxingcpp.read_barcodes(frame, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    codes = []
    for code in found:
        at = code.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        codes.append(Code(code.text, step, tuple((p.x / width, p.y / height) for p in corners)))
    return [code for code in codes if code.text]


def _plain(frame: Gray) -> list[Code]:
    return _zxing(frame, "zxing")


def _unsharp(sigma: float) -> Callable[[Gray], list[Code]]:
    name = f"unsharp {sigma:g}"

    def read(frame: Gray) -> list[Code]:
        soft = cv2.GaussianBlur(frame, (0, 0), sigma)
        clear = cv2.addWeighted(frame, 2.5, soft, -1.5, 0)
        return _zxing(np.asarray(clear, np.uint8), name)

    return read


def _threshold(frame: Gray) -> list[Code]:
    flat = cv2.adaptiveThreshold(frame, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 51, 5)
    return _zxing(np.asarray(flat, np.uint8), "threshold")


def _halved(frame: Gray) -> Gray:
    if min(frame.shape[:2]) < 40:
        return frame
    small = cv2.resize(frame, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _half(frame: Gray) -> list[Code]:
    return _zxing(_halved(frame), "half")


def _zbar(frame: Gray) -> list[Code]:
    return _zbar_whole(_halved(frame) if frame.size > LARGE else frame)


def _zbar_whole(frame: Gray) -> list[Code]:
    height, width = frame.shape[:2]
    codes = []
    for found in pyzbar.decode(frame, symbols=[pyzbar.ZBarSymbol.QRCODE]):
        text = mended(found.data.decode("utf-8", "replace"))
        corners = tuple((p.x / width, p.y / height) for p in found.polygon)
        codes.append(Code(text, "zbar", corners))
    return [code for code in codes if code.text]


def _linear(frame: Gray) -> list[Code]:
    found = _zxing(frame, "linear", _LINEAR)
    return [code for code in found if len(code.text) >= SHORTEST_LINEAR]


def mended(text: str) -> str:
    """UTF-8 that zbar took for Big5 or Shift-JIS, read as what it is; other text as it stands."""
    if text.isascii():
        return text
    for guess in ("big5", "shift_jis"):
        try:
            return text.encode(guess).decode("utf-8")
        except UnicodeError:
            continue
    return text


Step = Callable[[Gray], list[Code]]
STEPS: tuple[Step, ...] = (
    _unsharp(2),
    _threshold,
    _unsharp(4),
    _half,
    _unsharp(8),
    _zbar,
    _linear,
)
"""After the first look. Line codes come last: looking for every format costs eight times as much."""


def climb(frame: Gray, *, patient: bool = False) -> list[Code]:
    """The codes of one picture by the first step that reads any; `patient` spares no time (files)."""
    steps: tuple[Step, ...] = (_plain, *STEPS[:-1], *((_zbar_whole,) if patient else ()), STEPS[-1])
    for step in steps:
        found = step(frame)
        if found:
            return found
    return []


class LiveLadder:
    """The ladder for a stream: each frame gets the first look, and as many steps as its time allows."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self._now = now
        self._next = 0

    def look(self, frame: Gray) -> list[Code]:
        """The codes of this frame; steps left out now are the first of the next frame's."""
        found = _plain(frame)
        end = self._now() + BUDGET_S
        for _ in STEPS:
            if found or self._now() >= end:
                break
            found = STEPS[self._next](frame)
            # a step that read this frame is the likeliest for the next one
            self._next = self._next if found else (self._next + 1) % len(STEPS)
        return found
