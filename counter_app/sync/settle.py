"""Write what resolve says: case, worklist, history. The only writer of the sync besides its cursors."""

import json
from dataclasses import replace

import msgspec

from counter_app.domain.case.state import CaseState, EntryKind
from counter_app.store import cases, feed_cursors, journal, meta, print_jobs, tasks
from counter_app.store.transaction import ReadTx, WriteTx
from counter_app.sync import resolve
from counter_app.sync.resolve import CaseNow, Effect, Order, Said
from counter_app.wire.canonical import encode
from counter_app.wire.header import Header
from counter_app.wire.messages import DecisionBody, OpResult

GENERATION = "centre_generation"
EPOCH = "centre_epoch"
_CLOSED = frozenset({CaseState.VOIDED, CaseState.WITHDRAWN})
_REOPENED = frozenset({
    CaseState.RECEIVED,
    CaseState.ACCEPTED,
    CaseState.HELD,
    CaseState.REJECTED,
})


def case_now(row: cases.CaseRow | None) -> CaseNow | None:
    """A stored case as resolve sees it."""
    if row is None:
        return None
    state, kept = CaseState(row.state), resolve.stands(row.decision, row.rev)
    if kept is None:
        return CaseNow(state, row.rev, row.op_id)
    place = json.loads(row.decision)
    order = Order(int(place.get("generation", 0)), int(place.get("seq", 0)))
    return CaseNow(state, row.rev, row.op_id, order, resolve.decided_state(kept))


def settle_result(tx: WriteTx, header: Header, result: OpResult, now: int) -> None:
    """What the answer to one entry, acknowledged before, does to its case."""
    if result.r == "device_forked":
        _new_epoch(tx, header.ep)
    row = cases.get(tx, header.subj)
    said = said_by(header)
    effect = resolve.by_result(case_now(row), said, result.r)
    if row is None or effect is resolve.NOTHING:
        return
    stands = resolve.stands(row.decision, row.rev) if header.kind == EntryKind.VOID else None
    provisional = stands or DecisionBody(
        case_no=row.case_no,
        case_id=row.case_id,
        rev=said.rev,
        kind=effect.task or result.r,
        code=result.r.partition(":")[2] or result.r,
        text=resolve.cause(result.r, result.text),
        decided_at=now,
    )
    # with the generation: the task of an answer from before the centre went back is closed for good
    task_id = f"{said.rev}:{generation(tx)}:{header.id}" if effect.task else ""
    _write(tx, effect, provisional, task_id, now)


def said_by(header: Header) -> Said:
    """An entry as resolve sees it."""
    rev = header.base + 1 if header.kind in resolve.REVISIONS else header.base
    return Said(header.id, header.kind, rev)


def settle_decision(tx: WriteTx, decision: DecisionBody, order: Order, now: int) -> bool:
    """Apply a decision, keep it for later, or leave it; False where it was kept for later."""
    row = cases.get(tx, decision.case_id)
    now_is = case_now(row)
    if now_is is not None and now_is.state in _CLOSED:
        now_is = replace(now_is, ended_here=journal.ends(tx, decision.case_id))
    effect = resolve.by_decision(now_is, decision, order)
    if effect.early:
        plain = {"decision": msgspec.to_builtins(decision), "seq": order.seq}
        place = f"{order.generation:06}:{order.seq:016}"
        kept = {**plain, "generation": order.generation}
        feed_cursors.keep_early(tx, decision.case_id, place, kept)
        return False
    if effect is resolve.NOTHING:
        return True
    _write(tx, effect, decision, f"{decision.rev}:{order.generation}.{order.seq}", now)
    if effect.note and effect.state is not None:
        kept = {**msgspec.to_builtins(decision), "seq": order.seq, "generation": order.generation}
        state = effect.state
        cases.set_state(tx, decision.case_id, state, encode(kept).decode("utf-8"))
    if effect.task:
        # somebody at another PC may have taken over before the decision came here
        settle_early(tx, decision.case_id, now)
    return True


def settle_early(tx: WriteTx, case_id: str, now: int) -> None:
    """A case came (or a new revision of it): apply what was kept for it, in order."""
    for kept in feed_cursors.take_early(tx, case_id):
        if "decision" in kept:
            decision = msgspec.convert(kept["decision"], DecisionBody)
            order = Order(int(str(kept["generation"])), int(str(kept["seq"])))
            settle_decision(tx, decision, order, now)
        else:
            settle_note(tx, msgspec.convert(kept, CaseNote))


