"""Judging a case with the very code of the window, and the conflicts only the centre can see."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from counter_app.catalog.filings import FILING
from counter_app.catalog.item import Verdict, judge
from counter_app.catalog.outcome import BILL, Outcome
from counter_app.catalog.registry import item
from counter_app.central import basis as grounds
from counter_app.central.ops import asking, changes, demo_rules, enrolments, holds, renumbered
from counter_app.central.ops.answered import Answered
from counter_app.central.ops.asking import DUP_ENROL
from counter_app.central.ops.cases import CaseRow, read_body
from counter_app.central.ops.ruling import Ruling, point, rejected
from counter_app.central.ops.sides import Matter
from counter_app.forms.answers import Answers, from_plain
from counter_app.kernel.problems import stops
from counter_app.wire.case_body import CaseBody

_NOT_YET = "改好再报以前，这一件先不算办成"


class Judged(NamedTuple):
    """The ruling, and what acceptance would change."""

    ruling: Ruling
    matter: Matter

    @property
    def answers(self) -> Answers:
        """What was filled in."""
        return self.matter.answers

    @property
    def outcome(self) -> Outcome:
        """What acceptance brings about, as answers left it."""
        return self.matter.verdict.outcome


@dataclass(frozen=True, slots=True)
class Court:
    """Where a case is judged: transaction and what it rests on."""

    tx: sa.Connection
    basis: grounds.Basis
    rules: tuple[demo_rules.Rule, ...] = ()

    def judge(self, row: CaseRow, answered: Answered) -> Judged:
        """Judge a case, with what was answered to the questions it was held for.

        An answer lifts what it was asked about and nothing else: who settles a question about the
        money hasn't said whose a bill is.

        Raises:
            ValueError: the body is not of the item's shape.
            KeyError: there is no such item.
        """
        matter = self._matter(row)
        if answered.any():
            matter = self._given_up(matter, answered)
        matter, left = _left(matter, answered)
        ruling = (
            self._doubled(matter, answered)
            or self._stopped(matter)
            or self._demo(matter, answered)
            or _unless(answered, _clashed(matter))
            or _unless(answered, asking.money(matter))
            or left
            or Ruling("accepted", "", accepted_words(matter.verdict))
        )
        return Judged(ruling, matter)

    def _matter(self, row: CaseRow) -> Matter:
        body = read_body(row)
        answers, service = from_plain(body.answers), item(row.item)
        asked, on = service.asks(answers), dt.date.fromisoformat(row.accepted_on)
        moved = renumbered.of(self.tx, asked, answers.get("psn_name"))
        asked = moved.asked(asked)
        # a bill that another case claims is held for a decision, not refused by a rule
        held = tuple(
            o.held
            for o in holds.alike(self.tx, asked.holds, row.case_id)
            if o.held.kind != BILL or (o.held.kind, o.held.key) not in asked.holds
        )
        world = grounds.facts(self.tx, self.basis, asked, on)
        facts = replace(world, held=(*world.held, *held), case_no=row.case_no)
        facts = moved.read(facts)
        verdict = judge(service, answers, facts)
        return Matter(self.tx, row, body, service, answers, facts, verdict, moved)

    def _given_up(self, matter: Matter, answered: Answered) -> Matter:
        """Judged by the roster without the years that others hold and an answer asks for: they will give way."""
        effects = matter.verdict.outcome.effects
        others = {
            (o.name, o.year)
            for o in enrolments.others(self.tx, matter.row.case_id, effects)
            if answered.names(DUP_ENROL, asking.of_other_enrolment(o))
        }
        people = dict(matter.facts.people)
        for effect in (e for e in effects if (e.name, e.year) in others and e.certno in people):
            person = people[effect.certno]
            years = tuple(
                replace(y, registered_on=None) if y.year == effect.year else y for y in person.years
            )
            people[effect.certno] = replace(person, years=years)
        facts = replace(matter.facts, people=people)
        return matter._replace(facts=facts, verdict=judge(matter.service, matter.answers, facts))

    def _doubled(self, matter: Matter, answered: Answered) -> Ruling | None:
        outcome, case_id = matter.verdict.outcome, matter.row.case_id
        others = enrolments.others(self.tx, case_id, outcome.effects)
        used = holds.others(self.tx, case_id, outcome.holds)
        return _unless(answered, asking.doubled(matter, others) if others else None) or _unless(
            answered, asking.used_up(matter, used) if used else None
        )

    @staticmethod
    def _stopped(matter: Matter) -> Ruling | None:
        found = stops(matter.verdict.problems)
        if not found:
            return None
        until = asking.meanwhile(matter) if matter.verdict.outcome.effects else _NOT_YET
        points = tuple(point(p.text, p.source) for p in found)
        return rejected(points, until, found[0].field)

    def _demo(self, matter: Matter, answered: Answered) -> Ruling | None:
        found = demo_rules.rejections(self.rules, matter.answers, matter.facts)
        if found:
            return rejected(found, asking.meanwhile(matter))
        held = demo_rules.holds(self.rules, matter.answers)
        return _unless(answered, asking.checked(matter, held) if held else None)


def _unless(answered: Answered, ruling: Ruling | None) -> Ruling | None:
    return None if ruling is None or answered.covers(ruling) else ruling


def _clashed(matter: Matter) -> Ruling | None:
    found = changes.conflicts(matter.verdict.outcome.changes, matter.facts.people)
    return asking.clashed(matter, found) if found else None


def _left(matter: Matter, answered: Answered) -> tuple[Matter, Ruling | None]:
    """The case without what an answer leaves as the centre has it; and what is said of that."""
    outcome = matter.verdict.outcome
    clashes = changes.conflicts(outcome.changes, matter.facts.people)
    gone = [c.change for c in clashes if answered.left(asking.of_clash(c))]
    if not gone:
        return matter, None
    kept = tuple(c for c in outcome.changes if c not in gone)
    verdict = replace(matter.verdict, outcome=replace(outcome, changes=kept))
    labels = "、".join(changes.LABELS[c.what] for c in gone)
    if kept:
        words = f"{accepted_words(verdict)}；{labels}照中心的，没有改"
        return matter._replace(verdict=verdict), Ruling("accepted", "", words)
    words = f"{labels}照中心的，这一件没有要改的了，已撤回"
    return matter._replace(verdict=verdict), Ruling("withdrawn", "", words)


def decode(text: str) -> CaseBody:
    """A case body.

    Raises:
        ValueError: it is of another shape.
    """
    return msgspec.json.decode(text.encode(), type=CaseBody)


def accepted_words(verdict: Verdict) -> str:
    """What the centre says of a case it accepts."""
    filed = next((h for h in verdict.outcome.holds if h.kind == FILING), None)
    if filed is not None:
        return f"中心已备案：{filed.data.get('places_words', '')}"
    names = list(dict.fromkeys((e.name, e.year) for e in verdict.outcome.effects))
    told = "、".join(f"{name} {year} 年度" for name, year in names)
    return f"中心已登记：{told}" if told else "中心已办结"
