"""A camera that says what a test tells it to."""

from counter_app.devices.camera import link
from counter_app.kernel.errors import EnvironmentFault


class FakeCamera:
    """Beats by itself until `hangs`; `dead` ends it."""

    def __init__(self) -> None:
        self.waiting: list[link.Message] = []
        self.asked: list[link.Request] = []
        self.dead = self.hangs = self.stopped = False
        self.picture: link.Frame | None = None
        self._beats = 0

    def alive(self) -> bool:
        return not self.dead

    def beats(self) -> int:
        self._beats += not self.hangs
        return self._beats

    def frame(self) -> link.Frame | None:
        taken, self.picture = self.picture, None
        return taken

    def heard(self) -> list[link.Message]:
        said, self.waiting = self.waiting, []
        return said

    def ask(self, request: link.Request) -> None:
        self.asked.append(request)

    def stop(self) -> None:
        self.stopped = True


class FakeCameras:
    """Opens one after the other, and keeps them."""

    def __init__(self) -> None:
        self.all: list[FakeCamera] = []
        self.refuses = False

    def __call__(self) -> FakeCamera:
        if self.refuses:
            raise EnvironmentFault("camera_process", "摄像头没能启动", "请直接输号码")
        self.all.append(FakeCamera())
        return self.all[-1]
