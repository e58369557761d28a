"""The entries of one batch: stored, told apart, judged."""

from dataclasses import dataclass
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from counter_app.central import devices, roster
from counter_app.central.centre import Centre
from counter_app.central.devices import Device
from counter_app.central.ops import chain, keep
from counter_app.central.ops.bench import Bench
from counter_app.central.ops.entry import Entry, vouched
from counter_app.central.ops.keep import NET, QUARANTINE, Source
from counter_app.central.ops.process import SCHEMA, UNJUDGED, explain, process
from counter_app.central.ops.ruling import RECEIVED, Ruling, refused
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

    @property
    def trusted(self) -> Device | None:
        """The sender, if it is enrolled and not revoked."""
        if self.device is None or self.device.state != devices.ENROLLED:
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
        sure = self._vouched(own) if self.trusted else set()
        strangers = [e for e in own if e.sha not in sure]
        answers |= self._store(strangers, Source(None, QUARANTINE, self.centre.clock.now_ms()))
        answers |= self._judge([e for e in own if e.sha in sure])
        return answers

    def _vouched(self, entries: list[Entry]) -> set[str]:
        numbers = [e.header.n for e in entries]
        known = chain.predecessors(self.tx, self.name, numbers)
        return vouched(entries, self.claim.head, known)

    def _judge(self, entries: list[Entry]) -> dict[str, OpResult]:
        device = self.trusted
        if device is None or not entries:
            return {}
        head_id = chain.remember_head(self.tx, self.name, self.claim, self.centre.clock.now_ms())
        answers = self._store(entries, Source(head_id, NET, self.centre.clock.now_ms()))
        bench = Bench.open(self.centre, self.tx)
        for entry in sorted(entries, key=lambda e: (e.header.n, e.header.ep)):
            if answers[entry.sha].r == _NEW:
                answers[entry.sha] = self._one(bench, device, entry)
        return answers

    def _one(self, bench: Bench, device: Device, entry: Entry) -> OpResult:
        if chain.forked(self.tx, entry):
            keep.set_result(self.tx, entry.header.id, chain.FORKED)
            return OpResult(id=entry.header.id, r=chain.FORKED)
        ruling = _safely(bench, device, entry)
        if ruling.kind == "rejected" and ruling.code in UNJUDGED:
            explain(bench, device, entry, ruling)
        keep.set_result(self.tx, entry.header.id, ruling.result)
        return OpResult(id=entry.header.id, r=ruling.result, text=ruling.text)

    def _store(self, entries: list[Entry], source: Source) -> dict[str, OpResult]:
        before = keep.stored(self.tx, [e.header.id for e in entries])
        firsts = {e.header.id: e for e in reversed(entries)}
        fresh = keep.keep(self.tx, list(firsts.values()), source)
        before |= {op_id: (firsts[op_id].sha, source.via) for op_id in fresh}
        new = {firsts[op_id].sha for op_id in fresh}
        first = OpResult(id="", r=_NEW if source.via == NET else _QUARANTINED)
        return {
            e.sha: msgspec.structs.replace(first, id=e.header.id)
            if e.sha in new
            else self._told_apart(e, before, source)
            for e in entries
        }

    def _told_apart(
        self, entry: Entry, before: dict[str, tuple[str, str]], source: Source
    ) -> OpResult:
        op_id = entry.header.id
        if op_id not in before:
            return OpResult(id=op_id, r=f"rejected:{SCHEMA}", text="a number is out of range")
        sha, via = before[op_id]
        if sha != entry.sha:
            return self._strange(entry, "id_reused", "the id belongs to another entry")
        if via == QUARANTINE and source.via == NET:
            keep.release(self.tx, entry, source)
            return OpResult(id=op_id, r=_NEW)
        return OpResult(id=op_id, r="duplicate" if via == NET else _QUARANTINED)

    def _strange(self, entry: Entry, result: str, why: str) -> OpResult:
        keep.keep_odd(self.tx, self.name, entry.op, result, self.centre.clock.now_ms())
        return OpResult(id=entry.header.id, r=result, text=why)


def _safely(bench: Bench, device: Device, entry: Entry) -> Ruling:
    """Judge one entry. What cannot be read is refused, what a rule stumbles over waits for people.

    Either way it takes nothing else of the batch with it, so that no entry stops a station's queue.
    """
    try:
        with bench.tx.begin_nested():
            return process(bench, device, entry)
    except roster.BrokenRow:
        return refused("UNKNOWN_PERSON")
    except (ValueError, LookupError, sa.exc.DataError):
        return refused(SCHEMA)
    except (ArithmeticError, AttributeError, TypeError) as error:
        now = bench.centre.clock.now_ms()
        keep.keep_odd(bench.tx, device.dev, entry.op, f"unjudged: {type(error).__name__}", now)
        return RECEIVED
