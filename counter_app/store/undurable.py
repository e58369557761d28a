"""Entries the centre's own backup does not surely hold: those that also lie sealed in a file each."""

import sqlalchemy as sa

from counter_app.store.journal import DURABLE, Pending
from counter_app.store.station_tables import body, delivery, journal
from counter_app.store.transaction import ReadTx, WriteTx
from counter_app.wire.header import Op


def numbers(tx: ReadTx | WriteTx) -> dict[str, int]:
    """Entry id -> number, in chain order; an entry whose body was erased has nothing to seal."""
    query = (
        sa
        .select(journal.c.op_id, journal.c.n)
        .join(delivery, delivery.c.n == journal.c.n)
        .join(body, body.c.op_id == journal.c.op_id)
        .where(delivery.c.state != DURABLE, body.c.text.is_not(None))
        .order_by(journal.c.n)
    )
    return {str(op_id): int(n) for op_id, n in tx.execute(query)}


def entry(tx: ReadTx | WriteTx, op_id: str) -> Pending | None:
    """One entry as it is sent."""
    query = (
        sa
        .select(journal.c.n, journal.c.header, journal.c.head, body.c.text)
        .join(body, body.c.op_id == journal.c.op_id)
        .where(journal.c.op_id == op_id)
    )
    row = tx.execute(query).first()
    return None if row is None else Pending(row.n, op_id, Op(row.header, row.text), row.head, 0, 0)
