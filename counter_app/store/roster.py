"""People and households in reference.db: b-tree range queries, type-ahead over a million.

A person of another township, once asked for at the centre (`store.beyond`), is read like those of the roster,
but never found by the type-ahead.
"""

import datetime as dt
import json
from typing import NamedTuple

import sqlalchemy as sa

from counter_app.domain.person.model import Household, Person, Standing, YearFacts
from counter_app.kernel import dates
from counter_app.store.reference_tables import (
    beyond_household,
    beyond_person,
    household,
    person,
)
from counter_app.store.transaction import ReadTx

LIMIT = 24
"""A type-ahead shows a screen and a half; whoever is not among them is found by typing on."""
_PEOPLE = sa.select(person).where(person.c.certno.in_(sa.bindparam("certnos", expanding=True)))
_BEYOND = sa.select(beyond_person).where(
    beyond_person.c.certno.in_(sa.bindparam("certnos", expanding=True))
)
_HOUSEHOLD = sa.select(household).where(household.c.number == sa.bindparam("wanted"))
_BEYOND_HOUSEHOLD = sa.select(beyond_household).where(
    beyond_household.c.number == sa.bindparam("wanted")
)


class Found(NamedTuple):
    """A row of the type-ahead: what tells people apart, nothing more."""

    certno: str
    name: str
    gend: str
    birth: str
    village: str
    household: str
    head_name: str
    standing: str
    deceased_on: str
    area: str
    years: str
    cert_type: str
    head: str
    """The household head's certificate number, "" where the roster names none."""


_FOUND = sa.select(
    person.c.certno,
    person.c.name,
    person.c.gend,
    person.c.birth,
    person.c.village,
    person.c.household,
    sa.func.coalesce(household.c.head_name, "").label("head_name"),
    person.c.standing,
    person.c.deceased_on,
    person.c.area,
    person.c.years,
    person.c.cert_type,
    sa.func.coalesce(household.c.head, "").label("head"),
).select_from(person.outerjoin(household, household.c.number == person.c.household))


def by_number(tx: ReadTx, prefix: str, limit: int = LIMIT) -> list[Found]:
    """People whose certificate number begins so."""
    return _range(tx, person.c.certno, prefix, limit)


def by_name(tx: ReadTx, prefix: str, limit: int = LIMIT) -> list[Found]:
    """People whose name begins so."""
    return _range(tx, person.c.name, prefix, limit)


def by_pinyin(tx: ReadTx, prefix: str, limit: int = LIMIT) -> list[Found]:
    """People whose pinyin initials begin so (lower case)."""
    return _range(tx, person.c.py, prefix, limit)


def by_phone(tx: ReadTx, prefix: str, limit: int = LIMIT) -> list[Found]:
    """People whose telephone number begins so."""
    return _range(tx, person.c.tel, prefix, limit)


def by_last_four(tx: ReadTx, four: str, limit: int = LIMIT) -> list[Found]:
    """People whose certificate number or telephone ends so."""
    by_id = _rows(tx, _FOUND.where(person.c.id4 == four).limit(limit))
    left = limit - len(by_id)
    if not left:
        return by_id
    by_tel = _FOUND.where(person.c.ph4 == four, person.c.id4 != four).limit(left)
    return by_id + _rows(tx, by_tel)


def people(tx: ReadTx, certnos: list[str]) -> dict[str, Person]:
    """Whole records by certificate number; numbers nobody told this PC of are absent."""
    found = {r.certno: _person(r) for r in tx.execute(_PEOPLE, {"certnos": certnos})}
    missing = [c for c in certnos if c not in found]
    if missing:
        found |= {r.certno: _person(r) for r in tx.execute(_BEYOND, {"certnos": missing})}
    return found


def members(tx: ReadTx, number: str) -> list[Person]:
    """The members of a household, head first, then by age."""
    here = sa.select(person).where(person.c.household == number)
    beyond = sa.select(beyond_person).where(beyond_person.c.household == number)
    rows = tx.execute(here).all() or tx.execute(beyond).all()
    found = [_person(r) for r in rows]
    return sorted(found, key=lambda p: (p.relation not in {"01", "02"}, p.birth))


def find_household(tx: ReadTx, number: str) -> Household | None:
    """The household by its number."""
    wanted = {"wanted": number}
    row = tx.execute(_HOUSEHOLD, wanted).first() or tx.execute(_BEYOND_HOUSEHOLD, wanted).first()
    if row is None:
        return None
    return Household(
        row.number, row.area, row.village, row.addr, row.head, row.head_name, row.hukou
    )


def count(tx: ReadTx) -> int:
    """How many people the roster holds."""
    return int(tx.execute(sa.select(sa.func.count()).select_from(person)).scalar_one())


def _range(tx: ReadTx, column: sa.Column[str], prefix: str, limit: int) -> list[Found]:
    if not prefix:
        return []
    upper = prefix[:-1] + chr(min(ord(prefix[-1]) + 1, 0x10FFFF))
    query = _FOUND.where(column >= prefix, column < upper).order_by(column).limit(limit)
    return _rows(tx, query)


def _rows(tx: ReadTx, query: sa.Select[tuple[str, ...]]) -> list[Found]:
    return [Found._make(row) for row in tx.execute(query)]


def _person(row: sa.Row[tuple[object, ...]]) -> Person:
    return Person(
        psn_cert_type=row.cert_type,
        certno=row.certno,
        name=row.name,
        gend=row.gend,
        naty=row.naty,
        birth=dates.iso(row.birth) or dt.date(1900, 1, 1),
        area=row.area,
        village=row.village,
        household=row.household,
        relation=row.relation,
        tel=row.tel,
        addr=row.addr,
        standing=Standing(row.standing),
        deceased_on=dates.iso(row.deceased_on),
        identity=row.identity,
        identity_no=row.identity_no,
        identity_until=dates.iso(row.identity_until),
        former_names=tuple(n for n in row.former.split("|") if n),
        years=years_of(row.years),
    )


def years_of(text: str) -> tuple[YearFacts, ...]:
    """Read the column `years`."""
    return tuple(
        YearFacts(y, _day(registered), paid, bool(known), _day(begins), _day(ends), elsewhere)
        for y, registered, paid, known, begins, ends, elsewhere in json.loads(text)
    )


def _day(text: str | None) -> dt.date | None:
    return dates.iso(text) if text else None
