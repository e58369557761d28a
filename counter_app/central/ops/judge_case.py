"""Judging a case with the very code of the window, and the conflicts only the centre can see."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from counter_app.catalog.facts import Facts, Held
from counter_app.catalog.filings import FILING
from counter_app.catalog.item import Verdict, judge
from counter_app.catalog.registry import item
from counter_app.central import basis as grounds
from counter_app.central.ops import changes, demo_rules, enrolments, holds
from counter_app.central.ops.cases import CaseRow, read_body
from counter_app.central.ops.ruling import Point, Ruling, point, rejected
from counter_app.domain.enrolment.season import season_on
from counter_app.forms.answers import Answers, from_plain
from counter_app.kernel import dates
from counter_app.kernel.money import Fen, format_yuan
from counter_app.kernel.problems import stops
from counter_app.wire.case_body import CaseBody
from counter_app.wire.estimate_said import EstimateSaid, paid_ends, to_said

_NOT_YET = "改好再报以前，这一件先不算办成"
DUP_ENROL, DUP_BILL = "DUP_ENROL", "DUP_BILL"
CHECK = "CHECK"
PACK_OLD, STALE_PERSON = "PACK_OLD", "STALE_PERSON"
FIELD_CONFLICT = "FIELD_CONFLICT"
EVERYTHING = frozenset({DUP_ENROL, DUP_BILL, CHECK, PACK_OLD, STALE_PERSON, FIELD_CONFLICT})
"""What a word of the county's clerk settles."""
_ASK = "打电话问清就行，不用来；说不清的本人带身份证来"


class Judged(NamedTuple):
    """The ruling, and what acceptance would change."""

    ruling: Ruling
    answers: Answers
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Court:
    """Where a case is judged: transaction and what it rests on."""

    tx: sa.Connection
    basis: grounds.Basis
    rules: tuple[demo_rules.Rule, ...] = ()

    def judge(self, row: CaseRow, lifted: frozenset[str]) -> Judged:
        """Judge a case; `lifted` are the codes it was held for and that were answered.

        An answer lifts what it was asked about and nothing else: who settles a question about the
        money hasn't said whose a bill is.

        Raises:
            ValueError: the body is not of the item's shape.
            KeyError: there is no such item.
        """
        body = read_body(row)
        answers, service = from_plain(body.answers), item(row.item)
        asked, on = service.asks(answers), dt.date.fromisoformat(row.accepted_on)
        # a bill that another case claims is held for a decision, not refused by a rule
        held = tuple(
            o.held
            for o in holds.alike(self.tx, asked.holds, row.case_id)
            if not (o.exclusive and (o.held.kind, o.held.key) in asked.holds)
        )
        facts = replace(grounds.facts(self.tx, self.basis, asked, on), held=held)
        verdict = judge(service, answers, facts)
        if DUP_ENROL in lifted:
            facts = self._given_up(row, verdict, facts)
            verdict = judge(service, answers, facts)
        ruling = (
            self._doubled(row, verdict, lifted)
            or self._stopped(verdict, facts)
            or self._demo(answers, facts, answered=CHECK in lifted)
            or _unless(lifted, _conflict(verdict, facts))
            or _unless(lifted, self._money(row, body, verdict, facts))
            or Ruling("accepted", "", accepted_words(verdict))
        )
        return Judged(ruling, answers, verdict)

    def _given_up(self, row: CaseRow, verdict: Verdict, facts: Facts) -> Facts:
        """The roster without the years that others hold and an answer asks for: they will give way."""
        effects = verdict.outcome.effects
        others = {(o.name, o.year) for o in enrolments.others(self.tx, row.case_id, effects)}
        people = dict(facts.people)
        for effect in (e for e in effects if (e.name, e.year) in others and e.certno in people):
            person = people[effect.certno]
            years = tuple(
                replace(y, registered_on=None) if y.year == effect.year else y for y in person.years
            )
            people[effect.certno] = replace(person, years=years)
        return replace(facts, people=people)

    def _doubled(self, row: CaseRow, verdict: Verdict, lifted: frozenset[str]) -> Ruling | None:
        others = enrolments.others(self.tx, row.case_id, verdict.outcome.effects)
        used = holds.others(self.tx, row.case_id, verdict.outcome.holds)
        return _unless(lifted, doubled(others) if others else None) or _unless(
            lifted, used_up(used) if used else None
        )

    @staticmethod
    def _stopped(verdict: Verdict, facts: Facts) -> Ruling | None:
        found = stops(verdict.problems)
        if not found:
            return None
        until = meanwhile(facts) if verdict.outcome.effects else _NOT_YET
        points = tuple(point(p.text, p.source) for p in found)
        return rejected(points, until, found[0].field)

    def _demo(self, answers: Answers, facts: Facts, *, answered: bool) -> Ruling | None:
        found = demo_rules.rejections(self.rules, answers, facts)
        if found:
            return rejected(found, meanwhile(facts))
        held = () if answered else demo_rules.holds(self.rules, answers)
        if not held:
            return None
        return Ruling("held", CHECK, held[0][0], held, _ASK, meanwhile(facts))

    @staticmethod
    def _money(row: CaseRow, body: CaseBody, verdict: Verdict, facts: Facts) -> Ruling | None:
        ours = {s.key: (s.name, s.own) for s in verdict.outcome.subjects}
        points = tuple(
            _money_point(ours[said.key], said.own)
            for said in body.said
            if said.own is not None and said.key in ours and ours[said.key][1] != said.own
        )
        points += _estimate_points(body.estimate, to_said(verdict.outcome.settlement))
        if not points:
            return None
        now = f"{facts.pack.id}@{facts.pack.digest}" if facts.pack else ""
        old = row.pack != now
        code = PACK_OLD if old else STALE_PERSON
        why = "窗口用的规则包不是现行的一份" if old else "中心的名单比窗口的新"
        what = "应缴金额" if not body.estimate else "预计报销"
        text = f"{what}不一样：{why}"
        return Ruling("held", code, text, points, _ASK, meanwhile(facts))


