"""What living cases hold at the centre: a bill is claimed once, a person's filings are known to all."""

import json
from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.catalog.earlier import CLAIM
from counter_app.catalog.facts import Held
from counter_app.catalog.filings import BROKEN
from counter_app.catalog.outcome import BILL, Hold
from counter_app.central import bills
from counter_app.central.tables import case_file, hold, station
from counter_app.kernel import dates


class Other(NamedTuple):
    """What another living case holds, and which case that is."""

    id: int
    held: Held
    case_id: str
    exclusive: bool
    body: str
    """The case's newest revision."""


def take(tx: sa.Connection, case_id: str, wanted: tuple[Hold, ...]) -> list[Other]:
    """Reserve everything for the case, or nothing: then whose it is.

    A bill the case itself names twice is reserved once.
    """
    rows = {(h.kind, h.key) if h.exclusive else (h.kind, h.key, n): h for n, h in enumerate(wanted)}
    if not rows:
        return []
    statement = (
        insert(hold)
        .values([
            {
                "case_id": case_id,
                "kind": one.kind,
                "key": one.key,
                "near": one.near,
                "data": json.dumps(dict(one.data), ensure_ascii=False),
                "exclusive": one.exclusive,
                "active": True,
            }
            for one in sorted(rows.values(), key=lambda h: (h.kind, h.key))
        ])
        .on_conflict_do_nothing(
            index_elements=["kind", "key"],
            index_where=sa.and_(hold.c.active, hold.c.exclusive),
        )
        .returning(hold.c.id)
    )
    if len(tx.execute(statement).all()) == len(rows):
        bills.taken(tx, case_id, [h.key for h in wanted if h.kind == BILL])
        return []
    _let_go(tx, case_id)
    return others(tx, case_id, wanted)


def others(tx: sa.Connection, case_id: str, wanted: tuple[Hold, ...]) -> list[Other]:
    """Holds of other living cases that this one wants for itself as well.

    Also one that shares its key with a third by a decision: whoever comes next is asked.
    """
    keys = {(h.kind, h.key) for h in wanted if h.exclusive}
    return [
        other for other in alike(tx, keys, case_id) if (other.held.kind, other.held.key) in keys
    ]


def alike(
    tx: sa.Connection, wanted: Iterable[tuple[str, str]], except_case: str = ""
) -> list[Other]:
    """Holds of other living cases with one of these (kind, key or near key), oldest first."""
    pairs = sorted(set(wanted))
    if not pairs:
        return []
    query = (
        sa
        .select(
            hold.c.id,
            hold.c.kind,
            hold.c.key,
            hold.c.near,
            hold.c.data,
            hold.c.exclusive,
            hold.c.case_id,
            case_file.c.case_no,
            case_file.c.accepted_on,
            case_file.c.body,
            station.c.name.label("station_name"),
        )
        .join(case_file, case_file.c.case_id == hold.c.case_id)
        .join(station, station.c.code == case_file.c.station)
        .where(
            hold.c.active,
            hold.c.case_id != except_case,
            # the money of a claim that waits for an answer counts nowhere yet
            sa.or_(hold.c.kind != CLAIM, case_file.c.status != "held"),
            sa.or_(
                sa.tuple_(hold.c.kind, hold.c.key).in_(pairs),
                sa.tuple_(hold.c.kind, hold.c.near).in_(pairs),
            ),
        )
        .order_by(hold.c.id)
    )
    return [_other(row) for row in tx.execute(query).mappings()]


def release(tx: sa.Connection, case_id: str) -> None:
    """The case holds nothing any more; that its promise was found untrue stays known."""
    bills.freed(tx, case_id, _let_go(tx, case_id))


def _let_go(tx: sa.Connection, case_id: str) -> list[str]:
    """The bills that were let go."""
    mine = (hold.c.case_id == case_id, hold.c.active, hold.c.kind != BROKEN)
    gone = hold.update().where(*mine).values(active=False).returning(hold.c.kind, hold.c.key)
    return [key for kind, key in tx.execute(gone) if kind == BILL]


def release_one(tx: sa.Connection, other: Other) -> bool:
    """Let one thing go that was given to another case by decision; whether its case has none left.

    What others must know of a claim keeps no claim alive.
    """
    tx.execute(hold.update().where(hold.c.id == other.id).values(active=False))
    if other.held.kind == BILL:
        bills.freed(tx, other.case_id, [other.held.key])
    left = sa.select(hold.c.id).where(
        hold.c.case_id == other.case_id, hold.c.active, hold.c.kind != CLAIM
    )
    return tx.execute(left.limit(1)).first() is None


def _other(row: sa.RowMapping) -> Other:
    held = Held(
        kind=row["kind"],
        key=row["key"],
        near=row["near"],
        data=json.loads(row["data"]),
        case_no=row["case_no"],
        station_name=row["station_name"],
        on=dates.iso(row["accepted_on"]),
    )
    return Other(row["id"], held, row["case_id"], row["exclusive"], row["body"])
