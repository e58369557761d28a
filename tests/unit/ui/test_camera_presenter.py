"""The camera without Qt: a stop is mended once, then said; a text goes where it was asked for."""

from collections.abc import Callable

import pytest

from counter_app.devices.camera import link
from tests.fakes.camera import FakeCamera, FakeCameras
from tests.fakes.tasks import FakeTasks
from ui.camera.presenter import (
    BUSY,
    HUNG_S,
    LIVE,
    LOST,
    NONE,
    PATIENCE_S,
    READ,
    SEEN_S,
    STARTING,
    CameraPresenter,
    CameraState,
)


class Desk:
    def __init__(self) -> None:
        self.at = 0.0
        self.cameras, self.tasks = FakeCameras(), FakeTasks()
        self.texts: list[str] = []
        self.shown: list[CameraState] = []
        self.presenter = CameraPresenter(
            self.cameras, self.tasks, self.shown.append, self.texts.append, lambda: self.at
        )

    @property
    def camera(self) -> FakeCamera:
        return self.cameras.all[-1]

    @property
    def state(self) -> CameraState:
        return self.presenter.state

    def say(self, *messages: link.Message) -> None:
        self.camera.waiting.extend(messages)
        self.presenter.tick()

    def live(self) -> "Desk":
        self.presenter.begin()
        self.say(link.Said(LIVE, "摄像头 1", 2))
        return self


def test_it_opens_shows_sees_and_reads() -> None:
    desk = Desk()
    desk.presenter.begin()
    assert desk.state.stage == STARTING
    desk.say(link.Said(LIVE, "摄像头 1・1080p", 2))
    assert (desk.state.stage, desk.state.label, desk.state.cameras) == (LIVE, "摄像头 1・1080p", 2)
    desk.camera.picture = link.Frame(2, 1, 1, b"abc")
    assert desk.presenter.tick() == link.Frame(2, 1, 1, b"abc")
    place = ((0.1, 0.1), (0.2, 0.1), (0.2, 0.2), (0.1, 0.2))
    desk.say(link.Seen(place))
    assert desk.state.corners == place
    desk.at += SEEN_S + 0.1
    desk.presenter.tick()
    assert desk.state.corners == ()
    desk.say(link.Read("QH1.x", place), link.Read("later", place))
    assert desk.texts[0] == "QH1.x"
    assert desk.state.stage == READ
    assert desk.camera.stopped


@pytest.mark.parametrize("state", [NONE, BUSY])
def test_no_camera_and_a_busy_one_say_the_way_on_and_come_back(state: str) -> None:
    desk = Desk()
    desk.presenter.begin()
    desk.say(link.Said(state))
    assert desk.state.stage == state
    assert "F2" in desk.state.words[2]
    desk.say(link.Said(LIVE, "摄像头 1"))
    assert desk.state.stage == LIVE


def die(camera: FakeCamera, desk: Desk) -> None:
    camera.dead = True


def hang(camera: FakeCamera, desk: Desk) -> None:
    camera.hangs = True
    desk.presenter.tick()
    desk.at += HUNG_S + 0.05


@pytest.mark.parametrize("stop", [die, hang])
def test_a_stop_is_mended_once_and_said_the_second_time(
    stop: Callable[[FakeCamera, Desk], None],
) -> None:
    desk = Desk().live()
    first = desk.camera
    stop(first, desk)
    desk.presenter.tick()
    assert first.stopped
    assert desk.state.again
    assert len(desk.cameras.all) == 2
    desk.say(link.Said(LIVE, "摄像头 1"))
    assert (desk.state.stage, desk.state.again) == (LIVE, False)
    stop(desk.camera, desk)
    desk.presenter.tick()
    assert desk.state.stage == LOST
    assert len(desk.cameras.all) == 2
    assert "F5" in desk.state.words[2]
    desk.presenter.begin()
    assert desk.state.stage == STARTING
    assert len(desk.cameras.all) == 3


def test_a_camera_that_starts_has_more_time() -> None:
    desk = Desk()
    desk.presenter.begin()
    desk.camera.hangs = True
    desk.presenter.tick()
    desk.at += HUNG_S + 1
    desk.presenter.tick()
    assert desk.state.stage == STARTING
    assert not desk.state.again
    desk.at += PATIENCE_S
    desk.presenter.tick()
    assert desk.state.again


def test_one_that_arrives_after_the_overlay_went_is_stopped() -> None:
    desk = Desk()
    desk.tasks.held = True
    desk.presenter.begin()
    desk.presenter.end()
    desk.tasks.held = False
    desk.tasks.run()
    assert desk.camera.stopped
    assert desk.presenter.tick() is None


def test_one_that_cannot_start_is_said() -> None:
    desk = Desk()
    desk.cameras.refuses = True
    desk.presenter.begin()
    assert desk.state.stage == LOST


def test_a_picture_file_instead() -> None:
    desk = Desk().live()
    desk.presenter.read_picture("a.png")
    assert desk.camera.asked == [link.ReadFile("a.png")]
    desk.say(link.FileRead("a.png", why="no_picture"))
    assert "不是图片" in desk.state.note
    desk.say(link.FileRead("a.png"))
    assert "没有读到码" in desk.state.note
    desk.say(link.FileRead("a.png", (link.FileCode("01,32", "zxing"),)))
    assert desk.texts == ["01,32"]


def test_the_other_camera() -> None:
    desk = Desk().live()
    desk.presenter.next_camera()
    assert desk.camera.asked == [link.NextCamera()]
    assert desk.state.stage == STARTING
