"""The enrolment screen under a clerk's hands: keys alone accept a case, text fits, nothing blocks."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import Services
from counter_app.forms.answers import Answers
from counter_app.kernel.clock import today
from counter_app.services.save_draft import Draft
from tests.fakes import station
from tests.fakes.clock import FakeClock
from tests.fakes.navigator import FakeNavigator
from tests.gui.conftest import Guard
from tests.unit.ui.enrolment_desk import HEAD, HOUSE, MOTHER, SON, WIFE
from ui.ports import Hint
from ui.screens.enrolment.view import EnrolmentScreen, make
from ui.tasks import TaskRunner
from ui.widgets import ChoiceBoxes, CodeBox, FieldBox

pytestmark = pytest.mark.gui


class Window:
    """The screen in a window, with the real lanes."""

    def __init__(self, qtbot: QtBot, services: Services, size: tuple[int, int]) -> None:
        self.bot = qtbot
        self.services = services
        self.went = FakeNavigator()
        self.failed: list[BaseException] = []
        self.tasks = TaskRunner(self.failed.append)
        screen = make(services, self.tasks, self.went)
        assert isinstance(screen, EnrolmentScreen)
        self.screen = screen
        qtbot.addWidget(screen)
        screen.resize(*size)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is screen)

    @property
    def state(self):  # the presenter's state as it is now
        return self.screen.presenter.state

    def open(self, *certnos: str) -> None:
        self.screen.open_new(HOUSE if certnos else "", certnos)
        self.settle()
        assert not self.state.loading

    def settle(self) -> None:
        self.bot.waitUntil(lambda: not self.tasks.busy(), timeout=10_000)
        for _ in range(4):
            QApplication.processEvents()
            if QApplication.activeWindow() is None:  # another test's window has just gone
                self.screen.activateWindow()
        self.bot.waitUntil(lambda: not self.tasks.busy(), timeout=10_000)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus(), key, held)
        self.settle()

    def keys(self, text: str) -> None:
        QTest.keyClicks(self.focus(), text)
        self.settle()

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.screen

    def place(self) -> str:
        return self.screen.place()

    def enter(self) -> None:
        self.key(Qt.Key.Key_Return)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    services = station.make_services(tmp_path, FakeClock())
    made = Window(qtbot, services, (1290, 600))
    yield made
    made.settle()
    made.tasks.close()
    assert made.failed == []


def test_keys_alone_accept_a_household(window: Window) -> None:
    window.open(HEAD, MOTHER)
    assert window.place() == "members[1].psn_type"
    window.keys("jm")
    box = window.screen.box("members[1].psn_type")
    assert isinstance(box, CodeBox)
    window.bot.waitUntil(box.popup_open)
    window.keys("\b\b")
    window.keys("16")
    window.enter()
    window.settle()
    assert window.place() == "materials.appl_id"
    window.keys("1")
    window.enter()
    assert window.place() == "materials.identity1"
    window.keys("2")
    window.keys("+")
    window.enter()
    assert window.state.may_accept
    assert window.state.materials[1].words == "看过原件，留站，留复印件 1 份"
    window.key(Qt.Key.Key_F9)
    window.bot.waitUntil(lambda: bool(window.went.went))
    assert window.went.went[-1][0] == "accepted"


def test_f9_too_early_goes_to_the_first_problem(window: Window) -> None:
    window.open(HEAD, MOTHER)
    window.screen.press("PgUp")
    window.settle()
    bar = window.screen.bar()
    assert bar.primary is not None
    assert (bar.primary.words, bar.primary.enabled) == ("受理 2 人", False)
    window.key(Qt.Key.Key_F9)
    assert window.place() == "members[1].psn_type"
    box = window.screen.box("members[1].psn_type")
    assert box is not None
    assert box.note() == ("还没填人员类别", "bad")


def test_a_typed_number_stands_in_groups_fills_the_row_and_is_masked_when_left(
    window: Window,
) -> None:
    window.open()
    window.screen.go_to("members[0].certno")
    window.settle()
    window.keys(SON)
    box = window.screen.box("members[0].certno")
    assert window.state.members[0].name == "赵立新"
    assert "990101********1231" in window.state.folded
    assert box is None or box.text() != SON


def test_a_wrong_number_is_blamed_only_on_leaving_and_shown_unmasked(window: Window) -> None:
    window.open()
    window.screen.go_to("members[0].certno")
    window.settle()
    wrong = SON[:-1] + "5"
    window.keys(wrong)
    box = window.screen.box("members[0].certno")
    assert isinstance(box, FieldBox)
    assert box.text() == f"{wrong[:6]} {wrong[6:14]} {wrong[14:]}"
    assert box.note()[1] == ""
    window.screen.go_to("members[0].psn_name")
    window.settle()
    assert "校验不对" in box.note()[0]
    assert box.text() == f"{wrong[:6]} {wrong[6:14]} {wrong[14:]}"


def test_digits_choose_only_outside_of_text_fields(window: Window) -> None:
    window.open(SON)
    window.screen.go_to("members[0].idet_no")
    window.screen.go_to("memo")
    window.settle()
    window.keys("2")
    assert window.screen.box("memo").text() == "2"
    window.screen.go_to("members[0].start")
    window.settle()
    window.keys("4")
    boxes = window.screen.box("members[0].start")
    assert isinstance(boxes, ChoiceBoxes)
    assert boxes.code() == "moved_in"
    assert window.state.members[0].how == "迁入"


def test_a_date_gets_its_weekday(window: Window) -> None:
    window.open(MOTHER)
    window.screen.go_to("members[0].idet_until")
    window.settle()
    box = window.screen.box("members[0].idet_until")
    assert isinstance(box, FieldBox)
    box.line.selectAll()
    window.keys("20270801")
    window.enter()
    assert box.text() == "2027-08-01"


def test_the_second_line_of_a_paste_and_five_megabytes_are_taken(window: Window) -> None:
    window.open(HEAD)
    window.screen.go_to("memo")
    window.settle()
    box = window.screen.box("memo")
    assert isinstance(box, FieldBox)
    QApplication.clipboard().setText("长" * 5_000_000)
    box.line.paste()
    window.settle()
    assert len(box.text()) == 200
    assert "太长了" in box.note()[0]


def test_pages_turn_and_members_come_and_go(window: Window) -> None:
    window.open(HEAD, SON)
    window.screen.press("PgDn")
    window.settle()
    assert window.state.current == 1
    window.screen.press("Del")
    window.settle()
    assert [m.name for m in window.state.members] == ["赵国强"]
    window.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [m.name for m in window.state.members] == ["赵国强", "赵立新"]
    window.screen.press("Insert")
    window.settle()
    window.keys("1")
    assert [m.name for m in window.state.members] == ["赵国强", "赵立新", "李桂香"]


def test_alt_digits_go_to_sections(window: Window) -> None:
    window.open(HEAD)
    window.key(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert window.place() == "present"
    window.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert window.place() == "materials.appl_id"


def test_the_draft_is_on_the_disk_within_two_seconds(window: Window) -> None:
    window.open(HEAD)
    window.screen.go_to("memo")
    window.settle()
    began = time.monotonic()
    QTest.keyClicks(window.focus(), "abc")

    def kept() -> bool:
        if window.tasks.busy() or not window.state.saved:
            return False
        items = window.services.worklist()
        found = window.services.open_draft(items[0].ref) if items else None
        return isinstance(found, Draft) and found.answers.get("memo") == "abc"

    window.bot.waitUntil(kept, timeout=2000)
    assert time.monotonic() - began < 2
    assert window.screen.left()


def test_nothing_on_this_thread_waits_for_the_disk(window: Window, gui_thread: Guard) -> None:
    window.open(HEAD)
    gui_thread.on = True
    window.screen.go_to("appl_certno")
    window.settle()
    window.keys(WIFE)
    window.screen.go_to("memo")
    window.settle()
    window.keys("note 1")
    gui_thread.on = False


@pytest.mark.parametrize("size", [(1290, 600), (1204, 610), (1000, 640)])
def test_texts_fit(window: Window, cut: list[str], size: tuple[int, int]) -> None:
    window.screen.resize(*size)
    window.open(HEAD, MOTHER, SON)
    window.screen.presenter.accept()
    window.settle()
    for index in range(3):
        window.screen.presenter.act(lambda form, i=index: form.select(i))
        window.screen.presenter.act(lambda form: form.unfold())
        window.settle()
        cut.clear()
        window.screen.grab()
        found = [text for text in cut if not text.startswith(" ")]
        assert found == []


def test_f4_takes_the_agent_of_the_case_before(window: Window) -> None:
    kept = Answers({
        "present": "agent",
        "agnter_name": "王芳",
        "agnter_certno": WIFE,
        "agnter_tel": "13900000046",
    })
    counter = window.services.counter
    window.open(SON)
    assert Hint("F4", "代办人同上") not in window.screen.bar().hints
    counter.agents.keep(today(counter.clock), kept)
    window.open(SON)
    assert Hint("F4", "代办人同上") in window.screen.bar().hints
    assert "代办人还是 王芳" in window.screen._applicant.folded()
    window.key(Qt.Key.Key_F4)
    assert window.place() == "agnter_rlts"
    assert window.state.may_accept is False
    assert window.screen._applicant.folded() == ""


def test_a_paper_of_a_power_cut_is_typed_by_hand(window: Window) -> None:
    window.open(SON)
    window.screen.go_to("late")
    window.keys("1")
    assert window.screen.presenter.answers.get("late") == "1"
    window.screen.go_to("late_on")
    window.keys("20261120")
    window.enter()
    assert window.state.today.isoformat() == "2026-11-20"
    window.screen.go_to("late_clerk")
    window.keys("0312")
    window.enter()
    assert window.screen.presenter.answers.get("late_clerk") == window.services.counter.clerk.id
