"""The day's close in the window: what is drawn, keys, and nothing waited for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import Services
from counter_app.store import print_jobs
from counter_app.store.transaction import write
from tests.fakes import people, station, worklists
from tests.fakes.clock import FakeClock
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from tests.gui.conftest import Guard
from tests.gui.screens import LOW, Drawn, drawn, press, show, squeezed
from tests.unit.services.test_close_day import confirm
from ui.screens.dayclose.view import DayCloseView, make
from ui.tasks import TaskRunner

__all__ = ["drawn"]
HEAD, MOTHER, SON = (str(p[0]) for p in people.PEOPLE[:3])
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def services(tmp_path: Path, clock: FakeClock) -> Iterator[Services]:
    made = station.make_services(tmp_path, clock)
    made.counter.network.set(online=True, at=1)
    yield made
    made.counter.station.dispose()
    made.counter.reference.dispose()


@pytest.fixture
def desk() -> FakeNavigator:
    return FakeNavigator()


@pytest.fixture
def view(qtbot: QtBot, services: Services, desk: FakeNavigator) -> DayCloseView:
    made = make(services, FakeTasks(), desk)
    qtbot.addWidget(made)
    return made


def opened(view: DayCloseView) -> None:
    view.open()
    show(view)
    view.activateWindow()
    view.shown()


def test_the_columns_and_the_named_case(
    view: DayCloseView, services: Services, drawn: Drawn
) -> None:
    worklists.printed(services.counter, worklists.accepted(services, HEAD))
    opened(view)
    assert [label.text() for label in view.figures.figures] == ["1", "1", "0"]
    assert [sign.text() for sign in view.figures.signs] == ["=", "≠"]
    words = drawn.of(view)
    assert "差 1 件，名字在这里" in words
    assert "赵*强·尾号 041X" in words
    assert "赵国强" not in words
    assert "还不能平账" in words
    assert view.tabs.isHidden()


def test_the_list_has_the_focus_once_it_is_there(
    view: DayCloseView, services: Services, desk: FakeNavigator
) -> None:
    case = worklists.accepted(services, HEAD)
    opened(view)
    assert view.differences.table.hasFocus()
    press(view, Qt.Key.Key_Down)
    assert view.presenter.state.selected == f"{case.case_id}:not_sent"
    press(view, Qt.Key.Key_Return)
    assert desk.went == [("accepted", case.case_id)]


def test_when_nothing_differs_any_more_the_page_keeps_the_focus(
    view: DayCloseView, services: Services
) -> None:
    case = worklists.accepted(services, HEAD)
    opened(view)
    worklists.printed(services.counter, case)
    confirm(services)
    view.refresh()
    assert view.hasFocus()
    assert view.chip.words() == "账平了"
    assert view.named.isHidden()


def test_keys(view: DayCloseView, services: Services, desk: FakeNavigator) -> None:
    opened(view)
    assert not view.press("F7")
    assert "PgDn" not in [hint.cap for hint in view.bar().hints]
    assert view.press("PgUp")
    assert "PgDn" in [hint.cap for hint in view.bar().hints]
    assert view.day.text() == "2026年11月22日 周日"
    assert view.press("PgDn")
    assert view.press("F5")
    assert view.press("Esc")
    assert desk.went == [("sync_now",), ("home",)]
    assert view.left()


def test_f7_asks_whether_paper_came_out_and_a_digit_answers(
    view: DayCloseView, services: Services, clock: FakeClock
) -> None:
    case = worklists.accepted(services, HEAD)
    confirm(services)
    with write(services.counter.station) as tx:
        print_jobs.move(tx, case.jobs[0], print_jobs.PRINTING, clock.at)
    clock.move(minutes=2)
    opened(view)
    assert view.bar().secondary == ("纸出来了吗", "F7")
    assert view.press("F7")
    assert view.answers.hasFocus()
    assert view.press("Esc")
    assert view.question.isHidden()
    assert view.differences.table.hasFocus()
    view.press("F7")
    press(view, Qt.Key.Key_1)
    assert view.presenter.state.differences == ()
    assert view.chip.words() == "账平了"


def test_ctrl_and_arrows_change_the_clerk(view: DayCloseView, services: Services) -> None:
    worklists.accepted(services, HEAD)
    opened(view)
    QTest.keyClick(view, Qt.Key.Key_Right, CTRL)
    assert view.presenter.state.clerk == "0312"
    QTest.keyClick(view, Qt.Key.Key_Left, CTRL)
    assert view.presenter.state.clerk == ""


def test_the_selected_row_and_every_region_are_reached_without_a_mouse(
    view: DayCloseView, services: Services
) -> None:
    for who in (HEAD, MOTHER, SON):
        worklists.accepted(services, who)
    view.open()
    show(view, 420)
    view.activateWindow()
    view.shown()
    press(view, *[Qt.Key.Key_Down] * 5)
    table, content = view.differences.table, view._content
    place = table.visualRect(table.currentIndex())
    top = table.viewport().mapTo(content.viewport(), place.topLeft()).y()
    assert table.currentIndex().row() == 5
    assert 0 <= top <= content.viewport().height() - place.height()
    press(view, *[Qt.Key.Key_Up] * 5)
    assert content.verticalScrollBar().value() < 80
    seen = []
    for _ in range(3):
        view.press("F6")
        seen.append(view.focusWidget())
    assert seen == [view.items.table, view._side, table]
    view.press("Shift+F6")
    assert view._side.hasFocus()


def test_an_empty_day_says_so(view: DayCloseView, drawn: Drawn) -> None:
    opened(view)
    assert view.empty.isVisible()
    assert view.items.isHidden()
    assert "没有业务" in drawn.of(view)


def test_texts_fit_and_the_models_keep_their_promises(
    view: DayCloseView, services: Services, cut: list[str]
) -> None:
    for table in (view.differences, view.items):
        mode = QAbstractItemModelTester.FailureReportingMode.Fatal
        QAbstractItemModelTester(table.model, mode, view)
    for who in (HEAD, MOTHER, SON):
        worklists.accepted(services, who)
    view.open()
    show(view, LOW)
    view.grab()
    assert not squeezed(view)
    assert not cut
    # five rows want more room than there is: the list scrolls inside its card
    assert view.differences.height() < view.differences.content_height()


def test_nothing_touches_the_disk_on_the_gui_thread(
    qtbot: QtBot, services: Services, gui_thread: Guard
) -> None:
    worklists.accepted(services, HEAD)
    failures: list[BaseException] = []
    runner = TaskRunner(failures.append)
    made = make(services, runner, FakeNavigator())
    qtbot.addWidget(made)
    gui_thread.on = True
    made.open()
    qtbot.waitUntil(lambda: made.presenter.state.reading is not None)
    gui_thread.on = False
    runner.close()
    assert not failures
