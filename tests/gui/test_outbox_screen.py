"""The outbox: what waits, why, and when it is tried next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import Services
from counter_app.store import journal
from counter_app.store.transaction import write
from tests.fakes import people, station, worklists
from tests.fakes.clock import FakeClock
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from tests.gui.conftest import Guard
from tests.gui.screens import LOW, Drawn, drawn, show, squeezed
from ui.screens.outbox.view import OutboxView, make
from ui.tasks import TaskRunner

__all__ = ["drawn"]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def services(tmp_path: Path, clock: FakeClock) -> Iterator[Services]:
    made = station.make_services(tmp_path, clock)
    yield made
    made.counter.station.dispose()
    made.counter.reference.dispose()


@pytest.fixture
def desk() -> FakeNavigator:
    return FakeNavigator()


@pytest.fixture
def view(qtbot: QtBot, services: Services, desk: FakeNavigator) -> OutboxView:
    made = make(services, FakeTasks(), desk)
    qtbot.addWidget(made)
    return made


def test_offline_says_since_when_and_that_work_goes_on(
    view: OutboxView, services: Services, clock: FakeClock, drawn: Drawn
) -> None:
    worklists.accepted(services, str(people.HEAD[0]))
    services.counter.network.set(online=False, at=clock.at, why="network")
    clock.move(hours=2, minutes=52)
    view.open()
    show(view)
    assert view.banner.title() == "离线 2 小时 52 分，一切照常办"
    words = drawn.of(view)
    assert "没到中心的 1 件都存在本机" in words
    assert "没有网络" in words
    assert "赵*强·尾号 041X" in words
    assert "赵国强" not in words
    assert str(people.HEAD[0]) not in words


def test_a_row_says_how_often_it_was_tried_and_when_next(
    view: OutboxView, services: Services, clock: FakeClock
) -> None:
    worklists.accepted(services, str(people.HEAD[0]))
    with write(services.counter.station) as tx:
        journal.postpone(tx, 1, clock.at + 120_000)
    view.open()
    cells = view.table.rows()[0].cells
    assert cells[2].second == "试了 1 次，没有丢"
    assert cells[3].text == "14:32:00 自动再试"
    assert cells[4].text == "14:30"


def test_f5_asks_the_sync_to_try(view: OutboxView, desk: FakeNavigator) -> None:
    view.open()
    assert view.press("F5")
    assert desk.went == [("sync_now",)]
    assert view.banner.title() == "正在试着连中心"
    view.refresh()
    assert not view.presenter.state.asked


def test_enter_opens_the_case(view: OutboxView, services: Services, desk: FakeNavigator) -> None:
    case = worklists.accepted(services, str(people.HEAD[0]))
    view.open()
    view.table.activated.emit("1")
    assert desk.went == [("accepted", case.case_id)]


def test_an_empty_outbox_says_so_and_shows_no_banner_online(
    view: OutboxView, services: Services
) -> None:
    services.counter.network.set(online=True, at=1)
    view.open()
    show(view)
    assert view.empty.isVisible()
    assert not view.banner.isVisible()


def test_a_wrong_clock_is_not_called_offline(view: OutboxView, services: Services) -> None:
    services.counter.network.set(online=False, at=1, why="clock")
    view.open()
    assert view.presenter.state.title == "这台电脑的时间不准"


def test_texts_fit_and_the_model_keeps_its_promises(
    view: OutboxView, services: Services, cut: list[str]
) -> None:
    QAbstractItemModelTester(
        view.table.model, QAbstractItemModelTester.FailureReportingMode.Fatal, view
    )
    case = worklists.accepted(services, str(people.HEAD[0]))
    worklists.decide(services.counter, case, "rejected")
    services.take_over(case.case_id)
    view.open()
    show(view, LOW)
    view.grab()
    assert not squeezed(view)
    assert not cut


def test_nothing_touches_the_disk_on_the_gui_thread(
    qtbot: QtBot, services: Services, gui_thread: Guard
) -> None:
    worklists.accepted(services, str(people.HEAD[0]))
    failures: list[BaseException] = []
    runner = TaskRunner(failures.append)
    made = make(services, runner, FakeNavigator())
    qtbot.addWidget(made)
    gui_thread.on = True
    made.open()
    qtbot.waitUntil(lambda: made.presenter.state.loaded)
    gui_thread.on = False
    runner.close()
    assert not failures
