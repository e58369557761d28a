"""What of a feed is in reference.db: for leaving out, after a second filling, what the centre no longer has."""

from functools import cache

import sqlalchemy as sa

from counter_app.store.reference_tables import BY_FEED, REV
from counter_app.store.transaction import ReadTx


def known_keys(tx: ReadTx, feed: str) -> set[object]:
    """Keys of the feed's rows here, a key of several columns as a tuple; of a feed with an area, those of the area."""
    family, _, scope = feed.partition(".")
    table = BY_FEED[family]
    query = sa.select(*table.primary_key.columns)
    if scope and "area" in table.c:
        query = query.where(table.c.area == scope)
    rows = tx.execute(query)
    return set(rows.scalars()) if len(table.primary_key.columns) == 1 else set(map(tuple, rows))


@cache
def key_columns(feed: str) -> tuple[str, ...]:
    """The names of the key's columns."""
    return tuple(c.name for c in BY_FEED[feed.partition(".")[0]].primary_key.columns)


@cache
def columns(feed: str) -> frozenset[str]:
    """The names of the columns that must come with every row."""
    return frozenset(c.name for c in BY_FEED[feed.partition(".")[0]].columns) - {REV}


def shares_table(feed: str, scopes: frozenset[str]) -> bool:
    """Whether rows of another area's feed lie in the same table, and nothing in a row says whose it is."""
    family, _, scope = feed.partition(".")
    return scope in scopes and len(scopes) > 1 and "area" not in BY_FEED[family].c
