"""What the databases know of one PC's day, for the pure reckoning."""

import datetime as dt

import msgspec

from counter_app.catalog.registry import items
from counter_app.catalog.sheet import RECEIPT
from counter_app.domain.case.state import EntryKind
from counter_app.domain.day_close.facts import CaseFact, Chain, DayFacts, EntryFact, PaperFact
from counter_app.kernel import masking
from counter_app.kernel.clock import CHINA, to_ms
from counter_app.kernel.ids import uuid7_span
from counter_app.services.context import Counter
from counter_app.services.queue_print import RECEIPT_LARGE
from counter_app.services.void_case import TAKEN_BACK
from counter_app.store import cases, journal, print_jobs
from counter_app.store.transaction import ReadTx, WriteTx
from counter_app.sync.push import told
from counter_app.wire.case_body import VoidBody
from counter_app.wire.header import body_json, read_header

RECEIPTS = (RECEIPT, RECEIPT_LARGE)
SLACK_MS = 60_000
"""A case's id is made a moment before the time it was typed at is read."""
_FRESH_MS = 60_000


def span(day: dt.date) -> tuple[int, int]:
    """The day in China as [begin, end) in ms."""
    begin = to_ms(dt.datetime.combine(day, dt.time(), CHINA))
    return begin, begin + 86_400_000


def day_facts(counter: Counter, tx: ReadTx | WriteTx, day: dt.date) -> DayFacts:
    """Entries typed on the day, their cases and receipts, and both ends of the chain."""
    begin, end = span(day)
    entries = [_entry(tx, row) for row in journal.made_between(tx, *uuid7_span(begin, end))]
    jobs = print_jobs.touched(tx, RECEIPTS, begin, end)
    typed = {
        row.case_id: row
        for row in cases.made_between(tx, *uuid7_span(begin - SLACK_MS, end + SLACK_MS))
        if row.dev == counter.identity.dev and begin <= row.typed_at < end
    }
    wanted = {e.case_id for e in entries} | set(jobs) | set(typed)
    rows = {case_id: typed.get(case_id) or cases.get(tx, case_id) for case_id in wanted if case_id}
    known = {case_id: _case(row) for case_id, row in rows.items() if row is not None}
    return DayFacts(
        day=day,
        begin=begin,
        end=end,
        entries=tuple(entries),
        cases=known,
        papers=tuple(_papers(counter, tx, jobs, known, wanted)),
        chain=_chain(tx),
        typed=frozenset(typed),
    )


def _entry(tx: ReadTx | WriteTx, row: journal.EntryRow) -> EntryFact:
    header = read_header(row.header)
    return EntryFact(
        n=row.n,
        kind=row.kind,
        case_id=row.subj,
        clerk=header.clerk,
        at=header.typed_at,
        head=row.head,
        acked=row.state != journal.PENDING,
        result=row.result,
        tries=row.tries,
        left_out=row.kind == EntryKind.VOID and _left_out(tx, row.op_id),
    )


def _left_out(tx: ReadTx | WriteTx, op_id: str) -> bool:
    """Whether a receipt of the voided case stayed outside; an erased body says nothing of it."""
    text = journal.body_text(tx, op_id)
    if text is None:
        return False
    body = msgspec.json.decode(body_json(text), type=VoidBody)
    return any(sheet in RECEIPTS and words != TAKEN_BACK for sheet, words in body.papers)


def _case(row: cases.CaseRow) -> CaseFact:
    service = items().get(row.item)
    return CaseFact(
        case_id=row.case_id,
        case_no=row.case_no,
        item=row.item,
        item_name=service.name if service else row.item,
        who=masking.name(row.applicant),
        tail=masking.tail(row.applicant_certno),
        clerk=row.clerk,
        state=row.state,
    )


def _papers(
    counter: Counter,
    tx: ReadTx | WriteTx,
    jobs: dict[str, list[print_jobs.PrintJob]],
    known: dict[str, CaseFact],
    wanted: set[str],
) -> list[PaperFact]:
    """Receipts of every case of the day; one whose job was neither made nor moved in it is read apart."""
    found = [job for own in jobs.values() for job in own]
    for case_id in wanted - set(jobs):
        found += [job for job in print_jobs.of_case(tx, case_id) if job.sheet in RECEIPTS]
    return [
        PaperFact(
            case_id=job.case_id,
            item=known[job.case_id].item if job.case_id in known else "",
            state=_state(counter, job),
            made_at=job.made_at,
            changed_at=job.changed_at,
            clerk=job.clerk,
            job_id=job.job_id,
        )
        for job in found
    ]


def _state(counter: Counter, job: print_jobs.PrintJob) -> str:
    """A job handed over a moment ago is being printed: only later is it in doubt."""
    fresh = 0 <= counter.clock.now_ms() - job.changed_at < _FRESH_MS
    return print_jobs.QUEUED if job.state == print_jobs.PRINTING and fresh else job.state


def _chain(tx: ReadTx | WriteTx) -> Chain:
    tip, (centre_n, centre_head) = journal.tip(tx), told(tx)
    return Chain(tip.n, tip.head, centre_n, centre_head, journal.head_at(tx, centre_n))
