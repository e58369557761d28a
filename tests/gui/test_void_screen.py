"""Voiding: nothing goes without reason, sentence and papers; a copy keeps everything filled in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import Services
from counter_app.services.accept_case import CaseAccepted
from tests.fakes import people, station, worklists
from tests.fakes.clock import FakeClock
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from tests.gui.conftest import Guard
from tests.gui.screens import LOW, Drawn, drawn, press, settle, show, squeezed
from ui.screens.void.view import VoidView, make
from ui.tasks import TaskRunner

__all__ = ["drawn"]

HEAD = str(people.HEAD[0])


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
def case(services: Services) -> CaseAccepted:
    made = worklists.accepted(services, HEAD)
    worklists.printed(services.counter, made)
    return made


@pytest.fixture
def desk() -> FakeNavigator:
    return FakeNavigator()


@pytest.fixture
def view(qtbot: QtBot, services: Services, desk: FakeNavigator, case: CaseAccepted) -> VoidView:
    made = make(services, FakeTasks(), desk)
    qtbot.addWidget(made)
    made.open(case.case_id)
    return made


def fill(view: VoidView) -> None:
    view.press("3")
    view.words.set_text("身份选错了")
    view.words.edited.emit("身份选错了")
    first, second = view.presenter.state.papers
    view.presenter.take_back(first.sheet)
    view.presenter.explain(second.sheet, "本人已离开，电话说过作废")


def state_of(services: Services, case: CaseAccepted) -> str:
    seen = services.case_view(case.case_id)
    assert seen is not None
    return seen.state


def test_the_head_names_the_case_and_masks_the_number(
    view: VoidView, case: CaseAccepted, drawn: Drawn
) -> None:
    show(view)
    words = drawn.of(view)
    assert case.case_no in words
    assert "赵国强" in words
    assert "990101********041X" in words
    assert HEAD not in words


def test_f9_says_everything_that_is_missing_and_goes_to_the_first(
    view: VoidView, services: Services, case: CaseAccepted, drawn: Drawn
) -> None:
    show(view)
    primary = view.bar().primary
    assert primary is not None
    assert (primary.enabled, primary.tone) == (False, "danger")
    view.press("F9")
    settle()
    assert view.panel.head().words == "还差 4 处"
    assert view.reasons.hasFocus()
    assert "还没写一句原因" in drawn.of(view)
    assert state_of(services, case) == "queued"


def test_reason_words_and_papers_make_it_ready(view: VoidView, drawn: Drawn) -> None:
    show(view)
    fill(view)
    assert view.panel.head().words == "可以作废，1 处提醒"
    words = drawn.of(view)
    assert "出过 2 张，收回 1" in words
    assert "没收回" in words
    primary = view.bar().primary
    assert primary is not None
    assert primary.enabled


def test_voiding_closes_the_case_and_blocks_its_prints(
    view: VoidView, services: Services, case: CaseAccepted, desk: FakeNavigator
) -> None:
    fill(view)
    view.press("F9")
    assert state_of(services, case) == "voided"
    assert view.presenter.state.done
    assert view.bar().primary is None
    assert desk.went == [("refresh",)]
    assert services.worklist() == ()


def test_void_and_copy_leaves_a_draft_with_the_same_answers(
    view: VoidView, services: Services, case: CaseAccepted, desk: FakeNavigator
) -> None:
    fill(view)
    view.press("F7")
    assert state_of(services, case) == "voided"
    assert desk.went[0] == ("refresh",)
    where, draft_id = desk.went[1]
    assert where == "draft"
    draft, old = services.open_draft(draft_id), services.case_view(case.case_id)
    assert draft is not None
    assert old is not None
    assert draft.answers.to_plain() == old.answers.to_plain()
    assert draft.case_id == ""


def test_a_refusal_leaves_no_copy_behind(
    view: VoidView, services: Services, clock: FakeClock, case: CaseAccepted, desk: FakeNavigator
) -> None:
    fill(view)
    clock.move(days=1)
    view.press("F7")
    assert state_of(services, case) == "queued"
    assert not [i for i in services.worklist() if i.kind in {"parked", "open_draft"}]
    assert any("不是今天受理的" in p.text for p in view.presenter.state.problems)
    assert desk.went == []


def test_yesterdays_case_can_not_be_voided(
    view: VoidView, clock: FakeClock, case: CaseAccepted, drawn: Drawn
) -> None:
    clock.move(days=1)
    view.open(case.case_id)
    show(view)
    assert view.panel.head().words == "不能作废"
    assert "过了今天就不能作废" in drawn.of(view)
    assert view.bar().primary is None


def test_digits_choose_only_while_no_box_has_the_cursor(view: VoidView) -> None:
    show(view)
    view.shown()
    press(view, Qt.Key.Key_2)
    assert view.presenter.state.reason == "wrong_item"
    settle()
    assert view.words.has_focus()
    press(view, Qt.Key.Key_5)
    assert view.presenter.state.reason == "wrong_item"
    assert view.words.text() == "5"


def test_what_was_filled_in_stays_while_the_clerk_is_away(
    view: VoidView, case: CaseAccepted
) -> None:
    fill(view)
    assert view.left()
    view.open(case.case_id)
    assert view.presenter.state.words == "身份选错了"
    assert view.presenter.state.ready


def test_escape_goes_back_without_voiding(
    view: VoidView, services: Services, case: CaseAccepted, desk: FakeNavigator
) -> None:
    view.press("Esc")
    assert desk.went == [("accepted", case.case_id)]
    assert state_of(services, case) == "queued"


def test_texts_fit_their_boxes(view: VoidView, cut: list[str]) -> None:
    for step in (lambda: view.press("F9"), lambda: fill(view), lambda: view.press("F9")):
        show(view, LOW)
        view.grab()
        assert not squeezed(view)
        step()
    show(view, LOW)
    view.grab()
    assert not cut


def test_nothing_touches_the_disk_on_the_gui_thread(
    qtbot: QtBot, services: Services, case: CaseAccepted, gui_thread: Guard
) -> None:
    failures: list[BaseException] = []
    runner = TaskRunner(failures.append)
    made = make(services, runner, FakeNavigator())
    qtbot.addWidget(made)
    gui_thread.on = True
    made.open(case.case_id)
    qtbot.waitUntil(lambda: made.presenter.state.case is not None)
    fill(made)
    made.press("F7")
    qtbot.waitUntil(lambda: made.presenter.state.done)
    gui_thread.on = False
    runner.close()
    assert not failures
