"""The tour at the gate: activation, first passphrase, log-in, the questions after it."""

from typing import Any

from PySide6.QtCore import Qt

from ui.demo.driver import Driver
from ui.shell.window import Window

Key = Qt.Key
PASSPHRASE = "qinghe-2026-window"
WRONG_CODE = "ZZZZ-ZZZZ-ZZZZ-ZZZZ"


class GateHands:
    """Somebody in front of the gate."""

    def __init__(self, window: Window, driver: Driver) -> None:
        self.window = window
        self.driver = driver

    @property
    def page(self) -> Any:
        """The page in front."""
        return self.window.stack.currentWidget()

    def on(self, kind: str) -> bool:
        """Whether the page in front is of this class."""
        return type(self.page).__name__ == kind

    def state(self) -> Any:
        """What the page shows."""
        return self.page.presenter.state

    def enrol(self, code: str) -> None:
        """Type an activation code and press F9."""
        self.page.code.focus_in()
        self.driver.type(code.replace("-", ""))
        self.driver.settle(80)
        self.driver.key(Key.Key_F9)

    def first_passphrase(self) -> None:
        """The first clerk's passphrase, twice."""
        self.driver.settle(80)
        self.driver.type(PASSPHRASE)
        self.driver.key(Key.Key_Return)
        self.driver.type(PASSPHRASE)
        self.driver.key(Key.Key_Return)

    def log_in(self, passphrase: str = PASSPHRASE) -> None:
        """Type the passphrase of the chosen clerk."""
        self.driver.settle(80)
        self.driver.type(passphrase)
        self.driver.key(Key.Key_Return)

    def working(self) -> bool:
        """Whether the workplace is in front."""
        return self.window.working()

    def new_passphrase(self, clerk: str, code: str) -> None:
        """The page of the one-time code: who, the code, a new passphrase twice."""
        self.page.presenter.forgotten()
        form = self.page.forgotten
        form.begin(clerk)
        self.driver.settle(80)
        for text in (code, PASSPHRASE, PASSPHRASE):
            self.driver.type(text)
            self.driver.key(Key.Key_Return)
