"""Search: typing, scanning, choosing, opening, and what tells homonyms apart."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import Services, bind
from counter_app.services.queries.search_key import Key
from counter_app.store import access
from counter_app.store.transaction import read
from counter_app.wire import receipt_code
from tests.fakes import people, station, worklists
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from tests.gui.conftest import Guard
from tests.gui.screens import LOW, Drawn, drawn, press, settle, show, squeezed
from ui.screens.search.presenter import SearchPresenter, SearchState, is_whole
from ui.screens.search.view import SearchView, make
from ui.tasks import TaskRunner

__all__ = ["drawn"]

HEAD = str(people.HEAD[0])
NUMBER = str(people.HOUSEHOLD[0])


def _roster() -> list[list[object]]:
    return [
        *people.PEOPLE,
        people.person_row(
            "王秀兰", dt.date(1954, 3, 12), 44, py="wxl", village="杨桥村 2 组",
            years=people.years(people.year(2026)),
        ),
        people.person_row(
            "王秀兰", dt.date(1954, 8, 30), 12, py="wxl", village="杨桥村 5 组"
        ),
        people.person_row(
            "王秀兰", dt.date(1935, 5, 19), 2, py="wxl", standing="deceased",
            deceased_on="2025-06-01",
        ),
        people.person_row("马建设", dt.date(1980, 1, 1), 9, py="mjs", area="990101105"),
        people.person_row("游离", dt.date(1981, 1, 1), 9, py="yl", household=""),
    ]  # fmt: skip


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    counter = station.make_counter(tmp_path, roster=_roster())
    yield bind(counter)
    counter.station.dispose()
    counter.reference.dispose()


@pytest.fixture
def desk() -> FakeNavigator:
    return FakeNavigator()


@pytest.fixture
def view(qtbot: QtBot, services: Services, desk: FakeNavigator) -> SearchView:
    made = make(services, FakeTasks(), desk)
    qtbot.addWidget(made)
    return made


def looked(services: Services) -> list[dict[str, object]]:
    services.flush_access()
    with read(services.counter.station) as tx:
        return [json.loads(text) for _, text, _ in access.rows(tx)]


def test_typing_lists_people_masked_and_unlogged(
    view: SearchView, services: Services, drawn: Drawn
) -> None:
    view.open("wxl")
    show(view)
    words = drawn.of(view)
    assert "王*兰" in words
    assert "3 位同名：先问出生年月，再看村和户主" in words
    for row in _roster():
        assert str(row[0]) not in words
        assert str(row[2]) not in words
    assert looked(services) == []


def test_the_panel_says_how_the_selected_one_differs(view: SearchView, drawn: Drawn) -> None:
    view.open("wxl")
    show(view)
    words = drawn.of(view)
    assert "和第 2 位怎么分" in words
    assert "3月12日，不是 8月30日" in words
    assert "“您是哪一年几月生的？住哪个村？”" in words


def test_the_deceased_come_last_and_are_said(view: SearchView) -> None:
    view.open("wxl")
    last = view.people.rows()[-1]
    assert last.muted
    assert last.cells[4].text == "已去世"
    assert last.action == "查看"


def test_enter_on_homonyms_looks_up_first_and_opens_second(
    view: SearchView, services: Services, desk: FakeNavigator
) -> None:
    view.open("wxl")
    view.presenter.submitted()
    assert desk.went == []
    assert [row["what"] for row in looked(services)] == ["find"]
    view.presenter.submitted()
    assert desk.went[0][:2] == ("household", NUMBER)
    assert [row["what"] for row in looked(services)] == ["find"]


def test_arrows_in_the_box_choose_and_enter_opens(
    qtbot: QtBot, view: SearchView, desk: FakeNavigator
) -> None:
    view.open("wxl")
    show(view)
    view.shown()
    press(view, Qt.Key.Key_Down)
    assert view.people.current_key() == view.people.rows()[1].key
    press(view, Qt.Key.Key_Return)
    assert desk.went == [("household", NUMBER, view.presenter.state.people[1].certno)]


def test_a_scanners_burst_of_a_number_opens_the_household(
    view: SearchView, services: Services, desk: FakeNavigator
) -> None:
    view.box.scanned.emit(HEAD.lower())
    assert desk.went == [("household", NUMBER, HEAD)]
    assert [(r["what"], r["subject"]) for r in looked(services)] == [("find", f"01:{HEAD}")]


def test_what_is_whole_by_its_form_opens_at_once(view: SearchView, desk: FakeNavigator) -> None:
    view.open(HEAD)
    assert desk.went == [("household", NUMBER, HEAD)]
    view.open("zgq")
    assert len(desk.went) == 1


def test_a_receipts_code_goes_to_its_check(
    view: SearchView, services: Services, desk: FakeNavigator
) -> None:
    case = worklists.accepted(services, HEAD)
    code = receipt_code.ReceiptCode(
        case.case_no, "resident-enrolment", "赵*强", "20261123", None, "0" * 16, "qinghe-02"
    )
    text = receipt_code.write(code, services.counter.identity.sign_private)
    view.box.scanned.emit(text)
    assert desk.went == [("receipt", text)]


def test_a_case_number_opens_its_case(
    view: SearchView, services: Services, desk: FakeNavigator
) -> None:
    case = worklists.accepted(services, HEAD)
    view.open(case.case_no[13:].lower())
    assert desk.went == [("accepted", case.case_id)]
    worklists.decide(services.counter, case, "rejected")
    view.open("")
    view.open(case.case_no)
    assert desk.went[-1] == ("worklist", case.case_id)


def test_somebody_out_of_scope_is_not_opened(view: SearchView, desk: FakeNavigator) -> None:
    view.open("mjs")
    view.presenter.open_selected()
    assert desk.went == []
    assert view.banner.title() == "这位不在本站的范围，这里办不了"


def test_somebody_without_household_goes_to_the_form(view: SearchView, desk: FakeNavigator) -> None:
    view.open("yl")
    view.presenter.open_selected()
    assert desk.went[0][:2] == ("enrol", "")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (HEAD[:-1] + "1", "证件号校验不对，有一位看错了"),
        ("王" * 3_000_000, "内容太长，不是姓名或号码"),
        ("https://example.invalid/q?x=1", "这不是回执、证件号或姓名，扫的是别的码"),
        ("9" * 28, "像是医保码，按 Enter 问中心是谁"),
        ("欧阳", "本镇名单上没有找到"),
    ],
)
def test_bad_input_is_told_plainly_and_stays(view: SearchView, text: str, title: str) -> None:
    view.open(text)
    show(view)
    assert view.banner.isVisible()
    assert view.banner.title() == title
    assert view.box.text() == text[:4000]
    for word in ("错误", "失败", "异常", "非法", "！"):
        assert word not in view.presenter.state.words


def test_nobody_found_leads_to_a_new_enrolment(view: SearchView, desk: FakeNavigator) -> None:
    view.open("欧阳")
    assert view.press("F7")
    assert desk.went == [("enrol", "")]
    assert not view.press("F10")


def test_escape_clears_and_then_leaves(view: SearchView, desk: FakeNavigator) -> None:
    view.open("zgq")
    view.press("Esc")
    assert view.box.text() == ""
    assert view.people.rows() == ()
    view.press("Esc")
    assert desk.went == [("home",)]


def test_kinds_turn_with_the_keyboard(view: SearchView, services: Services) -> None:
    worklists.accepted(services, HEAD)
    view.open("赵国强")
    show(view)
    view.shown()
    assert view.tabs.tabs()[0].count == 2
    view.presenter.turn(1)
    assert view.presenter.state.cases == ()
    view.presenter.turn(1)
    assert view.presenter.state.people == ()
    assert view.presenter.state.row is not None


def test_the_newest_text_wins_and_queries_do_not_pile_up(services: Services) -> None:
    tasks = FakeTasks()
    tasks.held = True
    shown: list[SearchState] = []
    presenter = SearchPresenter(services, tasks, FakeNavigator(), shown.append)
    for text in ("z", "zg", "zgq"):
        presenter.typed(text)
    assert len(tasks.waiting) == 1
    tasks.run()
    assert presenter.state.asked == "zgq"
    assert [s.asked for s in shown if s.asked] == ["zgq"]


def test_only_what_is_complete_counts_as_whole() -> None:
    assert is_whole(HEAD, "")
    assert not is_whole(HEAD[:-1], "")
    assert not is_whole("0418", "")
    assert not is_whole("赵国强", "")


def test_texts_fit_their_boxes(view: SearchView, services: Services, cut: list[str]) -> None:
    worklists.accepted(services, HEAD)
    for text in ("wxl", "赵国强", "mjs", HEAD[:-1] + "1", ""):
        view.presenter.typed(text)
        show(view, LOW)
        view.grab()
        assert not squeezed(view)
    assert not cut


def test_the_models_keep_their_promises(view: SearchView) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    for table in (view.people, view.cases):
        QAbstractItemModelTester(table.model, fatal, table)
    for text in ("wxl", "zgq", "", "赵"):
        view.presenter.typed(text)


def test_nothing_touches_the_disk_on_the_gui_thread(
    qtbot: QtBot, services: Services, desk: FakeNavigator, gui_thread: Guard
) -> None:
    failures: list[BaseException] = []
    runner = TaskRunner(failures.append)
    made = make(services, runner, desk)
    qtbot.addWidget(made)
    gui_thread.on = True
    made.open("zgq")
    qtbot.waitUntil(lambda: bool(made.presenter.state.people))
    made.presenter.submitted()
    qtbot.waitUntil(lambda: not runner.busy())
    gui_thread.on = False
    runner.close()
    settle()
    assert not failures
    assert desk.went == [("household", NUMBER, HEAD)]
    assert made.presenter.state.findings.key is Key.PINYIN


def test_a_find_that_comes_after_the_clerk_left_calls_nobody_back(
    qtbot: QtBot, services: Services, desk: FakeNavigator
) -> None:
    tasks = FakeTasks()
    late = make(services, tasks, desk)
    qtbot.addWidget(late)
    tasks.held = True
    late.presenter.typed(HEAD)
    late.presenter.submitted()
    assert late.left()
    tasks.held = False
    tasks.run()
    assert desk.went == []
    late.presenter.submitted()
    assert desk.went == [("household", NUMBER, HEAD)]
