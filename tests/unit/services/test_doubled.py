"""Held because somebody else registered the year: the answer the centre asks for can be given."""

import datetime as dt
from pathlib import Path

from counter_app.services.accept_case import AcceptCase, CaseAccepted, NotAccepted
from counter_app.store import cases, reference
from counter_app.store.transaction import write
from tests.fakes import people, station

HEAD = str(people.HEAD[0])


def test_the_roster_showing_the_other_registration_refuses_no_answer(tmp_path: Path) -> None:
    services = station.make_services(tmp_path / "profile")
    answers = station.ready(services, HEAD)
    done = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(done, CaseAccepted), done
    row = people.person_row(
        "赵国强",
        dt.date(1971, 3, 9),
        41,
        py="zgq",
        years=people.years(people.year(2026), [2027, "2026-11-20", None, False, None, None, ""]),
    )
    with write(services.counter.reference) as tx:
        reference.apply_rows(tx, f"persons.{people.AREA}", tuple(people.COLS), [row])
    reply = AcceptCase("d1", "resident-enrolment", answers, done.case_id, reply="本人住这边")
    for code, taken in (("STALE_PERSON", False), ("DUP_ENROL", True)):
        with write(services.counter.station) as tx:
            cases.set_state(tx, done.case_id, "held", f'{{"code": "{code}", "rev": 1}}')
        answered = services.accept_case(reply)
        assert isinstance(answered, CaseAccepted) is taken, answered
        if isinstance(answered, NotAccepted):
            assert [p.code for p in answered.problems] == ["enrolled"]
