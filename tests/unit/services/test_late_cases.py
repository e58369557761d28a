"""A paper taken during a power cut, typed days later: judged by its day, marked, seen and printed as such."""

import datetime as dt
from pathlib import Path

import pytest

from counter_app.catalog import late
from counter_app.catalog.registry import item
from counter_app.forms.answers import Answers
from counter_app.services.accept_case import AcceptCase, CaseAccepted, NotAccepted
from counter_app.services.run_print_job import run_print_job
from counter_app.store import cases
from counter_app.store.transaction import read
from tests.fakes import people, station
from tests.fakes.printer import FakePrinter
from tests.unit.printing import pages

ITEM = "resident-enrolment"
CLERK = "0312"


@pytest.fixture
def services(tmp_path: Path) -> station.Services:
    return station.make_services(tmp_path)


def typed(answers: Answers, on: str, clerk: str = CLERK) -> Answers:
    for field, value in (
        ("late", "1"),
        ("late_on", on),
        ("late_no", "0012"),
        ("late_clerk", clerk),
    ):
        answers = answers.put(field, value)
    return answers


def usual(services: station.Services) -> Answers:
    return station.ready(services, str(people.HEAD[0]))


def accept(services: station.Services, answers: Answers) -> CaseAccepted | NotAccepted:
    return services.accept_case(AcceptCase("d1", ITEM, answers))


def test_the_paper_stands_in_row_header_body_and_view(services: station.Services) -> None:
    clerk = services.counter.clerk
    case = accept(services, typed(usual(services), "2026-11-20", clerk.id))
    assert isinstance(case, CaseAccepted), case
    with read(services.counter.station) as tx:
        row = cases.get(tx, case.case_id)
    assert row is not None
    assert row.accepted_on == "2026-11-20"
    assert '"late_no":"0012"' in row.body
    view = services.case_view(case.case_id)
    assert view is not None
    assert view.late == f"11月20日 收的纸单 0012，{clerk.name}收，后来补录"
    assert view.accepted_on == "2026-11-20"


def test_every_sheet_carries_the_mark_with_the_papers_number(services: station.Services) -> None:
    case = accept(services, typed(usual(services), "2026-11-20", services.counter.clerk.id))
    assert isinstance(case, CaseAccepted), case
    printer = FakePrinter()
    for job in case.jobs:
        run_print_job(services.counter, job, printer)
    assert len(printer.sent) == 2
    for _, pdf in printer.sent:
        assert "补录纸单0012" in pages.text(pdf)


def test_a_paper_of_the_same_day_is_marked_too(services: station.Services) -> None:
    case = accept(services, typed(usual(services), "2026-11-23", services.counter.clerk.id))
    assert isinstance(case, CaseAccepted), case
    printer = FakePrinter()
    run_print_job(services.counter, case.jobs[0], printer)
    assert "补录纸单0012" in pages.text(printer.sent[0][1])


def newborn(services: station.Services, born: dt.date) -> Answers:
    answers = usual(services)
    row = {
        **answers.section("members")[0],
        "start": "newborn",
        "nwb_by": "mother",
        "psn_cert_type": "",
        "certno": "",
        "psn_name": "",
        "gend": "1",
        "brdy": born.isoformat(),
        "psn_type": "1401",
        "years": "2026",
        "patn_rlts": "20",
        "mat_idet_code": "0",
        "guardian_name": people.HEAD[2],
        "guardian_certno": str(people.HEAD[0]),
        "guardian_rlts": "父亲",
        "mother_name": "孙瑾",
        "mother_certno": people.number(dt.date(1990, 1, 2), 4),
        "birth_order": "1",
        "roster_name": "",
    }
    answers = Answers(answers.values, {**answers.rows, "members": (row,)})
    return station.seen_all(services, answers)


@pytest.mark.parametrize(
    ("on", "stopped"),
    [("2026-11-22", False), ("2026-11-23", True)],
    ids=["day 90 on the paper", "day 91 on the paper"],
)
def test_the_day_on_the_paper_decides_on_each_side(
    services: station.Services, on: str, stopped: bool
) -> None:
    # arithmetic: 24 August + 90 days = 22 November; + 91 = 23 November, today
    answers = typed(newborn(services, dt.date(2026, 8, 24)), on, services.counter.clerk.id)
    result = accept(services, answers)
    found = [(p.code, p.field) for p in result.problems] if isinstance(result, NotAccepted) else []
    assert [code for code, _ in found] == (["newborn_late"] if stopped else []), found


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("late_on", "2026-11-24", "late_ahead"),
        ("late_on", "", "required"),
        ("late_on", "11月", "date"),
        ("late_no", "", "required"),
        ("late_clerk", "", "required"),
        ("late_clerk", "9999", "code"),
    ],
)
def test_bad_input_is_told_at_its_place_and_nothing_is_written(
    services: station.Services, field: str, value: str, code: str
) -> None:
    answers = typed(usual(services), "2026-11-20", services.counter.clerk.id).put(field, value)
    result = accept(services, answers)
    assert isinstance(result, NotAccepted)
    assert [(p.code, p.field) for p in result.problems] == [(code, field)]


def test_the_clerks_of_this_pc_are_the_choice(services: station.Services) -> None:
    asked = item(ITEM).asks(usual(services))
    table = services.load_facts(asked, "", None).tables[late.CLERKS]
    assert table == {services.counter.clerk.id: services.counter.clerk.name}
