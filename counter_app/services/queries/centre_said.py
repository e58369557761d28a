"""Ask the centre which entries of this PC it holds, for laying the journal beside it."""

from typing import TYPE_CHECKING

import sqlalchemy as sa

from counter_app.kernel.clock import Clock
from counter_app.services.context import Identity
from counter_app.services.queries.chain_check import CentreSaid
from counter_app.store.station_tables import journal
from counter_app.store.transaction import read
from counter_app.sync.faults import SyncFault
from counter_app.wire.header import read_header

if TYPE_CHECKING:
    import httpx

    from counter_app.sync.client import Client

_ASKED = 2000
"""Entries a question; the centre answers up to 5,000."""


def centre_said(
    station: sa.Engine, identity: Identity, clock: Clock, under: "httpx.BaseTransport | None" = None
) -> CentreSaid | None:
    """What it holds; None where it can't be asked just now, or is too old for the question.

    Raises:
        EnvironmentFault: the pinned certificate cannot be read.
    """
    # the network's libraries cost a third of a second
    from counter_app.sync.client import Client, Door
    from counter_app.sync.transport import ASKED

    door = Door(identity.centre_url, identity.ca_pem, identity.dev, identity.sign_private)
    try:
        with Client(door, clock, under=under, timeout=ASKED) as client:
            hello = client.hello()
            known = _known(client, _entries(station, hello.ep))
    except SyncFault:
        return None
    return None if known is None else CentreSaid(hello.n_contig, known, hello.ep)


def _entries(station: sa.Engine, ep: int) -> list[tuple[int, str, str]]:
    """Number, id and head of the epoch whose unbroken run the centre tells."""
    query = sa.select(journal.c.n, journal.c.op_id, journal.c.head, journal.c.header)
    with read(station) as tx:
        rows = tx.execute(query.order_by(journal.c.n)).all()
    return [(int(r.n), str(r.op_id), str(r.head)) for r in rows if _epoch(r.header) in {ep, 0}]


def _epoch(header: str) -> int:
    """0 where it cannot be read: the walk names it."""
    try:
        return read_header(header).ep
    except ValueError:
        return 0


def _known(
    client: "Client", rows: list[tuple[int, str, str]]
) -> tuple[tuple[int, bool], ...] | None:
    from counter_app.sync.ask_known import known_there

    found: list[tuple[int, bool]] = []
    for start in range(0, len(rows), _ASKED):
        part = rows[start : start + _ASKED]
        known = known_there(client, [(op_id, head) for _, op_id, head in part])
        if known is None:
            return None
        found += [(n, same) for (n, _, _), same in zip(part, known, strict=True)]
    return tuple(found)
