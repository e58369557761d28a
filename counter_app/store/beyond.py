"""People of other townships in reference.db: kept as long as a draft may need them, then forgotten."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from counter_app.store.reference_tables import (
    beyond_household,
    beyond_person,
    household,
    person,
)
from counter_app.store.roster import Found
from counter_app.store.transaction import ReadTx, WriteTx

PERSON_COLUMNS = frozenset(c.name for c in person.columns)
HOUSEHOLD_COLUMNS = frozenset(c.name for c in household.columns)
_FOUND = (
    sa
    .select(
        *(beyond_person.c[name] for name in Found._fields if name in beyond_person.c),
        sa.func.coalesce(beyond_household.c.head_name, "").label("head_name"),
        sa.func.coalesce(beyond_household.c.head, "").label("head"),
    )
    .select_from(
        beyond_person.outerjoin(
            beyond_household, beyond_household.c.number == beyond_person.c.household
        )
    )
    .where(beyond_person.c.certno == sa.bindparam("wanted"))
)


def keep(
    tx: WriteTx, row: Mapping[str, str], house: Mapping[str, str] | None, asked_at: int
) -> None:
    """Keep a person (and the household) as the centre told them at this wall moment (ms)."""
    values = {name: row[name] for name in PERSON_COLUMNS} | {"asked_at": asked_at}
    tx.execute(
        insert(beyond_person)
        .values(**values)
        .on_conflict_do_update(index_elements=["certno"], set_=values)
    )
    if house is not None:
        facts = {name: house[name] for name in HOUSEHOLD_COLUMNS}
        tx.execute(
            insert(beyond_household)
            .values(**facts)
            .on_conflict_do_update(index_elements=["number"], set_=facts)
        )


def forget(tx: WriteTx, before: int) -> None:
    """Forget whoever was asked for before this wall moment (ms), and households nobody is left of."""
    tx.execute(beyond_person.delete().where(beyond_person.c.asked_at < before))
    living = sa.select(beyond_person.c.household)
    tx.execute(beyond_household.delete().where(beyond_household.c.number.not_in(living)))


def asked_at(tx: ReadTx, number: str) -> int | None:
    """When (wall ms) the centre last told of somebody of this household; None where it never did."""
    query = sa.select(sa.func.max(beyond_person.c.asked_at))
    value = tx.execute(query.where(beyond_person.c.household == number)).scalar()
    return None if value is None else int(value)


def found(tx: ReadTx, certno: str) -> Found | None:
    """A kept person as a list shows them, None where there is none."""
    row = tx.execute(_FOUND, {"wanted": certno}).mappings().first()
    return None if row is None else Found(**row)
