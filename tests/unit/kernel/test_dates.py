"""Dates as typed, stored, counted."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.kernel import dates

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-1-15", "2026-01-15"),
        ("2026年1月15日", "2026-01-15"),
        ("2026.01.15", "2026-01-15"),
        (" 20260115 ", "2026-01-15"),
        ("260115", "2026-01-15"),
        ("0115", "2026-01-15"),
        ("20260230", None),
        ("2026-02-30", None),
        ("011", None),
        ("明天", None),
        ("２０２６０１１５", None),
        ("2026-01-15\n1", None),
    ],
)
def test_typing(typed: str, day: str | None) -> None:
    read = dates.parse_date(typed, TODAY)
    assert (read.isoformat() if read else None) == day


@given(st.dates(dt.date(1000, 1, 1)))
def test_stored_dates_read_back_and_nothing_else_does(day: dt.date) -> None:
    assert dates.iso(day.isoformat()) == day
    assert dates.iso(f"{day:%Y%m%d}") is None
    assert dates.iso(f"{day:%G-W%V-%u}") is None


def test_a_stored_date_that_does_not_exist() -> None:
    assert dates.iso("2026-02-30") is None


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-31", 0, "2026-12-31"),
    ],
)
def test_months_on(day: str, months: int, then: str) -> None:
    assert dates.add_months(dt.date.fromisoformat(day), months).isoformat() == then


@given(st.dates(dt.date(1900, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 120))
def test_months_on_never_skip_a_month(day: dt.date, months: int) -> None:
    then = dates.add_months(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day <= day.day


def test_a_birthday_counts_on_the_day() -> None:
    born = dt.date(2008, 11, 23)
    assert dates.age_on(born, dt.date(2026, 11, 22)) == 17
    assert dates.age_on(born, TODAY) == 18
    assert dates.age_on(dt.date(2008, 2, 29), dt.date(2026, 2, 28)) == 17
    assert dates.age_on(dt.date(2008, 2, 29), dt.date(2026, 3, 1)) == 18


def test_words() -> None:
    assert dates.weekday(TODAY) == "周一"
    assert dates.month_day(TODAY) == "11月23日"
    assert dates.full(TODAY) == "2026年11月23日"
