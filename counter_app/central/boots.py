"""First fillings: manifests of content-addressed frames, made when first asked for (SYNC §2)."""

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.central import feeds
from counter_app.central.centre import get
from counter_app.central.tables import boot, change, frame
from counter_app.wire.canonical import sha256
from counter_app.wire.messages import FrameRef, Manifest

_STALE = 2000
"""Rows after which a new filling pays; fewer come by the feed."""
_LOCK = 0x51485F424F4F54


def manifest(tx: sa.Connection, feed: str) -> Manifest:
    """The feed's frames and the number they are complete up to."""
    tx.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    kept = tx.execute(sa.select(boot.c.seq, boot.c.frames).where(boot.c.feed == feed)).first()
    top = feeds.newest(tx, [feed])[feed]
    epoch = get(tx, "epoch")
    if kept is not None and kept.seq <= top < kept.seq + _STALE:
        refs = msgspec.json.decode(kept.frames, type=tuple[FrameRef, ...])
        return Manifest(seq=kept.seq, epoch=epoch, frames=refs)
    made = feeds.frames(tx, feed, top)
    refs = tuple(
        FrameRef(sha256=sha256(data).hex(), bytes=len(data), rows=rows) for data, rows in made
    )
    for ref, (data, _) in zip(refs, made, strict=True):
        tx.execute(
            insert(frame).values(feed=feed, sha256=ref.sha256, data=data).on_conflict_do_nothing()
        )
    values = {"seq": top, "frames": msgspec.json.encode(refs).decode()}
    tx.execute(
        insert(boot)
        .values(feed=feed, **values)
        .on_conflict_do_update(index_elements=["feed"], set_=values)
    )
    return Manifest(seq=top, epoch=epoch, frames=refs)


def prepare(tx: sa.Connection, family: str) -> None:
    """Make the fillings of a family beforehand: those of a large roster take a while."""
    query = sa.select(change.c.feed).where(change.c.feed.startswith(f"{family}.")).distinct()
    for feed in tx.execute(query).scalars().all():
        manifest(tx, feed)


def frame_bytes(tx: sa.Connection, sha: str, scope: list[str]) -> bytes | None:
    """A frame by its hash, if it is of one of the feeds in scope."""
    data = tx.execute(
        sa.select(frame.c.data).where(frame.c.sha256 == sha, frame.c.feed.in_(scope)).limit(1)
    ).scalar()
    return None if data is None else bytes(data)
