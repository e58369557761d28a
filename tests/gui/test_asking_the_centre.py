"""The search where the township's list ends: 问中心, e-vouchers, and by what somebody was identified."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import Services, bind
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.services.context import Identified
from counter_app.services.find_person_online import SERVE
from counter_app.services.queries.search_key import Key, recognise
from counter_app.store import access
from counter_app.store.transaction import read
from counter_app.wire.identify import MaskedMatch
from tests.fakes import people, station
from tests.fakes.asked import AskedCentre
from tests.fakes.centre import URL
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from tests.gui.conftest import Guard
from tests.gui.screens import Drawn, drawn, press, settle, show, squeezed
from tests.unit.store.test_beyond import HOUSE, stranger
from ui.ports import ENTERED, SCANNED
from ui.screens.household.view import make as make_card
from ui.screens.search import asking
from ui.screens.search.view import SearchView, make
from ui.tasks import TaskRunner

__all__ = ["drawn"]

HEAD = str(people.HEAD[0])
NUMBER = str(people.HOUSEHOLD[0])
TOKEN = "7H2K9Q4M" * 4


@pytest.fixture
def centre() -> AskedCentre:
    asked = AskedCentre()
    asked.know(stranger(), HOUSE)
    asked.know(dict(zip(people.COLS, map(str, people.HEAD), strict=True)))
    return asked


@pytest.fixture
def services(tmp_path: Path, centre: AskedCentre) -> Iterator[Services]:
    who = dataclasses.replace(station.identity(), centre_url=URL)
    counter = station.make_counter(tmp_path, identity=who)
    yield centre.bound(bind(counter))
    counter.station.dispose()
    counter.reference.dispose()


@pytest.fixture
def desk() -> FakeNavigator:
    return FakeNavigator()


@pytest.fixture
def tasks() -> FakeTasks:
    return FakeTasks()


@pytest.fixture
def view(qtbot: QtBot, services: Services, desk: FakeNavigator, tasks: FakeTasks) -> SearchView:
    made = make(services, tasks, desk)
    qtbot.addWidget(made)
    return made


def at_window(services: Services) -> Identified | None:
    return services.counter.at_window.of(NUMBER, (HEAD, stranger()["certno"]))


def test_a_number_beyond_the_township_is_asked_for_shown_and_opened(
    view: SearchView, services: Services, desk: FakeNavigator, drawn: Drawn
) -> None:
    certno = stranger()["certno"]
    view.open(certno, ENTERED)
    assert desk.went == []
    assert "按 F5 问中心" in view.presenter.state.words
    assert ("F5", "问中心") in {(h.cap, h.words) for h in view.bar().hints}
    assert view.press("F5")
    show(view)
    words = drawn.of(view)
    for shown in ("何*兰", "1990-05-01", "户主 何*山", "示范县柳林镇枫林村", certno[-4:]):
        assert shown in words
    assert "中心查到，不在本镇" in words
    assert certno not in words
    view.shown()
    press(view, Qt.Key.Key_Return)
    assert desk.went == [("household", HOUSE["number"], certno)]
    assert at_window(services) == Identified(certno, HOUSE["number"], "02-typed")
    services.flush_access()
    with read(services.counter.station) as tx:
        log = [json.loads(text) for _, text, _ in access.rows(tx)]
    assert [r["what"] for r in log] == ["find", "find_online"]
    assert log[1]["subject"] == f"01:{certno}"


def test_a_card_read_by_a_scanner_is_told_from_a_number_typed(
    view: SearchView, services: Services, desk: FakeNavigator
) -> None:
    view.box.scanned.emit(HEAD)
    assert desk.went == [("household", NUMBER, HEAD)]
    assert at_window(services) == Identified(HEAD, NUMBER, "02")
    view.open("")
    view.presenter.typed("")
    view.box.submitted.emit(HEAD)
    assert at_window(services) == Identified(HEAD, NUMBER, "02-typed")
    view.open("zgq")
    view.presenter.open_selected()
    assert at_window(services) is None
    view.presenter.typed("")
    view.open(HEAD, SCANNED)
    assert at_window(services) == Identified(HEAD, NUMBER, "02")


def test_a_name_with_its_birth_date_shows_masked_people_who_cannot_be_opened(
    view: SearchView, centre: AskedCentre, desk: FakeNavigator, drawn: Drawn
) -> None:
    places = ("示范县柳林镇枫林村", "示范县柳林镇南岸村")
    centre.matches = tuple(
        MaskedMatch(
            name="何*兰", gend="2", birth="1990-05-01", place=place, head="何*山", tail=f"00{n}4"
        )
        for n, place in enumerate(places)
    )
    view.open("何小兰 19900501", ENTERED)
    assert view.press("F5")
    show(view)
    words = drawn.of(view)
    for shown in (*places, "0004", "0014"):
        assert shown in words
    assert "和第 2 位怎么分" in words
    view.presenter.move(1)
    assert view.presenter.state.selected == 1
    view.people.activated.emit(view.people.rows()[1].key)
    assert desk.went == []
    assert "光凭姓名打不开" in view.banner.title()
    assert not squeezed(view)


@pytest.mark.parametrize("text", ["何小兰", "zgq", "0418", HEAD[:-1], HEAD[:-1] + "1", "139000"])
def test_what_is_not_whole_is_not_asked(view: SearchView, centre: AskedCentre, text: str) -> None:
    view.open(text)
    assert view.press("F5")
    assert centre.asked == []
    assert "完整的证件号" in view.presenter.state.words


def test_nobody_there_either_and_offline_are_said_with_the_way_on(
    view: SearchView, services: Services, centre: AskedCentre
) -> None:
    nobody = people.number(dt.date(1991, 2, 3), 5)
    view.open(nobody)
    view.press("F5")
    assert view.banner.title() == "中心的名单上也没有这个证件号"
    services.counter.network.set(online=False, at=1, why="network")
    view.press("F5")
    assert view.banner.title() == "现在离线，问不了中心"
    assert "0000-7654321" in view.presenter.state.words
    assert view.presenter.state.text == nobody
    assert centre.asked == ["/person/find"]


def test_a_voucher_leaves_the_box_and_opens_the_household(
    view: SearchView, services: Services, centre: AskedCentre, desk: FakeNavigator, tasks: FakeTasks
) -> None:
    centre.tokens[TOKEN] = HEAD
    tasks.held = True
    view.box.scanned.emit(TOKEN)
    assert view.box.text() == ""
    assert view.banner.title() == "已刷医保码，正在问中心是谁"
    tasks.run()
    assert desk.went == [("household", NUMBER, HEAD)]
    assert at_window(services) == Identified(HEAD, NUMBER, "01")
    assert view.presenter.state.waiting == ""


@pytest.mark.parametrize("how", [ENTERED, SCANNED])
def test_a_voucher_from_another_screens_box(
    view: SearchView, centre: AskedCentre, desk: FakeNavigator, how: str
) -> None:
    centre.tokens[TOKEN] = stranger()["certno"]
    view.open(TOKEN, how)
    assert desk.went == [("household", HOUSE["number"], stranger()["certno"])]


def test_a_voucher_pasted_and_entered(
    view: SearchView, centre: AskedCentre, desk: FakeNavigator
) -> None:
    centre.tokens[TOKEN] = HEAD
    view.presenter.typed(TOKEN)
    assert desk.went == []
    view.box.submitted.emit(TOKEN)
    assert desk.went[-1][0] == "household"
    assert TOKEN not in repr(view.presenter.state)


@pytest.mark.parametrize(
    ("outcome", "title"),
    [
        ("expired", "这张医保码过期了，没有读出是谁"),
        ("used", "这张医保码已经用过一次，不能再用"),
        ("other_region", "这是外地参保的医保码，本县中心解不了"),
        ("unknown", "中心不认得这个码，没有读出是谁"),
    ],
)
def test_a_voucher_nobody_can_be_told_by(
    view: SearchView, centre: AskedCentre, desk: FakeNavigator, outcome: str, title: str
) -> None:
    centre.tokens[TOKEN] = outcome
    view.box.scanned.emit(TOKEN)
    show(view)
    assert view.banner.title() == title
    assert "证件号" in view.presenter.state.words
    assert (desk.went, view.box.text()) == ([], "")


def test_a_voucher_offline_is_uis_first_sentence(
    view: SearchView, services: Services, centre: AskedCentre
) -> None:
    services.counter.network.set(online=False, at=1, why="network")
    view.box.scanned.emit(TOKEN)
    assert view.presenter.state.words == (
        "读不出这张医保码。现在离线，动态码只有中心能解。请刷身份证，或按 F2 输证件号"
    )
    assert centre.asked == []


def test_whoever_is_looked_for_meanwhile_stays_in_front(
    view: SearchView, services: Services, centre: AskedCentre, desk: FakeNavigator, tasks: FakeTasks
) -> None:
    centre.tokens[TOKEN] = HEAD
    tasks.held = True
    view.box.scanned.emit(TOKEN)
    view.presenter.typed("lgx")
    tasks.run()
    assert desk.went == []
    assert view.banner.title() == "医保码读出来了，但已经在找别人"
    assert at_window(services) is None
    tasks.held = False
    view.open(stranger()["certno"])
    tasks.held = True
    view.press("F5")
    view.press("F5")
    view.presenter.typed("zgq")
    tasks.run()
    assert [hit.beyond for hit in view.presenter.state.people] == [False]
    assert centre.asked.count("/person/find") == 1


def test_escape_stops_waiting(
    view: SearchView, centre: AskedCentre, desk: FakeNavigator, tasks: FakeTasks
) -> None:
    centre.tokens[TOKEN] = HEAD
    tasks.held = True
    view.box.scanned.emit(TOKEN)
    view.press("Esc")
    tasks.run()
    assert desk.went == []


def test_a_full_disk_is_said_and_anything_else_is_a_bug(
    qtbot: QtBot, services: Services, desk: FakeNavigator
) -> None:
    def full(*_: object) -> None:
        raise EnvironmentFault("disk_full", "磁盘满了", "腾出空间后再试")

    def broken(*_: object) -> None:
        raise ValueError("bug")

    made = make(
        dataclasses.replace(services, decode_voucher=full, find_person_online=broken),
        FakeTasks(),
        desk,
    )
    qtbot.addWidget(made)
    made.box.scanned.emit(TOKEN)
    assert made.presenter.state.words == "磁盘满了。腾出空间后再试"
    made.open(stranger()["certno"])
    with pytest.raises(ValueError, match="bug"):
        made.presenter.ask_centre()


def test_no_network_on_the_gui_thread(
    qtbot: QtBot, services: Services, centre: AskedCentre, desk: FakeNavigator, gui_thread: Guard
) -> None:
    failures: list[BaseException] = []
    runner = TaskRunner(failures.append)
    made = make(services, runner, desk)
    qtbot.addWidget(made)
    centre.tokens[TOKEN] = HEAD
    gui_thread.on = True
    made.open(stranger()["certno"], ENTERED)
    qtbot.waitUntil(lambda: not runner.busy())
    made.press("F5")
    qtbot.waitUntil(lambda: bool(made.presenter.state.people))
    made.box.scanned.emit(TOKEN)
    qtbot.waitUntil(lambda: bool(desk.went))
    qtbot.waitUntil(lambda: not runner.busy())
    gui_thread.on = False
    runner.close()
    settle()
    assert not failures


@pytest.mark.parametrize(
    ("typed", "name", "birth"),
    [
        ("王秀兰 19540312", "王秀兰", "1954-03-12"),
        ("王秀兰19540312", "王秀兰", "1954-03-12"),
        ("王秀兰　１９５４－３－１２", "王秀兰", "1954-03-12"),
        ("王秀兰 1954年3月12日", "王秀兰", "1954-03-12"),
        ("阿依古丽•买买提 1990.3.21", "阿依古丽·买买提", "1990-03-21"),
        ("李䶮1984/4/4", "李䶮", "1984-04-04"),
    ],
)
def test_a_name_with_a_birth_date_is_both(typed: str, name: str, birth: str) -> None:
    asked = recognise(typed)
    assert (asked.key, asked.text) == (Key.NAME, name)
    assert asked.birth is not None
    assert asked.birth.isoformat() == birth
    question = asking.question(typed, "")
    assert question is not None
    assert (question.name, question.birth, question.certno) == (name, asked.birth, "")


@pytest.mark.parametrize("typed", ["王秀兰 19541312", "王秀兰 1954", "王秀兰2", "19540312"])
def test_what_is_no_birth_date_is_none(typed: str) -> None:
    assert recognise(typed).birth is None
    assert asking.question(typed, "") is None


def test_a_name_and_birth_date_find_the_townships_own(view: SearchView) -> None:
    view.open("赵国强 19710309")
    assert [hit.certno for hit in view.presenter.state.people] == [HEAD]
    view.open("赵国强 19710310")
    assert view.presenter.state.people == ()
    assert "没有这个姓名和出生日期" in view.presenter.state.words


def test_a_household_beyond_the_township_says_so(
    qtbot: QtBot, services: Services, centre: AskedCentre, desk: FakeNavigator, drawn: Drawn
) -> None:
    centre.tokens[TOKEN] = stranger()["certno"]
    assert not isinstance(services.decode_voucher(TOKEN, SERVE), Problem)
    card = make_card(services, FakeTasks(), desk)
    qtbot.addWidget(card)
    card.open(HOUSE["number"], stranger()["certno"])
    show(card)
    words = drawn.of(card)
    for shown in ("不在本镇，只看得到问过的 1 人", "何*兰 已刷码", "截至 今天 14:30"):
        assert shown in words
    assert "还要缴多少" not in words
    assert [action.digit for action in card.presenter.actions()] == ["1"]
    assert not card.press("2")
    assert card.press("1")
    assert desk.went == []
    assert "参保登记到参保地办" in card.banner.title()
    card.open(NUMBER, HEAD)
    assert card.presenter.state.identified == ""
    assert [action.digit for action in card.presenter.actions()] == list("1234567")
