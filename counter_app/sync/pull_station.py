"""Down: decisions and the station's other PCs' cases into station.db."""

import dataclasses
import logging
from collections.abc import Callable
from typing import TypeVar

import msgspec

from counter_app.catalog.outcome import Hold
from counter_app.catalog.registry import items
from counter_app.domain.case.state import CaseState, EntryKind
from counter_app.domain.day_close.line import ABOUT_CASES
from counter_app.forms.answers import from_plain
from counter_app.kernel import dates
from counter_app.kernel.clock import from_ms
from counter_app.store import (
    cases,
    feed_cursors,
    holds,
    journal,
    meta,
    other_closes,
    print_jobs,
    tasks,
)
from counter_app.store.feed_cursors import FeedCursor
from counter_app.store.other_closes import OtherClose
from counter_app.store.transaction import WriteTx, read, write
from counter_app.sync import apply, faults, resolve, settle
from counter_app.sync.client import Client
from counter_app.sync.desk import Desk, Report
from counter_app.sync.faults import SyncFault
from counter_app.sync.resolve import Order
from counter_app.wire import header as wire
from counter_app.wire.batch import FeedRow
from counter_app.wire.case_body import CaseBody, DayClosedBody, NoteBody, VoidBody
from counter_app.wire.messages import DecisionBody, FeedHead

LIMIT = 500
GONE = "cursor_gone"
_COLUMNS = {
    "decisions": frozenset({"seq", "case_id", "body"}),
    "cases": frozenset({"op_id", "header", "body", "status"}),
}
"""Without these no row can be taken, and none may be passed over."""
_log = logging.getLogger(__name__)
Row = dict[str, object]
_TAKES, _CLOSES = "cases_taken", "with closes"
"""What of the cases feed the program that read it last took in."""
T = TypeVar("T")
Taker = Callable[[WriteTx, Row], None]


class BadRow(ValueError):
    """A row of a station feed is not of its shape; it is left out and said so."""


def pull_decisions(desk: Desk, client: Client, report: Report) -> None:
    """What the centre decided on this station's cases.

    Raises:
        SyncFault: the exchange did not come about; cursor and rows moved together.
    """

    def take(tx: WriteTx, row: Row) -> None:
        decision = _message(str(row["body"]).encode("utf-8"), DecisionBody)
        order = Order(settle.generation(tx), int(str(row["seq"])))
        settle.settle_decision(tx, decision, order, desk.clock.now_ms())

    _pull(desk, client, f"decisions.{desk.identity.station.code}", take, report)


def pull_cases(desk: Desk, client: Client, report: Report) -> None:
    """What the station's other PCs did, and what this one did beyond the backup it was restored from.

    Raises:
        SyncFault: the exchange did not come about; cursor and rows moved together.
    """

    def take(tx: WriteTx, row: Row) -> None:
        text, body = row["header"], row["body"]
        header = _header(str(text))
        settle.settle_undecided(tx, header, str(row["status"]), desk.clock.now_ms())
        own = header.dev == desk.identity.dev and journal.holds(tx, header.id)
        if not own and isinstance(body, str):
            take_entry(tx, Entry(header, str(text), body, str(row["status"])), desk)

    _pull(desk, client, f"cases.{desk.identity.station.code}", take, report)


def read_anew(desk: Desk) -> None:
    """Once: a program before this one passed over the closes of the station's other PCs."""
    with read(desk.station) as tx:
        if meta.get(tx, _TAKES) == _CLOSES:
            return
    feed = f"cases.{desk.identity.station.code}"
    with write(desk.station) as tx:
        if feed_cursors.get(tx, feed) is not None:
            # everything in the feed is safe to repeat
            feed_cursors.put(tx, FeedCursor(feed, "", 0))
        meta.put(tx, _TAKES, _CLOSES)


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """An entry of another PC with how its case stands at the centre."""

    header: wire.Header
    text: str
    body: str
    status: str


