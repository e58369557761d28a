"""A clerk whose power goes: `python -m tests.fault.typist FOLDER KEY CASE`.

Opens the profile, fills in half a void on the real screen, waits as long as a draft may take, and
kills itself with SIGKILL.
"""

import os
import signal
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.fakes.navigator import FakeNavigator
from tests.fault.victim import open_services
from ui.screens.void.view import make
from ui.tasks import TaskRunner

DURABLE_SECONDS = 2.0


def main(folder: str, key: str, case: str) -> None:
    """Type and die."""
    app = QApplication([])
    services = open_services(Path(folder), bytes.fromhex(key))
    view = make(services, TaskRunner(_raise), FakeNavigator())
    view.resize(1100, 640)
    view.show()
    view.open(case)
    while not view.presenter.state.loaded:
        app.processEvents()
    view.press("2")
    view.words.set_text("事项选错")
    view.words.edited.emit("事项选错")
    view.presenter.take_back(view.presenter.state.papers[0].sheet)
    until = time.monotonic() + DURABLE_SECONDS
    while time.monotonic() < until:
        app.processEvents()
        # leaves the processor to the database lane that keeps the words
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)


def _raise(error: BaseException) -> None:
    raise error


if __name__ == "__main__":
    main(*sys.argv[1:])
