"""Off-site filings and claims of the area's stations as the centre shows them (feed `filings`), by person."""

import json
from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from counter_app.catalog.facts import Held
from counter_app.catalog.filings import BROKEN
from counter_app.kernel import dates
from counter_app.store.reference_tables import filing
from counter_app.store.transaction import ReadTx


class Shown(NamedTuple):
    """What is shown under some keys."""

    others: tuple[Held, ...]
    """A broken promise is the county's word and among these, whatever station took the promise."""
    own: tuple[Held, ...]
    """The station's own cases: its PCs know best what they hold, the centre under which number."""


def shown(tx: ReadTx, wanted: Iterable[tuple[str, str]], own: str) -> Shown:
    """What the centre shows under these (kind, subject) pairs; `own` is the station that asks."""
    pairs = sorted(set(wanted))
    if not pairs:
        return Shown((), ())
    query = (
        sa
        .select(filing)
        .where(sa.tuple_(filing.c.kind, filing.c.subject).in_(pairs))
        .order_by(filing.c.accepted_on, sa.cast(filing.c.id, sa.Integer))
    )
    others: list[Held] = []
    mine: list[Held] = []
    for row in tx.execute(query):
        held = Held(
            kind=row.kind,
            key=row.subject,
            near="",
            data=json.loads(row.data),
            case_no=row.case_no,
            station_name=row.station_name,
            on=dates.iso(row.accepted_on),
        )
        (mine if row.station == own and row.kind != BROKEN else others).append(held)
    return Shown(tuple(others), tuple(mine))
