"""Cases the office has not decided within the time it promised, or must decide today (限时办结)."""

import datetime as dt
from dataclasses import dataclass

import msgspec

from counter_app.domain.calendar.promise import OfficeTime, Pace, office_time
from counter_app.domain.calendar.working_days import WorkCalendar
from counter_app.domain.case.state import CaseState
from counter_app.kernel import dates
from counter_app.services.stopped_clock import stopped_clock
from counter_app.store import cases
from counter_app.store.cases import CaseRow
from counter_app.store.transaction import ReadTx
from counter_app.wire import promise_said
from counter_app.wire.promise_said import PromiseSaid

_OPEN = (CaseState.QUEUED, CaseState.RECEIVED)
"""Returned and held ones stand on the worklist already, with their own day."""


class _Said(msgspec.Struct):
    """What of a case body tells what was promised."""

    promise: PromiseSaid | None = None


@dataclass(frozen=True, slots=True)
class Pressing:
    """A case whose promised day is today or over."""

    row: CaseRow
    time: OfficeTime


def pressing(tx: ReadTx, calendar: WorkCalendar, day: dt.date) -> list[Pressing]:
    """Those of the station, the longest overdue first."""
    found = []
    for row in cases.in_states(tx, _OPEN):
        time = time_of(row, calendar, day)
        if time is not None and time.due is not None and time.due <= day:
            found.append(Pressing(row, time))
    return sorted(found, key=lambda one: (one.time.due or day, one.row.case_no))


def time_of(row: CaseRow, calendar: WorkCalendar, day: dt.date) -> OfficeTime | None:
    """How the case's promised time stands; None where none was promised, or before this was kept."""
    said = msgspec.json.decode(row.body.encode("utf-8"), type=_Said).promise
    promise, start = promise_said.from_said(said), dates.iso(row.accepted_on)
    if promise is None or start is None:
        return None
    return office_time(promise, start, stopped_clock(row), calendar, day)


def cause(row: CaseRow, time: OfficeTime) -> str:
    """What it means and what next, in the clerk's words."""
    day = dates.month_day(time.due) if time.due else ""
    late = time.pace is Pace.OVERDUE
    when = f"答应本人 {day} 前办结，已经过了" if late else f"答应本人今天（{day}）办结"
    if row.state == CaseState.QUEUED:
        return f"{when}；还没报到中心，请先联网上报，再打电话告诉本人"
    return f"{when}；中心还没定，请打电话问县里，再告诉本人"
