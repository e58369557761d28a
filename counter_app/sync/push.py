"""Up: the oldest waiting entries first, in batches; only the centre's answer settles an entry."""

from contextlib import suppress
from dataclasses import dataclass

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import journal, meta
from counter_app.store.transaction import ReadTx, WriteTx, read, write
from counter_app.sync import core, settle
from counter_app.sync.client import Chain, Client
from counter_app.sync.desk import Desk, Report
from counter_app.sync.faults import SyncFault
from counter_app.wire.header import GENESIS, read_header
from counter_app.wire.messages import OpResult, OpsReply

BATCH = 200
ASKED = 500
BYTES = "push_bytes"
"""How many bytes a batch may have, as found out so far."""
UNCLEAR = "push_unclear"
QUARANTINE = "received:QUARANTINE"
"""Stored, but the centre vouches for nothing: its figures are none of this chain's."""
_STUCK = "reopened_at"
_DURABLE = "centre_durable"
CENTRE_N, CENTRE_HEAD = "centre_n", "centre_head"


def push(desk: Desk, client: Client, report: Report) -> None:
    """Send until nothing waits or an answer brings no progress.

    Raises:
        SyncFault: the exchange did not come about; everything unanswered waits on.
    """
    with read(desk.station) as tx:
        budget = core.remembered(meta.get(tx, BYTES))
    while True:
        batch = next_batch(desk)
        batch = batch[: core.fit([_size(entry) for entry in batch], budget)]
        if not batch:
            return
        report.sent += len(batch)
        try:
            reply = client.ops([entry.op for entry in batch], chain_after(batch))
        except SyncFault as fault:
            _note(desk, core.shrunk(budget), unclear=core.is_unclear(fault.why))
            raise
        budget = core.grown(budget)
        if not take_reply(desk, batch, reply, report, budget):
            return


def _size(entry: journal.Pending) -> int:
    return len(entry.op.header) + len(entry.op.body or "")


def _note(desk: Desk, budget: int, *, unclear: bool) -> None:
    """Remember how a try failed; a disk that refuses it is told by the round itself."""
    with suppress(EnvironmentFault), write(desk.station) as tx:
        meta.put(tx, BYTES, str(budget))
        if unclear:
            meta.put(tx, UNCLEAR, "1")


def is_unclear(desk: Desk) -> bool:
    """Whether entries may be at the centre whose answer never came."""
    with read(desk.station) as tx:
        return meta.get(tx, UNCLEAR) == "1"


def ask_known(desk: Desk, client: Client, report: Report) -> None:
    """After an exchange that broke off: which entries need not be sent again.

    Raises:
        SyncFault: the exchange did not come about.
    """
    with read(desk.station) as tx:
        waiting = journal.pending(tx, ASKED)
    known = client.have([(entry.op_id, entry.head) for entry in waiting])
    if known is None:
        # an older centre has no such call: everything is sent again, which is as safe
        known = [False] * len(waiting)
    now = desk.clock.now_ms()
    with write(desk.station) as tx:
        for entry, there in zip(waiting, known, strict=True):
            if there:
                found = OpResult(id=entry.op_id, r="duplicate")
                report.acked += settle.settle_result(tx, entry.op.header, found, now)
        meta.put(tx, UNCLEAR, "")
    if report.acked:
        report.changed.add("ops")


def next_batch(desk: Desk) -> list[journal.Pending]:
    """The oldest waiting entries of one device epoch."""
    with read(desk.station) as tx:
        waiting = journal.pending(tx, BATCH)
    if not waiting:
        return []
    epoch = read_header(waiting[0].op.header).ep
    same = [entry for entry in waiting if read_header(entry.op.header).ep == epoch]
    return same[: next((i for i, e in enumerate(same) if e.n != waiting[i].n), len(same))]


def chain_after(batch: list[journal.Pending]) -> Chain:
    """The chain head after the batch's last entry."""
    last = batch[-1]
    return Chain(read_header(last.op.header).ep, last.n, last.head)


