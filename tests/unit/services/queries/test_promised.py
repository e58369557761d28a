"""The worklist says which case the office should have decided by today, and what to do."""

import datetime as dt
from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.kernel.clock import CHINA
from counter_app.services.accept_case import CaseAccepted
from counter_app.services.queries.worklist import WorkItem
from counter_app.store import cases
from counter_app.store.transaction import write
from tests.fakes import station
from tests.fakes.clock import FakeClock
from tests.unit.services.test_reimbursement import accept, claim


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(dt.datetime(2026, 11, 23, 9, tzinfo=CHINA))


@pytest.fixture
def services(tmp_path: Path, clock: FakeClock) -> Services:
    return station.make_services(tmp_path, clock)


def promised(services: Services) -> list[WorkItem]:
    return [item for item in services.worklist() if item.kind == "promised"]


def accepted(services: Services) -> str:
    done = accept(services, claim())
    assert isinstance(done, CaseAccepted)
    return done.case_id


def test_a_claim_not_decided_in_time_is_said(services: Services, clock: FakeClock) -> None:
    case_id = accepted(services)
    clock.move(days=11)  # Friday 4 December
    assert promised(services) == []
    clock.move(days=3)  # Monday 7 December, the tenth working day
    [today] = promised(services)
    assert (today.until, today.until_note, today.days_left) == ("今天到期", "答应 12月7日 办结", 0)
    assert "先联网上报" in today.cause
    with write(services.counter.station) as tx:
        cases.set_state(tx, case_id, "received")
    clock.move(days=2)
    [late] = promised(services)
    assert (late.until, late.days_left, late.case_id) == ("过了 2 个工作日", -2, case_id)
    assert late.cause == "答应本人 12月7日 前办结，已经过了；中心还没定，请打电话问县里，再告诉本人"


@pytest.mark.parametrize("state", ["rejected", "accepted", "voided"])
def test_what_is_returned_or_done_is_not_late(
    services: Services, clock: FakeClock, state: str
) -> None:
    case_id = accepted(services)
    with write(services.counter.station) as tx:
        cases.set_state(tx, case_id, state)
    clock.move(days=20)
    assert promised(services) == []