def _unless(lifted: frozenset[str], ruling: Ruling | None) -> Ruling | None:
    return None if ruling is None or ruling.code in lifted else ruling


def _conflict(verdict: Verdict, facts: Facts) -> Ruling | None:
    points = changes.conflicts(verdict.outcome.changes, facts.people)
    if not points:
        return None
    until = "弄清以前，名单照中心现在的"
    return Ruling("held", FIELD_CONFLICT, points[0][0], points, _ASK, until)


def doubled(others: list[enrolments.Other]) -> Ruling:
    """Held: the same person and year is enrolled elsewhere; both are named."""
    points = tuple(_double_point(other) for other in others)
    until = "裁决以前那边的登记照旧有效，这一件先不算登记；不要重复缴费"
    text = f"{others[0].name} {others[0].year} 年度在{others[0].station_name}已登记过"
    return Ruling("held", DUP_ENROL, text, points, _ASK, until)


def used_up(used: list[holds.Other]) -> Ruling:
    """Held: another living case has claimed the same bill; both are named."""
    points = tuple(_used_point(other.held) for other in used)
    first = used[0].held
    text = f"{first.data.get('words', '')}在{first.station_name}报过了"
    until = "弄清以前，这一件先不付；那一件照旧"
    return Ruling("held", DUP_BILL, text, points, _ASK, until)


def meanwhile(facts: Facts) -> str:
    """What holds for the citizen until the case is mended."""
    season = season_on(facts.pack, facts.on)
    text = "改好再报以前，这一件先不算登记"
    if season.in_season and season.end:
        text += f"；{season.year} 年度集中缴费到 {dates.full(season.end)}，赶在这以前改好就不影响"
    return text


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


def _double_point(other: enrolments.Other) -> Point:
    on = dates.iso(other.on)
    when = f"{dates.full(on)} " if on else ""
    what = f"{other.name} {other.year} 年度{when}已在{other.station_name}登记，编号 {other.case_no}"
    mend = "问清本人在哪边参保：留本站，写明缘由再报，中心停掉那一件；留那边，作废这一件"
    return what, mend, "同一人同一年度只留一件登记（中心参保登记库）"


def _used_point(held: Held) -> Point:
    when = f"{dates.full(held.on)} " if held.on else ""
    words = held.data.get("words", "")
    what = f"{words} {when}已在{held.station_name}报过，编号 {held.case_no}"
    mend = "票录错了，改好再报；两件里该由这一件报的，写明缘由再报，中心停掉那一件的这张票"
    return what, mend, "同一张票据只报一次（中心票据库）"


def _estimate_points(said: EstimateSaid | None, ours: EstimateSaid | None) -> tuple[Point, ...]:
    """Figures given to the citizen that the rules in force don't give; no figure given, none to correct."""
    if said is None or not said.ends or paid_ends(said) == paid_ends(ours):
        return ()
    what = f"预计报销：窗口说 {_ends(said)}，中心按现行名单和规则包是 {_ends(ours)}"
    step = _first_step(said, ours)
    mend = "告诉本人新的数，同意就写明再报；不同意作废这一件"
    return ((f"{what}{step}", mend, "中心现行名单和规则包"),)


def _ends(said: EstimateSaid | None) -> str:
    ends = dict.fromkeys(format_yuan(paid) for paid, _ in paid_ends(said))
    return f"{' 至 '.join(ends)} 元" if ends else "算不出"


def _first_step(said: EstimateSaid, ours: EstimateSaid | None) -> str:
    """The step where the two begin to differ, as the trial sheet promises: ，差在起付线."""
    last = ours.ends[-1].rows if ours and ours.ends else ()
    known = {r.key: r.amount for r in last}
    for row in said.ends[-1].rows:
        if last and known.get(row.key) != row.amount:
            return f"，从“{row.name}”起不一样"
    return ""


def _money_point(ours: tuple[str, Fen | None], said: Fen) -> Point:
    name, own = ours
    now = "标准未知，由中心核定" if own is None else f"{format_yuan(own)} 元"
    what = f"{name}：窗口说应缴 {format_yuan(said)} 元，中心按现行名单和规则包是 {now}"
    return what, "告诉本人新的数，同意就写明再报；不同意作废这一件", "中心现行名单和规则包"
