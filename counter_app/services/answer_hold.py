"""Answer a case the centre holds: a new operation with what was chosen and why; nothing is overwritten."""

import dataclasses

import msgspec

from counter_app.catalog.item import Verdict, judge
from counter_app.catalog.registry import item
from counter_app.domain.case.state import CaseState, EntryKind
from counter_app.forms.answers import from_plain
from counter_app.kernel import dates
from counter_app.kernel.clock import today
from counter_app.kernel.problems import Problem, stops
from counter_app.services.answered_so_far import answered_so_far
from counter_app.services.context import Counter
from counter_app.services.load_facts import load_facts
from counter_app.services.write_entry import Entry, Written, write_entry
from counter_app.store import cases, jottings, tasks
from counter_app.store.tasks import TaskRow
from counter_app.store.transaction import ReadTx, WriteTx, read, write
from counter_app.wire.case_body import CaseBody, SubjectSaid
from counter_app.wire.conflict import NEEDS_REASON, Answer, answerable
from counter_app.wire.estimate_said import to_said
from counter_app.wire.messages import DecisionBody

JOTTED = "answer"
"""Place of a reason that was begun to be written."""
MONEY = frozenset({"PACK_OLD", "STALE_PERSON"})
"""Held for a figure: who agrees to the centre's has the case say it too."""


@dataclasses.dataclass(frozen=True, slots=True)
class AnswerHold:
    """The command. `questions` are those the clerk was shown; others by now are not answered."""

    case_id: str
    choice: Answer
    label: str
    """The answer in the words it was chosen by; they go along."""
    reason: str = ""
    questions: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class _Said:
    """The next revision as it is sent."""

    body: CaseBody
    pack: str
    total: int | None


def answer_hold(counter: Counter, command: AnswerHold) -> tuple[Problem, ...]:
    """Write the answer, or say why not; on success the case waits for the centre again.

    Raises:
        EnvironmentFault: the disk refuses; nothing was written.
    """
    fresh = _by_the_centre(counter, command)
    with write(counter.station) as tx:
        row, task = cases.get(tx, command.case_id), tasks.of_case(tx, command.case_id)
        problems = _why_not(row, task, command)
        if problems or row is None or task is None:
            return problems
        said = _said(counter, row, task, (command, fresh))
        on = dates.iso(row.accepted_on) or today(counter.clock)
        entry = Entry(EntryKind.ANSWER, row.case_id, row.rev, on, said.pack)
        written = write_entry(counter, tx, entry, said.body)
        _keep(tx, _row(counter, row, said, written))
        now = counter.clock.now_ms()
        tasks.close(tx, row.case_id, now)
        jottings.forget(tx, JOTTED, row.case_id)
        cases.remember(tx, row.case_id, now, f"{counter.clerk.name}答复：{said.body.reply}")
    return ()


def _why_not(
    row: cases.CaseRow | None, task: TaskRow | None, command: AnswerHold
) -> tuple[Problem, ...]:
    if row is None or task is None or row.state != CaseState.HELD:
        text = "这一件已经不用答复了，可能别的电脑刚答过，或中心已经决定。回工作台看最新的"
        return (Problem("settled", "", text),)
    told = msgspec.json.decode(task.body.encode("utf-8"), type=DecisionBody)
    asked = told.conflict.questions if told.conflict else ()
    if asked != command.questions:
        text = "中心刚换了问题，刚才那个答复没有送。请看一遍现在问的，再答"
        return (Problem("changed", "", text),)
    if command.choice not in answerable(told.code, asked) or command.choice is Answer.AMEND:
        return (Problem("choice", "choice", "还没选怎么答"),)
    if command.choice in NEEDS_REASON and not command.reason.strip():
        text = "还没写一句为什么。会留在记录里，中心和有关的站看得到"
        return (Problem("reason", "reason", text),)
    return ()


def _said(
    counter: Counter, row: cases.CaseRow, task: TaskRow, by: tuple[AnswerHold, _Said | None]
) -> _Said:
    command, fresh = by
    old = msgspec.json.decode(row.body.encode("utf-8"), type=CaseBody)
    base = fresh or _Said(old, row.pack, row.total)
    reason = command.reason.strip()
    body = msgspec.structs.replace(
        base.body,
        rev=row.rev + 1,
        clerk_name=counter.clerk.name,
        reply=f"{command.label}。{reason}" if reason else command.label,
        answered=answered_so_far(old, task, command.choice),
    )
    return dataclasses.replace(base, body=body)


def _by_the_centre(counter: Counter, command: AnswerHold) -> _Said | None:
    """The case with the figures of today's roster and rules, where the citizen agreed to those."""
    with read(counter.station) as tx:
        row = _about_money(tx, command)
    if row is None:
        return None
    body = msgspec.json.decode(row.body.encode("utf-8"), type=CaseBody)
    answers, service = from_plain(body.answers), item(row.item)
    facts = load_facts(counter, service.asks(answers), row.case_id)
    verdict = judge(service, answers, facts)
    if stops(verdict.problems):
        # the window's roster is behind as well; the centre's figure counts without it
        return None
    pack = f"{facts.pack.id}@{facts.pack.digest}" if facts.pack else ""
    return _Said(_agreed(body, verdict), pack, verdict.outcome.total)


def _about_money(tx: ReadTx, command: AnswerHold) -> cases.CaseRow | None:
    task = tasks.of_case(tx, command.case_id)
    if task is None or command.choice is not Answer.THEIRS:
        return None
    told = msgspec.json.decode(task.body.encode("utf-8"), type=DecisionBody)
    return cases.get(tx, command.case_id) if told.code in MONEY else None


def _agreed(body: CaseBody, verdict: Verdict) -> CaseBody:
    outcome = verdict.outcome
    said = tuple(SubjectSaid(s.key, s.years, s.own, s.cover) for s in outcome.subjects)
    return msgspec.structs.replace(body, said=said, estimate=to_said(outcome.settlement))


def _row(counter: Counter, old: cases.CaseRow, said: _Said, written: Written) -> cases.CaseRow:
    return dataclasses.replace(
        old,
        state=CaseState.QUEUED,
        rev=said.body.rev,
        op_id=written.op_id,
        entry=written.head,
        clerk=counter.clerk.id,
        clerk_name=counter.clerk.name,
        pack=said.pack,
        total=said.total,
        body=msgspec.json.encode(said.body).decode("utf-8"),
        decision="",
    )


def _keep(tx: WriteTx, row: cases.CaseRow) -> None:
    stands = ReadTx(tx)
    parties, years = cases.parties(stands, row.case_id), cases.years_of(stands, row.case_id)
    cases.put(tx, row, parties, sorted(years))
