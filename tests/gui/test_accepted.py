"""The screen after acceptance in a window: the cursor waits for the next person, texts fit."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.services.run_print_job import run_print_job
from tests.fakes.navigator import FakeNavigator
from tests.fakes.printer import FakePrinter
from tests.gui.conftest import Guard
from tests.unit.ui.enrolment_desk import HEAD, HOUSE, SON, Desk
from ui.screens.accepted.view import AcceptedScreen, make
from ui.tasks import TaskRunner

pytestmark = pytest.mark.gui


class After:
    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        desk = Desk(folder)
        desk.presenter.open_new(HOUSE, (HEAD, SON))
        desk.see_all()
        desk.presenter.accept()
        self.case_id = desk.went.went[-1][1]
        self.printer = FakePrinter()
        services = replace(
            desk.services,
            run_print_job=partial(run_print_job, desk.services.counter, printer=self.printer),
        )
        self.bot, self.went = qtbot, FakeNavigator()
        self.failed: list[BaseException] = []
        self.tasks = TaskRunner(self.failed.append)
        screen = make(services, self.tasks, self.went)
        assert isinstance(screen, AcceptedScreen)
        self.screen = screen
        qtbot.addWidget(screen)
        screen.resize(1290, 600)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is screen)

    def open(self) -> None:
        self.screen.open(self.case_id)
        self.screen.shown()
        self.bot.waitUntil(lambda: not self.tasks.busy(), timeout=20_000)


@pytest.fixture
def after(qtbot: QtBot, tmp_path: Path) -> Iterator[After]:
    made = After(qtbot, tmp_path)
    yield made
    made.tasks.close()
    assert made.failed == []


def test_it_prints_shows_the_receipt_and_waits_for_the_next(
    after: After, gui_thread: Guard, cut: list[str]
) -> None:
    gui_thread.on = True
    after.open()
    gui_thread.on = False
    assert [name.split("_")[1] for name, _ in after.printer.sent] == ["QH-HZ-01", "QH-CB-01"]
    assert all("已打印" in words for words in after.screen.papers())
    assert after.screen.presenter.state.picture is not None
    assert after.screen.box.has_focus()
    cut.clear()
    after.screen.grab()
    assert cut == []


def test_typing_goes_to_the_search(after: After) -> None:
    after.open()
    QTest.keyClicks(after.screen.box.editor(), "zlx")
    after.bot.waitUntil(lambda: after.went.went[-1] == ("search", "zlx"))
    assert after.screen.box.text() == ""


def test_keys(after: After) -> None:
    after.open()
    assert after.screen.press("F10")
    after.bot.waitUntil(lambda: len(after.printer.sent) == 3, timeout=20_000)
    after.bot.waitUntil(lambda: not after.tasks.busy())
    assert "副本" in after.screen.papers()[-1]
    box = after.screen.box.editor()
    QTest.keyClick(box, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert after.went.went[-1] == ("household", HOUSE, "")
    assert after.screen.press("Ctrl+Z")
    assert after.went.went[-1] == ("void", after.case_id)
    assert after.screen.press("Esc")
    assert after.went.went[-1] == ("home",)
