"""Promised dates by working days; years nobody published count as unknown, never guessed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


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

    def after(self, start: dt.date, days: int) -> dt.date | None:
        """The day `days` working days after `start`, or None where the calendar doesn't reach."""
        day = start
        left = days
        while left > 0:
            day += dt.timedelta(days=1)
            works = self.works(day)
            if works is None:
                return None
            left -= works
        return day
