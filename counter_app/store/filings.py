"""Off-site filings other stations of the area took (feed `filings`), by person."""

import json
from collections.abc import Iterable

import sqlalchemy as sa

from counter_app.catalog.facts import Held
from counter_app.catalog.filings import BROKEN
from counter_app.kernel import dates
from counter_app.store.reference_tables import filing
from counter_app.store.transaction import ReadTx


def of_others(tx: ReadTx, wanted: Iterable[tuple[str, str]], own: str) -> list[Held]:
    """What the centre shows under these (kind, subject) pairs; of the own station its PCs know best.

    A broken promise is the county's word, whatever station took the promise.
    """
    pairs = sorted(set(wanted))
    if not pairs:
        return []
    query = (
        sa
        .select(filing)
        .where(
            sa.tuple_(filing.c.kind, filing.c.subject).in_(pairs),
            sa.or_(filing.c.station != own, filing.c.kind == BROKEN),
        )
        .order_by(filing.c.accepted_on, sa.cast(filing.c.id, sa.Integer))
    )
    return [
        Held(
            kind=row.kind,
            key=row.subject,
            near="",
            data=json.loads(row.data),
            case_no=row.case_no,
            station_name=row.station_name,
            on=dates.iso(row.accepted_on),
        )
        for row in tx.execute(query)
    ]
