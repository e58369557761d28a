"""POST /access: rows of a PC's access log, stored as they came, their chain verified (SYNC §2)."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.central import devices
from counter_app.central.centre import Centre
from counter_app.central.devices import Device, Request
from counter_app.central.ops.batch import CHAIN, CHAIN_SIGNATURE, claim_of
from counter_app.central.replies import Reply, RequestRefused, reply
from counter_app.central.tables import access_chain, access_head, access_row
from counter_app.wire.access_row import access_message, read_link, row_head
from counter_app.wire.batch import BrokenFrame, unpack_lines
from counter_app.wire.header import GENESIS
from counter_app.wire.messages import AccessReply


class Row(NamedTuple):
    """A row as it came, with its links."""

    k: int
    prev: str
    head: str
    text: str


def take_access(centre: Centre, tx: sa.Connection, asker: Device, request: Request) -> Reply:
    """Store what is new and say how far the log reaches without a gap; safe to repeat.

    Raises:
        RequestRefused: 400 broken or chain, 401 chain_signature; nothing was kept.
    """
    claim = claim_of(request.header(CHAIN), request.header(CHAIN_SIGNATURE))
    message = access_message(asker.dev, claim.ep, claim.n, claim.head)
    if not devices.signature_holds(asker, claim.sig, message):
        raise RequestRefused(401, "chain_signature", "the head is not signed by this device")
    rows = _rows(request.body)
    if not rows or (rows[-1].k, rows[-1].head) != (claim.n, claim.head):
        raise RequestRefused(400, "chain", "the head is not that of the last row")
    tx.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"access {asker.dev}"))))
    now = centre.clock.now_ms()
    forked = _forked_at(tx, asker.dev, claim.ep, rows)
    values = [
        {"dev": asker.dev, "ep": claim.ep, "received_at": now, **row._asdict()} for row in rows
    ]
    tx.execute(insert(access_row).on_conflict_do_nothing(), values)
    signed = {"dev": asker.dev, "ep": claim.ep, "k": claim.n, "head": claim.head, "sig": claim.sig}
    tx.execute(access_head.insert().values(received_at=now, **signed))
    k, head = advance(tx, asker.dev, claim.ep)
    return reply(AccessReply(k_contig=k, head=head, forked_at=forked, time_ms=now))


class Standing(NamedTuple):
    """How a PC's access log stands here: whole up to k_contig; what is wrong is named by row number."""

    ep: int
    k_contig: int
    rows: int
    gap_after: int
    forked_at: int


def standing(tx: sa.Connection, dev: str) -> list[Standing]:
    """Each epoch; `gap_after` 0 without a gap, `forked_at` 0 without a second row under a number."""
    mine = access_row.c.dev == dev
    counts = tx.execute(
        sa
        .select(access_row.c.ep, sa.func.count(), sa.func.max(access_row.c.k))
        .where(mine)
        .group_by(access_row.c.ep)
        .order_by(access_row.c.ep)
    ).all()
    doubled = (
        sa
        .select(access_row.c.ep, access_row.c.k)
        .where(mine)
        .group_by(access_row.c.ep, access_row.c.k)
        .having(sa.func.count() > 1)
        .order_by(access_row.c.k.desc())
    )
    forks = {int(ep): int(k) for ep, k in tx.execute(doubled)}
    found = []
    for ep, count, newest in counts:
        k, _ = advance(tx, dev, ep)
        found.append(Standing(ep, k, count, k if newest > k else 0, forks.get(ep, 0)))
    return found


def advance(tx: sa.Connection, dev: str, ep: int) -> tuple[int, str]:
    """Move the unbroken run of an epoch as far as it goes; number and head of its last row."""
    row = tx.execute(
        sa.select(access_chain.c.k_contig, access_chain.c.head).where(
            access_chain.c.dev == dev, access_chain.c.ep == ep
        )
    ).first()
    start = (row.k_contig, row.head) if row else _beginning(tx, dev, ep)
    if start is None:
        return 0, GENESIS
    k, head = start
    query = (
        sa
        .select(access_row.c.k, access_row.c.prev, access_row.c.head)
        .where(access_row.c.dev == dev, access_row.c.ep == ep, access_row.c.k > k)
        .order_by(access_row.c.k, access_row.c.received_at)
    )
    for number, prev, after in tx.execute(query):
        if number == k + 1 and prev == head:
            k, head = number, after
        elif number > k + 1:
            break
    values = {"k_contig": k, "head": head}
    tx.execute(
        insert(access_chain)
        .values(dev=dev, ep=ep, **values)
        .on_conflict_do_update(index_elements=["dev", "ep"], set_=values)
    )
    return k, head


def _rows(body: bytes) -> list[Row]:
    """The rows, each following from the one before."""
    try:
        texts = unpack_lines(body)
    except BrokenFrame as error:
        raise RequestRefused(400, "broken", str(error)) from error
    found: list[Row] = []
    for text in texts:
        link = read_link(text)
        after = found[-1] if found else None
        if link is None or link.k < 1 or "\0" in text:
            raise RequestRefused(400, "chain", "not a row")
        if after is not None and (link.k, link.prev) != (after.k + 1, after.head):
            raise RequestRefused(400, "chain", f"row {link.k} does not follow")
        found.append(Row(link.k, link.prev, row_head(text), text))
    return found


def _forked_at(tx: sa.Connection, dev: str, ep: int, rows: list[Row]) -> int:
    """The first row of which another is stored under its number, or whose predecessor is another; else 0."""
    query = sa.select(access_row.c.k, access_row.c.head).where(
        access_row.c.dev == dev,
        access_row.c.ep == ep,
        access_row.c.k.between(rows[0].k - 1, rows[-1].k),
    )
    stored: dict[int, set[str]] = {}
    for k, head in tx.execute(query):
        stored.setdefault(k, set()).add(head)
    before = stored.get(rows[0].k - 1)
    if before is not None and rows[0].prev not in before:
        return rows[0].k
    # a branch that lies here already was named when it came; sent again it is no news
    return next((r.k for r in rows if r.k in stored and r.head not in stored[r.k]), 0)


def _beginning(tx: sa.Connection, dev: str, ep: int) -> tuple[int, str] | None:
    """Where an epoch joins: at nothing, or at the row of an older epoch its first row names."""
    first, before = access_row.alias("first"), access_row.alias("before")
    joined = sa.exists().where(
        before.c.dev == dev,
        before.c.ep < ep,
        before.c.k == first.c.k - 1,
        before.c.head == first.c.prev,
    )
    query = (
        sa
        .select(first.c.k, first.c.prev)
        .where(
            first.c.dev == dev,
            first.c.ep == ep,
            sa.or_(sa.and_(first.c.k == 1, first.c.prev == GENESIS), joined),
        )
        .order_by(first.c.k, first.c.received_at)
        .limit(1)
    )
    row = tx.execute(query).first()
    return (row.k - 1, row.prev) if row else None
