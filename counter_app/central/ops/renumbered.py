"""Cases written under a certificate number that a decided change replaced since: still the person's own.

A claim may wait for the county, or lie unsent, while the number changes. Its answers keep what was typed;
what is known of the person, and what the case holds for later ones, goes by the number of today.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from counter_app.catalog.facts import Facts
from counter_app.catalog.filings import FILING
from counter_app.catalog.item import Asked
from counter_app.catalog.outcome import Hold
from counter_app.central import roster
from counter_app.central.tables import person_change
from counter_app.domain.bill.bill import with_subject
from counter_app.domain.person.names import NameMatch, compare


@dataclass(frozen=True, slots=True)
class Renumbered:
    """Subject keys as a case has them, and what they are today; empty for nearly every case."""

    keys: Mapping[str, str] = field(default_factory=dict)

    def asked(self, asked: Asked) -> Asked:
        """The same questions, of the numbers of today."""
        if not self.keys:
            return asked
        numbers = {_number(old): _number(new) for old, new in self.keys.items()}
        return replace(
            asked,
            certnos=frozenset(numbers.get(certno, certno) for certno in asked.certnos),
            holds=frozenset((kind, with_subject(key, self.keys)) for kind, key in asked.holds),
        )

    def read(self, facts: Facts) -> Facts:
        """What was found, under the numbers the case has."""
        if not self.keys:
            return facts
        was = {new: old for old, new in self.keys.items()}
        people = {
            certno: replace(person, certno=certno)
            for old, new in self.keys.items()
            if (certno := _number(old)) and (person := facts.people.get(_number(new)))
        }
        held = tuple(
            replace(h, key=with_subject(h.key, was), near=with_subject(h.near, was))
            for h in facts.held
        )
        return replace(facts, people={**facts.people, **people}, held=held)

    def holds(self, held: tuple[Hold, ...]) -> tuple[Hold, ...]:
        """What the case holds, under the numbers of today."""
        return tuple(
            replace(h, key=with_subject(h.key, self.keys), near=with_subject(h.near, self.keys))
            for h in held
        )


def of(tx: sa.Connection, asked: Asked, name: str) -> Renumbered:
    """Those the case asks filings of (claims and filings) whose number is not on the roster any more.

    An enrolment and a change of data are entered under the very number they name: they are not among them.
    `name` is the person's as the case has it: a number that stood wrongly may be somebody else's own.
    """
    keys = {key for kind, key in asked.holds if kind == FILING}
    here = roster.people(tx, sorted(map(_number, keys)))
    gone = {(key, name) for key in keys if _number(key) not in here}
    return Renumbered({key: new for (key, _), new in of_people(tx, gone).items()})


def of_people(tx: sa.Connection, people: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Today's subject keys of those of these (subject key, name) whose number was replaced.

    All of them left the roster. Whoever has another name than the person had then or since is somebody else.
    """
    found = {(key, name): _today(tx, key, name) for key, name in sorted(people)}
    return {one: new for one, new in found.items() if new}


def _today(tx: sa.Connection, key: str, name: str) -> str:
    """Through one change after another; "" where none that stands leads to this person on the roster."""
    kind, number, seen = key.partition(":")[0], _number(key), set[str]()
    while number and number not in seen:
        seen.add(number)
        number = _after(tx, number)
        row = roster.people(tx, [number]).get(number) if number else None
        if row is not None:
            return f"{kind}:{number}" if _is(name, row) else ""
    return ""


def _is(name: str, row: roster.PersonRow) -> bool:
    former = tuple(old for old in row["former"].split("|") if old)
    return compare(name, row["name"], former) is not NameMatch.OTHER


def _after(tx: sa.Connection, number: str) -> str:
    query = (
        sa
        .select(person_change.c.certno)
        .where(person_change.c.active, person_change.c.was == number)
        .order_by(person_change.c.id.desc())
    )
    return tx.execute(query.limit(1)).scalar_one_or_none() or ""


def _number(key: str) -> str:
    return key.partition(":")[2]
