"""Within what time the office promises to decide, and how that time stands (FACTS §9, 限时办结)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from counter_app.domain.calendar.working_days import Stop, WorkCalendar


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised at acceptance.

    Attributes:
        words: 即时, 10 个工作日.
        on: the last day, None where it is at once or can't be counted.
        days: working days, None where it is at once.
        source: the article.
        unknown_year: the year whose holidays nobody published yet, which is why `on` is None.
    """

    words: str = ""
    on: dt.date | None = None
    days: int | None = None
    source: str = ""
    unknown_year: int | None = None


NOTHING = Promise()
"""No time was promised."""


def promise(
    days: int, source: str, start: dt.date, calendar: WorkCalendar, stops: Iterable[Stop] = ()
) -> Promise:
    """Working days from the day of acceptance, which does not count itself."""
    standing = tuple(stops)
    return Promise(
        words=f"{days} 个工作日",
        on=calendar.after(start, days, standing),
        days=days,
        source=source,
        unknown_year=calendar.unknown_year(start, days, standing),
    )


class Pace(StrEnum):
    """How a promised time stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    """补正 is outstanding."""
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    """The holidays of a year on the way are not known."""


class OfficeTime(NamedTuple):
    """`due` the last day, `left` working days to it (negative: over), None where unknown or stopped."""

    pace: Pace
    due: dt.date | None = None
    left: int | None = None


def office_time(
    promised: Promise,
    start: dt.date,
    stops: Iterable[Stop],
    calendar: WorkCalendar,
    today: dt.date,
) -> OfficeTime | None:
    """How the promised time stands today; None where no days were promised.

    While no stop came, the day that was told holds, whatever the calendar says by now.
    """
    standing = tuple(stops)
    if promised.days is None:
        return None
    if any(stop.until is None for stop in standing):
        return OfficeTime(Pace.STOPPED)
    due = None if standing else promised.on
    due = due or calendar.after(start, promised.days, standing)
    if due is None:
        return OfficeTime(Pace.UNKNOWN)
    over = today > due
    apart = calendar.between(due, today) if over else calendar.between(today, due)
    left = None if apart is None else -apart if over else apart
    return OfficeTime(Pace.OVERDUE if over else Pace.RUNNING, due, left)
