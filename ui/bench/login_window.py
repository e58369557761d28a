"""The measured side of `bench start`: the program's own window, until its passphrase box took a key."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.app import Opened

LOOK_MS = 2


def main(profile: Path) -> None:
    """Open the profile's window; say so once a typed letter stands in the box with the cursor."""
    opened = Opened(profile)
    opened.show()
    timer = QTimer()

    def look() -> None:
        box = QApplication.focusWidget()
        if not isinstance(box, QLineEdit) or not box.isVisible():
            return
        QTest.keyClicks(box, "a")
        if box.text():
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            timer.stop()

    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    opened.app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
