"""Two clerks with the same draft on the same PC: nobody's typing is written over, nothing is lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.bootstrap import Services, bind
from counter_app.forms.answers import Answers
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.context import Clerk
from counter_app.services.save_draft import Draft
from counter_app.store import drafts
from counter_app.store.transaction import read
from tests.fakes import people, station
from tests.fakes.clock import FakeClock

ITEM = "resident-enrolment"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def first(tmp_path: Path, clock: FakeClock) -> Services:
    return station.make_services(tmp_path, clock)


@pytest.fixture
def second(first: Services) -> Services:
    return bind(replace(first.counter, clerk=Clerk("0315", "周建国", ("accept",))))


def answers(services: Services, memo: str) -> Answers:
    return station.ready(services, str(people.HEAD[0])).put("memo", memo)


def memos(services: Services) -> dict[str, str]:
    """What the drafts hold, by their clerk."""
    with read(services.counter.station) as tx:
        rows = drafts.everything(tx)
    kept = {}
    for row in rows:
        opened = services.open_draft(row.draft_id)
        assert opened is not None
        kept[row.clerk_name] = opened.answers.get("memo")
    return kept


def taken_over(first: Services, second: Services, clock: FakeClock) -> None:
    first.save_draft(Draft("d1", ITEM, answers(first, "李敏先填")))
    clock.move(minutes=1)
    assert second.open_draft("d1") is not None
    second.save_draft(Draft("d1", ITEM, answers(first, "周建国接着填")))
    clock.move(minutes=1)


def test_a_stale_window_is_told_and_its_typing_lies_apart(
    first: Services, second: Services, clock: FakeClock
) -> None:
    taken_over(first, second, clock)
    stale = Draft("d1", ITEM, answers(first, "李敏又填"))
    with pytest.raises(EnvironmentFault) as caught:
        first.save_draft(stale)
    assert caught.value.code == "draft_moved"
    assert "周建国 14:31" in caught.value.text
    assert "没有丢" in caught.value.text
    assert memos(first) == {"周建国": "周建国接着填", "李敏": "李敏又填"}


def test_after_being_told_the_clerk_goes_on_in_the_copy(
    first: Services, second: Services, clock: FakeClock
) -> None:
    taken_over(first, second, clock)
    with pytest.raises(EnvironmentFault):
        first.save_draft(Draft("d1", ITEM, answers(first, "一")))
    clock.move(seconds=1)
    assert first.save_draft(Draft("d1", ITEM, answers(first, "二"))) == clock.at
    second.save_draft(Draft("d1", ITEM, answers(first, "三")))
    assert memos(first) == {"周建国": "三", "李敏": "二"}


def test_accepting_a_stale_window_leaves_the_colleagues_draft(
    first: Services, second: Services, clock: FakeClock
) -> None:
    taken_over(first, second, clock)
    done = first.accept_case(AcceptCase("d1", ITEM, answers(first, "李敏受理")))
    assert isinstance(done, CaseAccepted)
    assert memos(first) == {"周建国": "周建国接着填"}


def test_the_copy_goes_with_its_acceptance(
    first: Services, second: Services, clock: FakeClock
) -> None:
    taken_over(first, second, clock)
    with pytest.raises(EnvironmentFault):
        first.save_draft(Draft("d1", ITEM, answers(first, "一")))
    assert isinstance(first.accept_case(AcceptCase("d1", ITEM, answers(first, "一"))), CaseAccepted)
    assert memos(first) == {"周建国": "周建国接着填"}


@pytest.mark.parametrize("end", ["accepted", "dropped"])
def test_a_draft_that_is_gone_does_not_come_back_to_life(
    first: Services, second: Services, clock: FakeClock, end: str
) -> None:
    taken_over(first, second, clock)
    if end == "accepted":
        second.accept_case(AcceptCase("d1", ITEM, answers(first, "周建国受理")))
    else:
        second.drop_draft("d1")
    with pytest.raises(EnvironmentFault) as caught:
        first.save_draft(Draft("d1", ITEM, answers(first, "李敏还开着")))
    assert "受理或删掉" in caught.value.text
    with read(first.counter.station) as tx:
        assert drafts.get(tx, "d1") is None
    assert memos(first) == {"李敏": "李敏还开着"}


def test_one_clerk_alone_is_never_asked(first: Services, clock: FakeClock) -> None:
    for memo in ("一", "二", "三"):
        clock.move(seconds=1)
        assert first.save_draft(Draft("d1", ITEM, answers(first, memo))) == clock.at
    again = bind(replace(first.counter))
    assert again.open_draft("d1") is not None
    again.save_draft(Draft("d1", ITEM, answers(first, "四")))
    assert memos(first) == {"李敏": "四"}
