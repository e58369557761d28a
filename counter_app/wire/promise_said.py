"""The time promised at the window, as it travels with the case and is printed again."""

import msgspec

from counter_app.domain.calendar.promise import Promise
from counter_app.domain.calendar.working_days import Stop
from counter_app.kernel import dates


class PromiseSaid(msgspec.Struct, frozen=True, kw_only=True):
    """`domain.calendar.promise.Promise`; `on` an ISO date, "" where there was none."""

    words: str
    on: str = ""
    days: int | None = None
    source: str = ""
    unknown_year: int | None = None


StopSaid = tuple[str, str]
"""ISO dates: what was missing was asked for, and brought."""


def to_said(promise: Promise) -> PromiseSaid:
    """What goes into the case body."""
    return PromiseSaid(
        words=promise.words,
        on=promise.on.isoformat() if promise.on else "",
        days=promise.days,
        source=promise.source,
        unknown_year=promise.unknown_year,
    )


def from_said(said: PromiseSaid | None) -> Promise | None:
    """What was said, for a reprint; None in a body of an older program."""
    if said is None:
        return None
    return Promise(said.words, dates.iso(said.on), said.days, said.source, said.unknown_year)


def stops_said(stops: tuple[Stop, ...]) -> tuple[StopSaid, ...]:
    """The times the clock stood still that are over."""
    return tuple((s.told.isoformat(), s.until.isoformat()) for s in stops if s.until)


def stops_from(said: tuple[StopSaid, ...]) -> tuple[Stop, ...]:
    """Likewise read back; one that is no pair of dates is left out."""
    read = ((dates.iso(told), dates.iso(until)) for told, until in said)
    return tuple(Stop(told, until) for told, until in read if told and until)
