"""A station's day on one PC's sheet: what its other PCs took, and whether they have closed."""

import datetime as dt
from pathlib import Path

import pytest

from counter_app.kernel.clock import ShiftableClock
from counter_app.services.close_day import close_day
from counter_app.services.draw_day_close import draw_day_close
from counter_app.services.queries.day_close import day_close
from counter_app.services.queries.other_pcs import OtherPc
from tests.fakes import people
from tests.fakes.centre import FakeCentre
from tests.fakes.clock import FakeClock
from tests.sync import desk
from tests.unit.printing import pages

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


def the_other(services: desk.Services, clerk: str = "") -> OtherPc | None:
    others = day_close(services.counter, DAY, clerk).others
    assert len(others) <= 1
    return others[0] if others else None


def test_the_other_pcs_cases_and_close_come_with_the_sync(
    tmp_path: Path, centre: FakeCentre
) -> None:
    first = desk.enrolled(tmp_path / "a", centre, "pc-A")
    second = desk.enrolled(tmp_path / "b", centre, "pc-B")
    case = desk.accept(first, people.HEAD[0])
    desk.go(second, centre)
    assert the_other(second) is None
    desk.go(first, centre)
    desk.go(second, centre)
    told = the_other(second)
    assert told is not None
    assert (told.name, [c.case_no for c in told.cases]) == ("A", [case.case_no])
    assert (told.close_words, told.settled) == ("还没有日结，或者还没上报", False)
    # nothing of the other's is this PC's: its own three columns stay as they are
    assert day_close(second.counter, DAY).close.columns == (0, 0, 0)

    close_day(first.counter, DAY)
    desk.go(first, centre)
    desk.go(second, centre)
    told = the_other(second)
    assert told is not None
    # its receipt was never printed
    assert told.close_words.endswith("日结，差 1 处")
    clock = first.counter.clock
    assert isinstance(clock, ShiftableClock)
    assert isinstance(clock.under, FakeClock)
    clock.under.move(minutes=5)
    desk.accept(first, people.SON[0])
    desk.go(first, centre)
    desk.go(second, centre)
    told = the_other(second)
    assert told is not None
    assert (len(told.cases), told.since, told.settled) == (2, 1, False)
    assert told.close_words.endswith("差 1 处，结后又有 1 件")
    # one who closed it for another clerk alone says nothing of the whole PC
    assert the_other(second, "0315") is None
    assert the_other(second, "0312") == told


def test_a_close_for_one_clerk_is_not_the_pcs(tmp_path: Path, centre: FakeCentre) -> None:
    first = desk.enrolled(tmp_path / "a", centre, "pc-A")
    second = desk.enrolled(tmp_path / "b", centre, "pc-B")
    desk.accept(first, people.HEAD[0])
    close_day(first.counter, DAY, "0312")
    desk.go(first, centre)
    desk.go(second, centre)
    whole, one = the_other(second), the_other(second, "0312")
    assert whole is not None
    assert one is not None
    assert (whole.closed, one.closed is not None) == (None, True)


def test_the_sheet_lists_the_other_pcs_cases(tmp_path: Path, centre: FakeCentre) -> None:
    first = desk.enrolled(tmp_path / "a", centre, "pc-A")
    second = desk.enrolled(tmp_path / "b", centre, "pc-B")
    case = desk.accept(first, people.HEAD[0])
    desk.go(first, centre)
    desk.go(second, centre)
    words = pages.text(draw_day_close(second.counter, day_close(second.counter, DAY)))
    assert "A机，中心的名单（1件）" in words
    assert case.case_no in words
    assert "一共1件" in words
