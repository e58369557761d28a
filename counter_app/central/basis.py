"""What every judgement of a batch rests on: the packs side by side, code tables, working days."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import msgspec
import sqlalchemy as sa

from counter_app.catalog.facts import Facts, with_packs
from counter_app.catalog.item import Asked
from counter_app.central import hospitals, roster, settled
from counter_app.central.tables import change
from counter_app.domain.calendar import published
from counter_app.domain.calendar.working_days import WorkCalendar
from counter_app.domain.policy.shelf import Published, Shelf, shelve
from counter_app.forms.kinds.kind import Tables


@dataclass(frozen=True, slots=True)
class Basis:
    """Read once a batch."""

    packs: Shelf
    tables: Tables
    calendar: WorkCalendar


def load(tx: sa.Connection) -> Basis:
    """Packs, tables and calendar as they are now."""
    tables: dict[str, dict[str, str]] = {"admdvs": _regions()}
    for name, code, words in _cells(tx, "codes"):
        tables.setdefault(str(name), {})[str(code)] = str(words)
    tables |= hospitals.as_table(tx)
    calendar = published.with_rows(_calendar(), tables.get(published.TABLE, {}))
    return Basis(shelf(tx), tables, calendar)


def facts(tx: sa.Connection, basis: Basis, asked: Asked, on: dt.date) -> Facts:
    """The world at acceptance, from the centre's own tables; no scope limits the centre.

    Running enrolments are not in it: two of them are held for a decision, not refused by a rule.
    """
    found = roster.people(tx, sorted(asked.certnos))
    hospital = hospitals.by_code(tx, asked.hospital) if asked.hospital else None
    world = Facts(
        on=on,
        held=tuple(settled.of_people(tx, asked.holds, on.year)),
        people={certno: roster.person(row) for certno, row in found.items()},
        households=roster.households(tx, [asked.household]) if asked.household else {},
        hospitals={hospital.code: hospital} if hospital else {},
        tables=basis.tables,
        calendar=basis.calendar,
    )
    return with_packs(world, basis.packs, asked.decided_on)


def shelf(tx: sa.Connection) -> Shelf:
    """Every published pack, side by side."""
    rows = sorted(policy(tx), key=lambda row: str(row[0]))
    return shelve(tuple(Published(str(r[0]), str(r[1]), str(r[2]), r[4] is True) for r in rows))


def policy(tx: sa.Connection) -> list[list[object]]:
    """Rows of the `policy` feed, as `feeds.COLUMNS` names their cells."""
    return _cells(tx, "policy")


@lru_cache(maxsize=1)
def _calendar() -> WorkCalendar:
    path = resources() / "codes" / "calendar.json"
    plain = json.loads(path.read_text("utf-8"))
    changed = {dt.date.fromisoformat(day): bool(works) for day, works in plain["changed"].items()}
    return WorkCalendar(frozenset(plain["years"]), changed)


@cache
def _regions() -> dict[str, str]:
    plain = json.loads((resources() / "codes" / "regions.json").read_text("utf-8"))
    return {str(code): str(words) for code, words in plain["regions"].items()}


def resources() -> Path:
    """The folder of bundled resources."""
    return Path(__file__).resolve().parent.parent.parent / "resources"


def _cells(tx: sa.Connection, feed: str) -> list[list[object]]:
    query = sa.select(change.c.cells).where(change.c.feed == feed, ~change.c.dead)
    return [msgspec.json.decode(cells, type=list[object]) for cells in tx.execute(query).scalars()]
