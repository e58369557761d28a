"""The sides of a held case, field by field, in words a clerk reads.

Of another station's case no more is shown than where, when and under what number it was taken, and
what it says of the very person this case is about.
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import ServiceItem, Verdict
from counter_app.central import stations
from counter_app.central.ops import enrolments, holds
from counter_app.central.ops.cases import CaseRow
from counter_app.central.ops.renumbered import Renumbered
from counter_app.domain.case.parties import Role
from counter_app.domain.person.model import Person
from counter_app.forms.answers import Answers, Row, from_plain
from counter_app.forms.evaluate import shown
from counter_app.forms.spec import FieldSpec
from counter_app.kernel import dates, masking
from counter_app.wire.case_body import CaseBody
from counter_app.wire.conflict import Side, Weight

FEN = "fen"
_PERSON = "person."
_OF_ENROLMENT = ("psn_type", "mat_idet_code", "idet_no")


class Matter(NamedTuple):
    """A case that is being judged, with everything its judgement rests on."""

    tx: sa.Connection
    row: CaseRow
    body: CaseBody
    service: ServiceItem
    answers: Answers
    facts: Facts
    verdict: Verdict
    moved: Renumbered = Renumbered()


class Comparing(NamedTuple):
    """Makes the sides of one group."""

    about: str

    def side(
        self,
        name: tuple[str, str],
        values: tuple[str, str, str],
        weight: Weight = Weight.ASK,
        kind: str = "",
    ) -> Side:
        """A field of (id, label); of two equal values nobody is asked."""
        _, mine, server = values
        heavy = Weight.SAME if mine == server else weight
        return Side(*name, *values, heavy, kind, self.about)


def of_enrolment(matter: Matter, other: enrolments.Other) -> Iterator[Side]:
    """Two enrolments of one person and year."""
    group = Comparing(f"{masking.name(other.name)} {other.year} 年度")
    body = msgspec.json.decode(other.body.encode(), type=CaseBody)
    mine = _member(matter.answers, other.subject)
    theirs = _member(from_plain(body.answers), other.subject)
    seen = _seen(matter.body, other.subject.partition(":")[2])
    year = str(other.year)
    before = "已登记" if year in seen.get("registered", "").split(",") else "没有登记"
    yield group.side(("years", "参保年度"), (before if seen else "", year, year))
    yield from _taken(matter, group, _Place(other.station_name, other.on, other.case_no))
    known = Weight.ASK if theirs else Weight.DIFFERS
    for name in _OF_ENROLMENT:
        spec = _spec(matter.service, name)
        if spec is not None and (mine.get(name) or theirs.get(name)):
            base = seen.get(spec.prefill_from.removeprefix(_PERSON), "")
            values = (base, mine.get(name, ""), theirs.get(name, ""))
            yield group.side((name, spec.label), _words(matter, spec, values), known)
    yield from _due(matter, group, other.subject, body)


def _due(matter: Matter, group: Comparing, subject: str, other: CaseBody) -> Iterator[Side]:
    """What the person owes by each; where one doesn't say, nobody is asked."""
    own = {s.key: s.own for s in other.said}.get(subject)
    ours = {s.key: s.own for s in matter.verdict.outcome.subjects}.get(subject)
    if own is not None or ours is not None:
        known = Weight.DIFFERS if own is None else Weight.ASK
        yield group.side(("own", "个人应缴"), ("", _fen(ours), _fen(own)), known, FEN)


