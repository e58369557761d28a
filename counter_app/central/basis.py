"""What every judgement of a batch rests on: the pack in force, code tables, working days."""

import datetime as dt
import json
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import msgspec
import sqlalchemy as sa

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import Asked
from counter_app.central import hospitals, roster
from counter_app.central.feeds import Pending, publish
from counter_app.central.tables import change
from counter_app.domain.calendar import published
from counter_app.domain.calendar.working_days import WorkCalendar
from counter_app.domain.policy.pack import Pack, from_plain
from counter_app.forms.kinds.kind import Tables
from counter_app.wire import keys
from counter_app.wire.canonical import sha256


@dataclass(frozen=True, slots=True)
class Basis:
    """Read once a batch."""

    pack: Pack | None
    tables: Tables
    calendar: WorkCalendar


def load(tx: sa.Connection) -> Basis:
    """Pack, tables and calendar as they are now."""
    tables: dict[str, dict[str, str]] = {"admdvs": _regions()}
    for name, code, words in _cells(tx, "codes"):
        tables.setdefault(str(name), {})[str(code)] = str(words)
    tables |= hospitals.as_table(tx)
    calendar = published.with_rows(_calendar(), tables.get(published.TABLE, {}))
    return Basis(_in_force(tx), tables, calendar)


def facts(tx: sa.Connection, basis: Basis, asked: Asked, on: dt.date) -> Facts:
    """The world at acceptance, from the centre's own tables; no scope limits the centre.

    Running enrolments are not in it: two of them are held for a decision, not refused by a rule.
    """
    found = roster.people(tx, sorted(asked.certnos))
    hospital = hospitals.by_code(tx, asked.hospital) if asked.hospital else None
    return Facts(
        on=on,
        pack=basis.pack,
        people={certno: roster.person(row) for certno, row in found.items()},
        households=roster.households(tx, [asked.household]) if asked.household else {},
        hospitals={hospital.code: hospital} if hospital else {},
        tables=basis.tables,
        calendar=basis.calendar,
    )


def add_pack(tx: sa.Connection, text: str, sign_private: bytes) -> Pack:
    """Sign a pack and put it in force in its region; older ones of the region go out of force.

    Raises:
        PackFault: it is not of the agreed shape.
        tomllib.TOMLDecodeError: it is no TOML.
    """
    digest = sha256(text.encode()).hex()
    pack = from_plain(tomllib.loads(text), digest)
    older = [
        Pending("policy", [*row[:4], False])
        for row in _cells(tx, "policy")
        if str(row[0]).startswith(f"{pack.region}/") and row[0] != pack.id
    ]
    sig = keys.text(keys.sign(sign_private, text.encode()))
    publish(tx, [*older, Pending("policy", [pack.id, text, digest, sig, True])])
    return pack


def _in_force(tx: sa.Connection) -> Pack | None:
    for row in _cells(tx, "policy"):
        if row[4] is True:
            return _parse(str(row[1]), str(row[2]))
    return None


@lru_cache(maxsize=8)
def _parse(text: str, digest: str) -> Pack:
    return from_plain(tomllib.loads(text), digest)


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
