"""The access log: look-ups, reveals, prints, exports, log-ins; its own chain, its head in every entry."""

from dataclasses import asdict, dataclass

import sqlalchemy as sa

from counter_app.store.station_tables import access_log
from counter_app.store.transaction import ReadTx, WriteTx
from counter_app.wire.access_row import follows, row_text
from counter_app.wire.canonical import sha256
from counter_app.wire.header import GENESIS

_LAST = sa.select(access_log.c.k, access_log.c.head).order_by(access_log.c.k.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Access:
    """One look at somebody's data. `subject` is a subject key or case id, never a name."""

    at: int
    clerk: str
    what: str
    subject: str
    why: str = ""


def head(tx: ReadTx | WriteTx) -> str:
    """The chain's head."""
    row = tx.execute(_LAST).first()
    return str(row.head) if row else GENESIS


def append(tx: WriteTx, rows: list[Access]) -> None:
    """Write rows in order, chained."""
    if not rows:
        return
    last = tx.execute(_LAST).first()
    k, previous = (last.k, last.head) if last else (0, GENESIS)
    for row in rows:
        k += 1
        text = row_text(k, previous, asdict(row))
        previous = sha256(text.encode("utf-8")).hex()
        tx.execute(access_log.insert().values(k=k, text=text, head=previous))


def rows(tx: ReadTx) -> list[tuple[int, str, str]]:
    """All rows as (k, text, head), oldest first."""
    return [
        (r.k, r.text, r.head) for r in tx.execute(sa.select(access_log).order_by(access_log.c.k))
    ]


def broken_at(tx: ReadTx) -> int | None:
    """The first row that does not follow from the one before; None where all do."""
    k_before, before = 0, GENESIS
    for k, text, chained in rows(tx):
        if (
            k != k_before + 1
            or not follows(k, text, before)
            or sha256(text.encode()).hex() != chained
        ):
            return k
        k_before, before = k, chained
    return None
