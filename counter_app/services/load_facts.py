"""Read what an item's rules may know, from the two databases."""

import datetime as dt
import json
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from counter_app.catalog import late
from counter_app.catalog.facts import Enrolled, Facts, with_packs
from counter_app.catalog.item import Asked
from counter_app.domain.calendar import published
from counter_app.domain.calendar.working_days import WorkCalendar
from counter_app.domain.case.state import CaseState
from counter_app.domain.person.model import Household, Person
from counter_app.domain.policy.pack import Pack
from counter_app.domain.policy.shelf import Published, Shelf, shelve
from counter_app.forms.kinds.kind import Tables
from counter_app.kernel import dates
from counter_app.kernel.clock import from_ms, today
from counter_app.services.context import Counter
from counter_app.services.listed_bills import listed_bills
from counter_app.services.own_holds import own_holds
from counter_app.services.stopped_clock import stopped_clock
from counter_app.store import cases, filings, hospitals, key_slots, reference, roster
from counter_app.store.transaction import ReadTx, read

_DOUBLE = "DUP_ENROL"


def load_facts(
    counter: Counter, asked: Asked, case_id: str = "", on: dt.date | None = None
) -> Facts:
    """Facts an item asks for: people, households and what other living cases hold are looked up.

    Args:
        counter: the opened profile.
        asked: what the item's rules want to know of a draft or a case (`ServiceItem.asks`).
        case_id: the case being amended, whose own years and holds don't count against it.
        on: the legal date of acceptance; if not given that of the amended case, else today.
    """
    with read(counter.reference) as tx:
        people = roster.people(tx, sorted(asked.certnos))
        household = roster.find_household(tx, asked.household) if asked.household else None
        packs = shelf(tx)
        hospital = hospitals.by_code(tx, asked.hospital) if asked.hospital else None
        tables = {**bundled_tables(), **reference.tables(tx), **hospitals.as_table(tx)}
        tables[late.CLERKS] = _clerks(counter)
        shown = filings.shown(tx, asked.holds, counter.identity.station.code)
        at = reference.get_cursor(tx, f"persons.{_area(counter)}")
    with read(counter.station) as station:
        enrolled = cases.enrolled(station, _keys(people, asked), case_id)
        held = own_holds(counter, station, asked.holds, shown.own, case_id)
        amended = cases.get(station, case_id) if case_id else None
        if amended:
            people = _without(people, _asked_about(station, amended))
            on = on or dates.iso(amended.accepted_on)
    facts = Facts(
        on=on or today(counter.clock),
        people=people,
        households={household.number: household} if isinstance(household, Household) else {},
        enrolled={
            (s, y): Enrolled(no, counter.identity.station.code, "", dates.iso(day))
            for s, y, no, day, _ in enrolled
        },
        held=(*shown.others, *held),
        listed=listed_bills(counter, asked, case_id),
        hospitals={hospital.code: hospital} if hospital else {},
        tables=tables,
        calendar=calendar_of(tables),
        scope=counter.identity.scopes,
        online=counter.network.online,
        stops=stopped_clock(amended, today(counter.clock)) if amended else (),
        case_no=amended.case_no.partition(cases.TWICE)[0] if amended else "",
        as_of=_moment(at.pulled_at) if at else "",
    )
    return with_packs(facts, packs, asked.decided_on)


def _keys(people: dict[str, Person], asked: Asked) -> list[str]:
    return sorted({p.key for p in people.values()} | asked.subjects)


def _asked_about(tx: ReadTx, row: cases.CaseRow) -> set[tuple[str, int]]:
    """Years of a case that is held because another one registered them: that is the question.

    The roster shows them as registered; as a rule that would refuse the very answer.
    """
    held = row.state == CaseState.HELD and bool(row.decision)
    double = held and json.loads(row.decision).get("code") == _DOUBLE
    return cases.years_of(tx, row.case_id) if double else set()


def _without(people: dict[str, Person], years: set[tuple[str, int]]) -> dict[str, Person]:
    return {
        certno: replace(
            person,
            years=tuple(
                replace(y, registered_on=None) if (person.key, y.year) in years else y
                for y in person.years
            ),
        )
        for certno, person in people.items()
    }


def _clerks(counter: Counter) -> dict[str, str]:
    """Those who can log in here, and who sits here now, by number."""
    listed = {slot.clerk: slot.name for slot in key_slots.slots(counter.profile)}
    return {**listed, counter.clerk.id: counter.clerk.name}


def in_force(tx: ReadTx, on: dt.date) -> Pack | None:
    """The pack that holds on the day, None where the centre gave none that does."""
    return shelf(tx).on(on)


def shelf(tx: ReadTx) -> Shelf:
    """Every pack the centre gave, side by side."""
    marked = {row.id for row in reference.packs(tx)}
    rows = reference.all_packs(tx)
    return shelve(tuple(Published(r.id, r.text, r.digest, r.id in marked) for r in rows))


@lru_cache(maxsize=1)
def bundled_tables() -> dict[str, dict[str, str]]:
    """Tables that come with the program: regions (GB/T 2260) under their whole names."""
    path = _resources() / "codes" / "regions.json"
    return {"admdvs": json.loads(path.read_text("utf-8"))["regions"]}


def calendar_of(tables: Tables) -> WorkCalendar:
    """The working days as they are known now: the program's, the centre's rows over them."""
    return published.with_rows(work_calendar(), tables.get(published.TABLE, {}))


@lru_cache(maxsize=1)
def work_calendar() -> WorkCalendar:
    """Working days as the program brings them; the centre's rows of later years come over them."""
    plain = json.loads((_resources() / "codes" / "calendar.json").read_text("utf-8"))
    changed = {dt.date.fromisoformat(day): bool(works) for day, works in plain["changed"].items()}
    return WorkCalendar(frozenset(plain["years"]), changed)


def _resources() -> Path:
    return Path(str(files("counter_app"))).parent / "resources"


def _area(counter: Counter) -> str:
    return min(counter.identity.scopes, default="")


def _moment(ms: int) -> str:
    at = from_ms(ms)
    return f"{dates.month_day(at.date())} {at:%H:%M}"
