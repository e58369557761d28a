"""Working days as the centre publishes them: rows of a code table beside what the program brings."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from counter_app.domain.calendar.working_days import WorkCalendar
from counter_app.kernel import dates

TABLE = "workday"
"""The code table: code a year (words: the notice it was read in) or a day (words: one of below)."""
WORKS, RESTS = "work", "rest"
_DAYS = {WORKS: True, RESTS: False}
_FIRST, _LAST = 2000, 2100


class CalendarFault(ValueError):
    """A list of working days contradicts itself; the message names the place in plain Chinese."""


class Published(NamedTuple):
    """A list somebody enters: years, where they were read, and the days that differ."""

    years: frozenset[int]
    source: str
    changed: Mapping[dt.date, bool]


def with_rows(calendar: WorkCalendar, rows: Mapping[str, str]) -> WorkCalendar:
    """The calendar with the centre's rows over it: a later notice changes what the program brought.

    A year with a row nobody can read is unknown as a whole: half a year's holidays promise a wrong day.
    """
    changed = dict(calendar.changed)
    years, broken = set(calendar.years), set[int]()
    for code, words in rows.items():
        day = dates.iso(code)
        if day is not None and words in _DAYS:
            changed[day] = _DAYS[words]
        elif _is_year(code):
            years.add(int(code))
        elif code[:4].isascii() and code[:4].isdecimal():
            broken.add(int(code[:4]))
    return replace(calendar, years=frozenset(years - broken), changed=changed)


def to_rows(published: Published) -> dict[str, str]:
    """The rows of a list, by code."""
    days = {day.isoformat(): WORKS if works else RESTS for day, works in published.changed.items()}
    return {**{str(year): published.source for year in published.years}, **days}


def read(plain: Mapping[str, object]) -> Published:
    """A list as `resources/codes/calendar.json` is written.

    Raises:
        CalendarFault: a year, a day or the source is missing, or a day says what the week says anyway.
    """
    years, source, changed = (plain.get(name) for name in ("years", "source", "changed"))
    if not isinstance(years, list) or not years or not all(_is_year(str(y)) for y in years):
        raise CalendarFault(f"years 要写公布了的年份，像 [2027]；现在是 {years!r}")
    if not isinstance(source, str) or not source.strip():
        raise CalendarFault("source 要写根据哪份放假通知，不能空着")
    if not isinstance(changed, Mapping) or not changed:
        raise CalendarFault("changed 要写和平常一周不一样的日子，不能空着：没有一年不放假")
    whole = frozenset(int(str(year)) for year in years)
    return Published(whole, source.strip(), dict(_day(whole, *row) for row in changed.items()))


def _day(years: frozenset[int], code: object, works: object) -> tuple[dt.date, bool]:
    day = dates.iso(str(code))
    if day is None or not isinstance(works, bool):
        raise CalendarFault(
            f'changed 里的 {code!r} 要写成 "2027-02-06": true（上班）或 false（放假）'
        )
    if day.year not in years:
        raise CalendarFault(f"{day.isoformat()} 不在 years 写的年份里")
    if works == (day.weekday() < 5):
        plain = "本来就上班" if works else "本来就休息"
        raise CalendarFault(
            f"{day.isoformat()} 是{dates.weekday(day)}，{plain}，请核对通知后去掉这一行"
        )
    return day, works


def _is_year(code: str) -> bool:
    return code.isascii() and code.isdecimal() and _FIRST <= int(code) <= _LAST