def settle_undecided(tx: WriteTx, header: Header, status: str, now: int) -> None:
    """A decision that a restored centre no longer has: the case waits for one again.

    Decisions are read before this, so what the restored centre still knows stands already under the
    generation of now.
    """
    row = cases.get(tx, header.subj)
    known = case_now(row)
    if row is None or known is None or known.decided is None or row.op_id != header.id:
        return
    lost = known.decided.generation < generation(tx) and known.state in _REOPENED
    if not lost or status != CaseState.RECEIVED or known.state is CaseState.RECEIVED:
        return
    cases.set_state(tx, row.case_id, CaseState.RECEIVED)
    tasks.close(tx, row.case_id, now)
    remember(tx, row.case_id, now, "中心恢复到较早的备份，原来的决定没有了，等中心再定")


class CaseNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note of another PC as it concerns a case."""

    what: str
    case_id: str
    clerk: str
    words: str
    at: int
    to: str = ""
    """Whom it was given to, `words` their name."""


def settle_note(tx: WriteTx, note: CaseNote) -> None:
    """Somebody at another PC took the case over, gave it to a colleague, or told the citizen."""
    row = cases.get(tx, note.case_id)
    task = tasks.of_case(tx, note.case_id)
    waiting = row is None or row.state in {CaseState.QUEUED, CaseState.RECEIVED}
    if task is None and waiting:
        place = f"z:{note.at:016}:{note.what}"
        feed_cursors.keep_early(tx, note.case_id, place, msgspec.to_builtins(note))
        return
    if note.what == "taken_over":
        tasks.own(tx, note.case_id, note.clerk, note.words)
        remember(tx, note.case_id, note.at, f"{note.words}接手")
    elif note.what == "given":
        tasks.own(tx, note.case_id, note.to, note.words)
        remember(tx, note.case_id, note.at, f"交给{note.words}")
    elif note.what == "told":
        tasks.tell(tx, note.case_id, note.words)
        remember(tx, note.case_id, note.at, note.words)


def remember(tx: WriteTx, case_id: str, at: int, words: str) -> None:
    """A line of the case's history, once."""
    if words:
        cases.remember_once(tx, [(case_id, at, words)])


def go_back(tx: WriteTx, n_contig: int, now: int) -> int:
    """The centre went back in time: entries after n_contig wait again, their cases with them."""
    behind = journal.tip(tx).n - n_contig
    for entry in journal.entries(tx, only_pending=False, limit=max(behind, 0)):
        row = cases.get(tx, entry.subj)
        ours = row is not None and row.op_id == entry.op_id and entry.state != journal.PENDING
        if row is None or not ours or CaseState(row.state) not in _REOPENED:
            continue
        cases.set_state(tx, row.case_id, CaseState.QUEUED)
        tasks.close(tx, row.case_id, now)
        remember(tx, row.case_id, now, "中心恢复到较早的备份，这一件重新上报")
    feed_cursors.forget_all(tx)
    meta.put(tx, GENERATION, str(generation(tx) + 1))
    return journal.reopen_after(tx, n_contig)


def generation(tx: ReadTx | WriteTx) -> int:
    """How often the centre went back in time."""
    return int(meta.get(tx, GENERATION, "0"))


def _write(tx: WriteTx, effect: Effect, said: DecisionBody, task_id: str, now: int) -> None:
    at = said.decided_at or now
    if effect.state is not None:
        cases.set_state(tx, said.case_id, effect.state)
    if effect.state in {CaseState.VOIDED, CaseState.WITHDRAWN}:
        print_jobs.block(tx, said.case_id, now)
    if effect.close:
        tasks.close(tx, said.case_id, now)
    if effect.task:
        standing = tasks.of_case(tx, said.case_id)
        tasks.put(
            tx,
            tasks.TaskRow(
                task_id=standing.task_id if standing else f"{said.case_id}:{task_id}",
                case_id=said.case_id,
                kind=effect.task,
                body=msgspec.json.encode(said).decode("utf-8"),
                since=at,
                until=said.until,
                owner="",
                owner_name="",
                told="",
            ),
        )
    remember(tx, said.case_id, at, effect.words)


def _new_epoch(tx: WriteTx, forked: int) -> None:
    """Somebody else writes under this device's name: go on under a new epoch, numbers go on."""
    if int(meta.get(tx, "device_epoch", "1")) == forked:
        meta.put(tx, "device_epoch", str(forked + 1))
