"""What a picture of the contact sheet is: a screen brought into one of its states."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.gui.stage import Stage


@dataclass(frozen=True, slots=True)
class State:
    """`put` brings a fresh stage there; `spoken` are full numbers that may be read (typed just now);
    `long` begins free texts of any length that a list may cut.
    """

    name: str
    put: Callable[[Stage], object]
    spoken: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
