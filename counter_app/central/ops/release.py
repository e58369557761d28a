"""The quarantine: what lies in it, and letting it be judged once people know whose it is."""

from typing import NamedTuple

import sqlalchemy as sa

from counter_app.central import devices
from counter_app.central.centre import Centre
from counter_app.central.devices import ENROLLED, FORKED, Device
from counter_app.central.ops import chain, keep
from counter_app.central.ops.bench import Bench
from counter_app.central.ops.entry import NET, QUARANTINE, Entry, read
from counter_app.central.ops.judge_entry import Judge
from counter_app.central.ops.keep import Source
from counter_app.central.tables import device, ingest
from counter_app.wire.header import Op


class Waiting(NamedTuple):
    """A device's epoch that needs the operator's eye: entries set apart, entries of another branch.

    `unvouched` of the entries set apart have no signed head: nobody says that the device wrote them.
    """

    dev: str
    state: str
    ep: int
    entries: int
    unvouched: int
    forked: int
    first: int
    last: int
    since: int


def waiting(centre: Centre, tx: sa.Connection) -> list[Waiting]:
    """Everything in quarantine, and every fork, by device and epoch."""
    apart, forked = ingest.c.via == QUARANTINE, ingest.c.result == chain.FORKED
    count = sa.func.count().filter
    query = (
        sa
        .select(
            ingest.c.dev,
            ingest.c.ep,
            count(apart).label("entries"),
            count(sa.and_(apart, ingest.c.head_id.is_(None))).label("unvouched"),
            count(forked).label("forked"),
            sa.func.min(ingest.c.n).label("first"),
            sa.func.max(ingest.c.n).label("last"),
            sa.func.min(ingest.c.received_at).label("since"),
        )
        .where(sa.or_(apart, forked))
        .group_by(ingest.c.dev, ingest.c.ep)
        .order_by(ingest.c.dev, ingest.c.ep)
    )
    rows = tx.execute(query).all()
    known = {dev: devices.find(tx, dev) for dev in {row.dev for row in rows}}
    return [
        Waiting(row.dev, _standing(centre, known[row.dev]), *row[1:])  # the columns in their order
        for row in rows
    ]


def release(centre: Centre, tx: sa.Connection, sender: Device, ep: int = 0) -> dict[str, int]:
    """Judge what a device sent into quarantine, in its order; answers by how often they were given.

    A forked device is enrolled again; a revoked or expired one stays so, only its past work counts.
    `ep` releases one epoch alone, where only one of two branches is the station's; 0: all.
    """
    tx.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(sender.dev))))
    again = (device.c.dev == sender.dev, device.c.state == FORKED)
    tx.execute(device.update().where(*again).values(state=ENROLLED))
    found = _vouched(tx, sender.dev, ep)
    branches = chain.Branches(tx, sender.dev, [entry for entry, _ in found])
    judge = Judge(Bench.open(centre, tx), sender, branches)
    answers: dict[str, int] = {}
    for entry, head_id in found:
        keep.release(tx, entry, Source(head_id, NET, centre.clock.now_ms()))
        branches.add(entry)
        answer = judge.judge(entry).r
        answers[answer] = answers.get(answer, 0) + 1
    judge.close()
    _move_on(tx, sender.dev)
    return answers


def _vouched(tx: sa.Connection, dev: str, ep: int) -> list[tuple[Entry, int]]:
    query = (
        sa
        .select(ingest.c.header, ingest.c.body, ingest.c.head_id)
        .where(
            ingest.c.dev == dev,
            ingest.c.via == QUARANTINE,
            ingest.c.head_id.is_not(None),
            ingest.c.ep == (ep or ingest.c.ep),
        )
        .order_by(ingest.c.n, ingest.c.ep, ingest.c.received_at)
    )
    found = []
    for header, body, head_id in tx.execute(query):
        entry = read(Op(keep.text(header) or "", keep.text(body)))
        if entry is not None:
            found.append((entry, int(head_id)))
    return found


def _move_on(tx: sa.Connection, dev: str) -> None:
    query = sa.select(ingest.c.ep).where(ingest.c.dev == dev).distinct().order_by(ingest.c.ep)
    for ep in tx.execute(query).scalars().all():
        chain.advance(tx, dev, ep)


def _standing(centre: Centre, found: Device | None) -> str:
    return "unknown" if found is None else found.standing(centre)
