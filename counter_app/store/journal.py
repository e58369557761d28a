"""The append-only, hash-chained journal, its bodies, and how delivery stands."""

from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.store.station_tables import body, delivery, journal
from counter_app.store.transaction import ReadTx, WriteTx
from counter_app.wire.header import GENESIS, Op, body_sha, head_of, read_header

PENDING, ACKED, DURABLE = 0, 1, 2
_WAITING = (
    sa
    .select(journal.c.op_id, journal.c.n)
    .join(delivery, delivery.c.n == journal.c.n)
    .where(journal.c.op_id.in_(sa.bindparam("wanted", expanding=True)), delivery.c.state == PENDING)
)
_ACK = (
    delivery
    .update()
    .where(delivery.c.n == sa.bindparam("wanted"), delivery.c.state == PENDING)
    .values(state=ACKED, result=sa.bindparam("said"), next_at=0)
)
_TIP = sa.select(journal.c.n, journal.c.head).order_by(journal.c.n.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Tip:
    """The newest entry: its number (0: none) and the chain head after it."""

    n: int
    head: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry still to be sent."""

    n: int
    op_id: str
    op: Op
    head: str
    tries: int
    next_at: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry for lists: what, about which case, how delivery stands."""

    n: int
    op_id: str
    kind: str
    subj: str
    header: str
    head: str
    state: int
    result: str
    tries: int
    next_at: int


def tip(tx: ReadTx | WriteTx) -> Tip:
    """Where the chain stands."""
    row = tx.execute(_TIP).first()
    return Tip(row.n, row.head) if row else Tip(0, GENESIS)


def head_at(tx: ReadTx | WriteTx, n: int) -> str:
    """The chain head after entry n, "" where there is no such entry."""
    if n == 0:
        return GENESIS
    return str(tx.execute(sa.select(journal.c.head).where(journal.c.n == n)).scalar() or "")


def ends(tx: ReadTx | WriteTx, case_id: str) -> bool:
    """Whether this PC itself voided or withdrew the case."""
    kinds = ("case.void", "case.withdraw")
    query = sa.select(journal.c.n).where(journal.c.subj == case_id, journal.c.kind.in_(kinds))
    return tx.execute(query.limit(1)).first() is not None


def last_moment(tx: ReadTx | WriteTx) -> int:
    """When this PC's newest entry was typed (wall ms), 0 before the first."""
    header = tx.execute(sa.select(journal.c.header).order_by(journal.c.n.desc()).limit(1)).scalar()
    return 0 if header is None else read_header(header).typed_at


def append(tx: WriteTx, row: EntryRow, body_text: str) -> None:
    """Write header, body and delivery of one entry; its number must follow the tip's."""
    header = ("n", "op_id", "kind", "subj", "header", "head")
    tx.execute(journal.insert(), {name: getattr(row, name) for name in header})
    tx.execute(body.insert(), {"op_id": row.op_id, "text": body_text})
    tx.execute(delivery.insert(), {"n": row.n, "state": PENDING})


def pending(tx: ReadTx | WriteTx, limit: int) -> list[Pending]:
    """The oldest entries still to be sent, in chain order."""
    rows = tx.execute(
        sa
        .select(
            journal.c.n,
            journal.c.op_id,
            journal.c.header,
            journal.c.head,
            body.c.text,
            delivery.c.tries,
            delivery.c.next_at,
        )
        .join(delivery, delivery.c.n == journal.c.n)
        .join(body, body.c.op_id == journal.c.op_id)
        .where(delivery.c.state == PENDING)
        .order_by(journal.c.n)
        .limit(limit)
    )
    return [Pending(r.n, r.op_id, Op(r.header, r.text), r.head, r.tries, r.next_at) for r in rows]


def entries(tx: ReadTx | WriteTx, *, only_pending: bool, limit: int = 200) -> list[EntryRow]:
    """Entries with their delivery, newest first."""
    query = sa.select(
        journal, delivery.c.state, delivery.c.result, delivery.c.tries, delivery.c.next_at
    )
    query = (
        query.join(delivery, delivery.c.n == journal.c.n).order_by(journal.c.n.desc()).limit(limit)
    )
    if only_pending:
        query = query.where(delivery.c.state == PENDING)
    rows = tx.execute(query)
    return [
        EntryRow(
            r.n, r.op_id, r.kind, r.subj, r.header, r.head, r.state, r.result, r.tries, r.next_at
        )
        for r in rows
    ]


def made_between(tx: ReadTx | WriteTx, low: str, high: str) -> list[EntryRow]:
    """Entries whose ids lie in the range (`kernel.ids.uuid7_span`), in chain order."""
    query = sa.select(
        journal, delivery.c.state, delivery.c.result, delivery.c.tries, delivery.c.next_at
    )
    query = query.join(delivery, delivery.c.n == journal.c.n).order_by(journal.c.n)
    rows = tx.execute(query.where(journal.c.op_id >= low, journal.c.op_id < high))
    return [
        EntryRow(
            r.n, r.op_id, r.kind, r.subj, r.header, r.head, r.state, r.result, r.tries, r.next_at
        )
        for r in rows
    ]


def body_text(tx: ReadTx | WriteTx, op_id: str) -> str | None:
    """The body's exact text, None once erased or unknown."""
    value = tx.execute(sa.select(body.c.text).where(body.c.op_id == op_id)).scalar()
    return None if value is None else str(value)


def holds(tx: ReadTx | WriteTx, op_id: str) -> bool:
    """Whether this file has the entry."""
    return tx.execute(sa.select(journal.c.n).where(journal.c.op_id == op_id)).first() is not None


def pending_count(tx: ReadTx | WriteTx) -> int:
    """How many entries wait to be sent."""
    count = sa.select(sa.func.count()).select_from(delivery).where(delivery.c.state == PENDING)
    return int(tx.execute(count).scalar_one())


def acked_through(tx: ReadTx | WriteTx) -> int:
    """The highest n such that it and all before it were acknowledged."""
    first = tx.execute(
        sa.select(sa.func.min(delivery.c.n)).where(delivery.c.state == PENDING)
    ).scalar()
    return (int(first) - 1) if first is not None else tip(tx).n


def ack(tx: WriteTx, op_id: str, result: str) -> int | None:
    """Mark an entry as on the server; None if this device never made it or it was marked before."""
    return ack_all(tx, {op_id: result}).get(op_id)


def ack_all(tx: WriteTx, said: dict[str, str]) -> dict[str, int]:
    """Mark entries (id -> answer) as on the server; the numbers of those that waited until now, by id.

    At most a batch at a time: SQLite takes 32,766 parameters.
    """
    waited = {op_id: int(n) for op_id, n in tx.execute(_WAITING, {"wanted": list(said)})}
    if waited:
        tx.execute(_ACK, [{"wanted": n, "said": said[op_id]} for op_id, n in waited.items()])
    return waited


def postpone(tx: WriteTx, through: int, next_at: int) -> None:
    """Note a failed try of all pending entries up to n."""
    tx.execute(
        delivery
        .update()
        .where(delivery.c.state == PENDING, delivery.c.n <= through)
        .values(tries=delivery.c.tries + 1, next_at=next_at)
    )


def mark_durable(tx: WriteTx, through: int) -> None:
    """What the centre's backup holds too."""
    tx.execute(
        delivery
        .update()
        .where(delivery.c.state == ACKED, delivery.c.n <= through)
        .values(state=DURABLE)
    )


def reopen_after(tx: WriteTx, n_contig: int) -> int:
    """The centre lost what follows n_contig (restored from backup): send it again. Returns how many."""
    changed = tx.execute(
        delivery
        .update()
        .where(delivery.c.n > n_contig, delivery.c.state != PENDING)
        .values(state=PENDING)
    )
    return changed.rowcount


def broken_at(tx: ReadTx) -> int | None:
    """The first entry that does not follow from the one before, or whose body is another; None: all do."""
    query = sa.select(journal, body.c.text).join(
        body, body.c.op_id == journal.c.op_id, isouter=True
    )
    previous = Tip(0, GENESIS)
    for row in tx.execute(query.order_by(journal.c.n)):
        if not _follows(row, previous):
            return int(row.n)
        previous = Tip(row.n, row.head)
    return None


def _follows(row: sa.Row[tuple[object, ...]], previous: Tip) -> bool:
    try:
        header = read_header(row.header)
    except ValueError:
        return False
    same_body = row.text is None or body_sha(row.text) == header.body_sha
    linked = (header.n, header.prev) == (previous.n + 1, previous.head) and row.n == header.n
    return linked and same_body and head_of(row.header) == row.head
