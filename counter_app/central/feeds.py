"""What flows back to the stations: current rows by feed, numbered in commit order (SYNC §5)."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.centre import get
from counter_app.central.tables import change, sequencer
from counter_app.wire import revs
from counter_app.wire.batch import pack_frame
from counter_app.wire.messages import FeedHead

_LOCK = 0x51485F534551
_FRAME_ROWS = 2000
_FRAME_CHARS = 1_000_000
"""Of a frame before it is compressed: over a bad line each one is a step that need not be repeated."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "codes": ("name", "code", "words"),
    "policy": ("id", "text", "digest", "sig", "in_force"),
    "persons": (
        "certno", "cert_type", "name", "py", "id4", "tel", "ph4", "gend", "naty", "birth", "area",
        "village", "household", "relation", "addr", "standing", "deceased_on", "identity",
        "identity_no", "identity_until", "former", "years",
    ),
    "households": ("number", "area", "village", "addr", "head", "head_name", "hukou"),
    "filings": (
        "id", "kind", "subject", "data", "case_no", "station", "station_name", "accepted_on",
    ),
    "bills": ("id", "state", "data"),
    "clerks": ("clerk", "name", "rights", "active"),
    "keys": ("dev", "text", "sig"),
    "control": ("key", "value"),
    "hospitals": ("code", "name", "py", "level", "admdvs", "networked"),
    "cases": ("op_id", "header", "body", "status"),
    "decisions": ("seq", "case_id", "body"),
}  # fmt: skip
"""Feed family (before the dot) -> columns of its rows; the station's tables have the same names."""
KEYS = {"codes": 2}
"""How many leading columns are the key, where it is not one."""


class Pending(NamedTuple):
    """A row to publish; a dead one carries its key alone."""

    feed: str
    cells: list[object]
    dead: bool = False

    @property
    def key(self) -> str:
        """The row's key as text."""
        width = KEYS.get(family(self.feed), 1)
        first = 1 if self.dead else 0
        return "\x1f".join(str(cell) for cell in self.cells[first : first + width])


def family(feed: str) -> str:
    """The part before the dot."""
    return feed.partition(".")[0]


def publish(tx: sa.Connection, rows: list[Pending]) -> None:
    """Put current rows into their feeds, to be numbered after the commit."""
    if not rows:
        return
    statement = insert(change)
    values = [
        {
            "feed": row.feed,
            "key": row.key,
            "dead": row.dead,
            "cells": msgspec.json.encode(row.cells).decode("utf-8"),
        }
        for row in sorted(
            {(r.feed, r.key): r for r in rows}.values(), key=lambda r: (r.feed, r.key)
        )
    ]
    changes = {
        "cells": statement.excluded.cells,
        "dead": statement.excluded.dead,
        "seq": None,
        "stamp": sa.text("nextval(pg_get_serial_sequence('change', 'stamp'))"),
    }
    tx.execute(
        statement.on_conflict_do_update(index_elements=["feed", "key"], set_=changes), values
    )


def retire(tx: sa.Connection, feed: str, *key: object) -> None:
    """Publish a tombstone: null, then the key's columns."""
    publish(tx, [Pending(feed, [None, *key], dead=True)])


def number(tx: sa.Connection) -> int:
    """Number what was committed and waits; one at a time under the lock. How many were numbered."""
    lock(tx)
    head = tx.execute(sa.select(sequencer.c.head)).scalar_one()
    queue = (
        sa
        .select(change.c.feed, change.c.key, change.c.stamp)
        .where(change.c.seq.is_(None))
        .with_for_update(skip_locked=True)
        .cte("waiting")
    )
    numbered = sa.select(
        queue.c.feed,
        queue.c.key,
        sa.func.row_number().over(order_by=queue.c.stamp).label("k"),
    ).subquery()
    moved = tx.execute(
        change
        .update()
        .values(seq=head + numbered.c.k)
        .where(change.c.feed == numbered.c.feed, change.c.key == numbered.c.key)
    ).rowcount
    if moved:
        tx.execute(sequencer.update().values(head=head + moved))
    return int(moved)


def waiting(tx: sa.Connection) -> bool:
    """Whether a committed row has no number yet."""
    query = sa.select(change.c.stamp).where(change.c.seq.is_(None)).limit(1)
    return tx.execute(query).first() is not None


def lock(tx: sa.Connection) -> None:
    """Keep every other sequencer out until this transaction ends."""
    tx.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def newest(tx: sa.Connection, names: list[str]) -> dict[str, int]:
    """The newest number of each feed, 0 for an empty one."""
    rows = tx.execute(
        sa
        .select(change.c.feed, sa.func.max(change.c.seq))
        .where(change.c.feed.in_(names))
        .group_by(change.c.feed)
    )
    found = {feed: top or 0 for feed, top in rows}
    return {name: found.get(name, 0) for name in names}


class Page(NamedTuple):
    """A frame of a feed, or the refusal of a cursor that no row can follow."""

    data: bytes
    gone: bool = False


def page(tx: sa.Connection, feed: str, after: int, limit: int) -> Page:
    """The rows after a number as one length-prefixed frame, at most `limit` of them."""
    top = newest(tx, [feed])[feed]
    head = tx.execute(sa.select(sequencer.c.head)).scalar_one()
    if after > head or after < int(get(tx, f"floor.{feed}", "0")):
        return Page(b"", gone=True)
    rows = _rows(tx, feed, after, top, limit)
    to = rows[-1][0] if len(rows) == limit else max(top, after)
    head_line = FeedHead(
        cols=COLUMNS[family(feed)],
        since=after,
        to=to,
        newest=max(top, to),
        epoch=get(tx, "epoch"),
        sha="",
        feed=feed,
        gaps=revs.gaps(after, (seq for seq, _ in rows)),
    )
    frame = pack_frame(head_line, [cells for _, cells in rows])
    return Page(len(frame).to_bytes(4, "big") + frame)


def frames(tx: sa.Connection, feed: str, top: int) -> list[tuple[bytes, int]]:
    """All living rows up to a number, as immutable frames with their row counts."""
    epoch = get(tx, "epoch")
    made: list[tuple[bytes, int]] = []
    after = 0
    while True:
        rows = _rows(tx, feed, after, top, _FRAME_ROWS, living=True)
        if not rows:
            return made
        head = FeedHead(
            cols=COLUMNS[family(feed)],
            since=0,
            to=top,
            newest=top,
            epoch=epoch,
            sha="",
            feed=feed,
            gaps=revs.gaps(0, (seq for seq, _ in rows)),
        )
        parts = _cut([cells for _, cells in rows])
        made.extend((pack_frame(head, part, 9), len(part)) for part in parts)
        after = rows[-1][0]


def _cut(rows: list[list[object]]) -> Iterator[list[list[object]]]:
    """The rows in runs that make a frame each."""
    part: list[list[object]] = []
    size = 0
    for cells in rows:
        long = sum(len(cell) for cell in cells if isinstance(cell, str))
        if part and size + long > _FRAME_CHARS:
            yield part
            part, size = [], 0
        part.append(cells)
        size += long
    yield part


def _rows(
    tx: sa.Connection, feed: str, after: int, top: int, limit: int, *, living: bool = False
) -> list[tuple[int, list[object]]]:
    query = (
        sa
        .select(change.c.seq, change.c.cells)
        .where(change.c.feed == feed, change.c.seq > after, change.c.seq <= top)
        .order_by(change.c.seq)
        .limit(limit)
    )
    if living:
        query = query.where(~change.c.dead)
    return [
        (seq, msgspec.json.decode(cells, type=list[object])) for seq, cells in tx.execute(query)
    ]
