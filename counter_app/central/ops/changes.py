"""What an accepted change does to the roster, and taking it back exactly."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa

from counter_app.catalog.outcome import PersonChange
from counter_app.central import roster, settled
from counter_app.central.ops import filings
from counter_app.central.roster import PersonRow
from counter_app.central.tables import case_file, enrol, person_change, station
from counter_app.domain.person.model import Person
from counter_app.kernel import masking
from counter_app.kernel.errors import Refused

DIED, EMPLOYEE = "died", "employee"
_COVER_TO = 5
_ELSEWHERE = 6
_COLUMNS = {"tel": "tel", "addr": "addr", "psn_name": "name", "gend": "gend", "brdy": "birth"}
_EMPLOYEE_WORDS = "职工医保"
_SEXES = {"1": "男", "2": "女"}
LABELS = {
    "tel": "联系电话",
    "addr": "住址",
    "psn_name": "姓名",
    "gend": "性别",
    "brdy": "出生日期",
}


class Clash(NamedTuple):
    """A field somebody changed since the window read it, and not to the same (SYNC §7)."""

    change: PersonChange
    now: str


def conflicts(changes: tuple[PersonChange, ...], people: Mapping[str, Person]) -> list[Clash]:
    """Every such field of the case."""
    found = []
    for change in changes:
        person = people.get(change.certno)
        if person is None or change.what not in LABELS:
            continue
        now = _now(person, change.what)
        if now not in {change.before, change.after}:
            found.append(Clash(change, now))
    return found


def last_changed(tx: sa.Connection, certno: str, what: str) -> tuple[str, str]:
    """(station's name, yyyy-mm-dd) of the newest case that changed this field; "" where none did."""
    query = (
        sa
        .select(person_change.c.cells, station.c.name, case_file.c.accepted_on)
        .join(case_file, case_file.c.case_id == person_change.c.case_id)
        .join(station, station.c.code == case_file.c.station)
        .where(person_change.c.certno == certno, person_change.c.active)
        .order_by(person_change.c.id.desc())
    )
    for row in tx.execute(query):
        if _COLUMNS.get(what, "") in json.loads(row.cells):
            return row.name, row.accepted_on
    return "", ""


def _now(person: Person, what: str) -> str:
    return {
        "tel": person.tel.replace(" ", ""),
        "addr": person.addr.strip(),
        "psn_name": person.name,
        "gend": person.gend,
        "brdy": person.birth.isoformat(),
    }[what]


def shown(what: str, text: str) -> str:
    """The value of a field as a clerk reads it, a telephone masked."""
    if what == "tel":
        return masking.phone(text)
    return _SEXES.get(text, text) if what == "gend" else text


def enter(tx: sa.Connection, case_id: str, changes: tuple[PersonChange, ...]) -> None:
    """Write every change on the person's row and remember what stood there.

    Raises:
        Refused: the person is not on the roster any more, or the new number is somebody else's.
    """
    for certno in dict.fromkeys(c.certno for c in changes):
        row = roster.people(tx, [certno]).get(certno)
        if row is None:
            raise Refused("gone", "中心名单上没有这个证件号，没有可改的。请核对后退回这一件")
        after, freed = row, list[int]()
        for change in (c for c in changes if c.certno == certno):
            after = _changed(after, change)
            if change.what == "stop" and change.on is not None:
                freed = _free_later(tx, change.subject, change.on.year)
        if after["certno"] != certno and roster.people(tx, [after["certno"]]):
            text = (
                "新的证件号在名单上已有人用，改了会盖掉那个人。请先弄清是不是同一个人，再退回或另办"
            )
            raise Refused("taken", text)
        _write(tx, row, after)
        cells = {k: [row[k], after[k]] for k in row if row[k] != after[k]}
        tx.execute(
            person_change.insert().values(
                case_id=case_id,
                certno=after["certno"],
                was=certno if after["certno"] != certno else "",
                cells=json.dumps(cells, ensure_ascii=False),
                freed=json.dumps(freed),
                active=True,
            )
        )


def take_back(tx: sa.Connection, case_id: str) -> None:
    """Put back whatever of the case's changes still stands as the case left it."""
    query = (
        person_change
        .update()
        .where(person_change.c.case_id == case_id, person_change.c.active)
        .values(active=False)
        .returning(person_change.c.certno, person_change.c.cells, person_change.c.freed)
    )
    for done in tx.execute(query).all():
        row = roster.people(tx, [done.certno]).get(done.certno)
        if row is not None:
            cells: dict[str, list[str]] = json.loads(done.cells)
            old = {k: before for k, (before, after) in cells.items() if row[k] == after}
            _write(tx, row, {**row, **old})
        _hold_again(tx, json.loads(done.freed))


def _changed(row: PersonRow, change: PersonChange) -> PersonRow:
    if change.what == "stop":
        return _stopped(row, change)
    if change.what == "certno":
        return {**row, "certno": change.after, "id4": change.after[-4:]}
    column = _COLUMNS.get(change.what)
    if column is None:
        return row
    more: PersonRow = {}
    if column == "tel":
        more = {"ph4": change.after[-4:]}
    if column == "name":
        from counter_app.central.pinyin import initials

        former = [n for n in row["former"].split("|") if n]
        kept = former if row["name"] in former else [*former, row["name"]]
        more = {"py": initials(change.after), "former": "|".join(kept)}
    return {**row, column: change.after, **more}


def _stopped(row: PersonRow, change: PersonChange) -> PersonRow:
    """A stop ends cover on its day; a death and a move also say so of the person."""
    on = change.on or dt.date.min
    years: list[list[object]] = []
    for cells in json.loads(row["years"]):
        kept = list(cells)
        if kept[0] == on.year and kept[_COVER_TO - 1]:
            kept[_COVER_TO] = on.isoformat()
        if kept[0] == on.year and change.after == EMPLOYEE:
            kept[_ELSEWHERE] = _EMPLOYEE_WORDS
        if int(str(kept[0])) > on.year:
            kept[1] = kept[_COVER_TO - 1] = kept[_COVER_TO] = None
        years.append(kept)
    standing = {DIED: "deceased", "moved": "moved"}.get(change.after, row["standing"])
    died = on.isoformat() if change.after == DIED else row["deceased_on"]
    text = json.dumps(years, ensure_ascii=False, separators=(",", ":"))
    return {**row, "years": text, "standing": standing, "deceased_on": died}


def _free_later(tx: sa.Connection, subject: str, year: int) -> list[int]:
    """Enrolments of years after the stop count no more."""
    freed = tx.execute(
        enrol
        .update()
        .where(enrol.c.subject_key == subject, enrol.c.year > year, enrol.c.active)
        .values(active=False)
        .returning(enrol.c.id)
    )
    return list(freed.scalars())


def _hold_again(tx: sa.Connection, freed: list[int]) -> None:
    """Bring back enrolments a stop let go, but those whose year somebody took meanwhile."""
    other = enrol.alias()
    taken = (
        sa
        .select(other.c.id)
        .where(
            other.c.subject_key == enrol.c.subject_key,
            other.c.year == enrol.c.year,
            other.c.active,
        )
        .exists()
    )
    if freed:
        tx.execute(enrol.update().where(enrol.c.id.in_(freed), ~taken).values(active=True))


def _write(tx: sa.Connection, before: PersonRow, after: PersonRow) -> None:
    """A new number leaves the old row and takes enrolments and filings along; a head's house follows."""
    if before["certno"] != after["certno"]:
        roster.remove(tx, before)
        old, new = (f"{row['cert_type']}:{row['certno']}" for row in (before, after))
        tx.execute(enrol.update().where(enrol.c.subject_key == old).values(subject_key=new))
        filings.rename(tx, old, new)
        settled.rename(tx, old, new)
    house = roster.households(tx, [before["household"]]).get(before["household"])
    if house is not None and house.head == before["certno"]:
        led = replace(house, head=after["certno"], head_name=after["name"])
        if led != house:
            roster.put_household(tx, led)
    roster.put(tx, after)
