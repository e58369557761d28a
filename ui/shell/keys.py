"""Keys of the window: those that work everywhere, and a scanner's burst while no text field has the focus."""

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

HOLD_MS = 40
SHORTEST_BURST = 6
_KEY = Qt.Key
NAMES = {
    **{_KEY(_KEY.Key_F1.value + n): f"F{n + 1}" for n in range(12)},
    _KEY.Key_PageUp: "PgUp",
    _KEY.Key_PageDown: "PgDn",
    _KEY.Key_Insert: "Insert",
}
SOFT = {
    _KEY.Key_Escape: "Esc",
    _KEY.Key_Delete: "Del",
    _KEY.Key_Left: "Left",
    _KEY.Key_Right: "Right",
    _KEY.Key_Up: "Up",
    _KEY.Key_Down: "Down",
    _KEY.Key_Return: "Enter",
    _KEY.Key_Enter: "Enter",
    _KEY.Key_Space: "Space",
}


class Hands(Protocol):
    """What the keys do."""

    def take(self, key: str) -> bool:
        """A named key that no widget wanted, or one that works everywhere."""
        ...

    def scanned(self, text: str, ms: int) -> None:
        """A scanner's burst outside of any text field, and how long it took."""
        ...

    def moved(self) -> None:
        """The clerk is there."""
        ...


def name_of(event: QKeyEvent) -> str:
    """The name of a key with its modifiers, "" for one that is only text."""
    key, held = Qt.Key(event.key()), event.modifiers()
    name = NAMES.get(key) or SOFT.get(key, "")
    if not name and _KEY.Key_0 <= key <= _KEY.Key_9:
        name = chr(key.value)
    if not name and key in {_KEY.Key_Plus, _KEY.Key_Minus, _KEY.Key_Equal, _KEY.Key_Z}:
        name = {"=": "+"}.get(chr(key.value), chr(key.value))
        name = name if held & Qt.KeyboardModifier.ControlModifier else ""
    if not name:
        return ""
    for modifier, word in (
        (Qt.KeyboardModifier.ShiftModifier, "Shift+"),
        (Qt.KeyboardModifier.AltModifier, "Alt+"),
        (Qt.KeyboardModifier.ControlModifier, "Ctrl+"),
    ):
        if held & modifier and not (word == "Shift+" and name in {"+", "-"}):
            name = word + name
    return name


class Keys(QObject):
    """Hears every key of a window before its widgets."""

    def __init__(
        self, window: QWidget, hands: Hands, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(window)
        self._window, self._hands, self._now = window, hands, now
        self._held: list[QKeyEvent] = []
        self._held_for: QWidget = window
        self._began = 0.0
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HOLD_MS)
        self._timer.timeout.connect(self._replay)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True where the key was taken."""
        kind = event.type()
        if kind in {QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}:
            self._hands.moved()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(watched, event)
        return False

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        self._hands.moved()
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        first = QApplication.focusWidget() or self._window
        if watched is not first or self._replaying:
            return False
        if self._holds(first, event):
            return True
        # a key that is no part of a burst comes after those held back
        self._replay()
        name = name_of(event)
        everywhere = name.removeprefix("Shift+") in NAMES.values()
        everywhere = everywhere or (name.startswith("Ctrl+") and name[-1] in "123456789+-0")
        # an empty or untouched text field has nothing to undo: the screen may have
        everywhere = everywhere or (name == "Ctrl+Z" and _nothing_to_undo(first))
        return everywhere and self._hands.take(name)

    def _holds(self, focus: QWidget, event: QKeyEvent) -> bool:
        """Keep a character back for a moment: a scanner sends the next one within it."""
        if isinstance(focus, QLineEdit | QPlainTextEdit):
            return False
        text = event.text()
        if self._held and Qt.Key(event.key()) in {_KEY.Key_Return, _KEY.Key_Enter}:
            return self._burst()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        wanted = bool(text) and (text.isalnum() or (bool(self._held) and text.isprintable()))
        if not (plain and wanted):
            return False
        if not self._held:
            self._held_for = focus
            self._began = self._now()
        self._held.append(event.clone())
        self._timer.start()
        return True

    def _burst(self) -> bool:
        text = "".join(e.text() for e in self._held)
        if len(text) < SHORTEST_BURST:
            self._replay()
            return False
        self._timer.stop()
        self._held = []
        self._hands.scanned(text, round((self._now() - self._began) * 1000))
        return True

    def _replay(self) -> None:
        """Nothing followed: these were keys of the clerk, for the widget that had the focus then."""
        self._timer.stop()
        held, self._held = self._held, []
        first, self._held_for = self._held_for, self._window
        self._replaying = True
        for event in held:
            QApplication.sendEvent(first if isValid(first) else self._window, event)
        self._replaying = False


def _nothing_to_undo(focus: QWidget) -> bool:
    return isinstance(focus, QLineEdit) and not focus.isUndoAvailable()
