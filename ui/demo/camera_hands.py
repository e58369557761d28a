"""Holding something under the camera: opening it with F3, laying a code there, losing the camera itself."""

import multiprocessing

from ui.camera.presenter import LIVE, LOST, CameraState
from ui.camera.view import front_camera
from ui.demo.driver import Driver, Key
from ui.demo.hands import Hands

OPENS_S = 30.0
"""The reading libraries load anew in each camera process."""


class CameraHands:
    """A clerk at the camera."""

    def __init__(self, hands: Hands, driver: Driver) -> None:
        self._hands, self._driver = hands, driver

    @property
    def state(self) -> CameraState | None:
        """What the camera's overlay shows, None while it is closed."""
        overlay = front_camera(self._hands.window)
        return overlay.presenter.state if overlay is not None else None

    def open(self) -> None:
        """F3 on an empty desk, until the picture is there."""
        self._driver.ask({"ask": "lay"})
        self._driver.key(Key.Key_F3)
        self._driver.need("摄像头有画面", self.live, OPENS_S)
        self._driver.settle(200)

    def live(self) -> bool:
        """Whether the camera shows a picture."""
        return self.state is not None and self.state.stage == LIVE

    def lost(self) -> bool:
        """Whether the camera is given up."""
        return self.state is not None and self.state.stage == LOST

    def closed(self) -> bool:
        """Whether the overlay is gone."""
        return self.state is None

    def lay(self, **what: str) -> None:
        """A bill's code (`text`) or a citizen's phone (`certno`, `region`, `age`) under the camera."""
        self._driver.ask({"ask": "lay", **what})
        self._driver.need("读到了，画面关了", self.closed, OPENS_S)

    def kill(self) -> None:
        """The camera process dies, as if somebody had ended it."""
        for child in multiprocessing.active_children():
            child.kill()
