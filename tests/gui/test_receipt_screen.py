"""The receipt check: genuine, changed, not verifiable here, voided, or none of ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import Services
from counter_app.services.accept_case import CaseAccepted
from counter_app.services.void_case import VoidCase
from counter_app.store import cases
from counter_app.store.transaction import read
from counter_app.wire import keys, receipt_code
from tests.fakes import people, station, worklists
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from tests.gui.screens import LOW, Drawn, drawn, show, squeezed
from ui.screens.receipt.view import ReceiptView, make

__all__ = ["drawn"]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = station.make_services(tmp_path)
    yield made
    made.counter.station.dispose()
    made.counter.reference.dispose()


@pytest.fixture
def desk() -> FakeNavigator:
    return FakeNavigator()


@pytest.fixture
def view(qtbot: QtBot, services: Services, desk: FakeNavigator) -> ReceiptView:
    made = make(services, FakeTasks(), desk)
    qtbot.addWidget(made)
    return made


def code(services: Services, case: CaseAccepted, device: str = "", private: bytes = b"") -> str:
    counter = services.counter
    with read(counter.station) as tx:
        row = cases.get(tx, case.case_id)
    assert row is not None
    said = receipt_code.ReceiptCode(
        case.case_no,
        row.item,
        "赵*强",
        "20261123",
        row.total,
        row.entry[:16],
        device or counter.identity.dev,
    )
    return receipt_code.write(said, private or counter.identity.sign_private)


def test_a_genuine_one_opens_its_case(
    view: ReceiptView, services: Services, desk: FakeNavigator, drawn: Drawn
) -> None:
    case = worklists.accepted(services, str(people.HEAD[0]))
    view.open(code(services, case))
    show(view)
    words = drawn.of(view)
    assert view.banner.title() == "核验通过"
    assert case.case_no in words
    assert "赵*强" in words
    assert "赵国强" not in words
    primary = view.bar().primary
    assert primary is not None
    view.press("F9")
    assert desk.went == [("accepted", case.case_id)]


def test_a_changed_one_is_refused_and_shows_nothing_of_it(
    view: ReceiptView, services: Services, drawn: Drawn
) -> None:
    case = worklists.accepted(services, str(people.HEAD[0]))
    view.open(code(services, case).replace("20261123", "20261124"))
    show(view)
    assert view.presenter.state.tone == "bad"
    assert "11月24日" not in drawn.of(view)
    assert view.bar().primary is None


def test_an_unknown_key_is_never_called_false(view: ReceiptView, services: Services) -> None:
    case = worklists.accepted(services, str(people.HEAD[0]))
    view.open(code(services, case, "liulin-01", keys.new_signing_key()))
    assert view.presenter.state.head == "无法核验"
    assert view.presenter.state.tone == "warn"


def test_a_voided_one_is_genuine_but_of_no_use(view: ReceiptView, services: Services) -> None:
    case = worklists.accepted(services, str(people.HEAD[0]))
    text = code(services, case)
    assert services.void_case(VoidCase(case.case_id, "other", "录错")) == ()
    view.open(text)
    assert view.presenter.state.head == "已作废，不能用"
    assert view.presenter.state.tone == "bad"


def test_a_foreign_code_is_told_plainly(
    view: ReceiptView, desk: FakeNavigator, cut: list[str]
) -> None:
    view.open("QH1.not.one.of.ours")
    show(view, LOW)
    view.grab()
    assert view.banner.title() == "不是受理回执的码"
    assert view.presenter.state.facts == ()
    assert not squeezed(view)
    assert not cut
    view.press("Esc")
    assert desk.went == [("search", "")]


def test_only_the_newest_scan_is_shown(services: Services, qtbot: QtBot) -> None:
    tasks = FakeTasks()
    tasks.held = True
    made = make(services, tasks, FakeNavigator())
    qtbot.addWidget(made)
    case = worklists.accepted(services, str(people.HEAD[0]))
    made.open("QH1.a")
    made.open(code(services, case))
    waiting = tasks.waiting
    tasks.waiting = list(reversed(waiting))
    tasks.run()
    assert made.presenter.state.head == "核验通过"
