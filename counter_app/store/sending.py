"""How each waiting entry fared: the cause of its own last try, and whether it is sent apart from the rest.

`delivery.result` of a waiting entry is "" (never tried), the cause of the last failed exchange, the
answer the centre gave before it lost the entry, or `alone:<cause>:<times>` once the entry was turned
away by itself: it then goes after all others, with a wait of its own.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.store.journal import PENDING, EntryRow, Pending
from counter_app.store.station_tables import body, delivery, journal
from counter_app.store.transaction import ReadTx, WriteTx
from counter_app.wire.header import Op

_ALONE = "alone:"
_IS_ALONE = delivery.c.result.startswith(_ALONE, autoescape=True)


@dataclass(frozen=True, slots=True)
class Fared:
    """The cause of the last try, and how often the entry was turned away by itself (0: never)."""

    why: str = ""
    alone: int = 0


def fared(result: str) -> Fared:
    """What the stored word of a waiting entry says."""
    if not result.startswith(_ALONE):
        return Fared(result)
    why, _, times = result.removeprefix(_ALONE).partition(":")
    return Fared(why, int(times) if times.isdigit() else 1)


def in_line(tx: ReadTx | WriteTx, limit: int) -> list[Pending]:
    """The oldest waiting entries that are not sent apart, in chain order."""
    return _waiting(tx, sa.not_(_IS_ALONE), limit)


def apart(tx: ReadTx | WriteTx, now: int, longest: int, but: Collection[int]) -> list[Pending]:
    """The first entry sent apart whose wait is over, as a batch; `but` were tried just now.

    No wait is longer than `longest` ms: one that ends later was reckoned by a clock that ran ahead then.
    """
    over = sa.not_(delivery.c.next_at.between(now + 1, now + longest))
    return _waiting(tx, sa.and_(_IS_ALONE, over, delivery.c.n.not_in(sorted(but))), 1)


def still_waiting(tx: ReadTx | WriteTx, numbers: Iterable[int]) -> list[int]:
    """Which of these entries were not answered."""
    query = sa.select(delivery.c.n).where(
        delivery.c.n.in_(list(numbers)), delivery.c.state == PENDING
    )
    return sorted(int(n) for n in tx.execute(query).scalars())


def times_alone(tx: ReadTx | WriteTx, n: int) -> int:
    """How often the entry was turned away by itself so far."""
    word = tx.execute(sa.select(delivery.c.result).where(delivery.c.n == n)).scalar()
    return fared(str(word or "")).alone


def set_apart(tx: WriteTx, n: int, fate: Fared, next_at: int) -> None:
    """Turned away by itself: it waits for its own moment and holds up nobody."""
    tx.execute(
        delivery
        .update()
        .where(delivery.c.n == n, delivery.c.state == PENDING)
        .values(
            result=f"{_ALONE}{fate.why}:{fate.alone}",
            tries=delivery.c.tries + 1,
            next_at=next_at,
        )
    )


def postpone(tx: WriteTx, through: int, next_at: int, why: str) -> None:
    """Note a failed exchange on everything in line up to n; what is sent apart keeps its own cause."""
    tx.execute(
        delivery
        .update()
        .where(delivery.c.state == PENDING, delivery.c.n <= through, sa.not_(_IS_ALONE))
        .values(tries=delivery.c.tries + 1, next_at=next_at, result=why)
    )


def hurry(tx: WriteTx, n: int = 0) -> int:
    """One waiting entry (0: all) is to be tried at once. Returns how many."""
    chosen = delivery.update().where(delivery.c.state == PENDING)
    chosen = chosen.where(delivery.c.n == n) if n else chosen
    return tx.execute(chosen.values(next_at=0)).rowcount


def _waiting(tx: ReadTx | WriteTx, which: sa.ColumnElement[bool], limit: int) -> list[Pending]:
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
        .where(delivery.c.state == PENDING, which)
        .order_by(journal.c.n)
        .limit(limit)
    )
    return [Pending(r.n, r.op_id, Op(r.header, r.text), r.head, r.tries, r.next_at) for r in rows]


def oldest(tx: ReadTx | WriteTx, limit: int) -> list[EntryRow]:
    """The oldest waiting entries for lists, in chain order."""
    sent = delivery.c
    query = (
        sa
        .select(journal, sent.state, sent.result, sent.tries, sent.next_at)
        .join(delivery, sent.n == journal.c.n)
        .where(sent.state == PENDING)
        .order_by(journal.c.n)
        .limit(limit)
    )
    return [
        EntryRow(
            r.n, r.op_id, r.kind, r.subj, r.header, r.head, r.state, r.result, r.tries, r.next_at
        )
        for r in tx.execute(query)
    ]


def number_of(tx: ReadTx | WriteTx, op_id: str) -> int:
    """The entry's number in this PC's journal, 0 where another PC made it."""
    return int(tx.execute(sa.select(journal.c.n).where(journal.c.op_id == op_id)).scalar() or 0)
