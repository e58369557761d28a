"""The screen of a held case: both sides drawn, digits and the sentence, texts that fit, no waiting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import Services
from counter_app.services.accept_case import CaseAccepted
from tests.fakes import conflicts, people, station, worklists
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from tests.gui.conftest import Guard
from tests.gui.screens import HIGH, LOW, WIDE, Drawn, drawn, press, settle, show, squeezed
from ui.screens.conflict.view import ConflictScreen, make
from ui.tasks import TaskRunner

__all__ = ["drawn"]

HEAD = str(people.HEAD[0])


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = station.make_services(tmp_path)
    yield made
    made.counter.station.dispose()
    made.counter.reference.dispose()


@pytest.fixture
def case(services: Services) -> CaseAccepted:
    made = worklists.accepted(services, HEAD)
    conflict = conflicts.enrolled_twice(made.case_no)
    conflicts.hold(services.counter, made, "DUP_ENROL", conflict)
    return made


@pytest.fixture
def desk() -> FakeNavigator:
    return FakeNavigator()


@pytest.fixture
def view(
    qtbot: QtBot, services: Services, desk: FakeNavigator, case: CaseAccepted
) -> ConflictScreen:
    made = make(services, FakeTasks(), desk)
    qtbot.addWidget(made)
    made.open(case.case_id)
    return made


def test_both_sides_rule_and_answers_are_drawn_without_full_names(
    view: ConflictScreen, case: CaseAccepted, drawn: Drawn
) -> None:
    show(view)
    words = drawn.of(view)
    for told in ("两边都登记了赵*强", "本站填的", "中心现在的", "低保对象", "要您定", "留本站这件"):
        assert told in words
    assert conflicts.OTHER_NO in words
    assert "依据：同一人同一年度只留一件登记（中心参保登记库）" in words
    assert "赵国强" not in words
    assert HEAD not in words


def test_digits_choose_and_the_cursor_waits_in_the_sentence(view: ConflictScreen) -> None:
    show(view)
    view.shown()
    settle()
    assert not view.answers.words.has_focus()
    assert view.press("1")
    settle()
    assert view.answers.words.has_focus()
    press(view, Qt.Key.Key_2)
    assert view.presenter.state.choice == "mine"
    assert view.presenter.state.words == "2"
    assert not view.press("2")


def test_f9_goes_to_what_is_missing_and_then_sends(
    view: ConflictScreen, services: Services, case: CaseAccepted, desk: FakeNavigator, drawn: Drawn
) -> None:
    show(view)
    view.press("F9")
    assert "还没选怎么办" in drawn.of(view)
    view.press("1")
    view.press("F9")
    settle()
    assert view.answers.words.has_focus()
    assert "还没写一句为什么" in drawn.of(view)
    view.answers.words.set_text("本人常住青禾镇")
    view.answers.words.edited.emit("本人常住青禾镇")
    primary = view.bar().primary
    assert primary is not None
    assert (primary.words, primary.enabled) == ("留本站这件", True)
    view.press("F9")
    seen = services.case_view(case.case_id)
    assert seen is not None
    assert seen.state == "queued"
    assert desk.went == [("refresh",), ("worklist", "")]


def test_a_click_and_the_arrows_work_on_the_answers(view: ConflictScreen) -> None:
    show(view)
    first, second, third = view.answers.cards.cards
    second.click()
    settle()
    assert view.presenter.state.choice == "withdraw"
    assert second.hasFocus()
    press(view, Qt.Key.Key_Right)
    assert third.hasFocus()
    press(view, Qt.Key.Key_Right)
    assert first.hasFocus()
    press(view, Qt.Key.Key_Space)
    assert view.presenter.state.choice == "mine"


def test_what_is_the_same_unfolds_with_f7(view: ConflictScreen) -> None:
    show(view)
    assert view.bar().secondary == ("看相同的 2 项", "F7")
    before = view.table.heightForWidth(900)
    view.press("F7")
    assert view.table.heightForWidth(900) > before
    assert view.bar().secondary == ("收起相同的", "F7")
    assert "参保年度：原来 没有登记" in view.table.accessibleName()


def test_the_answers_stand_below_where_they_fit_and_beside_where_not(
    view: ConflictScreen, services: Services, case: CaseAccepted
) -> None:
    show(view, HIGH)
    assert view.answers.cards.cards[0].y() == view.answers.cards.cards[1].y()
    view.press("1")
    settle()
    conflicts.hold(services.counter, case, "DUP_ENROL", conflicts.worst())
    view.refresh()
    settle()
    assert view.answers.cards.cards[0].x() == view.answers.cards.cards[1].x()
    view.resize(700, HIGH)
    settle()
    assert view.answers.width() > 600


def test_the_worst_content_fits_at_every_size(
    view: ConflictScreen, services: Services, case: CaseAccepted, cut: list[str]
) -> None:
    held = (conflicts.worst(), conflicts.figures("PACK_OLD", 5, span=True))
    for conflict, code in zip(held, ("DUP_ENROL", "PACK_OLD"), strict=True):
        conflicts.hold(services.counter, case, code, conflict)
        view.refresh()
        view.press("1")
        for wide, high in ((WIDE, HIGH), (WIDE, LOW), (880, 520)):
            view.resize(wide, high)
            view.show()
            settle()
            view.grab()
            assert not squeezed(view)
    assert not cut


def test_page_keys_scroll_the_sides(
    view: ConflictScreen, services: Services, case: CaseAccepted
) -> None:
    conflicts.hold(services.counter, case, "DUP_ENROL", conflicts.worst())
    view.refresh()
    show(view, LOW)
    bar = view._area.verticalScrollBar()
    view.press("PgDn")
    assert bar.value() > 0
    view.press("PgUp")
    assert bar.value() == 0


def test_a_settled_case_leaves_only_the_way_back(
    view: ConflictScreen, services: Services, case: CaseAccepted, desk: FakeNavigator, drawn: Drawn
) -> None:
    view.press("2")
    view.presenter.send()
    desk.went.clear()
    view.open(case.case_id)
    show(view)
    assert "这一件不用答复了" in drawn.of(view)
    assert view.bar().primary is None
    view.press("Esc")
    assert desk.went == [("worklist", case.case_id)]


def test_nothing_touches_the_disk_on_the_gui_thread(
    qtbot: QtBot, services: Services, case: CaseAccepted, gui_thread: Guard
) -> None:
    failures: list[BaseException] = []
    runner = TaskRunner(failures.append)
    desk = FakeNavigator()
    made = make(services, runner, desk)
    qtbot.addWidget(made)
    gui_thread.on = True
    made.open(case.case_id)
    qtbot.waitUntil(lambda: made.presenter.state.view is not None)
    made.press("2")
    made.press("F9")
    qtbot.waitUntil(lambda: bool(desk.went))
    gui_thread.on = False
    runner.close()
    assert not failures
