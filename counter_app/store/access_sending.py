"""How far the access log was sent, and the epochs of its rows.

An epoch begins where the log goes on after another file: after a restore, or where the centre has
another row under the same number. Numbers go on; the first row of an epoch names its predecessor.
"""

import json
from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.store import meta
from counter_app.store.station_tables import access_log
from counter_app.store.transaction import ReadTx, WriteTx

EPOCHS, SENT, SENT_ON, NEXT_AT = "access_epochs", "access_sent", "access_sent_on", "access_next_at"


@dataclass(frozen=True, slots=True)
class Rows:
    """Neighbouring rows of one epoch."""

    epoch: int
    first: int
    texts: tuple[str, ...]
    head: str

    @property
    def last(self) -> int:
        """The last row's number."""
        return self.first + len(self.texts) - 1


def next_rows(tx: ReadTx, after: int, limit: int) -> Rows | None:
    """The rows after a number, as far as their epoch goes; None where there are none."""
    first = after + 1
    epoch, until = _epoch_of(tx, first)
    query = sa.select(access_log).where(access_log.c.k >= first).order_by(access_log.c.k)
    if until:
        query = query.where(access_log.c.k < until)
    found = tx.execute(query.limit(limit)).all()
    if not found:
        return None
    return Rows(epoch, found[0].k, tuple(r.text for r in found), found[-1].head)


def tip(tx: ReadTx | WriteTx) -> int:
    """The newest row's number."""
    return int(tx.execute(sa.select(sa.func.max(access_log.c.k))).scalar() or 0)


def begin_epoch(tx: WriteTx, first: int, at_least: int = 0) -> int:
    """Rows from `first` on belong to a new epoch, numbered above all before it."""
    known = [pair for pair in _epochs(tx) if pair[1] < first]
    number = max(max(ep for ep, _ in _epochs(tx)) + 1, at_least)
    meta.put(tx, EPOCHS, json.dumps([*known, (number, first)]))
    return number


def sent(tx: ReadTx | WriteTx) -> int:
    """Up to which row the centre last said to have everything."""
    return int(meta.get(tx, SENT, "0"))


def note_sent(tx: WriteTx, k: int) -> None:
    """What the centre said."""
    meta.put(tx, SENT, str(k))


def due(tx: ReadTx, day: str, now: int) -> bool:
    """Whether today's sending is still to be done."""
    waits = int(meta.get(tx, NEXT_AT, "0"))
    return meta.get(tx, SENT_ON) != day and not 0 < waits - now < 24 * 3600 * 1000


def done_for(tx: WriteTx, day: str) -> None:
    """Today's sending is done."""
    meta.put(tx, SENT_ON, day)
    meta.put(tx, NEXT_AT, "0")


def postpone(tx: WriteTx, until: int) -> None:
    """The centre could not take it: not before this moment (wall ms)."""
    meta.put(tx, NEXT_AT, str(until))


def _epochs(tx: ReadTx | WriteTx) -> list[tuple[int, int]]:
    """(number, first row), in order."""
    said = meta.get(tx, EPOCHS, "[[1, 1]]")
    return [(int(ep), int(first)) for ep, first in json.loads(said)]


def _epoch_of(tx: ReadTx, k: int) -> tuple[int, int]:
    """The row's epoch, and the first row of the next one (0: there is none)."""
    known = _epochs(tx)
    place = max(i for i, (_, first) in enumerate(known) if first <= k)
    return known[place][0], known[place + 1][1] if place + 1 < len(known) else 0
