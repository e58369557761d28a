"""The chain of a device at the centre: forks, the unbroken run, signed heads."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.ops.entry import LINKS, Entry
from counter_app.central.tables import chain, chain_head, ingest
from counter_app.wire.header import GENESIS

FORKED = "device_forked"


def remember_head(tx: sa.Connection, dev: str, claim: tuple[int, int, str, str], at: int) -> int:
    """Keep a signed head; `claim` is epoch, number, head, signature."""
    ep, n, head, sig = claim
    kept = tx.execute(
        chain_head
        .insert()
        .values(dev=dev, ep=ep, n=n, head=head, sig=sig, received_at=at)
        .returning(chain_head.c.id)
    ).scalar_one()
    return int(kept)


def predecessors(tx: sa.Connection, dev: str, numbers: list[int]) -> dict[int, set[str]]:
    """Which predecessors the vouched entries name, by the predecessor's number."""
    query = sa.select(ingest.c.n, ingest.c.prev).where(
        ingest.c.dev == dev,
        ingest.c.head_id.is_not(None),
        ingest.c.n.in_([n + 1 for n in numbers]),
    )
    found: dict[int, set[str]] = {}
    for n, prev in tx.execute(query):
        found.setdefault(n - 1, set()).add(prev)
    return found


class Branches:
    """The stored entries beside those that are judged, read once: which number is whose."""

    def __init__(self, tx: sa.Connection, dev: str, entries: Sequence[Entry]) -> None:
        numbers = {e.header.n for e in entries}
        query = sa.select(ingest.c.ep, ingest.c.n, ingest.c.sha).where(
            ingest.c.dev == dev,
            ingest.c.n.in_(sorted(numbers | {n - 1 for n in numbers})),
            ingest.c.via.in_(LINKS),
        )
        self._at: dict[tuple[int, int], set[str]] = {}
        for ep, n, sha in tx.execute(query):
            self._at.setdefault((ep, n), set()).add(sha.hex())

    def add(self, entry: Entry) -> None:
        """The entry has left the quarantine."""
        self._at.setdefault((entry.header.ep, entry.header.n), set()).add(entry.sha)

    def forked(self, entry: Entry) -> bool:
        """Whether another entry holds this number in the epoch, or its predecessor is of another branch.

        One that forks is no predecessor of anything after it.
        """
        ep, n = entry.header.ep, entry.header.n
        here, before = self._at.get((ep, n), set()), self._at.get((ep, n - 1), set())
        found = bool(here - {entry.sha}) or (bool(before) and entry.header.prev not in before)
        if found:
            here.discard(entry.sha)
        return found


def advance(tx: sa.Connection, dev: str, ep: int) -> tuple[int, str]:
    """Move the unbroken run of an epoch as far as it goes; number and head of its last entry."""
    row = tx.execute(
        sa.select(chain.c.n_contig, chain.c.head).where(chain.c.dev == dev, chain.c.ep == ep)
    ).first()
    start = (row.n_contig, row.head) if row else _beginning(tx, dev, ep)
    if start is None:
        return 0, GENESIS
    n, head = start
    query = (
        sa
        .select(ingest.c.n, ingest.c.prev, ingest.c.sha)
        .where(
            ingest.c.dev == dev,
            ingest.c.ep == ep,
            ingest.c.n > n,
            ingest.c.via.in_(LINKS),
        )
        .order_by(ingest.c.n)
    )
    for number, prev, sha in tx.execute(query):
        if number != n + 1 or prev != head:
            break
        n, head = number, sha.hex()
    values = {"n_contig": n, "head": head}
    tx.execute(
        insert(chain)
        .values(dev=dev, ep=ep, **values)
        .on_conflict_do_update(index_elements=["dev", "ep"], set_=values)
    )
    return n, head


class Tip(NamedTuple):
    """How far a chain reaches without a gap."""

    ep: int
    n: int
    head: str


def tip(tx: sa.Connection, dev: str) -> Tip:
    """Newest epoch with its number and head; zeros for a device that sent nothing."""
    row = tx.execute(
        sa.select(chain).where(chain.c.dev == dev).order_by(chain.c.ep.desc()).limit(1)
    ).first()
    return Tip(row.ep, row.n_contig, row.head) if row else Tip(1, 0, GENESIS)


def _beginning(tx: sa.Connection, dev: str, ep: int) -> tuple[int, str] | None:
    """Where an epoch joins: at nothing, or at the entry of an older epoch its first header names."""
    first = ingest.alias("first")
    before = ingest.alias("before")
    joined = sa.exists().where(
        before.c.dev == dev,
        before.c.ep < ep,
        before.c.n == first.c.n - 1,
        sa.func.encode(before.c.sha, "hex") == first.c.prev,
    )
    query = (
        sa
        .select(first.c.n, first.c.prev)
        .where(
            first.c.dev == dev,
            first.c.ep == ep,
            first.c.via.in_(LINKS),
            sa.or_(sa.and_(first.c.n == 1, first.c.prev == GENESIS), joined),
        )
        .order_by(first.c.n)
        .limit(1)
    )
    row = tx.execute(query).first()
    return (row.n - 1, row.prev) if row else None
