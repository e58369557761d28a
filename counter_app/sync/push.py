"""Up: the oldest waiting entries first, in batches; only the centre's answer settles an entry."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import journal, meta
from counter_app.store.transaction import ReadTx, WriteTx, read, write
from counter_app.sync import answers, core, settle
from counter_app.sync.client import Chain, Client
from counter_app.sync.desk import Desk, Report
from counter_app.sync.faults import SyncFault
from counter_app.sync.isolate import Pace
from counter_app.wire import keys
from counter_app.wire.header import GENESIS, head_message, read_header
from counter_app.wire.messages import OpsReply

BATCH = 200
BYTES = "push_bytes"
"""How many bytes a batch may have, as found out so far."""
UNCLEAR = "push_unclear"
"""Entries may be at the centre whose answer never came."""
QUARANTINE = "received:QUARANTINE"
"""Stored, but the centre vouches for nothing: its figures are none of this chain's."""
_STUCK = "reopened_marks"
"""Device epoch -> the centre's count at which its chain was last sent again."""
_DURABLE = "centre_durable"
CENTRE_N, CENTRE_HEAD, CENTRE_EP = "centre_n", "centre_head", "centre_ep"
SIGNED = "signed_head"
"""The newest head this PC signed and the centre took, with its signature."""


def push(desk: Desk, client: Client, report: Report, widest: int = BATCH) -> None:
    """Send until nothing waits or an answer brings no progress, so many entries a batch at most.

    Raises:
        SyncFault: the exchange did not come about; everything unanswered waits on.
    """
    pace, budget = Pace(desk, widest), _remembered(desk)
    while batch := _cut(pace.next_batch(), budget):
        report.sent += len(batch)
        try:
            reply = client.ops([entry.op for entry in batch], chain_after(batch))
        except SyncFault as fault:
            with _noted(desk, budget, fault):
                pace.refused(batch, fault)
            continue
        budget = core.grown(budget)
        if not pace.taken(batch, progress=take_reply(desk, batch, reply, report, budget)):
            break
    pace.done()


def _remembered(desk: Desk) -> int:
    with read(desk.station) as tx:
        return core.remembered(meta.get(tx, BYTES))


def _cut(batch: list[journal.Pending], budget: int) -> list[journal.Pending]:
    """As many of the oldest as one batch of so many bytes holds."""
    sizes = [len(entry.op.header) + len(entry.op.body or "") for entry in batch]
    return batch[: core.fit(sizes, budget)]


@contextmanager
def _noted(desk: Desk, budget: int, fault: SyncFault) -> Iterator[None]:
    """Where a failed exchange ends the push, remember it for the next one.

    A disk that refuses the note is told by the round itself.
    """
    try:
        yield
    except SyncFault:
        with suppress(EnvironmentFault), write(desk.station) as tx:
            meta.put(tx, BYTES, str(core.shrunk(budget)))
            if core.is_unclear(fault.why):
                meta.put(tx, UNCLEAR, "1")
        raise


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
        acked = answers.take(tx, headers, reply.results, now)
        if not any(result.r == QUARANTINE for result in reply.results):
            chain = chain_after(batch)
            said = Standing(
                reply.epoch, reply.n_contig, reply.head, reply.durable_n, ep=chain.epoch
            )
            stand(tx, said, now, report)
            meta.put(tx, SIGNED, signed_head(desk, chain))
        else:
            _went_back(tx, reply.epoch, now, report)
        if meta.get(tx, BYTES) != str(budget):
            meta.put(tx, BYTES, str(budget))
        if meta.get(tx, UNCLEAR):
            meta.put(tx, UNCLEAR, "")
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
    ep: int = 0


def signed_head(desk: Desk, chain: Chain) -> str:
    """The head with this PC's signature, as it was sent (Ed25519 signs the same alike)."""
    who = desk.identity
    message = head_message(who.dev, chain.epoch, chain.n, chain.head)
    sig = keys.text(keys.sign(who.sign_private, message))
    return json.dumps({"ep": chain.epoch, "n": chain.n, "head": chain.head, "sig": sig})


def told(tx: ReadTx | WriteTx) -> tuple[int, str]:
    """Up to which entry the centre last said to hold everything, and the chain head there."""
    return int(meta.get(tx, CENTRE_N, "0")), meta.get(tx, CENTRE_HEAD, GENESIS)


def compare(desk: Desk, said: Standing, report: Report) -> None:
    """Take what a hello says of this chain; nothing is written where it says nothing new."""
    with read(desk.station) as tx:
        own = journal.acked_through(tx)
        durable, ep = int(meta.get(tx, _DURABLE, "0")), int(meta.get(tx, CENTRE_EP, "0"))
        known = Standing(meta.get(tx, settle.EPOCH), *told(tx), durable, ep)
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
    # what the centre counts may be the chain of a cloned disk: it says nothing of this one then
    reach = said.n_contig if journal.head_at(tx, said.n_contig) == said.head else 0
    if (known and known != said.epoch) or (
        reach == said.n_contig and _send_again(tx, said, behind=behind)
    ):
        report.rolled_back += settle.go_back(tx, reach, now)
    if reach == said.n_contig:
        journal.mark_durable(tx, min(said.durable_n, own))
    meta.put(tx, settle.EPOCH, said.epoch)
    meta.put(tx, CENTRE_N, str(said.n_contig))
    meta.put(tx, CENTRE_HEAD, said.head)
    meta.put(tx, CENTRE_EP, str(said.ep))
    meta.put(tx, _DURABLE, str(said.durable_n))
    report.n_contig, report.centre_head = said.n_contig, said.head


def _send_again(tx: WriteTx, said: Standing, *, behind: bool) -> bool:
    """Whether what the centre doesn't count goes out once more: once for each count of each device epoch.

    A chain that can never count on (a number the centre had to refuse, or another disk's entry under it)
    is not sent for ever, whatever a newer epoch's chain does meanwhile.
    """
    marks = json.loads(meta.get(tx, _STUCK) or "{}")
    ep, mark = str(said.ep), f"{said.epoch}:{said.n_contig}"
    if marks.get(ep) == mark:
        return False
    if not behind and not marks.get(ep):
        return False
    marks[ep] = mark if behind else ""
    meta.put(tx, _STUCK, json.dumps(marks))
    return behind
