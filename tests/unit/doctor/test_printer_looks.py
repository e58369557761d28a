"""The looks at the printers: a real print service, a real raw port, a real folder; each fault its code."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.devices import escpos_printer
from counter_app.devices.choose_printer import PRINTERS
from counter_app.doctor.finding import Finding, Verdict
from counter_app.doctor.patient import OpenFiles, Patient
from counter_app.doctor.printers import look_at_page_printer, look_at_roll_printer
from counter_app.services.accept_case import CaseAccepted
from counter_app.store import print_jobs
from counter_app.store.print_jobs import PrintJob
from counter_app.store.transaction import write
from tests.fakes import cups as service
from tests.fakes import people, roll, station
from tests.fakes.cups import QUEUE, Cups
from tests.unit.doctor.device_patient import demo, patient


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    with service.serving(monkeypatch) as running:
        yield running


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[roll.RawPort]:
    monkeypatch.setattr(escpos_printer, "ANSWER_SECONDS", 0.2)
    port = roll.RawPort()
    yield port
    port.close()


def page(who: Patient) -> Finding:
    return look_at_page_printer(who, {})


def receipts(who: Patient) -> Finding:
    return look_at_roll_printer(who, {})


def name_roll(profile: Path, address: str, wide: int = 58) -> None:
    plain = {"receipt": {"port": address, "millimetres": wide}}
    (profile / PRINTERS).write_text(json.dumps(plain), "utf-8")


def with_papers(profile: Path, *sheets: str) -> Patient:
    """A station whose papers of these forms were not taken by their printer."""
    services = station.make_services(profile)
    answers = station.ready(services, str(people.HEAD[0]))
    from counter_app.services.accept_case import AcceptCase

    case = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(case, CaseAccepted)
    counter = services.counter
    with write(counter.station) as tx:
        for job in print_jobs.in_state(tx, print_jobs.QUEUED):
            print_jobs.move(tx, job.job_id, print_jobs.PRINTED, 1)
        for n, sheet in enumerate(sheets):
            state = print_jobs.FAILED if n % 2 else print_jobs.QUEUED
            row = (f"j{n}", case.case_id, sheet, "", 1, state, 1, 1, "0312", "李敏")
            print_jobs.add(tx, PrintJob(*row))
    return patient(profile, OpenFiles(counter.station, counter.reference))


def test_the_queue_of_this_pc(cups: Cups, tmp_path: Path) -> None:
    who = patient(tmp_path)
    finding = page(who)
    assert (finding.verdict, finding.code) == (Verdict.ABSENT, "no_printer")
    assert "不用重办" in finding.means
    cups.add(default=False)
    finding = page(who)
    assert (finding.verdict, finding.code) == (Verdict.LOOK, "no_default_printer")
    cups.add()
    for _ in range(20):
        finding = page(who)
        assert (finding.verdict, finding.code, finding.says) == (Verdict.FINE, "", "空闲")
    assert (finding.action, finding.facts["queue"]) == ("打测试页", QUEUE)


def test_each_fault_of_the_queue(cups: Cups, tmp_path: Path) -> None:
    who = patient(tmp_path, known=False)
    cups.add()
    cups.alert("media-empty-error")
    finding = page(who)
    assert (finding.verdict, finding.code) == (Verdict.STOP, "printer_no_paper")
    assert finding.facts["jobs"] == 1
    cups.run("cupsdisable", QUEUE)
    assert (page(who).verdict, page(who).code) == (Verdict.STOP, "printer_stopped")
    cups.stop()
    finding = page(who)
    assert (finding.verdict, finding.code) == (Verdict.STOP, "print_service_stopped")


def test_a_queue_that_rejects(cups: Cups, tmp_path: Path) -> None:
    cups.add()
    cups.run("cupsreject", QUEUE)
    finding = page(patient(tmp_path))
    assert (finding.verdict, finding.code) == (Verdict.STOP, "printer_rejecting")


@pytest.mark.skipif(os.name != "posix", reason="the stand-in program is a shell script")
def test_no_service_and_one_that_never_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    finding = page(patient(tmp_path))
    assert (finding.verdict, finding.code) == (Verdict.ABSENT, "no_print_service")
    hanging = tmp_path / "lpstat"
    hanging.write_text("#!/bin/sh\nexec /bin/sleep 5\n", "utf-8")
    hanging.chmod(hanging.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr("counter_app.devices.cups_printer.STATE_SECONDS", 0.2)
    finding = page(patient(tmp_path))
    assert (finding.verdict, finding.code) == (Verdict.LOOK, "print_service_silent")


def test_the_folder_of_a_demonstration(tmp_path: Path) -> None:
    demo(tmp_path)
    assert (page(patient(tmp_path)).verdict, page(patient(tmp_path)).code) == (Verdict.FINE, "")
    (tmp_path / "printed").write_text("x", "utf-8")
    finding = page(patient(tmp_path))
    assert (finding.verdict, finding.code) == (Verdict.STOP, "printer_folder")
    (tmp_path / "demo.json").write_text("{}", "utf-8")
    finding = page(patient(tmp_path))
    assert (finding.verdict, finding.code) == (Verdict.STOP, "printer_setting")


def test_papers_that_wait_are_counted_for_the_printer_they_wait_for(
    tmp_path: Path, port: roll.RawPort
) -> None:
    demo(tmp_path)
    who = with_papers(tmp_path, "QH-HZ-01", "QH-HZ-01")
    assert page(who).says.endswith("。有 2 张回执等着")
    assert "首页" in page(who).advice
    assert page(who).verdict is Verdict.FINE
    name_roll(tmp_path, port.address)
    assert page(who).says == "示例打印机，打到文件夹里"
    assert receipts(who).says == "连得上，有纸，盖子合着。有 2 张回执等着"
    (tmp_path / PRINTERS).unlink()
    mixed = with_papers(tmp_path / "mixed", "QH-HZ-01", "QH-CB-01")
    demo(tmp_path / "mixed")
    assert page(mixed).says.endswith("有 2 张单子等着")


def test_a_pc_without_a_roll(tmp_path: Path) -> None:
    finding = receipts(patient(tmp_path))
    assert (finding.verdict, finding.code) == (Verdict.ABSENT, "")


@pytest.mark.parametrize("text", ["", "[]", '{"receipt": {"port": "a:b", "millimetres": 58}}'])
def test_a_roll_whose_setting_cannot_be_read(tmp_path: Path, text: str) -> None:
    (tmp_path / PRINTERS).write_text(text, "utf-8")
    finding = receipts(patient(tmp_path))
    assert (finding.verdict, finding.code) == (Verdict.STOP, "printer_setting")
    assert PRINTERS in finding.advice


def test_a_roll_that_is_well_says_so_every_time(tmp_path: Path, port: roll.RawPort) -> None:
    name_roll(tmp_path, port.address)
    for _ in range(20):
        finding = receipts(patient(tmp_path))
        assert (finding.verdict, finding.code) == (Verdict.FINE, "")
    port.mute = True
    finding = receipts(patient(tmp_path))
    assert (finding.verdict, finding.code) == (Verdict.FINE, "")
    assert "自己看" in finding.says


def test_each_fault_of_the_roll(tmp_path: Path, port: roll.RawPort) -> None:
    who = with_papers(tmp_path, "QH-HZ-01")
    name_roll(tmp_path, port.address, 80)
    port.cover_open = True
    assert (receipts(who).verdict, receipts(who).code) == (Verdict.STOP, "roll_cover")
    port.cover_open, port.paper = False, False
    finding = receipts(who)
    assert (finding.verdict, finding.code) == (Verdict.STOP, "roll_no_paper")
    assert finding.says == "小票机缺纸。有 1 张回执等着"
    assert finding.advice == "打开上盖换 80 毫米纸卷，热敏面朝上；再到首页按补打"
    assert finding.action == "好了，再查"
    port.close()
    finding = receipts(who)
    assert (finding.verdict, finding.code) == (Verdict.STOP, "roll_unreachable")


def test_a_file_that_does_not_answer_is_not_the_printers_matter(tmp_path: Path) -> None:
    who = with_papers(tmp_path, "QH-HZ-01")
    assert who.files is not None
    assert who.files.station is not None
    who.files.station.dispose()
    (tmp_path / "station.db").write_bytes(b"no database at all" * 400)
    demo(tmp_path)
    assert (page(who).verdict, page(who).facts["waiting"]) == (Verdict.FINE, 0)
