"""Append one entry to the journal, inside the caller's transaction."""

import datetime as dt
from dataclasses import dataclass
from functools import partial

import msgspec

from counter_app.kernel.ids import uuid7
from counter_app.services.check_date import SKEW_MS
from counter_app.services.context import Counter
from counter_app.store import access, journal, meta
from counter_app.store.transaction import WriteTx, on_commit, on_rollback
from counter_app.wire import header as wire


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says apart from its body; `pack` is id@digest or ""."""

    kind: str
    subj: str
    base: int
    accepted_on: dt.date
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A written entry: number, id and the chain head after it."""

    n: int
    op_id: str
    head: str


def write_entry(counter: Counter, tx: WriteTx, entry: Entry, body: msgspec.Struct) -> Written:
    """Write waiting access rows, then header, body and delivery of one entry."""
    waiting = counter.access.take()
    on_rollback(tx, partial(counter.access.give_back, waiting))
    access.append(tx, waiting)
    return _write(counter, tx, entry, body)


def _write(counter: Counter, tx: WriteTx, entry: Entry, body: msgspec.Struct) -> Written:
    now = counter.clock.now_ms()
    tip = journal.tip(tx)
    op_id = uuid7(now)
    text = wire.seal_body(msgspec.to_builtins(body))
    header = wire.header_text(
        wire.Header(
            kind=entry.kind,
            id=op_id,
            dev=counter.identity.dev,
            ep=int(meta.get(tx, "device_epoch", "1")),
            n=tip.n + 1,
            prev=tip.head,
            body_sha=wire.body_sha(text),
            subj=entry.subj,
            base=entry.base,
            pack=entry.pack,
            accepted_on=entry.accepted_on.isoformat(),
            typed_at=now,
            clock=_trust(counter),
            skew=counter.network.skew_ms,
            clerk=counter.clerk.id,
            access_head=access.head(tx),
        )
    )
    head = wire.head_of(header)
    row = journal.EntryRow(
        tip.n + 1, op_id, entry.kind, entry.subj, header, head, journal.PENDING, "", 0, 0
    )
    journal.append(tx, row, text)
    on_commit(tx, counter.written.tell)
    return Written(tip.n + 1, op_id, head)


def _trust(counter: Counter) -> str:
    """How far the entry's times can be trusted: a clock off the centre's that nobody confirmed is doubtful."""
    said = counter.clock.state()
    off = abs(counter.network.skew_ms) > SKEW_MS
    return "doubtful" if off and said == "ok" else said
