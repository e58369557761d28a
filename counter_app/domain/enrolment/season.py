"""The enrolment year is chosen by the collection season, not by the calendar."""

import datetime as dt
from dataclasses import dataclass

from counter_app.domain.policy.pack import Pack
from counter_app.kernel import dates


@dataclass(frozen=True, slots=True)
class Season:
    """Which year a clerk enrols for on a day.

    `begin` and `end` bound the collection period that `year` belongs to; None where the pack does
    not give it.
    """

    year: int
    in_season: bool
    begin: dt.date | None
    end: dt.date | None
    source: str = ""


def season_on(pack: Pack | None, day: dt.date) -> Season:
    """Next year's while its collection period runs, else the current year, outside the season."""
    following = _season(pack, day.year + 1, day)
    if following is not None and following.in_season:
        return following
    current = _season(pack, day.year, day)
    return current or Season(day.year, in_season=False, begin=None, end=None)


def _season(pack: Pack | None, year: int, day: dt.date) -> Season | None:
    if pack is None:
        return None
    begin = pack.find(f"enrolment.{year}.begin", day)
    begin_day = pack.day(f"enrolment.{year}.begin", day)
    end_day = pack.day(f"enrolment.{year}.end", day)
    if begin is None or begin_day is None or end_day is None:
        return None
    return Season(year, begin_day <= day <= end_day, begin_day, end_day, begin.source)


STUDENT_MONTHS = 12


def cover_year(
    pack: Pack | None, year: int, on: dt.date, *, student: bool
) -> tuple[dt.date, dt.date]:
    """First and last day of an enrolment year: the calendar's, or a university student's where the pack has one.

    A student's year of 2026 begins in the pack's month of 2025 (Nanjing: 1 September to 31 August).
    """
    month = pack.number("enrolment.student.from_month", on) if pack and student else None
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    first = dt.date(year - 1, month, 1)
    return first, dates.days_after(dates.add_months(first, STUDENT_MONTHS), -1)
