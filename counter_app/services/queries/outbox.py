"""What is not settled with the centre: entries that wait, each with its own cause, and what came back."""

from dataclasses import dataclass

import msgspec

from counter_app.domain.case.state import EntryKind
from counter_app.kernel import dates, masking
from counter_app.kernel.clock import from_ms, today
from counter_app.services.context import Counter
from counter_app.services.queries import moments
from counter_app.services.queries.outbox_words import (
    WHY,
    class_of_decision,
    waiting_words,
)
from counter_app.store import cases, journal, sending, tasks
from counter_app.store.transaction import ReadTx, read
from counter_app.sync import backoff
from counter_app.wire.header import read_header
from counter_app.wire.messages import DecisionBody

__all__ = ["WHY", "OutboxRow", "outbox"]
SHOWN = 500
"""More entries than this are counted, not listed."""
_KINDS = {
    EntryKind.SUBMIT: "",
    EntryKind.AMEND: "（改好再报）",
    EntryKind.ANSWER: "（答复）",
    EntryKind.VOID: "（作废）",
    EntryKind.NOTE: "（记事）",
}
_DAY_WORK = "站内记事"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A line of the outbox.

    kind: `waiting`, `apart` (an entry turned away by itself), `rejected`, `held` (a case that came
    back). `cause` is the class of what is wrong, "" where it is only its turn.
    """

    key: str
    n: int
    kind: str
    cause: str
    title: str
    masked_name: str
    tail: str
    why: str
    next_words: str
    saved_words: str
    tries: int = 0
    case_id: str = ""
    note: str = ""
    """What stands in smaller type below the cause."""
    next_note: str = ""
    field: str = ""
    """Where in the form the centre points, "" nowhere."""
    mine: bool = False


def outbox(counter: Counter) -> tuple[OutboxRow, ...]:
    """What came back first, then what is sent apart, then what waits in line, oldest first."""
    with read(counter.station) as tx:
        back = [_back(counter, tx, task) for task in tasks.open_tasks(tx)]
        waits = [_waiting(counter, tx, e) for e in sending.oldest(tx, SHOWN)]
    apart = [row for row in waits if row.kind == "apart"]
    in_line = [row for row in waits if row.kind == "waiting"]
    return (*(row for row in back if row), *apart, *in_line)


def _waiting(counter: Counter, tx: ReadTx, entry: journal.EntryRow) -> OutboxRow:
    row = cases.get(tx, entry.subj)
    fate = sending.fared(entry.result)
    cause, why = waiting_words(fate, counter.network.why, online=counter.network.online)
    kind = _KINDS.get(EntryKind(entry.kind), "")
    return OutboxRow(
        key=str(entry.n),
        n=entry.n,
        kind="apart" if fate.alone else "waiting",
        cause=cause,
        title=(row.summary if row else _DAY_WORK) + kind,
        masked_name=masking.name(row.applicant) if row else "",
        tail=masking.tail(row.applicant_certno) if row else "",
        why=why,
        next_words=_next(counter, entry),
        saved_words=_saved(counter, read_header(entry.header).typed_at),
        tries=entry.tries,
        case_id=row.case_id if row else "",
        note=_tried(entry, alone=bool(fate.alone)),
        next_note="Shift+F5 只试这一件" if fate.alone else "F5 现在就试",
    )


def _tried(entry: journal.EntryRow, *, alone: bool) -> str:
    if alone:
        return f"试了 {entry.tries} 次，没有丢；后面的照常发"
    return f"试了 {entry.tries} 次，没有丢" if entry.tries else ""


def _back(counter: Counter, tx: ReadTx, task: tasks.TaskRow) -> OutboxRow | None:
    row = cases.get(tx, task.case_id)
    if row is None:
        return None
    said = msgspec.json.decode(task.body.encode("utf-8"), type=DecisionBody)
    rejected = task.kind == "rejected"
    what, mend, _ = said.points[0] if said.points else (said.text, "", "")
    more = f"，还有 {len(said.points) - 1} 处" if len(said.points) > 1 else ""
    head = "中心退回" if rejected else "中心要您定"
    return OutboxRow(
        key=task.case_id,
        n=sending.number_of(tx, row.op_id),
        kind=task.kind,
        cause=class_of_decision(said.code),
        title=row.summary,
        masked_name=masking.name(row.applicant),
        tail=masking.tail(row.applicant_certno),
        why=f"{head}：{said.text or what}",
        note=f"{mend or what}{more}",
        next_words=_mend(said, rejected=rejected),
        next_note=_due(counter, task),
        saved_words=_saved(counter, row.typed_at),
        case_id=row.case_id,
        field=said.field,
        mine=task.owner == counter.clerk.id,
    )


def _mend(said: DecisionBody, *, rejected: bool) -> str:
    if not rejected:
        return "看差别，写明答复"
    return "打开修改，光标到那一处" if said.field else "打开修改"


def _due(counter: Counter, task: tasks.TaskRow) -> str:
    """Who has it, and how long there is."""
    who = "我在管" if task.owner == counter.clerk.id else f"{task.owner_name or '没人'}管"
    who = "没人管" if not task.owner else who
    day = dates.iso(task.until)
    if day is None:
        return who
    left = (day - today(counter.clock)).days
    days = f"过了 {-left} 天" if left < 0 else "今天到期" if not left else f"还剩 {left} 天"
    return f"{who}·{days}"


def _saved(counter: Counter, typed_at: int) -> str:
    at = from_ms(typed_at)
    if at.date() == today(counter.clock):
        return f"{at:%H:%M}"
    return f"{moments.day_said(counter.clock, at.date())} {at:%H:%M}"


def _next(counter: Counter, entry: journal.EntryRow) -> str:
    # a moment further off was reckoned by a clock that ran ahead: it is tried with the next round
    if 0 < entry.next_at - counter.clock.now_ms() <= backoff.LONGEST_MS:
        return f"{from_ms(entry.next_at):%H:%M:%S} 自动再试"
    return "马上发送" if counter.network.online else "有网自动发送"
