"""The quarantine: what lies in it, and letting it be judged once people know whose it is."""

from typing import NamedTuple

import sqlalchemy as sa

from counter_app.central import devices
from counter_app.central.centre import Centre
from counter_app.central.devices import Device
from counter_app.central.ops import chain, keep
from counter_app.central.ops.batch import lock
from counter_app.central.ops.bench import Bench
from counter_app.central.ops.entry import BRANCH, NET, QUARANTINE, Entry, read
from counter_app.central.ops.judge_entry import Judge
from counter_app.central.ops.keep import Source
from counter_app.central.tables import ingest
from counter_app.wire.header import Op


class Waiting(NamedTuple):
    """A device's epoch that needs the operator's eye: how many entries are set apart.

    `unvouched` of them have no signed head: nobody says that the device wrote them. `forked` of them
    are of a second branch: two disks wrote under one name, or one came back from an old copy.
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
    """Everything in quarantine, by device and epoch."""
    count = sa.func.count().filter
    query = (
        sa
        .select(
            ingest.c.dev,
            ingest.c.ep,
            sa.func.count().label("entries"),
            count(ingest.c.head_id.is_(None)).label("unvouched"),
            count(ingest.c.result == chain.FORKED).label("forked"),
            sa.func.min(ingest.c.n).label("first"),
            sa.func.max(ingest.c.n).label("last"),
            sa.func.min(ingest.c.received_at).label("since"),
        )
        .where(ingest.c.via == QUARANTINE)
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

    A revoked or expired device stays so, only its past work counts. A second branch that was seen
    before is judged too, but stays out of the chain; one that shows only now waits for another look.
    `ep` releases one epoch alone; 0: all.
    """
    lock(tx, sender.dev)
    found = _vouched(tx, sender.dev, ep)
    branches = chain.Branches(tx, sender.dev, [entry for entry, _, _ in found])
    judge = Judge(Bench.open(centre, tx), sender, branches)
    answers: dict[str, int] = {}
    for entry, head_id, forked in found:
        road = BRANCH if forked else NET
        keep.release(tx, entry, Source(head_id, road, centre.clock.now_ms()))
        if not forked:
            branches.add(entry)
        answer = (judge.judge_branch(entry) if forked else judge.judge(entry)).r
        answers[answer] = answers.get(answer, 0) + 1
    judge.close()
    _move_on(tx, sender.dev)
    return answers


def _vouched(tx: sa.Connection, dev: str, ep: int) -> list[tuple[Entry, int, bool]]:
    query = (
        sa
        .select(ingest.c.header, ingest.c.body, ingest.c.head_id, ingest.c.result)
        .where(
            ingest.c.dev == dev,
            ingest.c.via == QUARANTINE,
            ingest.c.head_id.is_not(None),
            ingest.c.ep == (ep or ingest.c.ep),
        )
        # of one millisecond the head tells which came first
        .order_by(ingest.c.n, ingest.c.ep, ingest.c.received_at, ingest.c.head_id)
    )
    found = []
    for header, body, head_id, result in tx.execute(query):
        entry = read(Op(keep.text(header) or "", keep.text(body)))
        if entry is not None:
            found.append((entry, int(head_id), result == chain.FORKED))
    return found


def _move_on(tx: sa.Connection, dev: str) -> None:
    query = sa.select(ingest.c.ep).where(ingest.c.dev == dev).distinct().order_by(ingest.c.ep)
    for ep in tx.execute(query).scalars().all():
        chain.advance(tx, dev, ep)


def _standing(centre: Centre, found: Device | None) -> str:
    return "unknown" if found is None else found.standing(centre)
