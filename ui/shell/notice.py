"""A start that comes to nothing says so on the screen: who double-clicks an icon sees no terminal."""

import os
import sys

SECONDS = 30
"""After this it goes by itself: nothing waits for it."""


def seen_by_somebody() -> bool:
    """Whether there is a screen and nobody reads what the terminal says."""
    if sys.stderr is not None and sys.stderr.isatty():
        return False
    if os.environ.get("QT_QPA_PLATFORM", "") in {"offscreen", "minimal"}:
        return False
    shown = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform == "win32" or any(os.environ.get(name) for name in shown)


def show_notice(title: str, text: str) -> None:
    """A small window with words and a button; it needs nothing of the program but Qt."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

    app = QApplication.instance() or QApplication(sys.argv[:1])
    box = QWidget()
    box.setWindowTitle(f"医保基层窗口：{title}")
    words = QLabel(text)
    words.setWordWrap(True)
    words.setMinimumWidth(420)
    known = QPushButton("知道了")
    known.clicked.connect(box.close)
    column = QVBoxLayout(box)
    column.setContentsMargins(24, 20, 24, 20)
    column.setSpacing(16)
    column.addWidget(words)
    column.addWidget(known)
    box.show()
    known.setFocus()
    QTimer.singleShot(SECONDS * 1000, box, box.close)
    app.exec()
