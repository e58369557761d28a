"""Answering a held case without Qt: one answer, a sentence of why, the next case; nothing begun is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.services.accept_case import CaseAccepted
from counter_app.services.answer_hold import JOTTED
from counter_app.store import cases, tasks
from counter_app.store.transaction import write
from counter_app.wire.conflict import Answer
from tests.fakes import conflicts, people, station, worklists
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from ui.screens.conflict.grounds import grounds
from ui.screens.conflict.presenter import ConflictPresenter, ConflictState

WHY = "本人当面说的"


class Screen:
    def __init__(self) -> None:
        self.state = ConflictState()
        self.waiting: list[Callable[[], None]] = []

    def show_state(self, state: ConflictState) -> None:
        self.state = state

    def later(self, ms: int, what: Callable[[], None]) -> None:
        self.waiting.append(what)


class Desk:
    """A station with a held case for each of these people, the last one opened."""

    def __init__(self, services: Services, who: tuple[str, ...]) -> None:
        self.services = services
        self.cases = [self._held(certno) for certno in who]
        self.open()

    def _held(self, certno: str) -> CaseAccepted:
        case = worklists.accepted(self.services, certno)
        conflict = conflicts.enrolled_twice(case.case_no)
        conflicts.hold(self.services.counter, case, "DUP_ENROL", conflict)
        return case

    def open(self, at: int = -1) -> None:
        self.screen, self.went = Screen(), FakeNavigator()
        self.presenter = ConflictPresenter(self.services, FakeTasks(), self.went, self.screen)
        self.presenter.open(self.cases[at].case_id)

    @property
    def state(self) -> ConflictState:
        return self.screen.state

    def state_of(self, case: CaseAccepted) -> str:
        view = self.services.case_view(case.case_id)
        assert view is not None
        return view.state


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return station.make_services(tmp_path)


@pytest.fixture
def desk(services: Services) -> Desk:
    return Desk(services, (str(people.HEAD[0]), str(people.MOTHER[0]), str(people.SON[0])))


def test_what_is_asked_comes_first_and_what_is_the_same_folds(desk: Desk) -> None:
    lines = desk.state.lines
    assert [line.kind for line in lines] == ["head", *["side"] * 5, "fold"]
    assert [line.mark for line in lines[1:6]] == ["ask", "ask", "ask", "differs", "differs"]
    assert lines[1].result == "要您定"
    assert (lines[3].mine, lines[3].server) == ("120.00", "400.00")
    assert lines[-1].label == "另有 2 项两边相同"
    desk.presenter.fold()
    assert [line.result for line in desk.state.lines[-2:]] == ["相同", "相同"]
    assert "原来 没有登记，本站 2027" in desk.state.lines[-2].spoken
    desk.presenter.fold()
    assert desk.state.lines == lines


def test_nothing_is_chosen_for_the_clerk(desk: Desk) -> None:
    primary = desk.presenter.primary()
    assert primary is not None
    assert not primary.enabled
    desk.presenter.send()
    assert desk.state.blamed == "choice"
    assert desk.state_of(desk.cases[-1]) == "held"


def test_a_digit_chooses_and_the_button_bears_its_words(desk: Desk) -> None:
    desk.presenter.digit(1)
    assert desk.state.choice == Answer.MINE
    assert desk.state.lines[1].result == "用本站填的"
    primary = desk.presenter.primary()
    assert primary is not None
    assert (primary.words, primary.enabled) == ("留本站这件", False)
    desk.presenter.send()
    assert desk.state.blamed == "reason"
    desk.presenter.write(WHY)
    assert desk.state.blamed == ""
    primary = desk.presenter.primary()
    assert primary is not None
    assert primary.enabled
    desk.presenter.digit(9)
    assert desk.state.choice == Answer.MINE


def test_answering_leads_to_the_worklist_with_the_next_held_case(desk: Desk) -> None:
    held = desk.state.held
    at = held.index(desk.cases[-1].case_id)
    assert desk.state.place == f"第 {at + 1} 件，共 3 件"
    desk.presenter.digit(2)
    desk.presenter.send()
    assert desk.state_of(desk.cases[-1]) == "queued"
    following = held[(at + 1) % 3]
    assert desk.went.went == [("refresh",), ("worklist", following)]
    assert desk.state.view is None


def test_the_last_one_leads_to_the_worklist(services: Services) -> None:
    desk = Desk(services, (str(people.HEAD[0]),))
    assert desk.state.place == ""
    desk.presenter.digit(2)
    desk.presenter.send()
    assert desk.went.went == [("refresh",), ("worklist", "")]


def test_mending_opens_the_form_and_keeps_what_was_written(desk: Desk) -> None:
    desk.presenter.write(WHY)
    desk.presenter.digit(3)
    primary = desk.presenter.primary()
    assert primary is not None
    assert primary.words == "打开表修改"
    assert not desk.state.asks_words
    desk.presenter.send()
    case_id = desk.cases[-1].case_id
    assert desk.went.went == [("amend", case_id)]
    assert desk.services.read_jotting(JOTTED, case_id)["words"] == WHY


def test_what_was_begun_is_there_after_a_power_cut(desk: Desk) -> None:
    desk.presenter.digit(1)
    desk.presenter.write(WHY)
    desk.screen.waiting.pop(0)()
    desk.open()
    assert (desk.state.choice, desk.state.words) == ("mine", WHY)


def test_leaving_keeps_it_at_once_and_escape_changes_nothing(desk: Desk) -> None:
    desk.presenter.digit(1)
    desk.presenter.write(WHY)
    desk.presenter.leave()
    desk.presenter.escape()
    assert desk.went.went == [("worklist", desk.cases[-1].case_id)]
    assert desk.state_of(desk.cases[-1]) == "held"
    desk.open()
    assert desk.state.words == WHY


def test_another_case_does_not_take_over_what_was_written(desk: Desk) -> None:
    desk.presenter.digit(1)
    desk.presenter.write(WHY)
    desk.presenter.open(desk.cases[0].case_id)
    assert (desk.state.choice, desk.state.words) == ("", "")
    desk.presenter.open(desk.cases[-1].case_id)
    assert (desk.state.choice, desk.state.words) == ("mine", WHY)


def test_a_new_question_takes_the_choice_back_and_keeps_the_words(desk: Desk) -> None:
    desk.presenter.digit(1)
    desk.presenter.write(WHY)
    conflicts.hold(desk.services.counter, desk.cases[-1], "PACK_OLD", conflicts.owed())
    desk.presenter.send()
    assert "刚才那个答复没有送" in desk.state.message
    assert (desk.state.choice, desk.state.words) == ("", WHY)
    assert desk.state.view is not None
    assert desk.state.view.code == "PACK_OLD"
    desk.presenter.digit(1)
    assert desk.state.message == ""


def test_a_case_settled_elsewhere_is_said_so(desk: Desk) -> None:
    case = desk.cases[-1]
    with write(desk.services.counter.station) as tx:
        cases.set_state(tx, case.case_id, "accepted")
        tasks.close(tx, case.case_id, 1)
    desk.presenter.load()
    assert desk.state.loaded
    assert desk.state.view is None
    assert desk.presenter.primary() is None
    desk.presenter.digit(1)
    desk.presenter.send()
    assert desk.went.went == []


def test_two_calculations_say_by_how_much_they_differ(services: Services) -> None:
    desk = Desk(services, (str(people.HEAD[0]),))
    conflicts.hold(services.counter, desk.cases[0], "STALE_PERSON", conflicts.figures("X", 5))
    desk.presenter.load()
    lines = {line.label: line for line in desk.state.lines}
    assert lines["试算"].chip == "仅供参考"
    assert lines["起付线"].result == "中心多 500.00"
    assert lines["转外先行自付"].result == "中心少 12,345,678.00"
    assert lines["医疗救助"].mine == "—"
    assert lines["起付线"].note == "示范县办法第十一条"


def test_the_grounds_say_rule_points_other_case_and_story(desk: Desk) -> None:
    assert desk.state.view is not None
    said = "\n".join(words for words, _ in grounds(desk.state.view))
    for words in ("中心参保登记库", conflicts.OTHER_NO, "答复期限", "县医保中心", "示例数据"):
        assert words in said
