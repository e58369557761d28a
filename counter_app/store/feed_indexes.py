"""Indexes of a feed's table, made once all rows are in: sorted at once they cost a third of row by row.

Only the primary key is there while a table is filled for the first time, and only searches miss them.
"""

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, DropIndex

from counter_app.store.reference_tables import BY_FEED
from counter_app.store.transaction import WriteTx


def put_off(tx: WriteTx, feed: str) -> None:
    """Drop them where the table has no row at all; `complete` makes them, in the transaction that ends the filling."""
    table = _table(feed)
    if tx.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None:
        return
    for index in table.indexes:
        tx.execute(DropIndex(index, if_exists=True))


def complete(tx: WriteTx, feed: str) -> None:
    """Make those that are missing."""
    for index in sorted(_table(feed).indexes, key=lambda index: str(index.name)):
        tx.execute(CreateIndex(index, if_not_exists=True))


def _table(feed: str) -> sa.Table:
    return BY_FEED[feed.partition(".")[0]]
