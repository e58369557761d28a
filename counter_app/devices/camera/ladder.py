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
"""Pixels above which the first look and the later steps take the half-size picture: a code large
enough for a camera's frame is still there, at a quarter of the cost."""
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
    view, share = _handy(frame)
    return (_zxing(view, "zxing half") if share < 1 else []) or _zxing(frame, "zxing")


def _unsharp(sigma: float) -> "Step":
    name = f"unsharp {sigma:g}"

    def read(view: Gray, share: float) -> list[Code]:
        soft = cv2.GaussianBlur(view, (0, 0), sigma * share)
        clear = cv2.addWeighted(view, 2.5, soft, -1.5, 0)
        return _zxing(np.asarray(clear, np.uint8), name)

    return read


def _threshold(view: Gray, share: float) -> list[Code]:
    block = int(51 * share) | 1
    flat = cv2.adaptiveThreshold(view, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, block, 5)
    return _zxing(np.asarray(flat, np.uint8), "threshold")


def _halved(frame: Gray) -> Gray:
    if min(frame.shape[:2]) < 40:
        return frame
    small = cv2.resize(frame, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _handy(frame: Gray) -> tuple[Gray, float]:
    """The picture the steps look at, and its scale."""
    return (_halved(frame), 0.5) if frame.size > LARGE else (frame, 1.0)


def _half(view: Gray, _share: float) -> list[Code]:
    return _zxing(_halved(view), "half")


def _zbar(view: Gray, _share: float) -> list[Code]:
    height, width = view.shape[:2]
    codes = []
    for found in pyzbar.decode(view, symbols=[pyzbar.ZBarSymbol.QRCODE]):
        text = mended(found.data.decode("utf-8", "replace"))
        corners = tuple((p.x / width, p.y / height) for p in found.polygon)
        codes.append(Code(text, "zbar", corners))
    return [code for code in codes if code.text]


def _linear(view: Gray, _share: float) -> list[Code]:
    found = _zxing(view, "linear", _LINEAR)
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


Step = Callable[[Gray, float], list[Code]]
"""Takes the picture and its scale."""
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
    found = _plain(frame)
    for step, view, share in _turns(frame, patient=patient):
        found = found or step(view, share)
    return found


class LiveLadder:
    """The ladder for a stream: each frame gets the first look, and as many steps as its time allows."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self._now = now
        self._next = 0

    def look(self, frame: Gray) -> list[Code]:
        """The codes of this frame; steps left out now are the first of the next frame's."""
        found = _plain(frame)
        if found:
            return found
        turns = _turns(frame)
        end = self._now() + BUDGET_S
        for _ in turns:
            if found or self._now() >= end:
                break
            step, view, share = turns[self._next % len(turns)]
            found = step(view, share)
            # a step that read this frame is the likeliest for the next one
            self._next = self._next if found else (self._next + 1) % len(turns)
        return found


def _turns(frame: Gray, *, patient: bool = False) -> list[tuple[Step, Gray, float]]:
    """Every step with what it looks at; a far, blurred code needs one look at the whole frame."""
    view, share = _handy(frame)
    turns = [(step, view, share) for step in STEPS]
    if share < 1:
        whole = STEPS if patient else STEPS[:1]
        turns += [(step, frame, 1.0) for step in whole]
    return turns
