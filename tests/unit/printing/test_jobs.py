"""Print jobs: state before bytes, 副本, doubt after a crash, nothing of a voided case."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.devices.folder_printer import FolderPrinter
from counter_app.forms.answers import Answers
from counter_app.kernel.problems import Problem
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.answer_paper import answer_paper
from counter_app.services.log_access import flush_access
from counter_app.services.queries.print_state import papers_in_doubt, papers_waiting
from counter_app.services.request_print import request_print
from counter_app.services.run_print_job import run_print_job
from counter_app.services.void_case import VoidCase
from counter_app.store import access, print_jobs, reference
from counter_app.store.transaction import read, write
from tests.fakes import people, roll, station
from tests.fakes.printer import FakePrinter
from tests.unit.printing import pages


@pytest.fixture
def services(tmp_path: Path) -> station.Services:
    return station.make_services(tmp_path / "profile")


def accept(services: station.Services, *certnos: str) -> CaseAccepted:
    answers = station.ready(services, *(certnos or (str(people.HEAD[0]), str(people.SON[0]))))
    result = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(result, CaseAccepted), result
    return result


def stored(services: station.Services, job_id: str) -> print_jobs.PrintJob:
    with read(services.counter.station) as tx:
        job = print_jobs.get(tx, job_id)
    assert job is not None
    return job


def test_receipt_and_form_come_out_under_the_case_number(
    services: station.Services, tmp_path: Path
) -> None:
    case = accept(services)
    folder = tmp_path / "out"
    for job in case.jobs:
        assert run_print_job(services.counter, job, FolderPrinter(folder)).state == "printed"
    names = sorted(p.name for p in folder.iterdir())
    assert names == [f"{case.case_no}_QH-CB-01_1.pdf", f"{case.case_no}_QH-HZ-01_1.pdf"]
    receipt = pages.text((folder / names[1]).read_bytes())
    assert "赵国强" in receipt
    assert "990101********041X" in receipt
    assert str(people.HEAD[0]) not in receipt
    assert "示例数据" in receipt
    assert "试算·仅供参考" in receipt
    assert receipt.count(case.case_no) == 2
    form = pages.text((folder / names[0]).read_bytes())
    assert str(people.HEAD[0]) in form


def test_printing_is_committed_before_the_bytes_leave(services: station.Services) -> None:
    case = accept(services)
    printer = FakePrinter()
    seen: list[str] = []
    printer.before = lambda: seen.append(stored(services, case.jobs[0]).state)
    assert run_print_job(services.counter, case.jobs[0], printer).state == "printed"
    assert seen == ["printing"]
    assert stored(services, case.jobs[0]).state == "printed"


def test_a_printer_without_paper_leaves_the_job_to_go_on_later(services: station.Services) -> None:
    case = accept(services)
    printer = FakePrinter()
    printer.trouble = "打印机缺纸"
    job = run_print_job(services.counter, case.jobs[0], printer)
    assert (job.state, job.detail) == ("failed", "打印机缺纸。放好 A4 纸，再按补打")
    assert [p.job_id for p in papers_waiting(services.counter)] == list(case.jobs)
    printer.trouble = ""
    again = run_print_job(services.counter, case.jobs[0], printer)
    assert (again.state, again.copy) == ("printed", 1)
    assert "副本" not in pages.text(printer.sent[0][1])


def test_the_second_print_says_copy_when_and_by_whom(services: station.Services) -> None:
    case = accept(services)
    printer = FakePrinter()
    run_print_job(services.counter, case.jobs[0], printer)
    job = request_print(services.counter, case.case_id, "QH-HZ-01")
    assert isinstance(job, str)
    assert request_print(services.counter, case.case_id, "QH-HZ-01") == job
    run_print_job(services.counter, job, printer)
    assert printer.sent[1][0] == f"{case.case_no}_QH-HZ-01_2"
    words = pages.text(printer.sent[1][1])
    assert "副本" in words
    assert "第2次打印" in words
    assert "2026-11-2314:30李敏" in words


def test_nothing_of_a_voided_case_is_printed(services: station.Services) -> None:
    case = accept(services)
    assert services.void_case(VoidCase(case.case_id, "wrong_person", "点错了人")) == ()
    printer = FakePrinter()
    assert run_print_job(services.counter, case.jobs[0], printer).state == "blocked"
    refused = request_print(services.counter, case.case_id, "QH-HZ-01")
    assert isinstance(refused, Problem)
    assert refused.code == "voided"
    assert printer.sent == []


def test_unknown_sheets_cases_and_notices_are_refused_in_words(services: station.Services) -> None:
    case = accept(services)
    for case_id, sheet, code in (
        ("none", "QH-HZ-01", "gone"),
        (case.case_id, "QH-XX-09", "sheet"),
        (case.case_id, "QH-BZ-01", "nothing_to_mend"),
    ):
        refused = request_print(services.counter, case_id, sheet)
        assert isinstance(refused, Problem)
        assert refused.code == code
    with pytest.raises(KeyError):
        run_print_job(services.counter, "none", FakePrinter())


@pytest.mark.parametrize(
    ("answer", "state", "copy"),
    [("came", "printed", 0), ("not", "queued", 1), ("half", "printed", 2)],
)
def test_a_paper_in_doubt_is_settled_by_the_clerk(
    services: station.Services, answer: str, state: str, copy: int
) -> None:
    case = accept(services)
    printer = FakePrinter()
    printer.unsure = True
    assert run_print_job(services.counter, case.jobs[0], printer).state == "printing"
    doubt = papers_in_doubt(services.counter)
    assert [(p.job_id, p.case_no, p.masked_name) for p in doubt] == [
        (case.jobs[0], case.case_no, "赵*强")
    ]
    # it is never sent a second time by itself
    assert run_print_job(services.counter, case.jobs[0], printer).state == "printing"
    assert len(printer.sent) == 1
    following = answer_paper(services.counter, case.jobs[0], answer)
    assert stored(services, case.jobs[0]).state == state
    assert papers_in_doubt(services.counter) == ()
    assert (stored(services, following).copy if following else 0) == copy
    assert answer_paper(services.counter, case.jobs[0], answer) == ""


def test_prints_are_in_the_access_log(services: station.Services) -> None:
    case = accept(services)
    run_print_job(services.counter, case.jobs[0], FakePrinter())
    flush_access(services.counter)
    with read(services.counter.station) as tx:
        rows = [json.loads(text) for _, text, _ in access.rows(tx)]
    printed = [r for r in rows if r["what"] == "print"]
    assert [(r["subject"], r["clerk"]) for r in printed] == [(case.case_id, "0312")]


def test_large_print_has_no_numbers_of_persons(services: station.Services) -> None:
    case = accept(services)
    job = request_print(services.counter, case.case_id, "QH-HZ-01D")
    assert isinstance(job, str)
    printer = FakePrinter()
    run_print_job(services.counter, job, printer)
    words = pages.text(printer.sent[0][1])
    assert "大字版" in words
    assert "990101********" not in words
    assert "2026年12月31日前缴清" in words


class Killed(BaseException):
    """Stands for the power going while the printer has the bytes."""


def test_a_crash_in_mid_print_leaves_the_question(services: station.Services) -> None:
    case = accept(services)
    printer = FakePrinter()

    def die() -> None:
        raise Killed

    printer.before = die
    with pytest.raises(Killed):
        run_print_job(services.counter, case.jobs[0], printer)
    assert [p.job_id for p in papers_in_doubt(services.counter)] == [case.jobs[0]]


def test_an_old_case_is_printed_by_the_pack_it_pinned(services: station.Services) -> None:
    case = accept(services)
    with write(services.counter.reference) as tx:
        tx.execute(sa.text("UPDATE policy SET in_force = 0"))
        text = station.pack_text().replace('"400.00"', '"999.00"').replace("2026.1", "2026.9")
        row = ["990101/2026.9", text, "d2", "", True]
        reference.apply_rows(tx, "policy", ("id", "text", "digest", "sig", "in_force"), [row])
    printer = FakePrinter()
    run_print_job(services.counter, case.jobs[0], printer)
    words = pages.text(printer.sent[0][1])
    assert "示范县2026.1（示例数据）" in words
    assert "800.00" in words
    assert "999" not in words


def test_nothing_heavy_is_imported_before_the_first_sheet() -> None:
    code = (
        "import sys, counter_app.services.run_print_job, counter_app.services.print_slip;"
        "print([m for m in ('reportlab', 'qrcode', 'PIL', 'fontTools') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_was_taken_earlier_says_so_with_both_days(services: station.Services) -> None:
    answers = station.ready(services, str(people.HEAD[0]))
    earlier = dt.date(2026, 11, 20)
    command = AcceptCase("d1", "resident-enrolment", answers, accepted_on=earlier)
    case = services.accept_case(command)
    assert isinstance(case, CaseAccepted), case
    printer = FakePrinter()
    run_print_job(services.counter, case.jobs[0], printer)
    words = pages.text(printer.sent[0][1])
    assert "补录" in words
    assert "2026年11月20日（11月23日14:30录入）" in words


def test_a_newborn_without_a_number_is_printed_as_such(services: station.Services) -> None:
    answers = station.ready(services, str(people.HEAD[0]))
    row = answers.section("members")[0]
    newborn = {
        "start": "newborn",
        "nwb_by": "mother",
        "mother_name": "孙瑾",
        "mother_certno": str(people.WIFE[0]),
        "birth_order": "1",
        "gend": "2",
        "brdy": "2026-10-18",
        "naty": "1",
        "patn_rlts": "20",
        "psn_type": "1401",
        "years": "2026,2027",
        "guardian_name": "赵立新",
        "guardian_certno": str(people.SON[0]),
        "guardian_rlts": "父亲",
    }
    answers = Answers(answers.values, {**answers.rows, "members": (newborn,)})
    answers = station.seen_all(services, Answers(answers.values, {"members": (newborn,)}))
    case = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(case, CaseAccepted), (case, row)
    printer = FakePrinter()
    for job in case.jobs:
        run_print_job(services.counter, job, printer)
    receipt, form = (pages.text(pdf) for _, pdf in printer.sent)
    assert "孙瑾之女" in receipt
    assert "还没有证件" in receipt
    assert "2026-10-18" in receipt
    assert str(people.WIFE[0]) not in receipt + form
    assert "孙瑾990101********" in form


def test_a_pack_that_is_gone_changes_no_amount_and_is_still_called_invented(
    services: station.Services,
) -> None:
    case = accept(services)
    with write(services.counter.reference) as tx:
        tx.execute(sa.text("DELETE FROM policy"))
        text = station.pack_text().replace("2026.1", "2026.9")
        row = ["990101/2026.9", text, "d2", "", True]
        reference.apply_rows(tx, "policy", ("id", "text", "digest", "sig", "in_force"), [row])
    printer = FakePrinter()
    run_print_job(services.counter, case.jobs[0], printer)
    words = pages.text(printer.sent[0][1])
    for wanted in ("示例数据", "试算·仅供参考", "990101/2026.1，本机没有这份", "800.00", "等4个月"):
        assert wanted in words


class FakeRoll:
    """A printer of rolls that keeps what it was given."""

    millimetres = 58

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []

    def send(self, escpos: bytes, name: str) -> None:
        self.sent.append((name, escpos))

    def state(self) -> str:
        return ""


def test_with_a_roll_only_the_receipt_goes_there(services: station.Services) -> None:
    case = accept(services, str(people.HEAD[0]))
    page, narrow = FakePrinter(), FakeRoll()
    for job in case.jobs:
        done = run_print_job(services.counter, job, page, lambda: narrow)
        assert done.state == "printed"
    assert [name for name, _ in narrow.sent] == [f"{case.case_no}_QH-HZ-01_1"]
    assert [name for name, _ in page.sent] == [f"{case.case_no}_QH-CB-01_1"]
    lines = [p.text for p in roll.understand(narrow.sent[0][1]) if isinstance(p, roll.Text)]
    assert case.case_no in lines


def test_a_roll_that_cannot_be_named_is_told_in_the_job(services: station.Services) -> None:
    case = accept(services, str(people.HEAD[0]))
    (services.counter.profile / "printers.json").write_text("[", "utf-8")
    job = services.run_print_job(case.jobs[0])
    assert job.state == "failed"
    assert "小票机的设置读不懂" in job.detail
