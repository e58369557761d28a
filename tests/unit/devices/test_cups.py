"""The PC's print service, a real one: what it says of a queue, and that a document goes through."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.devices import cups_printer, lpstat
from counter_app.devices.cups_printer import CupsPrinter
from counter_app.devices.printer_state import PrinterState
from counter_app.devices.queue_state import MANY, queue_state
from counter_app.kernel.errors import EnvironmentFault
from tests.fakes import cups as service
from tests.fakes.cups import QUEUE, Cups

PDF = b"%PDF-1.3 not much of one"
NAME = "990101104000-261123-B-0025-8_QH-HZ-01_1"


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    with service.serving(monkeypatch) as running:
        yield running


def look() -> PrinterState:
    return CupsPrinter().look()


def test_a_service_from_its_first_queue_to_its_last_document(cups: Cups) -> None:
    assert look().code == "no_printer"
    cups.add("fax", default=False)
    assert look().code == "no_default_printer"
    cups.add()
    for _ in range(20):
        assert look() == PrinterState(words="空闲", queue=QUEUE)
    # one that nobody prints on is nobody's trouble
    cups.run("cupsdisable", "fax")
    assert look().code == ""
    CupsPrinter().send(PDF, NAME)
    cups.until(lambda: cups.papers() == [PDF])
    assert look() == PrinterState(words="空闲", queue=QUEUE)


def test_a_stopped_a_refusing_and_a_full_queue(cups: Cups) -> None:
    cups.add()
    cups.run("cupsdisable", QUEUE)
    assert look().code == "printer_stopped"
    cups.print("waits")
    assert (look().code, look().jobs) == ("printer_stopped", 1)
    with pytest.raises(EnvironmentFault) as fault:
        CupsPrinter().send(PDF, NAME)
    assert (fault.value.code, fault.value.text) == ("printer_not_ready", "打印队列停用了")
    cups.run("cupsenable", QUEUE)
    cups.until(lambda: len(cups.papers()) == 1)
    cups.run("cupsreject", QUEUE)
    assert look().code == "printer_rejecting"
    cups.run("cupsaccept", QUEUE)
    assert look().code == ""


def test_what_the_printer_says_while_a_document_waits(cups: Cups) -> None:
    cups.add()
    cups.alert("media-empty-error")
    assert (look().code, look().words, look().jobs) == ("printer_no_paper", "打印机缺纸", 1)
    for _ in range(MANY):
        cups.print("waits")
    assert (look().code, look().jobs) == ("printer_no_paper", MANY + 1)
    cups.run("cupsdisable", QUEUE)
    assert look().code == "printer_stopped"
    assert "缺纸" in look().words


def test_many_documents_are_worth_a_look_and_hold_nothing_up(cups: Cups) -> None:
    cups.add()
    cups.alert("connecting-to-device")
    for _ in range(MANY - 1):
        cups.print("waits")
    assert (look().code, look().jobs) == ("printer_busy", MANY)
    assert look().prints
    CupsPrinter().send(PDF, NAME)
    cups.alert("")
    cups.until(lambda: PDF in cups.papers())


def test_a_service_that_was_stopped(cups: Cups) -> None:
    cups.add()
    cups.stop()
    assert look().code == "print_service_stopped"
    with pytest.raises(EnvironmentFault) as fault:
        CupsPrinter().send(PDF, NAME)
    assert fault.value.code == "printer_not_ready"
    cups.start()
    assert look().code == ""


@pytest.mark.skipif(os.name != "posix", reason="the stand-in program is a shell script")
def test_a_service_that_never_had_a_queue_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many PCs have a print service that nobody started and no printer."""
    monkeypatch.delenv("CUPS_SERVER", raising=False)
    stat = tmp_path / "lpstat"
    stat.write_text("#!/bin/sh\necho scheduler is not running\n")
    stat.chmod(0o755)
    queues = tmp_path / "printers.conf"
    assert CupsPrinter(stat=str(stat), queues=queues).look().code == "no_printer"
    queues.touch()
    assert CupsPrinter(stat=str(stat), queues=queues).look().code == "print_service_stopped"


def test_a_service_that_never_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = tmp_path / "lpstat"
    hanging.write_text("#!/bin/sh\nexec sleep 5\n", "utf-8")
    hanging.chmod(hanging.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(cups_printer, "STATE_SECONDS", 0.2)
    state = CupsPrinter("", "lp", str(hanging)).look()
    assert (state.code, state.words) == ("print_service_silent", "打印服务 0.2 秒没有回话")
    # whether it prints is for lp to say
    assert state.prints


def said(alerts: str, how: str = "is idle.  enabled") -> PrinterState:
    lines = (
        "scheduler is running\nsystem default destination: hall-2\n"
        "hall-2 accepting requests since Thu Nov 26 05:40:01 2026\n"
        f"printer hall-2 {how} since Thu Nov 26 05:40:01 2026\n"
        f"\tDescription: media-empty-error offline\n\tAlerts: {alerts}\n\tLocation: disabled\n"
    )
    return queue_state(lpstat.read(lines))


@pytest.mark.parametrize(
    ("alerts", "code"),
    [
        ("none", ""),
        ("cups-waiting-for-job-completed", ""),
        ("connecting-to-device", ""),
        ("media-low-warning", ""),
        ("media-needed-error", "printer_no_paper"),
        ("media-jam-error", "printer_jam"),
        ("door-open-error", "printer_cover"),
        ("cover-open-report", "printer_cover"),
        ("toner-empty-error", "printer_toner"),
        ("marker-supply-empty-warning", "printer_toner"),
        ("toner-low-report", "printer_toner_low"),
        ("toner-low-report media-empty-error", "printer_no_paper"),
        ("offline-report", "printer_offline"),
        ("cups-missing-filter-warning", "printer_driver"),
        ("input-tray-missing-error", "printer_tray"),
        ("developer-empty-error", "printer_reports"),
    ],
)
def test_each_word_of_a_printer_has_its_code(alerts: str, code: str) -> None:
    state = said(alerts)
    assert (state.code, state.queue, state.jobs) == (code, "hall-2", 0)
    assert bool(state.advice) == bool(code)
    assert said(alerts, "disabled").code == "printer_stopped"


def test_a_default_on_the_network_that_is_no_queue_yet_is_no_fault() -> None:
    lines = "scheduler is running\nsystem default destination: office\n"
    assert queue_state(lpstat.read(lines)) == PrinterState(words="空闲", queue="office")
