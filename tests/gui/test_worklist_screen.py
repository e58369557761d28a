"""The worklist: order, filters, taking over, telling, and what it never shows."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import Services
from counter_app.services.accept_case import CaseAccepted
from counter_app.store import access
from counter_app.store.transaction import read
from tests.fakes import people, station, worklists
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from tests.gui.conftest import Guard
from tests.gui.screens import LOW, Drawn, drawn, press, settle, show, squeezed
from tests.unit.services import test_reimbursement
from ui.screens.worklist.view import WorklistView, make
from ui.tasks import TaskRunner

__all__ = ["drawn"]

Cases = dict[str, CaseAccepted]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = station.make_services(tmp_path)
    yield made
    made.counter.station.dispose()
    made.counter.reference.dispose()


@pytest.fixture
def cases(services: Services) -> Cases:
    return worklists.full(services)


@pytest.fixture
def desk() -> FakeNavigator:
    return FakeNavigator()


@pytest.fixture
def view(qtbot: QtBot, services: Services, desk: FakeNavigator, cases: Cases) -> WorklistView:
    made = make(services, FakeTasks(), desk)
    qtbot.addWidget(made)
    made.open()
    return made


def test_the_overdue_and_unowned_stand_first(view: WorklistView, cases: Cases) -> None:
    kinds = [i.kind for i in view.presenter.state.items]
    assert kinds[:3] == ["rejected", "rejected", "held"]
    assert sorted(kinds[3:]) == ["open_draft", "parked", "unprinted"]
    assert view.presenter.state.selected == cases["overdue"].case_id


def test_filters_count_and_let_through(view: WorklistView) -> None:
    counts = {t.words: t.count for t in view.tabs.tabs()}
    assert counts == {
        "全部": 6,
        "我的": 2,
        "没人管": 4,
        "退回": 2,
        "要裁决": 1,
        "逾期": 1,
        "挂起": 2,
    }
    view.presenter.show_filter("held")
    assert [i.kind for i in view.presenter.state.rows] == ["held"]
    assert view.presenter.state.item is view.presenter.state.rows[0]


def test_the_list_is_masked(view: WorklistView, drawn: Drawn) -> None:
    show(view)
    for index in range(len(view.presenter.state.rows)):
        view.presenter.select(index)
        words = drawn.of(view)
        assert "13900000418" not in words
        for person in people.PEOPLE:
            assert str(person[0]) not in words
            assert str(person[2]) not in words


def test_the_panel_says_what_is_wrong_and_who_must_come(view: WorklistView, drawn: Drawn) -> None:
    show(view)
    words = drawn.of(view)
    for said in (
        "补正期已过",
        "1 低保证号 0719 应为 0791",
        "2 委托书没签名",
        "要谁来：代办人来补签一次；证号照复印件改，不用来",
        "还没有告知",
        "139****0418",
    ):
        assert said in words


def test_f9_takes_over_and_opens(
    view: WorklistView, services: Services, desk: FakeNavigator, cases: Cases
) -> None:
    primary = view.bar().primary
    assert primary is not None
    assert primary.words == "接手并打开"
    view.press("F9")
    assert desk.went == [("refresh",), ("amend", cases["overdue"].case_id)]
    mine = next(i for i in services.worklist() if i.ref == cases["overdue"].case_id)
    assert mine.mine
    view.shown()
    again = view.bar().primary
    assert again is not None
    assert again.words == "打开修改"


def test_a_held_case_is_taken_over_to_both_its_sides(
    view: WorklistView, desk: FakeNavigator, cases: Cases
) -> None:
    place = [i.case_id for i in view.presenter.state.items].index(cases["held"].case_id)
    view.presenter.select(place)
    primary = view.bar().primary
    assert primary is not None
    assert primary.words == "接手并答复"
    view.press("F9")
    assert desk.went == [("refresh",), ("conflict", cases["held"].case_id)]


def test_a_case_settled_meanwhile_is_told_not_opened(
    view: WorklistView, services: Services, desk: FakeNavigator, cases: Cases
) -> None:
    from counter_app.store import tasks
    from counter_app.store.transaction import write

    with write(services.counter.station) as tx:
        tasks.close(tx, cases["overdue"].case_id, 1)
    view.press("F9")
    assert desk.went == []
    assert "已经不用处理了" in view.presenter.state.message
    assert cases["overdue"].case_id not in {i.ref for i in view.presenter.state.items}


def test_drafts_go_on_where_they_were(view: WorklistView, desk: FakeNavigator) -> None:
    view.presenter.show_filter("parked")
    view.presenter.select(1)
    ref = view.presenter.state.selected
    view.press("F9")
    assert desk.went == [("draft", ref)]


def test_telling_is_noted_with_way_and_clerk(
    view: WorklistView, desk: FakeNavigator, drawn: Drawn
) -> None:
    show(view)
    view.shown()
    view.press("F7")
    settle()
    ways = view.panel._telling.ways
    assert ways.height() >= ways.heightForWidth(ways.width())
    press(view, Qt.Key.Key_2)
    detail = view.presenter.state.detail
    assert detail is not None
    assert detail.told == "11月23日 14:30 电话告知，李敏"
    assert "电话告知，李敏" in drawn.of(view)
    assert not view.presenter.state.telling
    assert ("refresh",) in desk.went


def test_the_phone_shows_with_a_reason_and_is_logged(
    view: WorklistView, services: Services, cases: Cases, drawn: Drawn
) -> None:
    show(view)
    view.presenter.ask_reveal()
    settle()
    assert "13900000418" not in drawn.of(view)
    press(view, Qt.Key.Key_1)
    assert "13900000418" in drawn.of(view)
    with read(services.counter.station) as tx:
        last = json.loads(access.rows(tx)[-1][1])
    assert (last["what"], last["subject"], last["why"]) == (
        "reveal",
        cases["overdue"].case_id,
        "打电话告知",
    )
    view._timer.timeout.emit()
    assert "13900000418" not in drawn.of(view)


def test_choosing_another_line_masks_the_phone(view: WorklistView) -> None:
    view.presenter.reveal("核对电话")
    assert view.presenter.state.phone
    view.presenter.select(1)
    assert view.presenter.state.phone == ""


def test_a_job_that_failed_is_printed_again(view: WorklistView) -> None:
    rows = view.presenter.state.rows
    view.presenter.select(next(n for n, i in enumerate(rows) if i.kind == "unprinted"))
    primary = view.bar().primary
    assert primary is not None
    assert primary.words == "补打"
    view.press("F9")
    assert view.presenter.state.message.startswith("受理回执")


def test_the_notice_is_printed_or_the_reason_told(view: WorklistView) -> None:
    view.press("F10")
    assert view.presenter.state.message.startswith("补正通知")


def test_a_returned_case_is_found_whatever_the_filter_was(view: WorklistView, cases: Cases) -> None:
    view.presenter.show_filter("parked")
    view.open(cases["held"].case_id)
    assert view.presenter.state.filter == "all"
    assert view.presenter.state.selected == cases["held"].case_id
    assert view.table.current_key() == cases["held"].case_id


def test_ctrl_arrows_turn_the_filter(view: WorklistView) -> None:
    show(view)
    view.shown()
    QTest.keyClick(view.table.table, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view.presenter.state.filter == "mine"
    QTest.keyClick(view.table.table, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert view.presenter.state.filter == "all"


def test_an_empty_list_says_so(qtbot: QtBot, services: Services) -> None:
    made = make(services, FakeTasks(), FakeNavigator())
    qtbot.addWidget(made)
    made.open()
    show(made)
    assert made.empty.isVisible()
    assert made.bar().primary is None
    assert made.press("F9")


def test_texts_fit_their_boxes(view: WorklistView, cut: list[str]) -> None:
    for index in range(len(view.presenter.state.rows)):
        view.presenter.select(index)
        show(view, LOW)
        view.grab()
        assert not squeezed(view)
    assert not cut


def test_the_model_keeps_its_promises(view: WorklistView) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(view.table.model, fatal, view)
    for name in ("mine", "overdue", "all", "parked"):
        view.presenter.show_filter(name)


def test_nothing_touches_the_disk_on_the_gui_thread(
    qtbot: QtBot, services: Services, cases: Cases, gui_thread: Guard
) -> None:
    failures: list[BaseException] = []
    runner = TaskRunner(failures.append)
    made = make(services, runner, FakeNavigator())
    qtbot.addWidget(made)
    gui_thread.on = True
    made.open()
    qtbot.waitUntil(lambda: made.presenter.state.detail is not None)
    made.presenter.tell("phone")
    qtbot.waitUntil(lambda: not runner.busy())
    gui_thread.on = False
    runner.close()
    assert not failures


def test_a_claim_due_by_now_stands_on_the_list_and_opens(
    qtbot: QtBot, services: Services, desk: FakeNavigator
) -> None:
    done = test_reimbursement.accept(services, test_reimbursement.claim())
    assert isinstance(done, CaseAccepted)
    services.counter.clock.shift(20 * 24 * 3_600_000, "confirmed")
    view = make(services, FakeTasks(), desk)
    qtbot.addWidget(view)
    view.open(f"promised:{done.case_id}")
    item = view.presenter.state.item
    assert item is not None
    assert item.kind == "promised"
    assert [t.count for t in view.tabs.tabs() if t.words == "逾期"] == [1]
    primary = view.bar().primary
    assert primary is not None
    assert primary.words == "看这件"
    view.press("F9")
    assert desk.went[-1] == ("accepted", done.case_id)
