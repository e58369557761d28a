"""Where frames come from: a camera of the PC, or a folder whose newest picture is what it sees."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from counter_app.devices.camera.choose_camera import CameraChoice
from counter_app.devices.camera.link import BUSY, LIVE, NONE

Image = npt.NDArray[np.uint8]
"""Blue, green, red."""

WIDTH, HEIGHT = 1920, 1080
FRAME_S = 1 / 15
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp"})
_DESK = 96
"""Grey of the empty desk under a folder's camera."""
_NODES = Path("/sys/class/video4linux")


class Source(Protocol):
    """A camera."""

    def open(self) -> str:
        """LIVE, or NONE or BUSY why not."""
        ...

    def read(self) -> Image | None:
        """The next frame, after as long as the camera takes; None once it is gone."""
        ...

    def close(self) -> None:
        """Let it go."""
        ...

    def label(self) -> str:
        """Its name for the clerk."""
        ...


class DeviceSource:
    """A camera by its number, through OpenCV; `listed` are the numbers the system names, if it does."""

    def __init__(
        self,
        number: int,
        listed: Callable[[], list[int] | None] | None = None,
        capture: Callable[[int, int], cv2.VideoCapture] = cv2.VideoCapture,
    ) -> None:
        self._number, self._listed, self._make = number, listed or device_numbers, capture
        self._capture: cv2.VideoCapture | None = None

    def open(self) -> str:
        """Ask for 1080p; a camera gives what it can."""
        there = self._listed()
        if there is not None and self._number not in there:
            return NONE
        capture = self._make(self._number, _api())
        if not capture.isOpened():
            capture.release()
            # the system lists it, so somebody else has it
            return BUSY if there is not None else NONE
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, WIDTH)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT)
        if not capture.read()[0]:
            capture.release()
            return BUSY
        self._capture = capture
        return LIVE

    def read(self) -> Image | None:
        """The next frame."""
        if self._capture is None:
            return None
        taken, frame = self._capture.read()
        return np.asarray(frame, np.uint8) if taken and frame is not None else None

    def close(self) -> None:
        """Let it go."""
        if self._capture is not None:
            self._capture.release()
        self._capture = None

    def label(self) -> str:
        """Its place in the row and how high its picture is."""
        high = int(self._capture.get(cv2.CAP_PROP_FRAME_HEIGHT)) if self._capture else 0
        return f"摄像头 {self._number + 1}・{high}p" if high else f"摄像头 {self._number + 1}"


class FolderSource:
    """A folder's last picture by name, as a camera sees it; one process at a time, as with a camera."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = -1
        self._shown: tuple[Path, int] | None = None
        self._frame = _empty_desk()

    def open(self) -> str:
        """BUSY where another process looks through this folder."""
        if not self._folder.is_dir():
            return NONE
        self._lock = _held(self._folder / ".camera")
        return LIVE if self._lock >= 0 else BUSY

    def read(self) -> Image | None:
        """What lies under it now; an empty desk where the folder holds no picture."""
        # a camera gives so many frames a second; this process has nothing else to do meanwhile
        time.sleep(FRAME_S)
        try:
            names = [p for p in self._folder.iterdir() if p.suffix.lower() in PICTURES]
            last = max(names, default=None)
            shown = (last, last.stat().st_mtime_ns) if last is not None else None
            if shown != self._shown:
                self._shown = shown
                self._frame = _fitted(last.read_bytes()) if last is not None else _empty_desk()
        except OSError:
            return None
        return self._frame

    def close(self) -> None:
        """Let it go."""
        if self._lock >= 0:
            os.close(self._lock)
        self._lock = -1

    def label(self) -> str:
        """What it is, for whoever looks at the demonstration."""
        return "示例画面（图片文件夹）"


def source_of(choice: CameraChoice, turn: int) -> Source:
    """The camera chosen; `turn` counts how often the clerk asked for the next one."""
    if choice.folder:
        return FolderSource(Path(choice.folder))
    numbers = device_numbers()
    if numbers:
        return DeviceSource(numbers[(choice.number + turn) % len(numbers)])
    return DeviceSource(choice.number + turn % 2)


def how_many(choice: CameraChoice) -> int:
    """Cameras there are, 0 where the system doesn't say."""
    return 1 if choice.folder else len(device_numbers() or ())


def device_numbers(nodes: Path = _NODES) -> list[int] | None:
    """Numbers of the cameras the system lists; None where it keeps no list (Windows)."""
    if not sys.platform.startswith("linux"):
        return None
    found = []
    for node in sorted(nodes.glob("video*")) if nodes.is_dir() else []:
        try:
            first = (node / "index").read_text("ascii").strip() == "0"
        except OSError:
            continue
        # a camera's further nodes carry no pictures
        if first and node.name[5:].isdigit():
            found.append(int(node.name[5:]))
    return sorted(found)


def _api() -> int:
    return cv2.CAP_DSHOW if sys.platform == "win32" else cv2.CAP_ANY


def _empty_desk() -> Image:
    return np.full((720, 1280, 3), _DESK, np.uint8)


def _fitted(data: bytes) -> Image:
    """The picture, made smaller where it is larger than a camera's; half a file is an empty desk."""
    read = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if read is None:
        return _empty_desk()
    share = min(WIDTH / read.shape[1], HEIGHT / read.shape[0], 1.0)
    if share < 1:
        read = cv2.resize(read, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(read, np.uint8)


def _held(path: Path) -> int:
    """A descriptor that locks the file until the process ends, -1 where another has it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return -1
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return -1
    return descriptor
