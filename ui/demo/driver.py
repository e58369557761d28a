"""Drives the real window from inside its own process: keys in, pictures and facts out."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.demo.channel import ChildChannel, Message
from ui.demo.report import Stall, Step

PATIENCE = 20.0
_SLICE_MS = 1
"""Qt hands out events for so long, and goes on with the one it is at: more than that is a stall."""
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class NotSeen(Exception):
    """What a step expected did not come."""


class Driver:
    """Hands and eyes of the tour."""

    def __init__(self, window: QWidget, out: Path, channel: ChildChannel) -> None:
        self.window = window
        self.out = out
        self.channel = channel
        self._seen: list[str] = []
        self._pictures: list[str] = []
        self._stall = Stall()

    @contextmanager
    def _serving(self, what: str) -> Iterator[None]:
        """The window handles events: how long it is deaf for anything else."""
        began = time.perf_counter()
        yield
        ms = (time.perf_counter() - began) * 1000
        if ms > self._stall.ms:
            self._stall = Stall(round(ms, 1), self._stall.step, what)

    @contextmanager
    def step(self, step_id: str, expected: str, *, vital: bool = False) -> Iterator[None]:
        """One step of the report; a NotSeen inside makes it not ok and, unless vital, the tour goes on."""
        self._seen, self._pictures = [], []
        self._stall = Stall(step=step_id)
        began = time.monotonic()
        good = True
        try:
            yield
        except NotSeen as missing:
            good = False
            self._seen.append(str(missing))
            self.picture(step_id + "-missed")
        ms = round((time.monotonic() - began) * 1000)
        step = Step(step_id, expected, "；".join(self._seen), good, ms, self._pictures)
        self.channel.say({"step": asdict(step), "stall": asdict(self._stall)})
        if vital and not good:
            raise NotSeen(step_id)

    def saw(self, words: str) -> None:
        """Note a fact of the running step."""
        self._seen.append(words)

    def need(self, what: str, condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait for a condition; NotSeen when it doesn't come."""
        if not self.wait(condition, seconds):
            raise NotSeen(f"没等到：{what}")
        self.saw(what)

    def wait(self, condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Let the window live until the condition holds."""
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until:
                return False
            with self._serving("收事件"):
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _SLICE_MS)
            # leaves the processor to the lanes and to the centre the tour waits for
            time.sleep(0.005)
        return True

    def settle(self, ms: int = 150) -> None:
        """Let the window live for a moment."""
        until = time.monotonic() + ms / 1000
        self.wait(lambda: time.monotonic() > until, ms / 1000 + 1)

    def type(self, text: str) -> None:
        """Type into whatever has the focus; what no key has comes from the input method."""
        for letter in text:
            with self._serving("打字"):
                self._letter(letter)

    def _letter(self, letter: str) -> None:
        if letter.isascii():
            QTest.keyClicks(self._focus(), letter)
        else:
            written = QInputMethodEvent()
            written.setCommitString(letter)
            QCoreApplication.sendEvent(self._focus(), written)

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key."""
        with self._serving(f"按 {key.name.removeprefix('Key_')}"):
            QTest.keyClick(self._focus(), key, modifier)
        with self._serving("收事件"):
            QCoreApplication.processEvents()

    def alt(self, digit: int) -> None:
        """Alt and a digit: to that section of a form."""
        self.key(Qt.Key(Qt.Key.Key_0.value + digit), Qt.KeyboardModifier.AltModifier)

    def clear(self) -> None:
        """Empty the focused field."""
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.key(Qt.Key.Key_Delete)

    def scan(self, text: str) -> None:
        """A keyboard-wedge scanner's burst: every character at once, then Enter."""
        self.type(text)
        self.key(Qt.Key.Key_Return)

    def picture(self, name: str) -> None:
        """Save what the window shows."""
        QCoreApplication.processEvents()
        file = f"{name}.png"
        self.window.grab().save(str(self.out / file))
        self._pictures.append(file)

    def ask(self, question: Message, seconds: float = 120.0) -> Message:
        """Ask the supervisor for something only it can do (stop the centre, read a paper, kill)."""
        self.channel.say(question)
        answers: list[Message] = []

        def heard() -> bool:
            message = self.channel.heard()
            if message is not None:
                answers.append(message)
            return bool(answers)

        if not self.wait(heard, seconds):
            raise NotSeen(f"没有回音：{question}")
        return answers[0]

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window
