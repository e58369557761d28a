"""What goes between the camera process and the window: preview frames in shared memory, words by pipe.

Memory: header (sequence, odd while a frame is being written; beat; width; height), then RGB rows.
"""

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from multiprocessing.shared_memory import SharedMemory

WIDEST, HIGHEST = 960, 540
"""Largest preview, in pixels; the readers look at the whole frame."""
_HEADER = struct.Struct("<QQII")
_BEAT = struct.Struct("<Q")
_BEAT_AT = 8
SIZE = _HEADER.size + WIDEST * HIGHEST * 3

STARTING, LIVE, NONE, BUSY = "starting", "live", "none", "busy"
"""How the camera stands; whether the process itself stands is the window's to see."""

Corners = tuple[tuple[float, float], ...]


class Said(msgspec.Struct, frozen=True, tag="state"):
    """How the camera stands; `label` names it in words, `cameras` counts those there are."""

    state: str
    label: str = ""
    cameras: int = 0


class Seen(msgspec.Struct, frozen=True, tag="seen"):
    """A code in this frame, not counted yet; corners as shares of the frame."""

    corners: Corners = ()


class Read(msgspec.Struct, frozen=True, tag="read"):
    """A text that stood in two frames."""

    text: str
    corners: Corners = ()


class FileCode(msgspec.Struct, frozen=True):
    """A code in a picture file, and the step of the ladder that read it."""

    text: str
    step: str


class FileRead(msgspec.Struct, frozen=True, tag="file"):
    """What a picture file holds; `why` is "" or unreadable or no_picture."""

    path: str
    codes: tuple[FileCode, ...] = ()
    ms: float = 0.0
    why: str = ""


Message = Said | Seen | Read | FileRead


class ReadFile(msgspec.Struct, frozen=True, tag="file"):
    """Read a picture file."""

    path: str


class ReadPicture(msgspec.Struct, frozen=True, tag="picture"):
    """Read a picture that is no file; answered as a file without a path."""

    data: bytes


class NextCamera(msgspec.Struct, frozen=True, tag="next"):
    """Take the other camera."""


class Stop(msgspec.Struct, frozen=True, tag="stop"):
    """End."""


Request = ReadFile | ReadPicture | NextCamera | Stop

encode = msgspec.json.encode
message_of = msgspec.json.Decoder(Message).decode
request_of = msgspec.json.Decoder(Request).decode


@dataclass(frozen=True, slots=True)
class Frame:
    """One preview picture: RGB, three bytes a pixel, rows without padding."""

    sequence: int
    width: int
    height: int
    rgb: bytes


def view(memory: "SharedMemory") -> memoryview:
    """The memory's bytes.

    Raises:
        ValueError: it is closed.
    """
    if memory.buf is None:
        raise ValueError("the memory is closed")
    return memory.buf


def beat(memory: memoryview) -> None:
    """Say that the process is alive."""
    _BEAT.pack_into(memory, _BEAT_AT, beats(memory) + 1)


def beats(memory: memoryview) -> int:
    """How often it said so."""
    return int(_BEAT.unpack_from(memory, _BEAT_AT)[0])


def put_frame(memory: memoryview, rgb: bytes, width: int, height: int) -> None:
    """Write a preview picture; who reads meanwhile sees the odd sequence and leaves it.

    Raises:
        ValueError: larger than WIDEST by HIGHEST, or not three bytes a pixel.
    """
    if width > WIDEST or height > HIGHEST or len(rgb) != width * height * 3:
        raise ValueError("a preview is at most 960 by 540 with three bytes a pixel")
    sequence, alive, _, _ = _HEADER.unpack_from(memory, 0)
    _HEADER.pack_into(memory, 0, sequence + 1, alive, width, height)
    memory[_HEADER.size : _HEADER.size + len(rgb)] = rgb
    _HEADER.pack_into(memory, 0, sequence + 2, alive, width, height)


def take_frame(memory: memoryview, after: int) -> Frame | None:
    """The newest whole frame later than `after`; None where there is none or one is being written."""
    sequence, _, width, height = _HEADER.unpack_from(memory, 0)
    if sequence == after or sequence % 2 or width > WIDEST or height > HIGHEST:
        return None
    rgb = bytes(memory[_HEADER.size : _HEADER.size + width * height * 3])
    if _HEADER.unpack_from(memory, 0)[0] != sequence:
        return None
    return Frame(sequence, width, height, rgb)


def wipe(memory: memoryview) -> None:
    """Leave nothing of any picture in memory (FACTS §10: camera frames are cleared)."""
    memory[:] = bytes(len(memory))
