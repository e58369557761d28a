"""A start that comes to nothing is said where the clerk looks."""

import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ui.shell import notice


class Piped:
    def isatty(self) -> bool:
        return False


class Terminal(Piped):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stderr", "platform", "display", "seen"),
    [
        (Piped(), "", ":0", True),
        (Piped(), "xcb", ":0", True),
        (Terminal(), "", ":0", False),
        (Piped(), "offscreen", ":0", False),
        (Piped(), "", "", False),
    ],
)
def test_only_who_sees_no_terminal_gets_a_window(
    monkeypatch: pytest.MonkeyPatch, stderr: Piped, platform: str, display: str, *, seen: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert notice.seen_by_somebody() is seen


def test_it_says_why_and_goes_on_a_key(qtbot: QtBot) -> None:
    said: list[str] = []

    def read_and_press() -> None:
        box = next(w for w in QApplication.topLevelWidgets() if "已经开着了" in w.windowTitle())
        said.append(box.findChild(QLabel).text())
        box.findChild(QPushButton).click()

    QTimer.singleShot(50, read_and_press)
    notice.show_notice("已经开着了", "请用那个窗口，或先关掉它。")
    assert said == ["请用那个窗口，或先关掉它。"]


def test_it_goes_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice, "SECONDS", 0)
    notice.show_notice("没有打开", "数据文件夹写不进去")
