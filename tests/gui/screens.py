"""Showing a screen as the shell would, and reading what it drew."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets import Paragraph, paint

WIDE, HIGH, LOW = 1290, 658, 587
"""Room for a screen at 1366 × 768, and under a task bar and a title."""


def show(view: QWidget, height: int = HIGH) -> None:
    view.resize(WIDE, height)
    view.show()
    settle()


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def press(view: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or view, key)
    settle()


class Drawn:
    """Every text a widget paints while it is grabbed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: list[str] = []
        whole = paint.shorten

        def shorten(text: str, role: str, width: float) -> str:
            self.texts.append(text)
            return whole(text, role, width)

        monkeypatch.setattr(paint, "shorten", shorten)

    def of(self, view: QWidget, path: Path | None = None) -> str:
        settle()
        self.texts.clear()
        picture = view.grab()
        if path is not None:
            picture.save(str(path))
        shown = [p for p in view.findChildren(Paragraph) if p.isVisible()]
        return "\n".join([*self.texts, *(p.text() for p in shown)])


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    return Drawn(monkeypatch)


def squeezed(view: QWidget) -> list[str]:
    """Paragraphs that have less height than their lines ask for."""
    return [
        p.text()
        for p in view.findChildren(Paragraph)
        if p.isVisible() and p.text() and p.height() + 1 < p.heightForWidth(p.width())
    ]
