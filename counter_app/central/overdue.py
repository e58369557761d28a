"""Cases of the whole county that nobody decided within the promised time (限时办结), masked."""

import datetime as dt
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from counter_app.catalog.registry import item
from counter_app.central.basis import Basis
from counter_app.central.tables import case_file, station
from counter_app.domain.calendar.promise import OfficeTime, Pace, office_time
from counter_app.domain.case.parties import Role
from counter_app.kernel import dates, masking
from counter_app.wire import promise_said
from counter_app.wire.case_body import CaseBody

_OPEN = "received"
"""What is held or returned waits for the station: the office's clock stands still."""


class Late(NamedTuple):
    """A case; `due` "" and `days_over` None where the holidays of a year on the way are not published."""

    case_no: str
    item: str
    station: str
    name: str
    accepted_on: str
    promised: str
    source: str
    due: str
    days_over: int | None


def overdue(tx: sa.Connection, basis: Basis, on: dt.date) -> list[Late]:
    """Those whose last day is over, the longest first; behind them those nobody can count."""
    columns = (
        case_file.c.case_no,
        case_file.c.item,
        station.c.name,
        case_file.c.accepted_on,
        case_file.c.body,
    )
    query = (
        sa
        .select(*columns)
        .join(station, station.c.code == case_file.c.station)
        .where(case_file.c.status == _OPEN)
        .order_by(case_file.c.accepted_on, case_file.c.case_no)
    )
    found = []
    for row in tx.execute(query):
        body = msgspec.json.decode(row.body.encode(), type=CaseBody)
        time = _time(body, row.accepted_on, basis, on)
        if time is not None and time.pace in {Pace.OVERDUE, Pace.UNKNOWN}:
            found.append(_late(_Row(*row), body, time))
    return sorted(found, key=lambda late: (late.due == "", late.due))


def _time(body: CaseBody, accepted_on: str, basis: Basis, on: dt.date) -> OfficeTime | None:
    promise, start = promise_said.from_said(body.promise), dates.iso(accepted_on)
    if promise is None or start is None:
        return None
    stops = promise_said.stops_from(body.stops)
    return office_time(promise, start, stops, basis.calendar, on)


class _Row(NamedTuple):
    case_no: str
    item: str
    station: str
    accepted_on: str
    body: str


def _late(row: _Row, body: CaseBody, time: OfficeTime) -> Late:
    insured = next((p for p in body.parties if p[0] == Role.INSURED), None)
    promised = body.promise
    return Late(
        case_no=row.case_no,
        item=item(row.item).name,
        station=row.station,
        name=masking.name(insured[2]) if insured else "",
        accepted_on=row.accepted_on,
        promised=promised.words if promised else "",
        source=promised.source if promised else "",
        due=time.due.isoformat() if time.due else "",
        days_over=-time.left if time.left is not None else None,
    )