def of_bill(matter: Matter, other: holds.Other) -> Iterator[Side]:
    """One bill in two claims."""
    held = other.held
    group = Comparing(held.data.get("words", ""))
    on = held.on.isoformat() if held.on else ""
    yield from _taken(matter, group, _Place(held.station_name, on, held.case_no))
    body = msgspec.json.decode(other.body.encode(), type=CaseBody)
    theirs = {p[1] for p in body.parties if p[0] == Role.INSURED}
    ours = {
        p.key: masking.name(p.name)
        for p in matter.service.parties(matter.answers)
        if p.role is Role.INSURED
    }
    name = next(iter(ours.values()), "")
    their = name if ours.keys() & theirs else "不是这个人" if theirs else ""
    yield group.side(("psn_name", "给谁报"), ("", name, their))
    mine = next((h for h in matter.verdict.outcome.holds if h.key == held.key), None)
    for key, label in (("date", "开票日期"), ("amount", "票面金额")):
        pair = [data.get(key, "") for data in (mine.data if mine else {}, held.data)]
        if any(pair):
            day = [dates.full(d) if (d := dates.iso(text)) else text for text in pair]
            yield group.side((key, label), ("", day[0], day[1]))


def of_people(matter: Matter) -> Iterator[Side]:
    """What the roster says of the people of the case otherwise than the entry."""
    for certno, person in matter.facts.people.items():
        group, seen = Comparing(masking.name(person.name)), _seen(matter.body, certno)
        told = set()
        for spec, mine in _prefilled(matter, certno):
            attribute = spec.prefill_from.removeprefix(_PERSON)
            told.add(attribute)
            now = value_of(person, attribute)
            if mine != now and spec.id in _TOLD:
                words = _words(matter, spec, (seen.get(attribute, ""), mine, now))
                yield group.side((spec.id, spec.label), words, Weight.DIFFERS)
        was = seen.get("identity", "")
        if was and "identity" not in told and was != person.identity:
            table = matter.facts.tables.get("mat_idet_code", {})
            old, now = table.get(was, was), table.get(person.identity, person.identity)
            yield group.side(("identity", "身份类别"), (old, old, now), Weight.DIFFERS)


_TOLD = ("psn_name", "mat_idet_code", "idet_no", "idet_until", "patn_rlts", "brdy", "gend")


def value_of(person: Person, attribute: str) -> str:
    """A fact of the roster as an answer keeps it."""
    value: object = getattr(person, attribute, "")
    return "" if value is None else str(value)


def _prefilled(matter: Matter, certno: str) -> Iterator[tuple[FieldSpec, str]]:
    for section in matter.service.form.sections:
        specs = [f for f in section.fields if f.prefill_from.startswith(_PERSON)]
        flat = (matter.answers.values,)
        for row in matter.answers.section(section.id) if section.repeats else flat:
            if row.get("certno", "") == certno:
                yield from ((s, row.get(s.id, "")) for s in specs)


class _Place(NamedTuple):
    station: str
    on: str
    case_no: str


def _taken(matter: Matter, group: Comparing, other: _Place) -> Iterator[Side]:
    """Which of two stations it is, and when and under what number each took it."""
    own = stations.find_station(matter.tx, matter.row.station)
    place = ("", own.name if own else "", other.station)
    days = [
        dates.full(d) if (d := dates.iso(t)) else "" for t in (matter.row.accepted_on, other.on)
    ]
    yield group.side(("station", "在哪儿办的"), place)
    yield group.side(("accepted_on", "哪天受理"), ("", days[0], days[1]), Weight.DIFFERS)
    number = ("", matter.row.case_no, other.case_no)
    yield group.side(("case_no", "编号"), number, Weight.DIFFERS)


def _member(answers: Answers, subject: str) -> Row:
    certno = subject.partition(":")[2]
    return next((r for r in answers.section("members") if r.get("certno") == certno), {})


def _seen(body: CaseBody, certno: str) -> dict[str, str]:
    return next((s.values for s in body.based_on if s.certno == certno), {})


def _spec(service: ServiceItem, name: str) -> FieldSpec | None:
    found = (s.field(name) for s in service.form.sections)
    return next((f for f in found if f is not None), None)


def _words(matter: Matter, spec: FieldSpec, values: tuple[str, str, str]) -> tuple[str, str, str]:
    base, mine, server = (shown(spec, value, matter.facts.context) for value in values)
    return base, mine, server


def _fen(amount: int | None) -> str:
    return "" if amount is None else str(amount)
