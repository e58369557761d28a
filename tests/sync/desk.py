"""Stations for the sync's tests: real databases, an identity the fake centre knows."""

import dataclasses
from pathlib import Path

from counter_app.bootstrap import Services, bind
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.context import Counter
from counter_app.services.save_draft import Draft
from counter_app.store import cases, journal, tasks
from counter_app.store.transaction import read
from counter_app.sync.cycle import run_once
from counter_app.sync.desk import Report
from counter_app.wire import keys
from counter_app.wire.messages import DecisionBody
from tests.fakes import station
from tests.fakes.centre import URL, FakeCentre, Line
from tests.fakes.clock import FakeClock

CODE = station.STATION.code


def enrolled(folder: Path, centre: FakeCentre, dev: str = "qinghe-02") -> Services:
    """A station PC the centre knows."""
    who = dataclasses.replace(
        station.identity(dev, dev[-1:] if dev[-1:].isalpha() else "B"),
        centre_sign_key=keys.signing_public(centre.private),
        centre_url=URL,
    )
    centre.know(who)
    return bind(station.make_counter(folder, FakeClock(), identity=who))


def accept(services: Services, *certnos: object, case_id: str = "") -> CaseAccepted:
    answers = station.ready(services, *map(str, certnos))
    services.save_draft(Draft("d1", "resident-enrolment", answers))
    done = services.accept_case(AcceptCase("d1", "resident-enrolment", answers, case_id))
    assert isinstance(done, CaseAccepted), done
    return done


def go(services: Services, centre: FakeCentre, *script: str) -> Report:
    return run_once(services.counter, Line(centre, script))


def state(services: Services, case_id: str) -> str:
    with read(services.counter.station) as tx:
        row = cases.get(tx, case_id)
    assert row is not None
    return row.state


def open_task(counter: Counter, case_id: str) -> tasks.TaskRow | None:
    with read(counter.station) as tx:
        return tasks.of_case(tx, case_id)


def pending(services: Services) -> int:
    with read(services.counter.station) as tx:
        return journal.pending_count(tx)


def decision(case: CaseAccepted, kind: str, rev: int = 1, **more: str) -> DecisionBody:
    return DecisionBody(
        case_no=case.case_no,
        case_id=case.case_id,
        rev=rev,
        kind=kind,
        code=more.get("code", ""),
        text=more.get("text", "户口簿首页看不清"),
        until=more.get("until", "2026-12-05"),
        decided_at=1_795_000_000_000,
    )
