"""F10 in the form: the notice of everything that is missing, and what is said of it."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from counter_app.services.print_told import print_told
from tests.fakes import station
from tests.fakes.clock import FakeClock
from tests.fakes.printer import FakePrinter
from tests.unit.ui.casework_desk import Desk


@pytest.fixture
def printer() -> FakePrinter:
    return FakePrinter()


@pytest.fixture
def desk(tmp_path: Path, printer: FakePrinter) -> Desk:
    services = station.make_services(tmp_path, FakeClock())
    told = partial(print_told, services.counter, printer=printer)
    made = Desk(tmp_path, replace(services, print_told=told))
    made.claim()
    return made


def notice(desk: Desk) -> tuple[str, str]:
    shown = desk.state.notice
    assert shown is not None
    return shown.tone, shown.title


def test_what_is_missing_is_printed_and_the_way_on_is_said(
    desk: Desk, printer: FakePrinter
) -> None:
    desk.presenter.telling.tell()
    assert [name.rpartition("_1")[0][-8:] for name, _ in printer.sent] == ["QH-BZ-01"]
    assert notice(desk) == ("ok", "一次性告知书已送打印机")
    assert desk.state.notice is not None
    assert "F7" in desk.state.notice.text


def test_with_every_paper_seen_nothing_is_printed(desk: Desk, printer: FakePrinter) -> None:
    desk.see_all()
    desk.presenter.telling.tell()
    assert printer.sent == []
    assert notice(desk) == ("info", "没有要告知的")


def test_a_printer_that_refuses_is_told_with_the_way_on(desk: Desk, printer: FakePrinter) -> None:
    printer.trouble = "打印机没纸"
    desk.presenter.telling.tell()
    assert notice(desk) == ("warn", "告知书没打出来")
    assert desk.state.notice is not None
    assert desk.state.notice.text == "打印机没纸。放好 A4 纸，再按补打"
