"""Mending a returned or held case: its day stays its own, and nothing else may be changed."""

import datetime as dt
from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.catalog.registry import item
from counter_app.kernel.clock import CHINA, to_ms, today
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.accept_case import AcceptCase, CaseAccepted, NotAccepted
from counter_app.services.check_date import check_date
from counter_app.services.save_draft import Draft
from counter_app.services.void_case import VoidCase
from counter_app.store import cases, drafts, journal, meta
from counter_app.store.transaction import read, write
from counter_app.wire.header import read_header
from tests.fakes import people, station
from tests.fakes.clock import FakeClock

ITEM = "resident-enrolment"
HEAD = str(people.HEAD[0])


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(dt.datetime(2026, 12, 30, 16, 0, tzinfo=CHINA))


@pytest.fixture
def services(tmp_path: Path, clock: FakeClock) -> Services:
    return station.make_services(tmp_path, clock)


def accept(services: Services, case_id: str = "") -> CaseAccepted | NotAccepted:
    answers = station.ready(services, HEAD).put("members[0].years", "2027")
    return services.accept_case(AcceptCase("d1", ITEM, answers, case_id))


def stored(services: Services, case_id: str) -> cases.CaseRow:
    with read(services.counter.station) as tx:
        row = cases.get(tx, case_id)
    assert row is not None
    return row


def become(services: Services, case_id: str, state: str) -> None:
    with write(services.counter.station) as tx:
        cases.set_state(tx, case_id, state)


@pytest.mark.parametrize("state", ["rejected", "held"])
def test_a_case_mended_after_the_season_is_judged_by_its_own_day(
    services: Services, clock: FakeClock, state: str
) -> None:
    first = accept(services)
    assert isinstance(first, CaseAccepted)
    before = stored(services, first.case_id)
    become(services, first.case_id, state)
    clock.move(days=6)
    facts = services.load_facts(
        item("resident-enrolment").asks(station.ready(services, HEAD)), first.case_id, None
    )
    assert facts.on == dt.date(2026, 12, 30)
    assert isinstance(accept(services, first.case_id), CaseAccepted)
    after = stored(services, first.case_id)
    assert (after.rev, after.accepted_on) == (2, "2026-12-30")
    assert (after.typed_at, after.body.count('"2027-01-01"')) == (
        before.typed_at,
        before.body.count('"2027-01-01"'),
    )
    with read(services.counter.station) as tx:
        header = read_header(journal.pending(tx, 9)[1].op.header)
    assert (header.accepted_on, header.typed_at) == ("2026-12-30", clock.at)


def test_mending_does_not_open_another_day_for_voiding(
    services: Services, clock: FakeClock
) -> None:
    first = accept(services)
    assert isinstance(first, CaseAccepted)
    become(services, first.case_id, "rejected")
    clock.move(days=1)
    assert isinstance(accept(services, first.case_id), CaseAccepted)
    refused = services.void_case(VoidCase(first.case_id, "doubled", "重复"))
    assert {p.code for p in refused} == {"late"}


@pytest.mark.parametrize("state", ["queued", "received", "accepted"])
def test_what_was_not_returned_is_not_changed(services: Services, state: str) -> None:
    first = accept(services)
    assert isinstance(first, CaseAccepted)
    become(services, first.case_id, state)
    again = accept(services, first.case_id)
    assert isinstance(again, NotAccepted)
    assert [p.code for p in again.problems] == ["not_returned"]
    assert "不能改" in again.problems[0].text
    row = stored(services, first.case_id)
    assert (row.rev, row.state) == (1, state)


def test_pressing_twice_on_a_mended_case_writes_it_once(services: Services) -> None:
    first = accept(services)
    assert isinstance(first, CaseAccepted)
    become(services, first.case_id, "rejected")
    assert isinstance(accept(services, first.case_id), CaseAccepted)
    assert isinstance(accept(services, first.case_id), NotAccepted)
    with read(services.counter.station) as tx:
        assert journal.pending_count(tx) == 2


def test_the_date_is_compared_with_the_last_entry_not_with_another_pcs(
    services: Services, clock: FakeClock
) -> None:
    first = accept(services)
    assert isinstance(first, CaseAccepted)
    with write(services.counter.station) as tx:  # another PC of the station believes in 2040
        strange = to_ms(dt.datetime(2040, 1, 1, tzinfo=CHINA))
        table = cases.case
        tx.execute(table.update().values(typed_at=strange))
    assert check_date(services.counter) is None
    clock.at = to_ms(dt.datetime(2010, 1, 1, tzinfo=CHINA))
    doubt = check_date(services.counter)
    assert doubt is not None
    assert doubt.why == "before_last"


def test_a_day_without_numbers_left_keeps_the_draft(services: Services, clock: FakeClock) -> None:
    answers = station.ready(services, HEAD).put("members[0].years", "2027")
    services.save_draft(Draft("d1", ITEM, answers))
    with write(services.counter.station) as tx:
        meta.put(tx, f"serial:{today(clock).isoformat()}", "9999")
    with pytest.raises(EnvironmentFault, match="serials_used") as raised:
        accept(services)
    assert "草稿" in raised.value.text
    with read(services.counter.station) as tx:
        assert journal.pending_count(tx) == 0
        assert drafts.get(tx, "d1") is not None
