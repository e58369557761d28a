"""A held case as a person decides it: what caught it, the sides field by field, and what may be answered."""

from dataclasses import dataclass

import msgspec

from counter_app.catalog.outcome import BILL
from counter_app.kernel import dates, masking
from counter_app.kernel.clock import today
from counter_app.services.context import Counter
from counter_app.services.load_facts import in_force
from counter_app.services.queries import conflict_words, moments
from counter_app.services.queries.conflict_words import Choice, Held
from counter_app.store import cases, tasks
from counter_app.store.access import Access
from counter_app.store.cases import CaseRow, PartyRow
from counter_app.store.tasks import TaskRow
from counter_app.store.transaction import read
from counter_app.wire.case_body import CaseBody
from counter_app.wire.conflict import Conflict, OtherCase, Side
from counter_app.wire.messages import DecisionBody

_INSURED = "insured"


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Everything the screen of a held case shows; people as lists show them."""

    case_id: str
    case_no: str
    code: str
    title: str
    about: str
    why: str
    rule: str
    source: str
    sides: tuple[Side, ...]
    others: tuple[OtherCase, ...]
    as_of: str
    """How old the window's roster was when the entry was made."""
    points: tuple[tuple[str, str, str], ...]
    """(what is wrong, how to mend it, on what ground)"""
    meanwhile: str
    who_comes: str
    choices: tuple[Choice, ...]
    questions: tuple[str, ...]
    held_words: str
    """When the centre held it, and who took it in."""
    until: str
    overdue: bool
    owner: str
    told: str
    county_phone: str
    invented: bool
    story: tuple[tuple[str, str], ...]


def conflict_view(counter: Counter, case_id: str) -> ConflictView | None:
    """The held case, or None where nothing is asked any more; the look goes to the access log."""
    with read(counter.station) as tx:
        row, task = cases.get(tx, case_id), tasks.of_case(tx, case_id)
        parties, story = cases.parties(tx, case_id), cases.story(tx, case_id)
    if row is None or task is None or task.kind != "held":
        return None
    with read(counter.reference) as reference:
        pack = in_force(reference, today(counter.clock))
    counter.access.add_look(
        Access(counter.clock.now_ms(), counter.clerk.id, "open", case_id, "conflict")
    )
    told = msgspec.json.decode(task.body.encode("utf-8"), type=DecisionBody)
    body = msgspec.json.decode(row.body.encode("utf-8"), type=CaseBody)
    held = _held(row, body, told, parties)
    until, overdue = _until(counter, task)
    return ConflictView(
        case_id=case_id,
        case_no=row.case_no,
        code=told.code,
        title=conflict_words.title(held),
        about=f"{held.who}·{row.summary}·尾号 {masking.tail(row.applicant_certno)}",
        why=_masked(conflict_words.why(held, told.text), parties),
        rule=_masked(held.conflict.rule, parties),
        source=held.conflict.source,
        sides=held.conflict.sides,
        others=held.conflict.others,
        as_of=body.as_of,
        points=_points(told, parties),
        meanwhile=told.meanwhile,
        who_comes=told.who_comes,
        choices=conflict_words.choices(held),
        questions=held.conflict.questions,
        held_words=_held_words(counter, row, told),
        until=until,
        overdue=overdue,
        owner=task.owner_name,
        told=task.told,
        county_phone=told.phone,
        invented=bool(pack and pack.invented),
        story=tuple((moments.said(counter.clock, at), words) for at, words in story),
    )


def _held(row: CaseRow, body: CaseBody, told: DecisionBody, parties: list[PartyRow]) -> Held:
    return Held(
        told.code,
        row.item,
        masking.name(row.applicant),
        sum(p.role == _INSURED for p in parties),
        sum(h.kind == BILL for h in body.holds),
        told.conflict or Conflict(),
    )


def _held_words(counter: Counter, row: CaseRow, told: DecisionBody) -> str:
    at = f"中心 {moments.said(counter.clock, told.decided_at)} 留下" if told.decided_at else ""
    day = dates.iso(row.accepted_on)
    taken = f"{row.clerk_name} {moments.day_said(counter.clock, day)} 受理" if day else ""
    return "，".join(words for words in (taken, at) if words)


def _until(counter: Counter, task: TaskRow) -> tuple[str, bool]:
    day = dates.iso(task.until)
    if day is None:
        return "", False
    left = (day - today(counter.clock)).days
    if left < 0:
        return f"过了 {-left} 天", True
    words = "今天到期" if left == 0 else f"还剩 {left} 天"
    return f"{words}，答复到 {dates.month_day(day)}", False


def _points(told: DecisionBody, parties: list[PartyRow]) -> tuple[tuple[str, str, str], ...]:
    points = told.points or ((told.text, "", ""),)
    return tuple(
        (_masked(what, parties), _masked(mend, parties), ground) for what, mend, ground in points
    )


def _masked(text: str, parties: list[PartyRow]) -> str:
    """The centre's words name people in full; a screen that lists them doesn't."""
    for party in sorted(parties, key=lambda p: -len(p.name)):
        if len(party.name) > 1:
            text = text.replace(party.name, masking.name(party.name))
    return text
