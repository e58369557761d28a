"""Answers for a widget that may have gone meanwhile."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

T = TypeVar("T")


def while_alive(widget: QWidget, call: Callable[[T], None]) -> Callable[[T], None]:
    """The call, as long as the widget is there; a late answer for one that went is dropped."""

    def called(answer: T) -> None:
        if isValid(widget):
            call(answer)

    return called
