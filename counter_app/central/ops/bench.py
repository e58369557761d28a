"""Deciding cases: what comes of an entry, and of a word of the county's clerk."""

from dataclasses import dataclass, replace

import sqlalchemy as sa

from counter_app.catalog.outcome import Effect, Hold
from counter_app.central import basis as grounds
from counter_app.central.centre import Centre, get
from counter_app.central.ops import answered as answers
from counter_app.central.ops import asking, cases, demo_rules, enrolments, filings, holds
from counter_app.central.ops.answered import Answered
from counter_app.central.ops.asking import DUP_BILL, DUP_ENROL, EVERYTHING
from counter_app.central.ops.cases import CaseRow
from counter_app.central.ops.enter import enter, take_back, unregister
from counter_app.central.ops.judge_case import Court, Judged, accepted_words
from counter_app.central.ops.ruling import RECEIVED, Ruling
from counter_app.central.tables import enrol
from counter_app.wire.conflict import Answer

AUTO = "decide.auto"


@dataclass(frozen=True, slots=True)
class Bench:
    """One transaction's deciding."""

    centre: Centre
    tx: sa.Connection
    basis: grounds.Basis
    rules: tuple[demo_rules.Rule, ...]
    auto: bool

    @classmethod
    def open(cls, centre: Centre, tx: sa.Connection) -> "Bench":
        """Read once what every judgement rests on."""
        rules = tuple(demo_rules.rules(tx))
        return cls(centre, tx, grounds.load(tx), rules, get(tx, AUTO, "on") == "on")

    def judge(self, row: CaseRow, answered: Answered) -> Judged:
        """Judge with the window's own code."""
        return Court(self.tx, self.basis, self.rules).judge(row, answered)

    def conclude(
        self, row: CaseRow, answered: Answered = answers.NOTHING, *, known: bool = True
    ) -> Ruling:
        """Judge a new revision and settle it, or leave it received while nobody decides by itself.

        `known` false: the case is new, so there is nothing to take back.
        """
        if known:
            take_back(self.tx, row.case_id)
        judged = self.judge(row, answered)
        ruling = judged.ruling
        if ruling.kind in {"accepted", "withdrawn"}:
            ruling = self._asked_again(row, answered) or ruling
        if ruling.kind == "accepted":
            ruling = self.accept(row, judged, answered, auto=self._alone(judged, answered))
        self.settle(row, ruling)
        return ruling

    def accept(self, row: CaseRow, judged: Judged, answered: Answered, *, auto: bool) -> Ruling:
        """Reserve the years and enter them on the roster; who else has them gives way by an answer."""
        outcome = judged.outcome
        if answered.any():
            self._make_way(row, outcome.effects, answered)
        taken = enrolments.take(self.tx, row.case_id, outcome.effects)
        if taken:
            return asking.doubled(judged.matter, taken)
        wanted = judged.matter.moved.holds(self._wanted(row, outcome.holds, answered))
        used = holds.take(self.tx, row.case_id, wanted)
        if used:
            take_back(self.tx, row.case_id)
            return asking.used_up(judged.matter, used)
        filings.show_claim(self.tx, row)
        if not auto:
            return RECEIVED
        enter(self.tx, row, judged.answers, outcome)
        return judged.ruling

    def grant(self, row: CaseRow, words: str) -> Ruling:
        """The county's clerk accepts a case, whatever it waits for."""
        take_back(self.tx, row.case_id)
        chosen = answers.chosen(self.tx, row.case_id, cases.read_body(row))
        answered = Answered(EVERYTHING, chosen)
        judged = self.judge(row, answered)
        said = words or accepted_words(judged.matter.verdict)
        judged = judged._replace(ruling=Ruling("accepted", "", said))
        ruling = self.accept(row, judged, answered, auto=True)
        self.settle(row, ruling)
        return ruling

    def refuse(self, row: CaseRow, ruling: Ruling) -> None:
        """The county's clerk holds a case or sends it back; a rejected one frees its years."""
        if ruling.kind == "rejected":
            take_back(self.tx, row.case_id)
        else:
            filings.hide_claim(self.tx, row.case_id)
        self.settle(row, ruling)

    def void(self, row: CaseRow, kind: str, words: str) -> Ruling:
        """End a case and free what it held."""
        take_back(self.tx, row.case_id)
        ruling = Ruling(kind, "", words)
        self.settle(row, ruling)
        return ruling

    def settle(self, row: CaseRow, ruling: Ruling) -> None:
        """Write status and decision."""
        cases.settle(self.tx, row, ruling, self.centre.clock, self.basis)

    def tell(self, row: CaseRow, ruling: Ruling) -> None:
        """Write a decision that moves nothing."""
        about = cases.About(row.station, row.case_no, row.case_id, row.rev)
        cases.tell(self.tx, about, ruling, self.centre.clock, self.basis)

    def _alone(self, judged: Judged, answered: Answered) -> bool:
        """Whether the rules decide; two bills that look alike are for the county's eyes."""
        return (
            self.auto and not judged.outcome.county and Answer.BOTH not in answered.chosen.values()
        )

    def _asked_again(self, row: CaseRow, answered: Answered) -> Ruling | None:
        """The county's own question, where the answer was given to an earlier one."""
        newest = answers.still_asked(self.tx, row.case_id, answered)
        if newest is None or newest.code in EVERYTHING:
            return None
        return Ruling(
            "held",
            newest.code,
            newest.text,
            newest.points,
            newest.who_comes,
            newest.meanwhile,
            newest.until,
            field=newest.field,
            conflict=newest.conflict,
        )

    def _make_way(self, row: CaseRow, effects: tuple[Effect, ...], answered: Answered) -> None:
        for other in enrolments.others(self.tx, row.case_id, effects):
            if answered.names(DUP_ENROL, asking.of_other_enrolment(other)):
                self._give_way(other, row)

    def _wanted(
        self, row: CaseRow, wanted: tuple[Hold, ...], answered: Answered
    ) -> tuple[Hold, ...]:
        """What the case takes: others give up what it was given; what both have it doesn't have alone."""
        if not answered.any():
            return wanted
        shared = set()
        for other in holds.others(self.tx, row.case_id, wanted):
            name = asking.of_other_bill(other)
            if answered.shared(name):
                shared.add((other.held.kind, other.held.key))
            elif answered.names(DUP_BILL, name):
                self._give_up(other, row)
        return tuple(
            replace(h, exclusive=False) if (h.kind, h.key) in shared else h for h in wanted
        )

    def _give_way(self, other: enrolments.Other, row: CaseRow) -> None:
        subject = self.tx.execute(
            sa.select(enrol.c.subject_key, enrol.c.made_person).where(enrol.c.id == other.id)
        ).one()
        empty = enrolments.release_one(self.tx, other)
        unregister(self.tx, subject.subject_key, other.year, made=subject.made_person)
        held = cases.find(self.tx, other.case_id)
        if held is None:
            return
        what = f"{other.name} {other.year} 年度改在别的服务站登记，编号 {row.case_no}"
        why = _reason(row)
        if empty:
            self.settle(held, Ruling("voided", "MOVED", f"{what}；本件停用{why}"))
        else:
            told = f"{what}；本件里其余的照旧。请告诉本人{why}"
            self.tell(held, Ruling(held.status, "MOVED", told))

    def _give_up(self, other: holds.Other, row: CaseRow) -> None:
        """A bill goes to another case: its old case is told, and ends where nothing is left of it."""
        empty = holds.release_one(self.tx, other)
        old = cases.find(self.tx, other.case_id)
        if old is None:
            return
        what = f"{other.held.data.get('words', '')}改由另一件报，编号 {row.case_no}"
        why = _reason(row)
        if empty:
            take_back(self.tx, old.case_id)
            self.settle(old, Ruling("voided", "MOVED", f"{what}；本件没有别的票了，停用{why}"))
        else:
            mend = "请告诉本人：这一张不再算在本件里，其余的照旧，金额以中心审核为准"
            self.tell(old, Ruling(old.status, "MOVED", f"{what}。{mend}{why}"))


def _reason(row: CaseRow) -> str:
    """What was written with the answer that took it away, for whoever has to explain it at the other station."""
    reply = cases.read_body(row).reply.strip()
    return f"。那边的答复写明：{reply}" if reply else ""
