"""The outbox: what waits, why, and when it is tried next."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import Services
from counter_app.store import journal, meta, reference, sending, tasks
from counter_app.store.transaction import read, write
from counter_app.store.upgrading import SEAL_KEY
from counter_app.wire import keys
from counter_app.wire.messages import DecisionBody
from tests.fakes import people, station, worklists
from tests.fakes.clock import FakeClock
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from tests.gui.conftest import Guard
from tests.gui.screens import LOW, Drawn, drawn, show, squeezed
from ui.screens.outbox.presenter import OutboxState
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


class Asked:
    """Hands that note where the folder dialog would begin, and draw as before."""

    def __init__(self, view: OutboxView, begun: list[Path]) -> None:
        self.view, self.begun = view, begun

    def show_state(self, state: OutboxState) -> None:
        self.view.show_state(state)

    def ask_folder(self, begin: Path) -> None:
        self.begun.append(begin)


def point_at(services: Services, case_id: str, field: str) -> None:
    """What the centre says of the case names this field."""
    with write(services.counter.station) as tx:
        task = tasks.of_case(tx, case_id)
        assert task is not None
        said = msgspec.json.decode(task.body, type=DecisionBody)
        pointed = msgspec.structs.replace(said, field=field)
        body = msgspec.json.encode(pointed).decode("utf-8")
        tasks.put(tx, dataclasses.replace(task, body=body))


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


def test_what_came_back_stands_first_and_is_mended_at_the_field_the_centre_named(
    view: OutboxView, services: Services, desk: FakeNavigator
) -> None:
    worklists.accepted(services, str(people.MOTHER[0]))
    case = worklists.accepted(services, str(people.HEAD[0]))
    worklists.decide(services.counter, case, "rejected", "2026-11-27")
    point_at(services, case.case_id, "members[0].psn_type")
    view.open()
    first = view.presenter.state.rows[0]
    assert (first.kind, first.cause, first.n) == ("rejected", "data", 2)
    assert first.why == "中心退回：低保证号不符"
    assert (first.next_words, first.next_note) == ("打开修改，光标到那一处", "没人管·还剩 4 天")
    view.table.activated.emit(case.case_id)
    assert desk.went == [("refresh",), ("amend", case.case_id, "members[0].psn_type")]
    assert services.worklist()[0].mine


def test_every_waiting_entry_has_its_own_cause(
    view: OutboxView, services: Services, clock: FakeClock
) -> None:
    for who in (people.HEAD, people.MOTHER, people.SON):
        worklists.accepted(services, str(who[0]))
    services.counter.network.set(online=True, at=clock.at)
    with write(services.counter.station) as tx:
        sending.postpone(tx, 1, clock.at + 1000, "auth")
        sending.set_apart(tx, 2, sending.Fared("server", 2), clock.at + 60_000)
    view.open()
    rows = {row.n: (row.kind, row.cause) for row in view.presenter.state.rows}
    assert rows == {2: ("apart", "server"), 1: ("waiting", "permission"), 3: ("waiting", "")}
    apart = view.presenter.state.rows[0]
    assert apart.why == "中心收这一件时出了毛病"
    assert apart.next_words == "14:31:00 自动再试"
    view.presenter.show_filter("mine")
    assert [row.n for row in view.presenter.state.rows] == [2]
    view.presenter.turn(-1)
    assert [row.n for row in view.presenter.state.rows] == [1, 3]


def test_shift_f5_tries_the_selected_entry_alone(
    view: OutboxView, services: Services, clock: FakeClock, desk: FakeNavigator
) -> None:
    for who in (people.HEAD, people.MOTHER):
        worklists.accepted(services, str(who[0]))
    with write(services.counter.station) as tx:
        sending.postpone(tx, 2, clock.at + 60_000, "network")
    view.open()
    view.presenter.select("2")
    assert view.press("Shift+F5")
    assert desk.went == [("sync_now",)]
    with read(services.counter.station) as tx:
        assert [e.next_at for e in sending.oldest(tx, 9)] == [clock.at + 60_000, 0]


def test_a_case_goes_to_a_colleague_by_a_digit(
    view: OutboxView, services: Services, desk: FakeNavigator
) -> None:
    case = worklists.accepted(services, str(people.HEAD[0]))
    worklists.decide(services.counter, case, "held")
    view.open()
    assert view.press("F4")
    assert view.banner.title() == "没有可以交给的同事"
    with write(services.counter.reference) as tx:
        rows = [["0512", "王芳", "accept", True]]
        reference.apply_rows(tx, "clerks", ("clerk", "name", "rights", "active"), rows)
    assert view.press("F4")
    assert [c.name for c in view.presenter.state.giving] == ["王芳"]
    assert view.press("9")
    assert view.press("1")
    assert view.banner.title() == "交给王芳了"
    assert services.worklist()[0].owner_name == "王芳"
    assert view.press("Esc")
    assert view.press("F8")
    assert desk.went == [("refresh",), ("worklist", case.case_id)]


def test_f7_exports_into_the_chosen_folder_and_says_where(
    view: OutboxView, services: Services, tmp_path: Path
) -> None:
    worklists.accepted(services, str(people.HEAD[0]))
    view.open()
    begun: list[Path] = []
    view.presenter._hands = Asked(view, begun)
    assert view.press("F7")
    assert len(begun) == 1
    view.presenter.export(tmp_path)
    assert view.presenter.state.said[1] == "没导出来"
    with write(services.counter.station) as tx:
        key = keys.text(keys.sealing_public(keys.new_sealing_key()))
        meta.put(tx, SEAL_KEY, key)
    folder = tmp_path / "U 盘"
    view.presenter.export(folder)
    assert view.presenter.state.said[1] == "没导出来"
    folder.mkdir()
    view.presenter.export(folder)
    (file,) = folder.iterdir()
    assert view.presenter.state.said[1] == f"1 件导出好了：{file.name}"
    assert view.presenter.state.pending == 1


def test_the_gravest_limit_stands_alone_at_the_top(view: OutboxView, services: Services) -> None:
    worklists.accepted(services, str(people.HEAD[0]))
    with write(services.counter.reference) as tx:
        rows = [["warn.unsent_entries", "1"], ["hold.unsent_entries", "1"]]
        reference.apply_rows(tx, "control", ("key", "value"), rows)
    view.open()
    assert view.banner.title() == "县里要求先停新受理"


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
