"""Half-typed cases: durable, kept on this PC, seen by everyone with the right."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from counter_app.store.station_tables import draft
from counter_app.store.transaction import ReadTx, WriteTx

OPEN, PARKED = "open", "parked"


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft: answers as JSON, `place` the field the cursor was in, `case_id` set when it amends one."""

    draft_id: str
    item: str
    case_id: str
    summary: str
    person: str
    state: str
    words: str
    answers: str
    place: str
    clerk: str
    clerk_name: str
    updated_at: int


_COLUMNS = [draft.c[name] for name in DraftRow.__dataclass_fields__]
_PUT = insert(draft)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["draft_id"],
    set_={name: _PUT.excluded[name] for name in DraftRow.__dataclass_fields__},
)


def put(tx: WriteTx, row: DraftRow) -> None:
    """Insert or replace."""
    values = {name: getattr(row, name) for name in DraftRow.__dataclass_fields__}
    tx.execute(_PUT, values)


def get(tx: ReadTx | WriteTx, draft_id: str) -> DraftRow | None:
    """The draft, or None."""
    row = tx.execute(sa.select(*_COLUMNS).where(draft.c.draft_id == draft_id)).first()
    return DraftRow(*row) if row else None


def remove(tx: WriteTx, draft_id: str) -> None:
    """Take it away: accepted, or thrown away by the clerk."""
    tx.execute(draft.delete().where(draft.c.draft_id == draft_id))


def everything(tx: ReadTx) -> list[DraftRow]:
    """All drafts, newest first."""
    return [
        DraftRow(*r) for r in tx.execute(sa.select(*_COLUMNS).order_by(draft.c.updated_at.desc()))
    ]
