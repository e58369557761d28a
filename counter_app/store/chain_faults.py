"""Walking both chains from their beginning: the first entry that is not as it was written, and why."""

from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.store import access_sending
from counter_app.store.station_tables import access_log, body, journal
from counter_app.store.transaction import ReadTx
from counter_app.wire.access_row import read_link, row_head
from counter_app.wire.header import GENESIS, Header, body_sha, head_of, read_header

UNREADABLE, NUMBER, PREV, HEAD, BODY = "unreadable", "number", "prev", "head", "body"
DEVICE, EPOCH, ANCHOR = "device", "epoch", "anchor"


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first bad entry by its number, and what is wrong with it."""

    at: int
    why: str


@dataclass(frozen=True, slots=True)
class Walked:
    """A chain, walked: how many entries, the head after the last, and the first fault."""

    count: int
    head: str
    fault: ChainFault | None


def walk_journal(tx: ReadTx, dev: str) -> Walked:
    """Every header, its body unless erased, and the look it was written after."""
    heads = {GENESIS, ""} | set(tx.execute(sa.select(access_log.c.head)).scalars())
    query = sa.select(journal, body.c.text).join(
        body, body.c.op_id == journal.c.op_id, isouter=True
    )
    count, before, epoch = 0, GENESIS, 0
    for row in tx.execute(query.order_by(journal.c.n)):
        header = _header(row.header)
        why = UNREADABLE if header is None else _linked(row, header, count + 1, before)
        if header is not None and not why:
            why = _belongs(header, dev, epoch, heads)
            epoch = header.ep
        if why:
            return Walked(count, before, ChainFault(int(row.n), why))
        count, before = count + 1, str(row.head)
    return Walked(count, before, None)


def walk_access(tx: ReadTx) -> Walked:
    """Every row of the access log."""
    count, before = 0, GENESIS
    for row in tx.execute(sa.select(access_log).order_by(access_log.c.k)):
        link = read_link(row.text)
        why = ""
        if link is None:
            why = UNREADABLE
        elif row.k != count + 1 or link.k != row.k:
            why = NUMBER
        elif link.prev != before:
            why = PREV
        elif row_head(row.text) != row.head:
            why = HEAD
        if why:
            return Walked(count, before, ChainFault(int(row.k), why))
        count, before = count + 1, str(row.head)
    # rows cut off at the end leave a whole chain; what was sent of them is known
    short = access_sending.sent(tx) > count
    return Walked(count, before, ChainFault(count + 1, NUMBER) if short else None)


def entry_at(tx: ReadTx, n: int) -> tuple[int, str] | None:
    """(epoch, head) of an entry, None where there is none."""
    row = tx.execute(sa.select(journal.c.header, journal.c.head).where(journal.c.n == n)).first()
    header = _header(row.header) if row else None
    return (header.ep, str(row.head)) if row and header else None


def _header(text: str) -> Header | None:
    try:
        return read_header(text)
    except ValueError:
        return None


def _linked(row: sa.Row[tuple[object, ...]], header: Header, n: int, before: str) -> str:
    if (row.n, header.n) != (n, n):
        return NUMBER
    if header.prev != before:
        return PREV
    if head_of(row.header) != row.head:
        return HEAD
    return BODY if row.text is not None and body_sha(row.text) != header.body_sha else ""


def _belongs(header: Header, dev: str, epoch: int, heads: set[str]) -> str:
    if header.dev != dev:
        return DEVICE
    if header.ep < epoch:
        return EPOCH
    return "" if header.access_head in heads else ANCHOR
