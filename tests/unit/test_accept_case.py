"""Accepting an enrolment: everything in one commit, or nothing."""

from pathlib import Path

from counter_app.kernel.ids import parse_case_number
from counter_app.services.accept_case import AcceptCase, CaseAccepted, NotAccepted
from counter_app.services.save_draft import Draft
from counter_app.store import cases, journal, print_jobs
from counter_app.store.transaction import read
from tests.fakes import people, station


def accept(services: station.Services, *certnos: str) -> CaseAccepted | NotAccepted:
    answers = station.ready(services, *certnos)
    services.save_draft(Draft("d1", "resident-enrolment", answers))
    return services.accept_case(AcceptCase("d1", "resident-enrolment", answers))


def test_three_members_become_one_case_one_entry_and_two_print_jobs(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    result = accept(services, str(people.HEAD[0]), str(people.MOTHER[0]), str(people.SON[0]))
    assert isinstance(result, CaseAccepted), result
    assert parse_case_number(result.case_no) == result.case_no
    with read(services.counter.station) as tx:
        row = cases.get(tx, result.case_id)
        assert row is not None
        assert row.state == "queued"
        assert row.total == 92000
        assert len(journal.pending(tx, 10)) == 1
        assert len(print_jobs.of_case(tx, result.case_id)) == 2
        assert len(cases.enrolled(tx, [f"01:{people.SON[0]}"])) == 1


def test_the_same_person_is_not_enrolled_twice_in_a_year(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    assert isinstance(accept(services, str(people.HEAD[0])), CaseAccepted)
    again = accept(services, str(people.HEAD[0]))
    assert isinstance(again, NotAccepted)
    assert {p.code for p in again.problems} == {"enrolled"}


def test_the_dead_are_refused_in_plain_words(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    result = accept(services, str(people.DEAD[0]))
    assert isinstance(result, NotAccepted)
    assert any(p.code == "deceased" and "已去世" in p.text for p in result.problems)
