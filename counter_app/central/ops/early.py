"""Ends of cases that came before their cases: kept, and applied once the case is there.

One carried file fails and the next one does not, or a restored centre hears another PC of the station first.
A void that was passed over would leave the citizen with what he no longer wanted.
"""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.ops import keep
from counter_app.central.ops.entry import Entry, read
from counter_app.central.tables import early_end, ingest
from counter_app.wire.header import Op


def remember(tx: sa.Connection, station: str, entry: Entry) -> None:
    """Keep a void or withdrawal of a case nobody has sent yet; `station` is its sender's."""
    values = {"op_id": UUID(entry.header.id), "case_id": entry.header.subj, "station": station}
    tx.execute(insert(early_end).values(**values).on_conflict_do_nothing())


def take(tx: sa.Connection, station: str, case_id: str) -> list[Entry]:
    """What the case's own station sent of its end, in the order it was written; it is kept no longer."""
    where = (early_end.c.case_id == case_id, early_end.c.station == station)
    gone = tx.execute(early_end.delete().where(*where).returning(early_end.c.op_id)).scalars().all()
    if not gone:
        return []
    query = sa.select(ingest.c.header, ingest.c.body).where(ingest.c.op_id.in_(gone))
    rows = tx.execute(query.order_by(ingest.c.n, ingest.c.ep)).all()
    found = [read(Op(keep.text(row.header) or "", keep.text(row.body))) for row in rows]
    return [entry for entry in found if entry is not None]
