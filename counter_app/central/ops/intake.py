"""The entries of one batch: stored, told apart, judged."""

from dataclasses import dataclass
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from counter_app.central import devices
from counter_app.central.centre import Centre
from counter_app.central.devices import Device
from counter_app.central.ops import chain, keep
from counter_app.central.ops.bench import Bench
from counter_app.central.ops.entry import NET, QUARANTINE, Entry, vouched
from counter_app.central.ops.judge_entry import Judge
from counter_app.central.ops.keep import Source
from counter_app.central.ops.process import OVERTAKEN, SCHEMA
from counter_app.wire.header import Op
from counter_app.wire.messages import OpResult

_QUARANTINED = "received:QUARANTINE"
_NEW = "new"


class Claim(NamedTuple):
    """What the device says its chain's head is, and its signature."""

    ep: int
    n: int
    head: str
    sig: str


@dataclass(frozen=True, slots=True)
class Intake:
    """One batch inside its transaction; `device` is None where nobody knows the sender."""

    centre: Centre
    tx: sa.Connection
    name: str
    device: Device | None
    claim: Claim
    road: str = NET

    @property
    def trusted(self) -> Device | None:
        """The sender, if its entries may be judged: enrolled and not expired."""
        if self.device is None or self.device.standing(self.centre) != devices.ENROLLED:
            return None
        return self.device

    def odd(self, op: Op) -> OpResult:
        """Keep an entry that cannot be read as one."""
        keep.keep_odd(self.tx, self.name, op, SCHEMA, self.centre.clock.now_ms())
        return OpResult(id="", r=f"rejected:{SCHEMA}", text="no readable header")

    def take(self, entries: list[Entry]) -> dict[str, OpResult]:
        """Store and judge; answers by the entry's hash."""
        own = [e for e in entries if e.header.dev == self.name]
        answers = {
            e.sha: self._strange(e, f"rejected:{SCHEMA}", "another device's entry")
            for e in entries
            if e.header.dev != self.name
        }
        sure = self._vouched(own) if self.device is not None else set()
        answers |= self._store(
            [e for e in own if e.sha not in sure], self._source(None, QUARANTINE)
        )
        answers |= self._judge([e for e in own if e.sha in sure])
        return answers

    def _vouched(self, entries: list[Entry]) -> set[str]:
        sure = vouched(entries, self.claim.head, {})
        if len(sure) == len({e.sha for e in entries}):
            return sure
        # late ones are named by successors that came before them
        numbers = [e.header.n for e in entries]
        known = chain.predecessors(self.tx, self.name, numbers)
        return vouched(entries, self.claim.head, known)

    def _source(self, head_id: int | None, via: str) -> Source:
        return Source(head_id, via, self.centre.clock.now_ms())

    def _judge(self, entries: list[Entry]) -> dict[str, OpResult]:
        """Entries the signed head vouches for; those of a sender without standing wait for people."""
        if not entries:
            return {}
        device = self.trusted
        head_id = chain.remember_head(self.tx, self.name, self.claim, self.centre.clock.now_ms())
        answers = self._store(entries, self._source(head_id, self.road if device else QUARANTINE))
        new = [e for e in entries if answers[e.sha].r == _NEW]
        if device is None or not new:
            return answers
        branches = chain.Branches(self.tx, self.name, new)
        judge = Judge(Bench.open(self.centre, self.tx), device, branches)
        for entry in sorted(new, key=lambda e: (e.header.n, e.header.ep)):
            if answers[entry.sha].r == _NEW:
                answers[entry.sha] = judge.judge(entry)
        judge.close()
        return answers

    def _store(self, entries: list[Entry], source: Source) -> dict[str, OpResult]:
        if not entries:
            return {}
        firsts = {e.header.id: e for e in reversed(entries)}
        fresh = keep.keep(self.tx, list(firsts.values()), source)
        # only where an id was there already somebody has to look whose it is
        before = keep.stored(self.tx, [op_id for op_id in firsts if op_id not in fresh])
        before |= {op_id: keep.Stored(firsts[op_id].sha, source.via) for op_id in fresh}
        new = {firsts[op_id].sha for op_id in fresh}
        first = OpResult(id="", r=_QUARANTINED if source.via == QUARANTINE else _NEW)
        return {
            e.sha: msgspec.structs.replace(first, id=e.header.id)
            if e.sha in new
            else self._told_apart(e, before, source)
            for e in entries
        }

    def _told_apart(self, entry: Entry, before: dict[str, keep.Stored], source: Source) -> OpResult:
        op_id = entry.header.id
        if op_id not in before:
            return OpResult(id=op_id, r=f"rejected:{SCHEMA}", text="a number is out of range")
        sha, via, result = before[op_id]
        if sha != entry.sha:
            return self._strange(entry, "id_reused", "the id belongs to another entry")
        if via != QUARANTINE:
            # no decision tells it: whose first answer nobody read must still hear of it
            return OpResult(id=op_id, r=result if result == OVERTAKEN else "duplicate")
        if source.head_id is not None:
            keep.release(self.tx, entry, source)
        return OpResult(id=op_id, r=_QUARANTINED if source.via == QUARANTINE else _NEW)

    def _strange(self, entry: Entry, result: str, why: str) -> OpResult:
        keep.keep_odd(self.tx, self.name, entry.op, result, self.centre.clock.now_ms())
        return OpResult(id=entry.header.id, r=result, text=why)
