"""The real window on a real profile, without the hooks of a whole process."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.profile import PASSPHRASE
from ui.app import Opened
from ui.screens.home.view import HomeView


@dataclass
class Desk:
    """Hands and eyes of a test."""

    opened: Opened
    folder: Path
    key: bytes

    @property
    def window(self) -> QWidget:
        return self.opened.window

    def until(self, condition: Callable[[], bool], seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not come"
            QApplication.processEvents()
            # leaves the processor to the lanes the test waits for
            time.sleep(0.002)

    def settle(self, ms: int = 120) -> None:
        end = time.monotonic() + ms / 1000
        self.until(lambda: time.monotonic() > end)

    def front(self) -> QWidget:
        stack = self.opened.window.stack.currentWidget()
        inner = getattr(stack, "stack", None)
        return inner.currentWidget() if inner is not None else stack

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus(), text)

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.focus(), key, held)
        QApplication.processEvents()

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def log_in(self, passphrase: str = PASSPHRASE) -> None:
        self.until(lambda: bool(self.front().presenter.state.people))
        self.type(passphrase)
        self.press(Qt.Key.Key_Return)

    def come_in(self) -> None:
        self.log_in()
        self.until(lambda: self.opened.window.working() and isinstance(self.front(), HomeView))
        self.until(lambda: self.front().presenter.state.summary is not None)

    def close(self) -> None:
        self.window.close()
        self.opened.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_desk(folder: Path, key: bytes) -> Desk:
    desk = Desk(Opened(folder), folder, key)
    desk.opened.show()
    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow)
    return desk