def take_reply(
    desk: Desk, batch: list[journal.Pending], reply: OpsReply, report: Report, budget: int
) -> bool:
    """Take the answers in one transaction; whether anything was settled."""
    headers = {entry.op_id: entry.op.header for entry in batch}
    now = desk.clock.now_ms()
    with write(desk.station) as tx:
        settled = [
            settle.settle_result(tx, headers[result.id], result, now)
            for result in reply.results
            if result.id in headers
        ]
        if not any(result.r == QUARANTINE for result in reply.results):
            said = Standing(reply.epoch, reply.n_contig, reply.head, reply.durable_n)
            stand(tx, said, now, report)
        else:
            _went_back(tx, reply.epoch, now, report)
        if meta.get(tx, BYTES) != str(budget):
            meta.put(tx, BYTES, str(budget))
        if meta.get(tx, UNCLEAR):
            meta.put(tx, UNCLEAR, "")
    acked = sum(settled)
    report.acked += acked
    if acked:
        report.changed.add("ops")
    return acked > 0


def hear_epoch(desk: Desk, epoch: str, report: Report) -> None:
    """A centre that gives this PC nothing any more still says whether it went back in time."""
    if not epoch:
        return
    with write(desk.station) as tx:
        _went_back(tx, epoch, desk.clock.now_ms(), report)


def _went_back(tx: WriteTx, epoch: str, now: int, report: Report) -> None:
    """Nobody says how far this chain reaches there: everything is sent again, once for each epoch."""
    known = meta.get(tx, settle.EPOCH)
    if known and known != epoch:
        report.rolled_back += settle.go_back(tx, 0, now)
    meta.put(tx, settle.EPOCH, epoch)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the centre says it holds of this device's chain."""

    epoch: str
    n_contig: int
    head: str
    durable_n: int


def told(tx: ReadTx | WriteTx) -> tuple[int, str]:
    """Up to which entry the centre last said to hold everything, and the chain head there."""
    return int(meta.get(tx, CENTRE_N, "0")), meta.get(tx, CENTRE_HEAD, GENESIS)


def compare(desk: Desk, said: Standing, report: Report) -> None:
    """Take what a hello says of this chain; nothing is written where it says nothing new."""
    with read(desk.station) as tx:
        own = journal.acked_through(tx)
        known = Standing(meta.get(tx, settle.EPOCH), *told(tx), int(meta.get(tx, _DURABLE, "0")))
    if known == said and said.n_contig >= own:
        report.n_contig, report.centre_head = said.n_contig, said.head
        return
    with write(desk.station) as tx:
        stand(tx, said, desk.clock.now_ms(), report)


def stand(tx: WriteTx, said: Standing, now: int, report: Report) -> None:
    """Compare the centre's chain with ours; where the centre went back in time, send again."""
    known = meta.get(tx, settle.EPOCH)
    own = journal.acked_through(tx)
    behind = said.n_contig < own
    mark = f"{said.epoch}:{said.n_contig}"
    # what the centre counts may be the chain of a cloned disk: it says nothing of this one then
    reach = said.n_contig if journal.head_at(tx, said.n_contig) == said.head else 0
    if known and known != said.epoch:
        report.rolled_back += settle.go_back(tx, reach, now)
    elif behind and meta.get(tx, _STUCK) != mark:
        # once for each mark: a centre that can never count on (a number it had to refuse) is not
        # sent the same entries for ever
        report.rolled_back += settle.go_back(tx, reach, now)
        meta.put(tx, _STUCK, mark)
    elif not behind:
        meta.put(tx, _STUCK, "")
    journal.mark_durable(tx, min(said.durable_n, own))
    meta.put(tx, settle.EPOCH, said.epoch)
    meta.put(tx, CENTRE_N, str(said.n_contig))
    meta.put(tx, CENTRE_HEAD, said.head)
    meta.put(tx, _DURABLE, str(said.durable_n))
    report.n_contig, report.centre_head = said.n_contig, said.head
