"""One case as a screen shows it, its print jobs, and whether it may be voided."""

import json
from dataclasses import dataclass
from typing import Any

from counter_app.catalog import filings, late
from counter_app.catalog.outcome import BILL
from counter_app.domain.case.state import LABELS, CaseState
from counter_app.forms.answers import Answers, from_plain
from counter_app.kernel import masking
from counter_app.kernel.clock import from_ms, today
from counter_app.services.context import Counter
from counter_app.services.queries import moments
from counter_app.services.void_case import MAY_VOID_OTHERS
from counter_app.store import cases, journal, key_slots, print_jobs
from counter_app.store.access import Access
from counter_app.store.print_jobs import PrintJob
from counter_app.store.transaction import read


@dataclass(frozen=True, slots=True)
class VoidRule:
    """One thing that decides whether the case may be voided."""

    ok: bool
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case opened: full name, masked number; answers for reading or amending."""

    case_id: str
    case_no: str
    item: str
    summary: str
    applicant: str
    masked_certno: str
    state: str
    label: str
    accepted_on: str
    typed_words: str
    clerk_name: str
    own_device: bool
    answers: Answers
    jobs: tuple[PrintJob, ...]
    sent: bool
    n: int
    total: int | None
    typed_when: str = ""
    """今天 14:41."""
    subject: str = ""
    """The applicant's subject key, for the access log."""
    void_rules: tuple[VoidRule, ...] = ()
    frees: tuple[tuple[str, str], ...] = ()
    """What a void gives back, and what becomes of it, in words."""
    late: str = ""
    """Where it was typed from a paper: which one, of what day, who took it."""


def case_view(counter: Counter, case_id: str) -> CaseView | None:
    """The case, or None where the station has none of that id; the look goes to the access log."""
    with read(counter.station) as tx:
        row = cases.get(tx, case_id)
        jobs = print_jobs.of_case(tx, case_id)
        parties = cases.parties(tx, case_id)
        waiting = {e.op_id: e.n for e in journal.entries(tx, only_pending=True)}
        tip = journal.tip(tx).n
    if row is None:
        return None
    look = Access(counter.clock.now_ms(), counter.clerk.id, "open", case_id, "case")
    counter.access.add_look(look)
    answers = from_plain(json.loads(row.body).get("answers", {}))
    subjects = [p.subject for p in parties if p.certno == row.applicant_certno]
    return CaseView(
        case_id=row.case_id,
        case_no=row.case_no,
        item=row.item,
        summary=row.summary,
        applicant=row.applicant,
        masked_certno=masking.id_number(row.applicant_certno),
        state=row.state,
        label=LABELS[CaseState(row.state)],
        accepted_on=row.accepted_on,
        typed_words=f"{from_ms(row.typed_at):%H:%M}",
        clerk_name=row.clerk_name,
        own_device=row.dev == counter.identity.dev,
        answers=answers,
        jobs=tuple(jobs),
        sent=row.op_id not in waiting,
        n=waiting.get(row.op_id, tip),
        total=row.total,
        typed_when=moments.said(counter.clock, row.typed_at),
        subject=subjects[0] if subjects else "",
        void_rules=_void_rules(counter, row),
        frees=_frees(json.loads(row.body)),
        late=_late(counter, answers),
    )


def _frees(body: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    kinds = [hold[0] for hold in body.get("holds", [])]
    bills = kinds.count(BILL)
    found = [("登记的年度", "马上放开")] if any(s["years"] for s in body.get("said", [])) else []
    if bills:
        found.append((f"{bills} 张票据", "马上放开，可以再报"))
    if filings.FILING in kinds:
        found.append(("这件备案", "马上结束"))
    if filings.CANCEL in kinds:
        found.append(("取消的备案", "照旧有效"))
    return tuple(found) or (("中心改过的", "照原样改回"),)


def _late(counter: Counter, answers: Answers) -> str:
    number = answers.get("late_clerk")
    names = {slot.clerk: slot.name for slot in key_slots.slots(counter.profile)}
    names[counter.clerk.id] = counter.clerk.name
    return late.words(answers, names.get(number, f"工号 {number} "))


def _void_rules(counter: Counter, row: cases.CaseRow) -> tuple[VoidRule, ...]:
    closed = row.state in {CaseState.VOIDED, CaseState.WITHDRAWN}
    on_the_day = from_ms(row.typed_at).date() == today(counter.clock)
    here = row.dev == counter.identity.dev
    own = row.clerk == counter.clerk.id
    allowed = own or MAY_VOID_OTHERS in counter.clerk.rights
    day = "今天受理的" if on_the_day else "不是今天受理的"
    who = f"{row.clerk_name}受理，{counter.clerk.name}作废"
    return (
        VoidRule(on_the_day, day, "过了今天就不能作废"),
        VoidRule(not closed, "还没作废或撤回" if not closed else LABELS[CaseState(row.state)], ""),
        VoidRule(here, "这台电脑受理的" if here else "另一台电脑受理的", "在受理的电脑上作废"),
        VoidRule(allowed, who, "" if own else "别人受理的，要有这项权限"),
    )
