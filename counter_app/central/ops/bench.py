"""Deciding cases: what comes of an entry, and of a word of the county's clerk."""

from dataclasses import dataclass, replace

import sqlalchemy as sa

from counter_app.central import basis as grounds
from counter_app.central.centre import Centre, get
from counter_app.central.ops import cases, demo_rules, enrolments, holds
from counter_app.central.ops.cases import CaseRow
from counter_app.central.ops.enter import enter, take_back, unregister
from counter_app.central.ops.judge_case import Court, Judged, doubled, used_up
from counter_app.central.ops.ruling import RECEIVED, Ruling
from counter_app.central.tables import enrol

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

    def judge(self, row: CaseRow, *, answered: bool) -> Judged:
        """Judge with the window's own code."""
        return Court(self.tx, self.basis, self.rules).judge(row, answered=answered)

    def conclude(self, row: CaseRow, *, answered: bool) -> Ruling:
        """Judge a new revision and settle it, or leave it received while nobody decides by itself."""
        take_back(self.tx, row.case_id)
        judged = self.judge(row, answered=answered)
        ruling = judged.ruling
        if ruling.kind == "accepted":
            alone = self.auto and not judged.verdict.outcome.county
            ruling = self.accept(row, judged, auto=alone, transfer=answered)
        self.settle(row, ruling)
        return ruling

    def accept(self, row: CaseRow, judged: Judged, *, auto: bool, transfer: bool) -> Ruling:
        """Reserve the years and enter them on the roster; who else has them gives way on transfer."""
        effects = judged.verdict.outcome.effects
        if transfer:
            for other in enrolments.others(self.tx, row.case_id, effects):
                self._give_way(other, row)
        wanted = judged.verdict.outcome.holds
        if transfer:
            for held in holds.others(self.tx, row.case_id, wanted):
                holds.release_one(self.tx, held)
        taken = enrolments.take(self.tx, row.case_id, effects)
        if taken:
            return doubled(taken)
        used = holds.take(self.tx, row.case_id, wanted)
        if used:
            take_back(self.tx, row.case_id)
            return used_up(used)
        if not auto:
            return RECEIVED
        enter(self.tx, row, judged.answers, judged.verdict.outcome)
        return judged.ruling

    def grant(self, row: CaseRow, words: str) -> Ruling:
        """The county's clerk accepts a case, whatever it waits for."""
        take_back(self.tx, row.case_id)
        judged = self.judge(row, answered=True)
        yes = judged.ruling if judged.ruling.kind == "accepted" else None
        ruling = yes or Ruling("accepted", "", "中心已登记")
        ruling = replace(ruling, text=words or ruling.text)
        ruling = self.accept(row, judged._replace(ruling=ruling), auto=True, transfer=True)
        self.settle(row, ruling)
        return ruling

    def refuse(self, row: CaseRow, ruling: Ruling) -> None:
        """The county's clerk holds a case or sends it back; a rejected one frees its years."""
        if ruling.kind == "rejected":
            take_back(self.tx, row.case_id)
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

    def _give_way(self, other: enrolments.Other, row: CaseRow) -> None:
        subject = self.tx.execute(
            sa.select(enrol.c.subject_key, enrol.c.made_person).where(enrol.c.id == other.id)
        ).one()
        empty = enrolments.release_one(self.tx, other)
        unregister(self.tx, subject.subject_key, other.year, made=subject.made_person)
        held = cases.find(self.tx, other.case_id)
        if empty and held is not None:
            text = f"{other.name} {other.year} 年度改在别的服务站登记，编号 {row.case_no}；本件停用"
            self.settle(held, Ruling("voided", "MOVED", text))
