"""POST /digest/{name}: whether a station holds a feed as it is here (SYNC §9)."""

import msgspec
import sqlalchemy as sa

from counter_app.central.centre import get
from counter_app.central.replies import Reply, RequestRefused, reply
from counter_app.wire import digest
from counter_app.wire.messages import DigestAsked, DigestReply

EQUAL, DIFFERENT, MOVED = "equal", "different", "moved"

_FIGURES = sa.text("""
select bucket, count(*) as living, sum(x # (x >> 15)) as total,
  max(unnumbered) as unnumbered, max(top) as top
from (
  select
    (ascii(right(k, 1)) + 11 * ascii(left(right(k, 2), 1)) + 121 * ascii(left(right(k, 3), 1)))
      % 256 as bucket,
    seq % 2147483648 * 1597334677 % 4294967296 as x, dead, unnumbered, top
  from (
    select '000' || key as k, seq, dead,
      count(*) filter (where seq is null) over () as unnumbered, max(seq) over () as top
    from change where feed = :feed
  ) as every
) as counted where not dead group by bucket
""")
"""`wire.digest` in the words of PostgreSQL."""


def compare(tx: sa.Connection, feed: str, body: bytes) -> Reply:
    """Equal, different with the buckets where pairs were sent, or moved on meanwhile: no verdict.

    Raises:
        RequestRefused: 400, the question is of another shape.
    """
    try:
        asked = msgspec.json.decode(body, type=DigestAsked)
    except msgspec.MsgspecError as error:
        raise RequestRefused(400, "schema") from error
    if asked.pairs and len(asked.pairs) != digest.BUCKETS:
        raise RequestRefused(400, "schema", "256 pairs or none")
    rows = tx.execute(_FIGURES, {"feed": feed}).mappings().all()
    ours = digest.pairs((row["bucket"], row["living"], row["total"] or 0) for row in rows)
    moving = any(row["unnumbered"] or (row["top"] or 0) > asked.seq for row in rows)
    if moving or asked.epoch != get(tx, "epoch"):
        return reply(DigestReply(state=MOVED))
    if digest.root(ours) == asked.root:
        return reply(DigestReply(state=EQUAL))
    bad = digest.differing(ours, list(asked.pairs)) if asked.pairs else []
    return reply(DigestReply(state=DIFFERENT, buckets=tuple(bad)))
