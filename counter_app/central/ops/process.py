"""What an entry brings about, by its kind."""

from typing import NamedTuple

import msgspec

from counter_app.central.devices import Device
from counter_app.central.ops import answered as answers
from counter_app.central.ops import cases, early, keep
from counter_app.central.ops.bench import Bench
from counter_app.central.ops.cases import CaseRow
from counter_app.central.ops.entry import Entry
from counter_app.central.ops.judge_case import decode
from counter_app.central.ops.ruling import RECEIVED, Ruling, refused
from counter_app.domain.case.state import CaseState, EntryKind, may_move
from counter_app.kernel import dates, ids
from counter_app.kernel.clock import from_ms
from counter_app.wire.case_body import CaseBody, VoidBody
from counter_app.wire.conflict import Answer
from counter_app.wire.header import body_json, body_sha

_CASES = {EntryKind.SUBMIT, EntryKind.AMEND, EntryKind.ANSWER}
_ENDS = {EntryKind.VOID, EntryKind.WITHDRAW}
_ENROLMENT = "resident-enrolment"
_CLAIM = "manual-reimbursement"
SCHEMA = "SCHEMA"
SCOPE = "SCOPE"
STATE = "STATE"
STALE = "STALE"
OVERTAKEN = f"rejected:{STALE}"
"""The answer to a change that came second."""
ANSWER_LATE = "ANSWER_LATE"
UNJUDGED = {SCHEMA, SCOPE, "UNKNOWN_PERSON"}
"""Refusals before any judgement, of which nothing has been told yet."""


class _Given(NamedTuple):
    """A case entry's body beside the case it is about."""

    body: CaseBody
    old: CaseRow | None


def process(bench: Bench, device: Device, entry: Entry) -> Ruling:
    """Bring about what the entry says.

    Raises:
        ValueError: its body is of another shape.
        KeyError: it names an item nobody knows.
    """
    text = entry.op.body
    kind = entry.header.kind
    if kind == EntryKind.UNREADABLE:
        return RECEIVED
    if text is None or body_sha(text) != entry.header.body_sha:
        return refused(SCHEMA)
    if kind in _CASES:
        return _case(bench, device, entry, decode(body_json(text).decode("utf-8")))
    if kind in _ENDS:
        return _end(bench, device, entry, body_json(text))
    return _note(bench, device, entry) if kind == EntryKind.NOTE else refused(SCHEMA)


def explain(bench: Bench, device: Device, entry: Entry, ruling: Ruling) -> None:
    """Tell the station why an entry about a case was not even judged."""
    if entry.header.kind not in _CASES:
        return
    try:
        body = decode(body_json(entry.op.body or "").decode("utf-8"))
        case_no, rev = body.case_no, body.rev
    except ValueError:
        row = _own(bench, device, entry)
        case_no, rev = (row.case_no, row.rev + 1) if row else ("", 1)
    about = cases.About(device.station, case_no, entry.header.subj, rev)
    cases.tell(bench.tx, about, ruling, bench.centre.clock, bench.basis)


def _own(bench: Bench, device: Device, entry: Entry) -> CaseRow | None:
    """The case the entry names, if it is of the sender's station: of another's it learns nothing."""
    row = cases.find(bench.tx, entry.header.subj)
    return row if row is not None and row.station == device.station else None


def _note(bench: Bench, device: Device, entry: Entry) -> Ruling:
    row = _own(bench, device, entry)
    status = row.status if row else "received"
    cases.publish_entry(bench.tx, device.station, entry.header.id, status)
    return RECEIVED


def _case(bench: Bench, device: Device, entry: Entry, body: CaseBody) -> Ruling:
    given = _Given(body, cases.find(bench.tx, entry.header.subj))
    if _out_of_scope(device, given):
        return refused(SCOPE)
    if dates.iso(entry.header.accepted_on) is None or ids.parse_case_number(body.case_no) is None:
        return refused(SCHEMA)
    old = given.old
    if old is not None and body.rev <= old.rev:
        return _known(bench, entry, body, old)
    if old is not None and not may_move(CaseState(old.status), CaseState.RECEIVED):
        return _too_late(bench, device, entry, given)
    ruling = _revised(bench, entry, given)
    if old is None:
        _ended_before(bench, device, entry)
    return ruling


def _ended_before(bench: Bench, device: Device, entry: Entry) -> None:
    """The case is here now: what was sent of its end comes after it."""
    for end in early.take(bench.tx, device.station, entry.header.subj):
        ruling = _end(bench, device, end, body_json(end.op.body or ""))
        keep.set_results(bench.tx, {end.header.id: ruling.result})


