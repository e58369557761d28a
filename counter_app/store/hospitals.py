"""Designated institutions in reference.db (feed `hospitals`): by code, and by what a clerk types."""

import sqlalchemy as sa

from counter_app.catalog.facts import Hospital
from counter_app.store.reference_tables import hospital
from counter_app.store.transaction import ReadTx

LIMIT = 8
"""As many as the code field's list shows."""
_ALL = sa.select(hospital.c.code, hospital.c.name).order_by(hospital.c.code)


def by_code(tx: ReadTx, code: str) -> Hospital | None:
    """One institution, None where the feed has none of that code."""
    row = tx.execute(sa.select(hospital).where(hospital.c.code == code)).first()
    return None if row is None else _hospital(row)


def as_table(tx: ReadTx) -> dict[str, dict[str, str]]:
    """The code table `hospitals` (code -> name) for a code field; no table before the feed came."""
    names = {row.code: row.name for row in tx.execute(_ALL)}
    return {"hospitals": names} if names else {}


def search(tx: ReadTx, typed: str, limit: int = LIMIT) -> list[Hospital]:
    """Institutions whose code or initials begin so or whose name holds it, names beginning so first."""
    if not typed:
        return []
    code, py, name = typed.upper(), typed.lower(), hospital.c.name
    query = (
        sa
        .select(hospital)
        .where(
            sa.or_(
                hospital.c.code.startswith(code, autoescape=True),
                hospital.c.py.startswith(py, autoescape=True),
                name.contains(typed, autoescape=True),
            )
        )
        .order_by(sa.not_(name.startswith(typed, autoescape=True)), hospital.c.code)
        .limit(limit)
    )
    return [_hospital(row) for row in tx.execute(query)]


def _hospital(row: sa.Row[tuple[str, ...]]) -> Hospital:
    return Hospital(row.code, row.name, row.level, row.admdvs)
