"""Limits at a real station: they warn at home, and stop an acceptance only where the centre says so."""

import re
from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.services.accept_case import AcceptCase, CaseAccepted, NotAccepted
from counter_app.services.export_outgoing import export_outgoing
from counter_app.services.queries.limits import holding, limits
from counter_app.store import cases, journal, reference
from counter_app.store.reference import Cursor
from counter_app.store.reference_tables import policy
from counter_app.store.transaction import read, write
from tests.architecture import sources
from tests.fakes import people, station, worklists
from tests.fakes.clock import FakeClock

HEAD, MOTHER = str(people.HEAD[0]), str(people.MOTHER[0])
ITEM = "resident-enrolment"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def services(tmp_path: Path, clock: FakeClock) -> Services:
    return station.make_services(tmp_path, clock)


def say(services: Services, key: str, value: str) -> None:
    with write(services.counter.reference) as tx:
        reference.apply_rows(tx, "control", ("key", "value"), [[key, value]])


def heard_now(services: Services, clock: FakeClock) -> None:
    feed = f"decisions.{station.STATION.code}"
    with write(services.counter.reference) as tx:
        at = Cursor(feed, "e1", 1, (), boot_done=True, pulled_at=clock.at)
        reference.put_cursor(tx, at)


def test_days_without_the_centre_warn_at_home_and_work_goes_on(
    services: Services, clock: FakeClock
) -> None:
    heard_now(services, clock)
    assert services.home_summary().limit is None
    clock.move(days=4)
    limit = services.home_summary().limit
    assert limit is not None
    assert (limit.code, limit.title, limit.holds) == ("offline_hours", "4 天没连上中心", False)
    worklists.accepted(services, HEAD)
    services.counter.network.set(online=True, at=clock.at)
    assert limits(services.counter) == ()


def test_only_the_centres_parameter_holds_a_new_acceptance(services: Services) -> None:
    worklists.accepted(services, HEAD)
    say(services, "warn.unsent_entries", "1")
    assert [limit.code for limit in limits(services.counter)] == ["unsent_entries"]
    assert holding(services.counter) is None
    say(services, "hold.unsent_entries", "1")
    answers = station.ready(services, MOTHER)
    refused = services.accept_case(AcceptCase("d", ITEM, answers))
    assert isinstance(refused, NotAccepted)
    (problem,) = refused.problems
    assert problem.code == "limit"
    assert "先收纸单" in problem.text
    assert "没有丢" in problem.text
    with read(services.counter.station) as tx:
        assert journal.pending_count(tx) == 1


def test_mending_exporting_and_voiding_are_held_by_nothing(
    services: Services, tmp_path: Path
) -> None:
    case = worklists.accepted(services, HEAD)
    worklists.decide(services.counter, case, "rejected")
    say(services, "hold.unsent_entries", "1")
    assert holding(services.counter) is not None
    answers = station.ready(services, HEAD)
    again = services.accept_case(AcceptCase("", ITEM, answers, case.case_id))
    assert isinstance(again, CaseAccepted), again
    assert services.take_over(case.case_id) is False
    done = export_outgoing(services.counter, tmp_path)
    assert getattr(done, "code", "") == "no_seal_key", "asked for the key, not held"


def test_a_pack_that_ended_gives_no_figures_and_the_case_is_accepted(services: Services) -> None:
    text = re.sub(r"\n(begins|ends) = .*", "", station.pack_text())
    text = re.sub(r"\n(grade = .*)", r"\n\1\nends = 2026-10-31", text)
    with write(services.counter.reference) as tx:
        tx.execute(policy.update().values(text=text, digest="ended"))
    (limit,) = limits(services.counter)
    assert (limit.code, limit.title) == ("pack_days", "规则包只到 10月31日")
    answers = station.ready(services, str(people.SON[0]))
    done = services.accept_case(AcceptCase("", ITEM, answers))
    assert isinstance(done, CaseAccepted), done
    with read(services.counter.station) as tx:
        row = cases.get(tx, done.case_id)
    assert row is not None
    assert row.total is None


def test_only_a_new_acceptance_asks_whether_it_is_held() -> None:
    asking = [
        p.as_posix()
        for p in sources.modules("counter_app", "ui")
        if re.search(r"\bholding\(|\bmay_hold\(", sources.text(p))
    ]
    assert sorted(asking) == [
        "counter_app/domain/limits.py",
        "counter_app/services/accept_case.py",
        "counter_app/services/queries/limits.py",
    ]
