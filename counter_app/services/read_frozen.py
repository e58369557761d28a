"""A case revision as it was accepted: what every sheet of it is made from (PAPER, principle 3)."""

from dataclasses import dataclass, replace

import msgspec

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import ServiceItem, judge
from counter_app.catalog.outcome import PROVISIONAL, Outcome, SubjectOutcome
from counter_app.catalog.registry import item
from counter_app.domain.policy.pack import Pack
from counter_app.domain.settlement.settle import Settlement, SettlementRange
from counter_app.forms.answers import Answers, from_plain
from counter_app.kernel import dates
from counter_app.services.context import Counter
from counter_app.services.load_facts import load_facts, shelf
from counter_app.store import cases
from counter_app.store.transaction import read
from counter_app.wire import promise_said
from counter_app.wire.case_body import CaseBody, SubjectSaid
from counter_app.wire.estimate_said import from_said


@dataclass(frozen=True, slots=True)
class FrozenCase:
    """The stored revision, its answers, the facts of its day, and what was said at the window."""

    row: cases.CaseRow
    item: ServiceItem
    answers: Answers
    facts: Facts
    outcome: Outcome
    invented: bool
    """The pinned pack is a demonstration's, or belongs to a region whose pack in force is one."""

    @property
    def pack_label(self) -> str:
        """示范县 2026.1; the pinned id where this PC does not have that pack; "" without one."""
        if self.facts.pack is not None:
            return self.facts.pack.label
        pinned = self.row.pack.partition("@")[0]
        return f"{pinned}，本机没有这份" if pinned else ""

    @property
    def amounts_firm(self) -> bool:
        """Whether no amount and no waiting months that are printed rest on an estimate."""
        if isinstance(self.outcome.settlement, Settlement | SettlementRange):
            return False
        said = any(s.own is not None or s.cover.startswith("等") for s in self.outcome.subjects)
        return self.outcome.firm or not said


def read_frozen(counter: Counter, case_id: str) -> FrozenCase | None:
    """The case's newest revision, None where the station has none of that id.

    Consequences are worked out again by the pinned pack as of the acceptance day; amounts and
    first days of cover are those that were said.
    """
    with read(counter.station) as tx:
        row = cases.get(tx, case_id)
    if row is None:
        return None
    body = msgspec.json.decode(row.body.encode("utf-8"), type=CaseBody)
    service = item(row.item)
    answers = from_plain(body.answers)
    facts = load_facts(counter, service.asks(answers), case_id, dates.iso(row.accepted_on))
    pinned, current = _pinned(counter, row.pack), facts.pack
    promise = promise_said.from_said(body.promise)
    facts = replace(facts, pack=pinned, said=from_said(body.estimate), promise=promise)
    facts = replace(facts, listed=frozenset(h.key for h in body.holds if PROVISIONAL in h.data))
    said = _as_said(judge(service, answers, facts).outcome, body, row.total)
    known = pinned or (current if current and row.pack.startswith(f"{current.region}/") else None)
    return FrozenCase(row, service, answers, facts, said, bool(known and known.invented))


def _pinned(counter: Counter, pack: str) -> Pack | None:
    digest = pack.partition("@")[2]
    with read(counter.reference) as tx:
        return shelf(tx).pinned(digest) if digest else None


def _as_said(outcome: Outcome, body: CaseBody, total: int | None) -> Outcome:
    said = {s.key: s for s in body.said}
    subjects = tuple(_one_said(s, said.get(s.key)) for s in outcome.subjects)
    promise = promise_said.from_said(body.promise) or outcome.promise
    return replace(outcome, subjects=subjects, total=total, promise=promise)


def _one_said(subject: SubjectOutcome, said: SubjectSaid | None) -> SubjectOutcome:
    if said is None:
        return subject
    cover_from = subject.cover_from if said.cover == subject.cover else dates.iso(said.cover)
    return replace(subject, years=said.years, own=said.own, cover=said.cover, cover_from=cover_from)
