"""The digest of a feed's rows as they lie in reference.db (`wire.digest`), counted in SQL."""

import sqlalchemy as sa

from counter_app.store.reference_tables import BY_FEED, REV
from counter_app.store.transaction import ReadTx
from counter_app.wire import digest
from counter_app.wire.digest import Pair


def figures(tx: ReadTx, feed: str) -> list[Pair] | None:
    """The 256 pairs; None where the rows came without numbers, from an older centre."""
    family, _, scope = feed.partition(".")
    table = BY_FEED[family]
    keys = f" || char({ord(digest.JOINT)}) || ".join(c.name for c in table.primary_key.columns)
    where = "where area = :scope" if scope and "area" in table.c else ""
    query = sa.text(f"""
        select b, count(*), sum((x | (x >> {digest.SHIFT})) - (x & (x >> {digest.SHIFT}))), max({REV})
        from (
          select
            (unicode(substr(k, -1)) + {digest.NEAR} * unicode(substr(k, -2, 1))
              + {digest.FAR} * unicode(substr(k, -3, 1))) % {digest.BUCKETS} as b,
            {REV} % {digest.HALF} * {digest.FACTOR} % {digest.WHOLE} as x, {REV}
          from (select '{digest.PAD}' || {keys} as k, {REV} from {table.name} {where})
        ) group by b
    """)  # noqa: S608 - names of this program's own tables
    rows = tx.execute(query, {"scope": scope} if where else {}).all()
    if rows and not any(row[3] for row in rows):
        return None
    return digest.pairs((row[0], row[1], row[2]) for row in rows)
