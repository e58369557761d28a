"""The station's worklist: returned and held cases, parked drafts, papers that did not come out."""

import datetime as dt
from dataclasses import dataclass

import msgspec

from counter_app.domain.calendar.working_days import WorkCalendar
from counter_app.kernel import dates, masking
from counter_app.kernel.clock import from_ms, today
from counter_app.services.context import Counter
from counter_app.services.load_facts import calendar_of
from counter_app.services.queries import moments, promised
from counter_app.store import cases, drafts, print_jobs, reference, tasks
from counter_app.store.transaction import ReadTx, read
from counter_app.wire.messages import DecisionBody

FRESH_MS = 60_000
"""A paper that waits its turn for less is being printed right now."""
_LEFT = "排着队没轮到，已受理，不用重办，补打即可"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of the worklist.

    kind: rejected, held, promised (decided too late), parked, open_draft, unprinted. `ref` is a case, draft or job id. `owner` ""
    where nobody has it. `days_left` counts to `until`, negative once overdue, None without one.
    """

    kind: str
    ref: str
    case_id: str
    title: str
    cause: str
    masked_name: str
    tail: str
    owner: str
    owner_name: str
    owner_note: str
    until: str
    until_note: str
    days_left: int | None
    mine: bool
    subject: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """The panel of a returned or held case."""

    case_id: str
    case_no: str
    title: str
    head: str
    kind: str
    accepted_words: str
    subject: str
    mine: bool
    points: tuple[tuple[str, str, str], ...]
    """(what is wrong, how to mend it, on what ground)"""
    meanwhile: str
    who_comes: str
    masked_phone: str
    told: str
    until: str
    owner_name: str
    story: tuple[tuple[str, str], ...]


def worklist(counter: Counter) -> tuple[WorkItem, ...]:
    """Overdue or returned and unowned first, nearest deadline next, then the rest."""
    with read(counter.reference) as tx:
        calendar = calendar_of(reference.tables(tx))
    with read(counter.station) as tx:
        items = _tasks(counter, tx) + _drafts(counter, tx) + _unprinted(counter, tx)
        items += _promised(tx, calendar, today(counter.clock))
    return tuple(sorted(items, key=_order))


def task_detail(counter: Counter, case_id: str) -> TaskDetail | None:
    """What is wrong with a case of the worklist, and what has been done about it."""
    with read(counter.station) as tx:
        row, task = cases.get(tx, case_id), tasks.of_case(tx, case_id)
        story = cases.story(tx, case_id)
        parties = cases.parties(tx, case_id)
    if row is None or task is None:
        return None
    decision = msgspec.json.decode(task.body.encode("utf-8"), type=DecisionBody)
    accepted = dates.iso(row.accepted_on) or from_ms(row.typed_at).date()
    owner = "" if task.owner else "，等人接手"
    head = ("中心退回" if task.kind == "rejected" else "中心要裁决") + owner
    subjects = [p.subject for p in parties if p.certno == row.applicant_certno]
    return TaskDetail(
        case_id=case_id,
        case_no=row.case_no,
        title=f"{masking.name(row.applicant)}·{row.summary}·尾号 {masking.tail(row.applicant_certno)}",
        head=head,
        kind=task.kind,
        accepted_words=f"{row.clerk_name} {moments.day_said(counter.clock, accepted)} 受理",
        subject=subjects[0] if subjects else "",
        mine=task.owner == counter.clerk.id,
        points=decision.points or ((decision.text, "", ""),),
        meanwhile=decision.meanwhile,
        who_comes=decision.who_comes,
        masked_phone=masking.phone(row.tel),
        told=task.told,
        until=task.until,
        owner_name=task.owner_name,
        story=tuple((moments.said(counter.clock, at), words) for at, words in story),
    )


def _tasks(counter: Counter, tx: ReadTx) -> list[WorkItem]:
    found = []
    for task in tasks.open_tasks(tx):
        row = cases.get(tx, task.case_id)
        if row is None:
            continue
        decision = msgspec.json.decode(task.body.encode("utf-8"), type=DecisionBody)
        left = _days_left(counter, task.until)
        found.append(
            WorkItem(
                kind=task.kind,
                ref=task.case_id,
                case_id=task.case_id,
                title=row.summary,
                cause=f"中心：{decision.text}",
                masked_name=masking.name(row.applicant),
                tail=masking.tail(row.applicant_certno),
                owner=task.owner,
                owner_name=task.owner_name,
                owner_note=task.told or "还没有告知",
                told=bool(task.told),
                until=_until_words(left),
                until_note=_until_note(task.until),
                days_left=left,
                mine=task.owner == counter.clerk.id,
            )
        )
    return found


def _drafts(counter: Counter, tx: ReadTx) -> list[WorkItem]:
    found = []
    for row in drafts.everything(tx):
        name, _, tail = row.person.partition("|")
        parked = row.state == drafts.PARKED
        found.append(
            WorkItem(
                kind="parked" if parked else "open_draft",
                ref=row.draft_id,
                case_id=row.case_id,
                title=row.summary,
                cause=row.words or ("挂起" if parked else "填到一半"),
                masked_name=name,
                tail=tail,
                owner=row.clerk,
                owner_name=row.clerk_name,
                owner_note=f"{moments.said(counter.clock, row.updated_at)} 存的",
                until="不限",
                until_note="",
                days_left=None,
                mine=row.clerk == counter.clerk.id,
            )
        )
    return found


def _unprinted(counter: Counter, tx: ReadTx) -> list[WorkItem]:
    found = []
    now = counter.clock.now_ms()
    for job in print_jobs.in_state(tx, print_jobs.FAILED, print_jobs.QUEUED):
        queued = job.state == print_jobs.QUEUED
        if queued and 0 <= now - job.changed_at < FRESH_MS:
            continue
        row = cases.get(tx, job.case_id)
        found.append(
            WorkItem(
                kind="unprinted",
                ref=job.job_id,
                case_id=job.case_id,
                title=f"{job.title}没打出来",
                cause=job.detail or (_LEFT if queued else "已受理，不用重办，补打即可"),
                masked_name=masking.name(row.applicant) if row else "",
                tail=masking.tail(row.applicant_certno) if row else "",
                owner="",
                owner_name="",
                owner_note=f"{moments.said(counter.clock, job.changed_at)} 起",
                until="今天",
                until_note="",
                days_left=None,
                mine=False,
            )
        )
    return found


def _promised(tx: ReadTx, calendar: WorkCalendar, day: dt.date) -> list[WorkItem]:
    found = []
    for row, time in ((one.row, one.time) for one in promised.pressing(tx, calendar, day)):
        left = time.left if time.left is not None else -1
        found.append(
            WorkItem(
                kind="promised",
                ref=f"promised:{row.case_id}",
                case_id=row.case_id,
                title=row.summary,
                cause=promised.cause(row, time),
                masked_name=masking.name(row.applicant),
                tail=masking.tail(row.applicant_certno),
                owner=row.clerk,
                owner_name=row.clerk_name,
                owner_note="受理的人",
                until=_until_words(left, "个工作日"),
                until_note=f"答应 {dates.month_day(time.due)} 办结" if time.due else "",
                days_left=left,
                mine=False,
            )
        )
    return found


def _order(item: WorkItem) -> tuple[int, int, str]:
    if item.kind in {"rejected", "held"} and (not item.owner or (item.days_left or 0) < 0):
        return (0, item.days_left if item.days_left is not None else 999, item.ref)
    if item.days_left is not None:
        return (1, item.days_left, item.ref)
    return (2, 0, item.ref)


def _days_left(counter: Counter, until: str) -> int | None:
    day = dates.iso(until)
    return (day - today(counter.clock)).days if day else None


def _until_words(left: int | None, unit: str = "天") -> str:
    if left is None:
        return "不限"
    if left < 0:
        return f"过了 {-left} {unit}"
    return "今天到期" if left == 0 else f"还剩 {left} {unit}"


def _until_note(until: str) -> str:
    day = dates.iso(until)
    return f"补正期到 {dates.month_day(day)}" if day else ""
