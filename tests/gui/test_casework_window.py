"""The other items in the real window: keys alone, a scanner's bursts, and what a killed window leaves."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.forms.answers import Answers
from counter_app.kernel.clock import today
from tests.fakes import people
from tests.gui.desk_window import Desk, open_desk
from tests.gui.profile import make_profile
from tests.unit.ui.casework_desk import DIGITAL, FISCAL
from ui.ports import Hint
from ui.screens.accepted.view import AcceptedScreen
from ui.screens.casework.view import CaseScreen
from ui.screens.household.view import HouseholdView

pytestmark = pytest.mark.gui
HEAD = str(people.HEAD[0])
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("template") / "pc"
    return folder, make_profile(folder)


@pytest.fixture
def desk(qapp: QApplication, template: tuple[Path, bytes], tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(template[0], tmp_path / "pc")
    made = open_desk(tmp_path / "pc", template[1])
    yield made
    made.close()


def _to_household(desk: Desk) -> None:
    desk.type(HEAD)
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: isinstance(desk.front(), HouseholdView))
    desk.until(lambda: desk.front().presenter.state.card is not None)
    desk.until(lambda: desk.front().table.hasFocus() or desk.front().isAncestorOf(desk.focus()))


def _start(desk: Desk, digit: str) -> CaseScreen:
    _to_household(desk)
    desk.type(digit)
    desk.until(lambda: isinstance(desk.front(), CaseScreen))
    screen = desk.front()
    assert isinstance(screen, CaseScreen)
    desk.until(lambda: bool(screen.cards.place()))
    return screen


def _answer(desk: Desk, screen: CaseScreen, answers: dict[str, str]) -> None:
    """Type what is asked where the cursor stands, Enter, until nothing is missing."""
    for _ in range(40):
        if screen.presenter.state.may_accept:
            return
        where = screen.cards.place()
        desk.type("1" if where.startswith("materials.") else answers[where])
        desk.settle(60)
        desk.press(Qt.Key.Key_Return)
        desk.settle(80)
    raise AssertionError([p.text for p in screen.presenter.state.verdict.problems])


def _burst(desk: Desk, text: str) -> None:
    QTest.keyClicks(desk.focus(), text)
    desk.press(Qt.Key.Key_Return)
    desk.settle(150)


def test_keys_alone_file_an_offsite_case(desk: Desk) -> None:
    desk.come_in()
    screen = _start(desk, "6")
    category = screen.presenter.state.sections[0].fields
    spec = next(f.spec for f in category if f.path == "fil_cat")
    residing = next(o.code for o in spec.options if "长期居住" in o.label)
    _answer(
        desk,
        screen,
        {
            "fil_cat": residing,
            "rloc_admdvs": "320500",
            "resout_addr": "Pingjiang 18",
            "proof_by": "1",
        },
    )
    desk.press(Qt.Key.Key_F9)
    desk.until(lambda: isinstance(desk.front(), AcceptedScreen))
    desk.until(lambda: desk.front().presenter.state.title == "已受理，存好了")


def test_two_bursts_bring_two_bills_and_a_killed_window_comes_back(
    qapp: QApplication, template: tuple[Path, bytes], tmp_path: Path
) -> None:
    shutil.copytree(template[0], tmp_path / "pc")
    first = open_desk(tmp_path / "pc", template[1])
    first.come_in()
    screen = _start(first, "7")
    first.press(Qt.Key.Key_3, ALT)
    first.until(lambda: screen.presenter.state.current == 2)
    _burst(first, FISCAL)
    first.until(lambda: len(screen.presenter.answers.section("bills")) == 1)
    assert screen.cards.place() == "bills[0].billDate"
    first.type("20261028")
    first.press(Qt.Key.Key_Return)
    first.type("57120")
    # a scanner sends into the field the cursor is in, too
    first.press(Qt.Key.Key_3, ALT)
    first.settle()
    screen.cards.card("bills").focus_first()
    _burst(first, DIGITAL)
    first.until(lambda: len(screen.presenter.answers.section("bills")) == 2)
    first.settle(2_000)
    shutil.copytree(tmp_path / "pc", tmp_path / "killed", ignore=shutil.ignore_patterns("*lock*"))
    first.close()
    again = open_desk(tmp_path / "killed", template[1])
    again.come_in()
    again.opened.window.workplace.desk.navigator.worklist()
    again.settle(300)
    again.press(Qt.Key.Key_Return)
    again.until(lambda: isinstance(again.front(), CaseScreen))
    back = again.front()
    again.until(lambda: len(back.presenter.answers.section("bills")) == 2)
    assert back.presenter.answers.get("bills[0].billAmt") == "57120.00"
    again.close()


def test_what_is_missing_is_printed_by_f10_and_said_where_it_is_seen(desk: Desk) -> None:
    desk.come_in()
    screen = _start(desk, "7")
    place = [s.id for s in screen.presenter.state.sections].index("materials")
    desk.press(Qt.Key(Qt.Key.Key_1.value + place), ALT)
    desk.until(lambda: screen.cards.place().startswith("materials."))
    assert "一次性告知" in [hint.words for hint in screen.bar().hints]
    desk.press(Qt.Key.Key_F10)
    desk.until(lambda: screen.presenter.state.notice is not None)
    desk.settle(80)
    banner = screen._banner
    assert banner.visibleRegion().boundingRect().height() == banner.height()


def test_f4_takes_the_agent_of_the_case_before_and_asks_anew_what_was_seen(desk: Desk) -> None:
    kept = Answers({
        "present": "agent",
        "agnter_name": "王芳",
        "agnter_certno": str(people.PEOPLE[3][0]),
        "agnter_tel": "13900000046",
    })
    desk.come_in()
    screen = _start(desk, "6")
    offered = Hint("F4", "代办人同上")
    assert offered not in screen.bar().hints
    counter = screen._services.counter
    counter.agents.keep(today(counter.clock), kept)
    desk.press(Qt.Key.Key_2, ALT)
    desk.until(lambda: screen.presenter.state.current == 1)
    assert offered in screen.bar().hints
    assert "代办人还是 王芳" in screen.cards.card("applicant").head_row.note.text()
    desk.press(Qt.Key.Key_F4)
    desk.until(lambda: screen.cards.place() == "agnter_rlts")
    assert screen.presenter.answers.get("agnter_name") == "王芳"
    assert offered not in screen.bar().hints
    assert "王芳" not in screen.cards.card("applicant").head_row.note.text()
