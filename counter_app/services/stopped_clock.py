"""While something is missing and was asked for, the office's time stands still (FACTS §9)."""

import datetime as dt

import msgspec

from counter_app.domain.calendar.working_days import Stop
from counter_app.domain.case.state import CaseState
from counter_app.kernel.clock import from_ms
from counter_app.store.cases import CaseRow
from counter_app.wire import promise_said
from counter_app.wire.promise_said import StopSaid


class _Stopped(msgspec.Struct):
    """What of a case body tells how its time stands."""

    stops: tuple[StopSaid, ...] = ()


class _Decided(msgspec.Struct):
    decided_at: int = 0


def stopped_clock(row: CaseRow, until: dt.date | None = None) -> tuple[Stop, ...]:
    """When the case's time stood still; a returned one's stands now, or until it is mended (`until`).

    A held case waits for a decision of the offices among themselves: the citizen's time goes on.
    """
    body = msgspec.json.decode(row.body.encode("utf-8"), type=_Stopped)
    stops = promise_said.stops_from(body.stops)
    if row.state != CaseState.REJECTED or not row.decision:
        return stops
    at = msgspec.json.decode(row.decision.encode("utf-8"), type=_Decided).decided_at
    return (*stops, Stop(from_ms(at).date(), until)) if at else stops
