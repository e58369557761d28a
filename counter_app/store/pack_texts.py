"""Packs by their digest: a sheet of an old case is worked out by the pack the case pinned."""

import sqlalchemy as sa

from counter_app.store.reference_tables import policy
from counter_app.store.transaction import ReadTx


def by_digest(tx: ReadTx, digest: str) -> str | None:
    """The exact text of the pack, in force or not; None where this PC never had it."""
    value = tx.execute(sa.select(policy.c.text).where(policy.c.digest == digest)).scalar()
    return None if value is None else str(value)