def _revised(bench: Bench, entry: Entry, given: _Given) -> Ruling:
    body, old = given
    answer = entry.header.kind == EntryKind.ANSWER and bool(body.reply.strip())
    row = cases.put(bench.tx, entry.header, body, old)
    if not answer or old is None or old.status != CaseState.HELD:
        return bench.conclude(row, known=old is not None)
    answered = answers.read(bench.tx, row.case_id, body)
    if answered.newest is Answer.WITHDRAW:
        return bench.void(row, "withdrawn", f"已撤回：{body.reply.strip()}。{_freed(row)}")
    return bench.conclude(row, answered)


def _too_late(bench: Bench, device: Device, entry: Entry, given: _Given) -> Ruling:
    """An answer to a case that was decided meanwhile: it stands as decided, and the station is told so."""
    body, old = given
    if entry.header.kind != EntryKind.ANSWER or old is None:
        return refused(STATE)
    decided = {
        "accepted": "中心已经办结",
        "withdrawn": "这一件已经撤回",
        "voided": "这一件已经作废",
    }
    words = f"答复到的时候{decided.get(old.status, '中心已经决定')}，照中心的；这次的答复没有采用"
    about = cases.About(old.station, old.case_no, old.case_id, body.rev)
    ruling = Ruling(old.status, ANSWER_LATE, words)
    cases.tell(bench.tx, about, ruling, bench.centre.clock, bench.basis)
    cases.publish_entry(bench.tx, device.station, entry.header.id, old.status)
    return RECEIVED


def _known(bench: Bench, entry: Entry, body: CaseBody, old: CaseRow) -> Ruling:
    """A revision the case has already: an ancestor that comes late, or a change that came second."""
    others = body.rev == old.rev or cases.sender(bench.tx, old.op_id) != entry.header.dev
    if entry.header.kind != EntryKind.SUBMIT and others:
        return _stale(bench, old)
    cases.publish_entry(bench.tx, old.station, entry.header.id, old.status)
    return RECEIVED


def _stale(bench: Bench, row: CaseRow) -> Ruling:
    """Say it to the station without moving the case, which stands as the first PC mended it."""
    text = "另一台电脑已改好再报，中心按那一份办；这一次改的没有采用，不用再改"
    bench.tell(row, Ruling("received", STALE, text))
    return Ruling("rejected", STALE, text)


def _out_of_scope(device: Device, given: _Given) -> bool:
    body, old = given
    strange = (body.station, body.area) != (device.station, device.area)
    number = ids.parse_case_number(body.case_no)
    strange = strange or (number is not None and not number.startswith(device.station))
    return strange or (old is not None and old.station != device.station)


def _end(bench: Bench, device: Device, entry: Entry, plain: bytes) -> Ruling:
    kind = "voided" if entry.header.kind == EntryKind.VOID else "withdrawn"
    body = msgspec.json.decode(plain, type=VoidBody)
    row = cases.find(bench.tx, entry.header.subj)
    if row is None:
        early.remember(bench.tx, device.station, entry)
        return refused("UNKNOWN_CASE")
    if row.station != device.station:
        return refused(SCOPE)
    if row.status == kind or not may_move(CaseState(row.status), CaseState(kind)):
        return refused(STATE)
    if kind == "voided" and not _same_day(row.typed_at, entry.header.typed_at):
        return _late(bench, row)
    word = "作废" if kind == "voided" else "撤回"
    bench.void(row, kind, f"已{word}：{body.words}。{_freed(row)}")
    cases.publish_entry(bench.tx, device.station, entry.header.id, kind)
    return Ruling("accepted")


def _freed(row: CaseRow) -> str:
    if row.item == _ENROLMENT:
        return "参保登记已撤掉，这一年度可以另办"
    if row.item == _CLAIM:
        return "这一件的票据都放开了，可以另报"
    return "这一件不再算数，它改掉的、结束的都恢复原样"


def _late(bench: Bench, row: CaseRow) -> Ruling:
    text = "作废没有生效：只有受理当天能作废，这一件照旧。本人不想办了，请打县医保中心电话"
    bench.tell(row, Ruling(row.status, "VOID_LATE", text))
    return refused("LATE")


def _same_day(first: int, second: int) -> bool:
    return from_ms(first).date() == from_ms(second).date()
