"""The camera process: takes frames, reads codes, answers by pipe, and ends when the window does."""

import signal
import time
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import cv2

from counter_app.devices.camera import link
from counter_app.devices.camera.choose_camera import CameraChoice
from counter_app.devices.camera.ladder import LiveLadder, climb
from counter_app.devices.camera.pictures import gray_of
from counter_app.devices.camera.sources import Image, Source, how_many, source_of
from counter_app.devices.camera.twice import Twice

RETRY_S = 1.0
IDLE_S = 0.1


def serve(choice: CameraChoice, memory_name: str, pipe: Connection) -> None:
    """Look and read until told to stop or until the window's end of the pipe is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # the window needs the other core of a small PC more than a blur does
    cv2.setNumThreads(1)
    memory = SharedMemory(memory_name)
    try:
        _Camera(choice, link.view(memory), pipe).run()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    finally:
        memory.close()


class _Camera:
    def __init__(self, choice: CameraChoice, memory: memoryview, pipe: Connection) -> None:
        self._choice, self._memory, self._pipe = choice, memory, pipe
        self._turn = 0
        self._source: Source | None = None
        self._said = ""
        self._ladder, self._twice = LiveLadder(), Twice()

    def run(self) -> None:
        """Until told to stop."""
        while self._asked():
            link.beat(self._memory)
            if self._choice.still:
                self._pipe.poll(IDLE_S)
            elif self._source is None:
                self._open()
            else:
                self._step(self._source)
        self._close()

    def _asked(self) -> bool:
        """Do what the window asked for; False for stop."""
        while self._pipe.poll(0):
            request = link.request_of(self._pipe.recv_bytes())
            if isinstance(request, link.Stop):
                return False
            if isinstance(request, link.ReadFile):
                self._tell(_read_file(request.path))
            elif isinstance(request, link.ReadPicture):
                self._tell(_read_picture(request.data))
            else:
                self._turn += 1
                self._close()
        return True

    def _open(self) -> None:
        source = source_of(self._choice, self._turn)
        state = source.open()
        if state == link.LIVE:
            self._source = source
            self._state(state, source.label())
            return
        self._state(state)
        # plugged in later, or let go by the other program: it is tried again
        end = time.monotonic() + RETRY_S
        while time.monotonic() < end and not self._pipe.poll(IDLE_S):
            link.beat(self._memory)

    def _step(self, source: Source) -> None:
        image = source.read()
        if image is None:
            self._close()
            return
        codes = self._ladder.look(_grey(image))
        self._show(image)
        due = self._twice.see([code.text for code in codes])
        if due:
            corners = next(code.corners for code in codes if code.text == due)
            self._tell(link.Read(due, corners))
        elif codes:
            self._tell(link.Seen(codes[0].corners))

    def _show(self, image: Image) -> None:
        high, wide = image.shape[:2]
        share = min(link.WIDEST / wide, link.HIGHEST / high, 1.0)
        size = (max(1, int(wide * share)), max(1, int(high * share)))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA) if share < 1 else image
        rgb = cv2.cvtColor(small, cv2.COLOR_BGR2RGB)
        link.put_frame(self._memory, rgb.tobytes(), rgb.shape[1], rgb.shape[0])

    def _close(self) -> None:
        if self._source is not None:
            self._source.close()
            self._said = ""
        self._source = None

    def _state(self, state: str, label: str = "") -> None:
        if (state + label) != self._said:
            self._said = state + label
            self._tell(link.Said(state, label, how_many(self._choice)))

    def _tell(self, message: link.Message) -> None:
        self._pipe.send_bytes(link.encode(message))


def _grey(image: Image) -> Image:
    return cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype("uint8", copy=False)


def _read_file(path: str) -> link.FileRead:
    try:
        data = Path(path).read_bytes()
    except OSError:
        return link.FileRead(path, why="unreadable")
    return _read_picture(data, path)


def _read_picture(data: bytes, path: str = "") -> link.FileRead:
    begun = time.perf_counter()
    frame = gray_of(data)
    if frame is None:
        return link.FileRead(path, why="no_picture")
    codes = tuple(link.FileCode(code.text, code.step) for code in climb(frame, patient=True))
    return link.FileRead(path, codes, round((time.perf_counter() - begun) * 1000, 2))
