"""Void a case on its acceptance day: the clerk's slip, not the citizen's wish."""

from collections.abc import Iterator
from dataclasses import dataclass

from counter_app.domain.case.state import CaseState, EntryKind, may_move
from counter_app.kernel import dates
from counter_app.kernel.clock import from_ms, today
from counter_app.kernel.problems import Problem
from counter_app.services.context import Counter
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import cases, jottings, print_jobs, tasks
from counter_app.store.transaction import ReadTx, WriteTx, write
from counter_app.wire.case_body import VoidBody

REASONS = {
    "wrong_person": "找错了人",
    "wrong_item": "事项选错",
    "wrong_content": "内容录错，要重做",
    "doubled": "重复受理了",
    "other": "其他",
}
MAY_VOID_OTHERS = "void_others"
TAKEN_BACK = "已收回"
"""What is written of a paper that came back; anything else says why it did not."""
JOTTED = "void"
"""Place of what was begun to be written about a void."""


@dataclass(frozen=True, slots=True)
class VoidCase:
    """The command. `papers`: (sheet, what became of it) for every sheet that was printed."""

    case_id: str
    reason: str
    words: str
    papers: tuple[tuple[str, str], ...] = ()


def void_case(counter: Counter, command: VoidCase) -> tuple[Problem, ...]:
    """Void it, or say why not; on success the case's number stays used and nothing of it prints again.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    with write(counter.station) as tx:
        row = cases.get(tx, command.case_id)
        problems = why_not(counter, tx, row, command)
        if problems or row is None:
            return problems
        words = REASONS.get(command.reason, command.reason)
        body = VoidBody(
            case_no=row.case_no, reason=command.reason, words=command.words, papers=command.papers
        )
        on = dates.iso(row.accepted_on) or today(counter.clock)
        write_entry(counter, tx, Entry(EntryKind.VOID, row.case_id, row.rev, on, row.pack), body)
        cases.set_state(tx, row.case_id, CaseState.VOIDED)
        tasks.close(tx, row.case_id, counter.clock.now_ms())
        jottings.forget(tx, JOTTED, row.case_id)
        print_jobs.block(tx, row.case_id, counter.clock.now_ms())
        cases.remember(
            tx,
            row.case_id,
            counter.clock.now_ms(),
            f"{counter.clerk.name}作废：{words}，{command.words}",
        )
    return ()


def why_not(
    counter: Counter, tx: ReadTx | WriteTx, row: cases.CaseRow | None, command: VoidCase
) -> tuple[Problem, ...]:
    """What keeps the case from being voided."""
    if row is None:
        return (Problem("gone", "", "找不到这一件。请回查询页重新打开"),)
    found = [*_state_problems(counter, row), *_command_problems(command)]
    told = {sheet for sheet, what in command.papers if what.strip()}
    found.extend(
        Problem("paper", f"paper.{job.sheet}", f"{job.title}：请勾已收回，或写为什么收不回")
        for job in print_jobs.of_case(tx, row.case_id)
        if job.state in {print_jobs.PRINTED, print_jobs.PRINTING} and job.sheet not in told
    )
    return tuple({(p.code, p.field): p for p in found}.values())


def _state_problems(counter: Counter, row: cases.CaseRow) -> Iterator[Problem]:
    if not may_move(CaseState(row.state), CaseState.VOIDED) or row.state == CaseState.VOIDED:
        yield Problem("state", "", "这一件已经作废或撤回，不用再办")
    if from_ms(row.typed_at).date() != today(counter.clock):
        yield Problem("late", "", "不是今天受理的，不能作废。本人不想办了，请打县医保中心电话")
    if row.dev != counter.identity.dev:
        yield Problem("other_pc", "", "这一件是另一台电脑受理的。请到那台电脑上作废")
    if row.clerk != counter.clerk.id and MAY_VOID_OTHERS not in counter.clerk.rights:
        yield Problem("right", "", f"{row.clerk_name}受理的，要他本人或有这项权限的人作废")


def _command_problems(command: VoidCase) -> Iterator[Problem]:
    if command.reason not in REASONS:
        yield Problem("reason", "reason", "还没选为什么作废")
    if not command.words.strip():
        yield Problem("words", "words", "还没写一句原因。会留在记录里，本人和中心都看得到")
