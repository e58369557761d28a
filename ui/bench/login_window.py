"""`bench ready`, the measured side of `bench start` and `bench frozen`.

The program's own window, until its passphrase box took a key. It says `ready`, and after it which heavy
modules were loaded by then: there should be none.
"""

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.app import Opened

LOOK_MS = 2
HEAVY = ("alembic", "cv2", "numpy", "pypinyin", "qrcode", "reportlab", "sqlalchemy", "zxingcpp")


def run(args: argparse.Namespace) -> int:
    """Open the window; ends when it is killed."""
    main(args.profile)
    return 0


def main(profile: Path) -> None:
    """Open the profile's window; say so once a typed letter stands in the box with the cursor."""
    opened = Opened(profile)
    opened.show()
    timer = QTimer()

    def look() -> None:
        box = QApplication.focusWidget()
        if not isinstance(box, QLineEdit) or not box.isVisible():
            return
        # no QtTest: the frozen program has none
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        QCoreApplication.sendEvent(box, key)
        if box.text():
            loaded = [name for name in HEAVY if name in sys.modules]
            sys.stdout.write(f"ready\n{' '.join(loaded)}\n")
            sys.stdout.flush()
            timer.stop()

    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    opened.app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
