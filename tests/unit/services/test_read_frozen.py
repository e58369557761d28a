"""What a stored case says of the firmness of its figures."""

from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.read_frozen import read_frozen
from tests.fakes import people, station
from tests.fakes.clock import FakeClock


@pytest.mark.parametrize(
    ("own", "cover", "firm"),
    [(None, "等 6 个月", False), (38000, "", False), (None, "由中心核定", True)],
)
def test_waiting_months_alone_are_an_estimate_too(
    tmp_path: Path, own: int | None, cover: str, firm: bool
) -> None:
    services = station.make_services(tmp_path, FakeClock())
    answers = station.ready(services, str(people.HEAD[0]))
    done = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(done, CaseAccepted)
    case = read_frozen(services.counter, done.case_id)
    assert case is not None
    subjects = tuple(replace(s, own=own, cover=cover) for s in case.outcome.subjects)
    outcome = replace(case.outcome, subjects=subjects, firm=False)
    assert replace(case, outcome=outcome).amounts_firm is firm