def take_entry(tx: WriteTx, entry: Entry, desk: Desk) -> None:
    """Put another PC's entry into this station's cases.

    Raises:
        BadRow: header and body do not belong together, or are of another shape.
    """
    header = entry.header
    if wire.body_sha(entry.body) != header.body_sha:
        raise BadRow("the body is not the one the header names")
    plain, now = wire.body_json(entry.body), desk.clock.now_ms()
    if header.kind in ABOUT_CASES:
        day = from_ms(header.typed_at).date().isoformat()
        other_closes.moved(tx, day, header.dev, (header.ep, header.n))
    if header.kind in resolve.REVISIONS:
        _take_revision(tx, entry, _message(plain, CaseBody), now)
    elif header.kind == EntryKind.VOID and entry.status == CaseState.VOIDED:
        _take_void(tx, header, _message(plain, VoidBody), now)
    elif header.kind == EntryKind.NOTE and not header.subj:
        _take_close(tx, header, plain)
    elif header.kind == EntryKind.NOTE:
        note = _message(plain, NoteBody)
        settle.settle_note(
            tx,
            settle.CaseNote(
                what=note.what,
                case_id=header.subj,
                clerk=header.clerk,
                words=note.words,
                to=note.how if note.what == "given" else "",
                at=header.typed_at,
            ),
        )


def _take_revision(tx: WriteTx, entry: Entry, body: CaseBody, now: int) -> None:
    header = entry.header
    old = cases.get(tx, header.subj)
    state = resolve.by_status(settle.case_now(old), entry.status, body.rev)
    # of one revision the feed tells only the change the centre took, whatever this PC has
    other = old is not None and body.rev == old.rev and header.id != old.op_id
    if old is not None and other:
        state = state or CaseState(old.state)
    if old is None or body.rev > old.rev or other:
        clear = old is not None and state not in resolve.TASKS
        if clear:
            tasks.close(tx, header.subj, now)
        years = [(said.key, year) for said in body.said for year in said.years]
        parties = [cases.PartyRow(*party[:4]) for party in body.parties]
        row = _numbered(tx, row_of(header, entry.text, body, state or CaseState.RECEIVED))
        if old is not None:
            told = old.decision if other else ""
            row = dataclasses.replace(row, typed_at=old.typed_at, decision=told)
        cases.put(tx, row, parties, years)
        held = [Hold(h.kind, h.key, h.near, h.data, h.exclusive) for h in body.holds]
        holds.put(tx, row.case_id, held, active=row.state not in cases.LETS_GO)
        words = "受理" if old is None else "答复" if body.answered else "改好再报"
        settle.remember(tx, header.subj, header.typed_at, f"{body.clerk_name}{words}")
    elif state is not None:
        cases.set_state(tx, header.subj, state)
    settle.settle_early(tx, header.subj, now)


def _take_close(tx: WriteTx, header: wire.Header, plain: bytes) -> None:
    """Another PC closed its day; what else a note without a case says concerns that PC alone."""
    try:
        if msgspec.json.decode(plain, type=NoteBody).what != "day_closed":
            return
        body = msgspec.json.decode(plain, type=DayClosedBody)
    except msgspec.DecodeError:
        # of a newer program perhaps: no case of this station is told by it
        _log.info("a note of another PC was passed over: %s", header.id)
        return
    if dates.iso(body.day) is None:
        return
    said = OtherClose(
        dev=header.dev,
        scope=body.scope,
        times=body.times,
        ep=header.ep,
        n=header.n,
        at=header.typed_at,
        differences=len(body.differences),
        verdict=body.verdict,
    )
    other_closes.put(tx, body.day, said)


def _take_void(tx: WriteTx, header: wire.Header, body: VoidBody, now: int) -> None:
    row = cases.get(tx, header.subj)
    if row is None:
        return
    cases.set_state(tx, header.subj, CaseState.VOIDED)
    tasks.close(tx, header.subj, now)
    print_jobs.block(tx, header.subj, now)
    settle.remember(tx, header.subj, header.typed_at, f"另一台电脑作废：{body.words}")


