"""The county's monitoring list (高额费用预警): whose claims of a year left more to them than a line of the pack."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from counter_app.catalog.earlier import own_shares
from counter_app.central import roster, settled
from counter_app.central.basis import Basis
from counter_app.central.ops import renumbered
from counter_app.central.ops.cases import UNREADABLE, NotRead, not_read
from counter_app.central.tables import case_file
from counter_app.domain.high_cost.lines import Spent, of_year, passed
from counter_app.kernel import masking
from counter_app.kernel.money import format_yuan
from counter_app.wire.case_body import CaseBody
from counter_app.wire.own_share import Borne, borne

_COUNTED = ("received", "accepted")
"""What is held or returned is not certain yet."""
_SLICE = 1000


class Watched(NamedTuple):
    """A line of the list, masked; amounts in yuan."""

    name: str
    tail: str
    area: str
    own_share: str
    claims: int
    unknown: int
    direct: int
    """How many of the claims hospitals settled directly."""
    line: str
    line_number: int
    source: str
    grade: str


class _Person(NamedTuple):
    name: str
    certno: str
    area: str
    spent: list[Spent]
    cases: set[str]
    direct: list[Spent]


class Monitor(NamedTuple):
    """Who is above a line, and which claims couldn't be read: they are in nobody's share."""

    people: list[Watched]
    not_read: list[NotRead]


def watched(tx: sa.Connection, basis: Basis, year: int, on: dt.date) -> Monitor:
    """Everybody above a line, the highest own share first; nobody where the pack gives no line."""
    found = []
    pack = basis.packs.on(on)
    claims = list(_claims(tx))
    people = _by_person(tx, [one for one in claims if isinstance(one, _Claim)])
    _direct(tx, people, year)
    identities = _identities(tx, [one.certno for one in people.values()])
    for subject, one in people.items():
        share = of_year((*one.spent, *one.direct), year)
        line = passed(pack, identities.get(one.certno, ""), share, on)
        if line is not None:
            found.append((share, line, subject, one))
    found.sort(key=lambda at: (-at[0].own, at[2]))
    listed = [
        Watched(
            name=masking.name(one.name),
            tail=masking.tail(one.certno),
            area=one.area,
            own_share=format_yuan(share.own),
            claims=share.claims,
            unknown=share.unknown,
            direct=len(one.direct),
            line=format_yuan(line.amount),
            line_number=line.number,
            source=line.source,
            grade=line.grade,
        )
        for share, line, _, one in found
    ]
    return Monitor(listed, [one for one in claims if isinstance(one, NotRead)])


def _identities(tx: sa.Connection, certnos: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(certnos), _SLICE):
        rows = roster.people(tx, certnos[start : start + _SLICE])
        found |= {certno: row["identity"] for certno, row in rows.items()}
    return found


class _Claim(NamedTuple):
    who: Borne
    area: str
    case_no: str


def _claims(tx: sa.Connection) -> Iterator[_Claim | NotRead]:
    c = case_file.c
    query = sa.select(c.body, c.accepted_on, c.area, c.case_no, c.station)
    counted = query.where(c.status.in_(_COUNTED)).order_by(c.case_id)
    for text, accepted_on, area, case_no, station in tx.execute(counted):
        try:
            who = borne(msgspec.json.decode(text.encode(), type=CaseBody), accepted_on)
        except UNREADABLE as error:
            yield not_read(case_no, station, error)
            continue
        if who is not None:
            yield _Claim(who, area, case_no)


def _by_person(tx: sa.Connection, claims: list[_Claim]) -> dict[str, _Person]:
    """Claims under a number that was replaced since are the same person's, where the name is as well."""
    here = _identities(tx, sorted({one.who.certno for one in claims}))
    gone = {(one.who.subject, one.who.name) for one in claims if one.who.certno not in here}
    today = renumbered.of_people(tx, gone)
    people: dict[str, _Person] = {}
    for who, area, case_no in claims:
        subject = today.get((who.subject, who.name), who.subject)
        certno = who.certno if subject == who.subject else subject.partition(":")[2]
        one = people.setdefault(subject, _Person(who.name, certno, area, [], set(), []))
        one.spent.append(who.spent)
        one.cases.add(case_no)
    return people


def _direct(tx: sa.Connection, people: dict[str, _Person], year: int) -> None:
    """Add what hospitals settled directly, of people without a claim as well."""
    for area, record in settled.all_of(tx, year):
        one = people.get(record.key)
        if one is None:
            certno = record.key.partition(":")[2]
            row = roster.people(tx, [certno]).get(certno)
            one = _Person(row["name"] if row else "", certno, area, [], set(), [])
            people[record.key] = one
        one.direct.extend(own_shares(record.data, one.cases))
