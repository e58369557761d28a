"""The centre's roster: people and households are the current rows of their feeds."""

import json

import msgspec
import sqlalchemy as sa

from counter_app.central.feeds import COLUMNS, Pending, publish, retire
from counter_app.central.tables import change, of_persons, person_birth, person_name
from counter_app.domain.person.model import Household, Person, Standing, YearFacts
from counter_app.kernel import dates

PersonRow = dict[str, str]
"""A person's columns as they travel; `years` is JSON text."""


class BrokenRow(ValueError):
    """A roster row is not of the agreed shape."""


def people(tx: sa.Connection, numbers: list[str]) -> dict[str, PersonRow]:
    """Living rows by certificate number."""
    return {row["certno"]: row for row in _rows(tx, "persons", numbers)}


def households(tx: sa.Connection, numbers: list[str]) -> dict[str, Household]:
    """Households by number."""
    found = household_rows(tx, numbers)
    return {
        row["number"]: Household(*(row[name] for name in COLUMNS["households"])) for row in found
    }


def household_rows(tx: sa.Connection, numbers: list[str]) -> list[dict[str, str]]:
    """Households' rows as they travel."""
    return _rows(tx, "households", numbers)


def named(tx: sa.Connection, name: str, birth: str, limit: int) -> list[PersonRow]:
    """People of the whole county with that name and birth date (ISO), by certificate number."""
    query = (
        sa
        .select(change.c.cells)
        .where(of_persons, person_name == name, person_birth == birth, ~change.c.dead)
        .order_by(change.c.key)
        .limit(limit)
    )
    return [_named("persons", cells) for cells in tx.execute(query).scalars()]


def put(tx: sa.Connection, row: PersonRow) -> None:
    """Write a person's row into the feed of the area."""
    publish(tx, [Pending(f"persons.{row['area']}", [row[name] for name in COLUMNS["persons"]])])


def put_household(tx: sa.Connection, house: Household) -> None:
    """Write a household's row into the feed of the area."""
    cells: list[object] = [getattr(house, name) for name in COLUMNS["households"]]
    publish(tx, [Pending(f"households.{house.area}", cells)])


def remove(tx: sa.Connection, row: PersonRow) -> None:
    """Take a person off the roster."""
    retire(tx, f"persons.{row['area']}", row["certno"])


def person(row: PersonRow) -> Person:
    """The row as the rules read it.

    Raises:
        BrokenRow: birth or standing is not of the agreed shape.
    """
    born = dates.iso(row["birth"])
    if born is None or row["standing"] not in set(Standing):
        raise BrokenRow(f"person ending {row['id4']}: birth or standing")
    return Person(
        psn_cert_type=row["cert_type"],
        certno=row["certno"],
        name=row["name"],
        gend=row["gend"],
        naty=row["naty"],
        birth=born,
        area=row["area"],
        village=row["village"],
        household=row["household"],
        relation=row["relation"],
        tel=row["tel"],
        addr=row["addr"],
        standing=Standing(row["standing"]),
        deceased_on=dates.iso(row["deceased_on"]),
        identity=row["identity"],
        identity_no=row["identity_no"],
        identity_until=dates.iso(row["identity_until"]),
        former_names=tuple(name for name in row["former"].split("|") if name),
        years=tuple(_year(cells) for cells in json.loads(row["years"])),
    )


def register(row: PersonRow, year: int, on: str) -> PersonRow:
    """The row with the year registered on a day; what is known of payment and cover stays."""
    years = json.loads(row["years"])
    kept = next((cells for cells in years if cells[0] == year), None)
    fresh = [year, on, None, False, None, None, ""]
    if kept is not None:
        fresh = [year, on, *kept[2:]]
    return _with_years(row, [cells for cells in years if cells[0] != year] + [fresh])


def unregister(row: PersonRow, year: int) -> PersonRow:
    """The row without the year's registration; a year that says nothing else goes."""
    years = json.loads(row["years"])
    left = [[c[0], None, *c[2:]] if c[0] == year else c for c in years]
    return _with_years(row, [c for c in left if any(c[i] for i in (1, 2, 3, 4, 5, 6))])


def _with_years(row: PersonRow, years: list[list[object]]) -> PersonRow:
    ordered = sorted(years, key=lambda cells: str(cells[0]))
    return {**row, "years": json.dumps(ordered, ensure_ascii=False, separators=(",", ":"))}


def _year(cells: list[object]) -> YearFacts:
    year, registered, paid, known, begins, ends, elsewhere = cells
    if not isinstance(year, int) or not (paid is None or isinstance(paid, int)):
        raise BrokenRow("years")
    day = [dates.iso(str(text)) if text else None for text in (registered, begins, ends)]
    return YearFacts(year, day[0], paid, bool(known), day[1], day[2], str(elsewhere or ""))


def _rows(tx: sa.Connection, family: str, keys: list[str]) -> list[dict[str, str]]:
    if not keys:
        return []
    query = sa.select(change.c.cells).where(
        change.c.key.in_(keys), change.c.feed.startswith(f"{family}."), ~change.c.dead
    )
    return [_named(family, cells) for cells in tx.execute(query).scalars()]


def _named(family: str, cells: str) -> dict[str, str]:
    return dict(zip(COLUMNS[family], msgspec.json.decode(cells, type=list[str]), strict=True))
