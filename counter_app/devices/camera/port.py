"""The port of a camera: a process that is looked at, never waited for."""

from typing import Protocol

from counter_app.devices.camera import link


class Camera(Protocol):
    """A started camera; `stop` takes its time and belongs on a background lane."""

    def alive(self) -> bool:
        """Whether its process is there; a hung one is."""
        ...

    def beats(self) -> int:
        """How often it said that it is alive; who compares two looks knows whether it hangs."""
        ...

    def frame(self) -> link.Frame | None:
        """The newest preview picture, None where nothing new is there."""
        ...

    def heard(self) -> list[link.Message]:
        """What it said since the last time."""
        ...

    def ask(self, request: link.Request) -> None:
        """Send a request; one that ended does not answer."""
        ...

    def stop(self) -> None:
        """End it, by force where it hangs, and leave no picture in memory."""
        ...
