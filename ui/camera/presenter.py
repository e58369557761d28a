"""The camera without Qt: starts it, looks after it, and says in plain words how it stands."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from counter_app.devices.camera import link
from counter_app.devices.camera.port import Camera
from counter_app.kernel.errors import EnvironmentFault
from ui.ports import Tasks

HUNG_S = 1.5
"""A live camera says this often at least that it is alive, or it hangs."""
PATIENCE_S = 12.0
"""As long as it may take to start, or to read a large picture file."""
SEEN_S = 0.5
STARTING, LIVE, READ, NONE, BUSY, LOST = "starting", "live", "read", "none", "busy", "lost"


@dataclass(frozen=True, slots=True)
class CameraState:
    """Everything the overlay shows."""

    stage: str = STARTING
    label: str = ""
    cameras: int = 0
    corners: link.Corners = ()
    """Of the code in view, as shares of the picture."""
    again: bool = False
    """It stopped once and is being started again."""
    note: str = ""
    """What a picture file brought, where it brought no code."""

    @property
    def words(self) -> tuple[str, str, str]:
        """Icon, what, and the way on, of a stage without picture."""
        return _WORDS[self.stage]


_BY_HAND = "按 F2 直接输号码，照样能办"
_WORDS = {
    STARTING: ("camera", "正在打开摄像头", f"等不及就{_BY_HAND}"),
    LIVE: ("camera", "摄像头已打开", "把码放到画面中间"),
    READ: ("circle-check", "读到了", "正在找"),
    NONE: ("camera", "没有找到摄像头", f"插好线会自己出现画面。{_BY_HAND}"),
    BUSY: ("camera", "摄像头正被别的程序用着", f"关掉那个程序，画面会自己出现。{_BY_HAND}"),
    LOST: ("camera", "摄像头停了，没有再自动重开", f"拔下再插好，按 F5 重开。{_BY_HAND}"),
}
_FILE = {
    "": "这张图片里没有读到码。换一张清楚的，或照着图输号码",
    "unreadable": "这个文件打不开。看看还在不在，或照着图输号码",
    "no_picture": "这个文件不是图片。请选照片或截图，或照着图输号码",
}


class CameraPresenter:
    """Holds the state; `tick` is called while the overlay is open, some 25 times a second."""

    def __init__(
        self,
        open_: Callable[[], Camera],
        tasks: Tasks,
        show: Callable[[CameraState], None],
        on_text: Callable[[str], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open, self._tasks, self._show = open_, tasks, show
        self._on_text, self._now = on_text, now
        self.state = CameraState()
        self._camera: Camera | None = None
        self._turn = 0
        self._beats, self._beat_at, self._seen_at = 0, 0.0, 0.0
        self._patient = True
        self._restarted = False

    def begin(self) -> None:
        """Open the camera; a stop that happens is mended once."""
        self.end()
        self._restarted = False
        self._put(CameraState())
        self._start()

    def end(self) -> None:
        """Let the camera go; what it still says is not heard."""
        self._turn += 1
        self._leave()

    def tick(self) -> link.Frame | None:
        """Hear what it says and see that it lives; the newest picture."""
        camera = self._camera
        if camera is None:
            return None
        for message in camera.heard():
            self._hear(message)
        if self._camera is not camera:
            return None
        self._watch(camera)
        if self.state.corners and self._now() - self._seen_at > SEEN_S:
            self._put(replace(self.state, corners=()))
        return camera.frame() if self.state.stage == LIVE else None

    def next_camera(self) -> None:
        """The other camera."""
        if self._camera is not None:
            self._patient = True
            self._put(replace(self.state, stage=STARTING, corners=(), note=""))
            self._camera.ask(link.NextCamera())

    def read_picture(self, path: str) -> None:
        """A picture file instead of what lies under the camera."""
        if self._camera is not None:
            self._patient = True
            self._put(replace(self.state, note="正在读图片"))
            self._camera.ask(link.ReadFile(path))

    def take(self, text: str) -> None:
        """A text from the camera, a file, or a scanner used meanwhile: it goes where it was asked for."""
        self._put(replace(self.state, stage=READ, corners=(), note=""))
        self.end()
        self._on_text(text)

    def _start(self) -> None:
        turn = self._turn
        self._patient, self._beats, self._beat_at = True, -1, self._now()

        def started(camera: Camera) -> None:
            if turn != self._turn:
                self._stop(camera)
                return
            self._camera, self._beat_at = camera, self._now()

        self._tasks.io(self._open, started, partial(self._failed, turn))

    def _failed(self, turn: int, error: BaseException) -> None:
        if not isinstance(error, EnvironmentFault):
            raise error
        if turn == self._turn:
            self._put(replace(self.state, stage=LOST))

    def _hear(self, message: link.Message) -> None:
        if isinstance(message, link.Said):
            self._patient = False
            known = replace(self.state, stage=message.state, cameras=message.cameras)
            self._put(replace(known, label=message.label, again=False, corners=()))
        elif isinstance(message, link.Seen):
            self._seen_at = self._now()
            self._put(replace(self.state, corners=message.corners, note=""))
        elif isinstance(message, link.FileRead):
            self._file(message)
        else:
            self.take(message.text)

    def _file(self, read: link.FileRead) -> None:
        self._patient = False
        if read.codes:
            self.take(read.codes[0].text)
        else:
            self._put(replace(self.state, note=_FILE[read.why]))

    def _watch(self, camera: Camera) -> None:
        beats = camera.beats()
        if beats != self._beats:
            self._beats, self._beat_at = beats, self._now()
        allowed = PATIENCE_S if self._patient else HUNG_S
        if not camera.alive() or self._now() - self._beat_at > allowed:
            self._lost()

    def _lost(self) -> None:
        self.end()
        if self._restarted:
            self._put(CameraState(stage=LOST))
            return
        self._restarted = True
        self._put(CameraState(again=True))
        self._start()

    def _leave(self) -> None:
        camera, self._camera = self._camera, None
        if camera is not None:
            self._stop(camera)

    def _stop(self, camera: Camera) -> None:
        self._tasks.io(camera.stop, _nothing)

    def _put(self, state: CameraState) -> None:
        if state != self.state:
            self.state = state
            self._show(state)


def _nothing(_: object) -> None:
    return
