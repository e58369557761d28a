"""Cases at the centre, and the decisions that move them."""

import datetime as dt
from typing import NamedTuple
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.central import stations
from counter_app.central.basis import Basis
from counter_app.central.feeds import Pending, publish
from counter_app.central.ops.ruling import Ruling
from counter_app.central.tables import case_file, decision, ingest
from counter_app.kernel.clock import Clock, today
from counter_app.wire.case_body import CaseBody
from counter_app.wire.conflict import Conflict, question
from counter_app.wire.header import Header
from counter_app.wire.messages import DecisionBody

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, sa.exc.DataError)
"""What reading or judging raises over a body or a hold of another shape; anything else is a fault of the centre."""


class NotRead(NamedTuple):
    """A case that had to be left out, and why, in words without what is in it."""

    case_no: str
    station: str
    why: str


def not_read(case_no: str, station: str, error: BaseException) -> NotRead:
    """Of a body of another shape no more is said than the kind of error."""
    return NotRead(case_no, station, f"存着的内容读不出来（{type(error).__name__}）")


class CaseRow(NamedTuple):
    """A case as it stands."""

    case_id: str
    case_no: str
    station: str
    area: str
    item: str
    dev: str
    op_id: str
    rev: int
    status: str
    accepted_on: str
    typed_at: int
    pack: str
    body: str
    reply: str


def find(tx: sa.Connection, case_id: str) -> CaseRow | None:
    """The case, locked until the transaction ends."""
    query = sa.select(case_file).where(case_file.c.case_id == case_id).with_for_update()
    row = tx.execute(query).first()
    return None if row is None else CaseRow._make(row)


def find_by_number(tx: sa.Connection, case_no: str) -> CaseRow | None:
    """The case of that number or id, locked."""
    query = sa.select(case_file.c.case_id).where(
        sa.or_(case_file.c.case_no == case_no, case_file.c.case_id == case_no)
    )
    case_id = tx.execute(query).scalar()
    return find(tx, case_id) if case_id else None


def put(tx: sa.Connection, header: Header, body: CaseBody, old: CaseRow | None) -> CaseRow:
    """Write a revision as received."""
    row = CaseRow(
        case_id=header.subj,
        case_no=old.case_no if old else body.case_no,
        station=body.station,
        area=body.area,
        item=body.item,
        dev=header.dev if old is None else old.dev,
        op_id=header.id,
        rev=body.rev,
        status="received",
        accepted_on=header.accepted_on,
        typed_at=header.typed_at if old is None else old.typed_at,
        pack=header.pack,
        body=msgspec.json.encode(body).decode("utf-8"),
        reply=body.reply,
    )
    values = row._asdict()
    tx.execute(
        insert(case_file)
        .values(**values)
        .on_conflict_do_update(index_elements=["case_id"], set_=values)
    )
    return row


def read_body(row: CaseRow) -> CaseBody:
    """The case's newest revision."""
    return msgspec.json.decode(row.body.encode(), type=CaseBody)


def settle(tx: sa.Connection, row: CaseRow, ruling: Ruling, clock: Clock, basis: Basis) -> None:
    """Move the case and write the decision, which flows back with the entry's new status."""
    tx.execute(
        case_file.update().where(case_file.c.case_id == row.case_id).values(status=ruling.kind)
    )
    if ruling.text:
        tell(tx, About(row.station, row.case_no, row.case_id, row.rev), ruling, clock, basis)
    publish_entry(tx, row.station, row.op_id, ruling.kind)


def publish_entry(tx: sa.Connection, code: str, op_id: str, status: str) -> None:
    """Show an entry with its status to the station's other PCs."""
    row = tx.execute(
        sa.select(ingest.c.header, ingest.c.body).where(ingest.c.op_id == UUID(op_id))
    ).first()
    if row is None:
        return
    body = row.body.decode("utf-8") if row.body is not None else None
    publish(tx, [Pending(f"cases.{code}", [op_id, row.header.decode("utf-8"), body, status])])


def sender(tx: sa.Connection, op_id: str) -> str:
    """Which PC wrote the entry; "" where none is stored."""
    query = sa.select(ingest.c.dev).where(ingest.c.op_id == UUID(op_id))
    return tx.execute(query).scalar() or ""


class About(NamedTuple):
    """Which revision of which case a decision is about."""

    station: str
    case_no: str
    case_id: str
    rev: int


def tell(tx: sa.Connection, row: About, ruling: Ruling, clock: Clock, basis: Basis) -> None:
    """Write a decision and send it to the station."""
    told = DecisionBody(
        case_no=row.case_no,
        case_id=row.case_id,
        rev=row.rev,
        kind=ruling.kind,
        code=ruling.code,
        text=ruling.text,
        points=ruling.points,
        who_comes=ruling.who_comes,
        meanwhile=ruling.meanwhile,
        until=_until(basis, today(clock), ruling),
        phone=stations.county_phone(tx, row.station),
        decided_at=clock.now_ms(),
        field=ruling.field,
        conflict=_asked(ruling),
    )
    text = msgspec.json.encode(told).decode("utf-8")
    number = tx.execute(
        decision
        .insert()
        .values(
            station=row.station,
            case_id=row.case_id,
            kind=ruling.kind,
            body=text,
            made_at=clock.now_ms(),
        )
        .returning(decision.c.id)
    ).scalar_one()
    publish(tx, [Pending(f"decisions.{row.station}", [number, row.case_id, text])])


def _until(basis: Basis, day: dt.date, ruling: Ruling) -> str:
    if ruling.until or ruling.kind not in {"held", "rejected"}:
        return ruling.until
    pack = basis.packs.on(day)
    days = pack.number("correction.days", day) if pack else None
    last = basis.calendar.after(day, days) if days is not None else None
    return last.isoformat() if last else ""


def _asked(ruling: Ruling) -> Conflict | None:
    """A hold always has a question: a later one of the county is not settled by an answer to this."""
    if ruling.kind != "held" or ruling.conflict is not None:
        return ruling.conflict
    points = (words for point in ruling.points for words in point)
    return Conflict(questions=(question(ruling.code, ruling.text, *points),))
