"""Promised dates by working days; years nobody published count as unknown, never guessed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Stop(NamedTuple):
    """The clock stood still: the notice of what is missing was given on `told`, answered on `until`.

    The day of the notice counts still, the day of the answer does not any more: as on the day of
    acceptance, counting goes on with the next one. `until` None: not answered yet.
    """

    told: dt.date
    until: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """Whether the day does not count."""
        return self.told < day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Days that differ from the plain week: True works, False rests; `years` are those published."""

    years: frozenset[int]
    changed: Mapping[dt.date, bool] = field(default_factory=dict)

    def works(self, day: dt.date) -> bool | None:
        """Whether offices work on the day, or None for a year not published yet."""
        if day.year not in self.years:
            return None
        return self.changed.get(day, day.weekday() < 5)

    def after(self, start: dt.date, days: int, stops: Iterable[Stop] = ()) -> dt.date | None:
        """The day `days` working days after `start`, or None where the calendar doesn't reach.

        Days on which the clock stood still don't count; while it stands there is no such day.
        """
        reached = self._count(start, days, tuple(stops))
        return reached if isinstance(reached, dt.date) else None

    def unknown_year(self, start: dt.date, days: int, stops: Iterable[Stop] = ()) -> int | None:
        """The year whose holidays would have to be known to count so far; None: all are known."""
        reached = self._count(start, days, tuple(stops))
        return reached if isinstance(reached, int) else None

    def between(self, start: dt.date, end: dt.date, stops: Iterable[Stop] = ()) -> int | None:
        """Working days after `start` up to `end`, without those on which the clock stood still."""
        standing = tuple(stops)
        counted = 0
        for k in range(1, (end - start).days + 1):
            day = start + dt.timedelta(days=k)
            works = self.works(day)
            if works is None:
                return None
            counted += works and not _stands(standing, day)
        return counted

    def _count(self, start: dt.date, days: int, stops: tuple[Stop, ...]) -> dt.date | int | None:
        """The day reached, the year not published, or None where the clock stands for good."""
        day = start
        left = days
        while left > 0:
            day += dt.timedelta(days=1)
            works = self.works(day)
            if _open(stops, day):
                return None
            if works is None:
                return day.year
            left -= works and not _stands(stops, day)
        return day


def _stands(stops: tuple[Stop, ...], day: dt.date) -> bool:
    return any(stop.covers(day) for stop in stops)


def _open(stops: tuple[Stop, ...], day: dt.date) -> bool:
    return any(stop.until is None and stop.covers(day) for stop in stops)
