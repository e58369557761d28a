"""The floor of `bench start`: an empty PySide6 window, until its first paint."""

import sys

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class _Empty(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        sys.stdout.write("ready\n")
        sys.stdout.flush()


def main() -> None:
    """Show it and say when it was painted."""
    app = QApplication([])
    window = _Empty()
    window.resize(1366, 768)
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
