"""The county's monitoring list (高额费用预警): whose claims of a year left more to them than a line of the pack."""

import datetime as dt
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from counter_app.catalog.earlier import own_shares
from counter_app.central import roster, settled
from counter_app.central.basis import Basis
from counter_app.central.ops import renumbered
from counter_app.central.tables import case_file
from counter_app.domain.high_cost.lines import Spent, of_year, passed
from counter_app.kernel import masking
from counter_app.kernel.money import format_yuan
from counter_app.wire.case_body import CaseBody
from counter_app.wire.own_share import borne

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


def watched(tx: sa.Connection, basis: Basis, year: int, on: dt.date) -> list[Watched]:
    """Everybody above a line, the highest own share first; nobody where the pack gives no line."""
    found = []
    pack = basis.packs.on(on)
    people = _by_person(tx)
    _join(tx, people)
    _direct(tx, people, year)
    identities = _identities(tx, [one.certno for one in people.values()])
    for subject, one in people.items():
        share = of_year((*one.spent, *one.direct), year)
        line = passed(pack, identities.get(one.certno, ""), share, on)
        if line is not None:
            found.append((share, line, subject, one))
    found.sort(key=lambda at: (-at[0].own, at[2]))
    return [
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


def _identities(tx: sa.Connection, certnos: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(certnos), _SLICE):
        rows = roster.people(tx, certnos[start : start + _SLICE])
        found |= {certno: row["identity"] for certno, row in rows.items()}
    return found


def _by_person(tx: sa.Connection) -> dict[str, _Person]:
    columns = (case_file.c.body, case_file.c.accepted_on, case_file.c.area, case_file.c.case_no)
    query = sa.select(*columns).where(case_file.c.status.in_(_COUNTED))
    people: dict[str, _Person] = {}
    for text, accepted_on, area, case_no in tx.execute(query.order_by(case_file.c.case_id)):
        who = borne(msgspec.json.decode(text.encode(), type=CaseBody), accepted_on)
        if who is not None:
            new = _Person(who.name, who.certno, area, [], set(), [])
            one = people.setdefault(who.subject, new)
            one.spent.append(who.spent)
            one.cases.add(case_no)
    return people


def _join(tx: sa.Connection, people: dict[str, _Person]) -> None:
    """Claims under a number that was replaced since are the same person's."""
    here = _identities(tx, [one.certno for one in people.values()])
    gone = [subject for subject, one in people.items() if one.certno not in here]
    for old, new in renumbered.of_numbers(tx, gone).items():
        was = people.pop(old)
        one = people.setdefault(new, was._replace(certno=new.partition(":")[2]))
        if one.spent is not was.spent:
            one.spent.extend(was.spent)
            one.cases.update(was.cases)


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
