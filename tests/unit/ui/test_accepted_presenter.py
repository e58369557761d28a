"""After acceptance: papers print by themselves, faults are said, nothing has to be done twice."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from counter_app.services.run_print_job import run_print_job
from counter_app.services.void_case import VoidCase
from tests.fakes.navigator import FakeNavigator
from tests.fakes.printer import FakePrinter
from tests.fakes.tasks import FakeTasks
from tests.unit.ui.enrolment_desk import HEAD, HOUSE, Desk
from ui.screens.accepted.presenter import AcceptedPresenter, AcceptedState


class Screen:
    def __init__(self) -> None:
        self.state = AcceptedState()
        self.seen: list[AcceptedState] = []

    def show_state(self, state: AcceptedState) -> None:
        self.state = state
        self.seen.append(state)


class After:
    """A case just accepted, and the screen that follows."""

    def __init__(self, folder: Path) -> None:
        desk = Desk(folder)
        desk.presenter.open_new(HOUSE, (HEAD,))
        desk.see_all()
        desk.presenter.accept()
        self.case_id = desk.went.went[-1][1]
        self.printer = FakePrinter()
        self.services = replace(
            desk.services,
            run_print_job=partial(run_print_job, desk.services.counter, printer=self.printer),
        )
        self.went, self.screen = FakeNavigator(), Screen()
        self.presenter = AcceptedPresenter(self.services, FakeTasks(), self.went, self.screen)

    def papers(self) -> list[tuple[str, str]]:
        return [(p.title, p.chip) for p in self.screen.state.papers]


@pytest.fixture
def after(tmp_path: Path) -> After:
    return After(tmp_path)


def test_both_sheets_print_by_themselves_and_the_receipt_is_shown(after: After) -> None:
    after.presenter.open(after.case_id)
    assert after.papers() == [
        ("受理回执（A5，两联）", "已打印"),
        ("城乡居民参保登记表（A4）", "已打印"),
    ]
    assert len(after.printer.sent) == 2
    state = after.screen.state
    assert state.title == "已受理，存好了"
    assert state.case_no.startswith("990101104000-261123-B-")
    assert state.picture is not None
    assert len(state.picture.pixels) == state.picture.stride * state.picture.height
    assert (state.sending, state.sent) == ("等着送往中心", False)


def test_no_paper_says_so_and_goes_on_when_told(after: After) -> None:
    after.printer.trouble = "打印机缺纸"
    after.presenter.open(after.case_id)
    assert [chip for _, chip in after.papers()] == ["没打出来", "排队"]
    assert "缺纸" in after.screen.state.papers[0].words
    after.printer.trouble = ""
    after.presenter.again()
    assert [chip for _, chip in after.papers()] == ["已打印", "已打印"]
    assert len(after.printer.sent) == 2


def test_a_second_print_is_called_a_copy(after: After) -> None:
    after.presenter.open(after.case_id)
    after.presenter.again()
    assert after.papers()[-1] == ("受理回执（A5，两联） 副本", "已打印")


def test_a_voided_case_prints_nothing_more(after: After) -> None:
    after.services.void_case(VoidCase(after.case_id, "wrong_person", "点错了人"))
    after.presenter.open(after.case_id)
    assert after.printer.sent == []
    assert after.screen.state.title == "这一件已作废"
    assert not after.screen.state.may_void
    after.presenter.again()
    after.presenter.void()
    assert after.printer.sent == []
    assert after.went.went == []


def test_to_the_void_screen(after: After) -> None:
    after.presenter.open(after.case_id)
    after.presenter.void()
    assert after.went.went[-1] == ("void", after.case_id)


def test_a_case_that_is_gone_is_said(after: After) -> None:
    after.presenter.open("nowhere")
    assert after.screen.state.title == "找不到这一件"