def row_of(header: wire.Header, text: str, body: CaseBody, state: str) -> cases.CaseRow:
    """The case as its newest revision says it; `text` is the header's exact text."""
    answers = from_plain(body.answers)
    service = items().get(body.item)
    own = [said.own for said in body.said]
    known = [fen for fen in own if fen is not None]
    return cases.CaseRow(
        case_id=header.subj,
        case_no=body.case_no,
        item=body.item,
        summary=service.summary(answers) if service else body.item,
        state=state,
        rev=body.rev,
        op_id=header.id,
        dev=header.dev,
        accepted_on=header.accepted_on,
        typed_at=header.typed_at,
        clerk=header.clerk,
        clerk_name=body.clerk_name,
        applicant=answers.get("appl_name"),
        applicant_certno=answers.get("appl_certno"),
        tel=answers.get("tel"),
        pack=header.pack,
        household=body.household,
        total=sum(known) if own and len(known) == len(own) else None,
        body=msgspec.json.encode(body).decode("utf-8"),
        entry=wire.head_of(text),
    )


def _numbered(tx: WriteTx, row: cases.CaseRow) -> cases.CaseRow:
    """Two PCs with one disk give one number to two cases: the second to come here is marked."""
    same = cases.by_number(tx, row.case_no)
    if same is None or same.case_id == row.case_id:
        return row
    return dataclasses.replace(row, case_no=f"{row.case_no}{cases.TWICE}{row.case_id[-4:]}）")


class _Restart(Exception):
    """The cursor means nothing to the centre any more: read the feed again from its beginning."""


def _pull(desk: Desk, client: Client, feed: str, take: Taker, report: Report) -> None:
    with read(desk.station) as tx:
        at = feed_cursors.get(tx, feed) or FeedCursor(feed, "", 0)
    try:
        _follow(desk, client, at, take, report)
    except _Restart:
        # everything in these feeds is safe to repeat
        at = FeedCursor(feed, "", 0)
        with write(desk.station) as tx:
            feed_cursors.put(tx, at)
        _follow(desk, client, at, take, report)


def _follow(desk: Desk, client: Client, at: FeedCursor, take: Taker, report: Report) -> None:
    while True:
        try:
            frames = client.feed(at.feed, at.seq, LIMIT)
        except SyncFault as fault:
            if fault.code == GONE:
                raise _Restart from fault
            raise
        before, newest = at.seq, at.seq
        for data in frames:
            head, lines = apply.open_frame(data, at.feed)
            at = _apply(desk, at, (head, lines), take, report)
            newest = head.newest
        if at.seq >= newest or at.seq <= before:
            return


def _apply(
    desk: Desk,
    at: FeedCursor,
    frame: tuple[FeedHead, list[bytes]],
    take: Taker,
    report: Report,
) -> FeedCursor:
    head, lines = frame
    if (at.epoch and head.epoch != at.epoch) or head.newest < at.seq:
        raise _Restart
    if head.since > at.seq:
        raise SyncFault(faults.SERVER, "gap")
    if head.to <= at.seq and at.epoch:
        return at
    if not _COLUMNS[at.feed.partition(".")[0]] <= set(head.cols):
        raise SyncFault(faults.SERVER, "missing_columns")
    moved = FeedCursor(at.feed, head.epoch, head.to)
    with write(desk.station) as tx:
        for rows in apply.slices(lines):
            report.count(at.feed, sum(_take(tx, head, row, take, report) for row in rows))
        feed_cursors.put(tx, moved)
    return moved


def _take(tx: WriteTx, head: FeedHead, row: FeedRow, take: Taker, report: Report) -> bool:
    if not row or row[0] is None:
        return False
    try:
        if len(row) != len(head.cols):
            raise BadRow("a row has other columns than its frame")
        take(tx, dict(zip(head.cols, row, strict=True)))
    except (ValueError, KeyError) as error:
        _log.error("a row of a station feed was left out: %s", type(error).__name__)
        report.refused.append(f"row:{head.to}")
        return False
    return True


def _header(text: str) -> wire.Header:
    try:
        return wire.read_header(text)
    except ValueError as error:
        raise BadRow("a header is of another shape") from error


def _message(data: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=shape)
    except msgspec.DecodeError as error:
        raise BadRow("a body is of another shape") from error
