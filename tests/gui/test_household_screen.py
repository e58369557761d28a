"""The household card: who is in service, ticks, digits, the reveal, and its honesty offline."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import Services, bind
from counter_app.services.context import Counter
from counter_app.store import access
from counter_app.store.transaction import read
from tests.fakes import people, station
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from tests.gui.conftest import Guard
from tests.gui.screens import LOW, Drawn, drawn, press, settle, show, squeezed
from tests.unit.services.queries import test_high_cost
from ui.screens.household.view import HouseholdView, make
from ui.tasks import TaskRunner

__all__ = ["drawn"]

NUMBER = str(people.HOUSEHOLD[0])
HEAD, SON, WIFE = str(people.HEAD[0]), str(people.SON[0]), str(people.WIFE[0])
BABY = people.person_row(
    "赵安", dt.date(2026, 10, 18), 234, py="za", relation="42", cert_type="990201"
)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = station.make_counter(tmp_path, roster=[*people.PEOPLE, BABY])
    made.network.set(online=True, at=made.clock.now_ms())
    yield made
    made.station.dispose()
    made.reference.dispose()


@pytest.fixture
def services(counter: Counter) -> Services:
    return bind(counter)


@pytest.fixture
def desk() -> FakeNavigator:
    return FakeNavigator()


@pytest.fixture
def view(qtbot: QtBot, services: Services, desk: FakeNavigator) -> HouseholdView:
    made = make(services, FakeTasks(), desk)
    qtbot.addWidget(made)
    made.open(NUMBER, SON)
    return made


def looked(services: Services) -> list[tuple[str, str, str]]:
    services.flush_access()
    with read(services.counter.station) as tx:
        rows = [json.loads(text) for _, text, _ in access.rows(tx)]
    return [(r["what"], r["subject"], r["why"]) for r in rows]


def test_opening_serves_the_member_and_is_logged_once(
    view: HouseholdView, services: Services
) -> None:
    show(view)
    view.shown()
    member = view.presenter.state.member
    assert member is not None
    assert member.certno == SON
    assert looked(services) == [("open", f"01:{SON}", "household")]


def test_the_card_shows_three_facts_a_year_and_nothing_in_full(
    view: HouseholdView, drawn: Drawn
) -> None:
    show(view)
    words = drawn.of(view)
    for said in ("已缴 400.00", "登记后 400.00", "要等 4 个月", "全年", "职工医保在保", "在办"):
        assert said in words
    assert "未见缴费记录" not in words
    assert "13900000418" not in words
    for person in (*people.PEOPLE, BABY):
        assert str(person[0]) not in words
    for person in (people.MOTHER, people.SON, people.WIFE, BABY):
        assert str(person[2]) not in words


def test_amounts_stand_with_their_mark_and_the_place_to_pay(
    view: HouseholdView, drawn: Drawn
) -> None:
    show(view)
    words = drawn.of(view)
    assert "示例数据" in words
    assert "1,720.00" in words
    assert "12月31日 前缴清" in words
    assert "税务收，窗口不收钱，也不开缴费凭证" in words


def test_offline_every_cell_says_until_when(
    view: HouseholdView, counter: Counter, drawn: Drawn
) -> None:
    counter.network.set(online=False, at=counter.clock.now_ms(), why="network")
    view.presenter.refresh()
    show(view)
    words = drawn.of(view)
    assert "未见缴费记录" in words
    assert "截至 今天 14:30" in words
    assert "未缴" not in words
    assert "没有缴费" not in words
    assert "2025" not in words.splitlines()


def test_arrows_change_the_member_and_space_ticks(view: HouseholdView, desk: FakeNavigator) -> None:
    show(view)
    view.shown()
    press(view, Qt.Key.Key_Space)
    press(view, Qt.Key.Key_Home)
    press(view, Qt.Key.Key_Space)
    assert view.presenter.state.ticked == {HEAD, SON}
    press(view, Qt.Key.Key_1)
    assert desk.went == [("enrol", NUMBER, HEAD, SON)]


def test_without_ticks_the_one_in_service_is_enrolled(
    view: HouseholdView, desk: FakeNavigator
) -> None:
    assert view.press("1")
    assert desk.went == [("enrol", NUMBER, SON)]


def test_who_needs_no_enrolment_is_not_ticked_and_says_why(
    view: HouseholdView, desk: FakeNavigator
) -> None:
    view.open(NUMBER, WIFE)
    view.presenter.tick()
    assert view.presenter.state.ticked == frozenset()
    assert "职工医保在保，不用登记" in view.presenter.state.message
    view.press("1")
    assert desk.went == []


def test_a_new_member_joins_this_household(view: HouseholdView, desk: FakeNavigator) -> None:
    view.press("2")
    assert desk.went == [("enrol", NUMBER)]


def test_only_what_exists_is_offered(view: HouseholdView) -> None:
    assert [a.digit for a in view.presenter.actions()] == ["1", "2", "3", "4", "5", "6", "7"]
    assert not view.press("8")
    assert not view.press("9")


@pytest.mark.parametrize(
    ("digit", "went"),
    [
        ("3", ("start", "resident-change", NUMBER, SON, "act=stop")),
        ("4", ("start", "resident-change", NUMBER, SON, "act=correct")),
        ("6", ("start", "offsite-filing", NUMBER, SON)),
        ("7", ("start", "manual-reimbursement", NUMBER, SON)),
    ],
)
def test_digits_start_the_other_items_for_the_one_in_service(
    view: HouseholdView, desk: FakeNavigator, digit: str, went: tuple[str, ...]
) -> None:
    assert view.press(digit)
    assert desk.went == [went]


def test_the_deceased_claim_but_file_no_more(view: HouseholdView, desk: FakeNavigator) -> None:
    card = view.presenter.state.card
    assert card is not None
    view.presenter.select(next(i for i, m in enumerate(card.members) if m.deceased))
    view.press("6")
    assert desk.went == []
    assert "已去世，不能备案" in view.presenter.state.message
    view.press("7")
    assert desk.went[0][1] == "manual-reimbursement"


def test_a_slip_is_printed_or_the_reason_told(view: HouseholdView) -> None:
    assert view.press("F10")
    assert view.presenter.state.message.startswith("缴费提示单")
    assert view.presenter.state.message != "缴费提示单正在打印"


def test_full_numbers_show_only_with_a_reason_and_only_for_a_while(
    view: HouseholdView, services: Services, drawn: Drawn
) -> None:
    show(view)
    view.reveal.click()
    settle()
    assert view.reasons.isVisible()
    assert HEAD not in drawn.of(view)
    press(view, Qt.Key.Key_1)
    words = drawn.of(view)
    assert HEAD in words
    assert "13900000418" in words
    revealed = [row for row in looked(services) if row[0] == "reveal"]
    assert len(revealed) == 6
    assert {row[2] for row in revealed} == {"核对证件"}
    assert view._timer.isActive()
    assert view._timer.interval() == 30_000
    view._timer.timeout.emit()
    assert HEAD not in drawn.of(view)
    assert not view._timer.isActive()


def test_leaving_masks_everything_again(view: HouseholdView, drawn: Drawn) -> None:
    show(view)
    view.presenter.reveal("本人要看")
    assert HEAD in drawn.of(view)
    assert view.left()
    assert HEAD not in drawn.of(view)


def test_a_reveal_without_words_is_refused(view: HouseholdView, services: Services) -> None:
    view.presenter.reveal("  ")
    assert view.presenter.state.full == {}
    assert "还没写为什么" in view.presenter.state.message
    assert not [row for row in looked(services) if row[0] == "reveal"]


def test_the_waiting_period_is_explained_with_its_source(view: HouseholdView, drawn: Drawn) -> None:
    show(view)
    view.press("F8")
    words = drawn.of(view)
    assert "固定等 3 个月，变动等 1 个月" in words
    assert "国办发〔2024〕38号" in words
    view.press("Esc")
    assert not view.presenter.state.grounds


def test_a_household_that_is_gone_is_told(view: HouseholdView, desk: FakeNavigator) -> None:
    view.open("0")
    show(view)
    assert view.empty.isVisible()
    assert not view.press("1")
    view.press("Esc")
    assert desk.went == [("home",)]


def test_texts_fit_their_boxes(view: HouseholdView, counter: Counter, cut: list[str]) -> None:
    for online in (True, False):
        counter.network.set(online=online, at=counter.clock.now_ms())
        view.presenter.refresh()
        for height in (LOW, 658):
            show(view, height)
            view.grab()
            assert not squeezed(view)
    view.presenter.toggle_grounds()
    show(view, LOW)
    assert not squeezed(view)
    assert not cut


def test_the_model_keeps_its_promises(view: HouseholdView, counter: Counter) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(view.table.model, fatal, view)
    counter.network.set(online=False, at=1)
    view.presenter.refresh()
    view.presenter.tick()
    view.open("0")


def test_nothing_touches_the_disk_on_the_gui_thread(
    qtbot: QtBot, services: Services, gui_thread: Guard
) -> None:
    failures: list[BaseException] = []
    runner = TaskRunner(failures.append)
    made = make(services, runner, FakeNavigator())
    qtbot.addWidget(made)
    gui_thread.on = True
    made.open(NUMBER, SON)
    qtbot.waitUntil(lambda: made.presenter.state.card is not None)
    made.presenter.reveal("核对证件")
    qtbot.waitUntil(lambda: bool(made.presenter.state.full))
    qtbot.waitUntil(lambda: not runner.busy())
    gui_thread.on = False
    made.left()
    runner.close()
    assert not failures


def test_who_passes_a_line_of_the_pack_is_marked_where_the_work_is_chosen(
    qtbot: QtBot, services: Services, desk: FakeNavigator
) -> None:
    test_high_cost.give_line(services)
    test_high_cost.accept(services, 1, test_high_cost.SCOPE)
    view = make(services, FakeTasks(), desk)
    qtbot.addWidget(view)
    view.open(NUMBER, HEAD)
    show(view)
    assert view.panel._cost.isVisible()
    assert "超过 2,000.00 元的预警线" in view.panel._costs.text()
    view.open(NUMBER, SON)
    settle()
    assert not view.panel._cost.isVisible()
