"""Cursors of the feeds kept in station.db (decisions, cases), and rows that came before their case."""

import json
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from counter_app.store.station_tables import cursor, meta
from counter_app.store.transaction import ReadTx, WriteTx

_EARLY = "early:"


@dataclass(frozen=True, slots=True)
class FeedCursor:
    """How far a feed was applied."""

    feed: str
    epoch: str
    seq: int


def get(tx: ReadTx | WriteTx, feed: str) -> FeedCursor | None:
    """The feed's cursor, None before its first row."""
    row = tx.execute(sa.select(cursor).where(cursor.c.feed == feed)).first()
    return FeedCursor(row.feed, row.epoch, row.seq) if row else None


def put(tx: WriteTx, at: FeedCursor) -> None:
    """Move the cursor, in the transaction of the rows it covers."""
    values = {"feed": at.feed, "epoch": at.epoch, "seq": at.seq}
    tx.execute(
        insert(cursor).values(**values).on_conflict_do_update(index_elements=["feed"], set_=values)
    )


def forget_all(tx: WriteTx) -> None:
    """The centre went back in time: every feed is read again from its beginning."""
    tx.execute(cursor.delete())


def keep_early(tx: WriteTx, case_id: str, place: str, row: dict[str, object]) -> None:
    """Keep a row of a feed until its case is known; `place` orders the rows of one case."""
    value = json.dumps(row, ensure_ascii=False)
    statement = insert(meta).values(key=f"{_EARLY}{case_id}:{place}", value=value)
    tx.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def take_early(tx: WriteTx, case_id: str) -> list[dict[str, object]]:
    """The kept rows of a case in order; they are kept no longer."""
    first = f"{_EARLY}{case_id}:"
    where = (meta.c.key >= first, meta.c.key < first + "\U0010ffff")
    rows = tx.execute(sa.select(meta.c.value).where(*where).order_by(meta.c.key)).scalars().all()
    tx.execute(meta.delete().where(*where))
    return [dict(json.loads(value)) for value in rows]
