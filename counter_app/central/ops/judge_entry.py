"""What is answered to stored entries."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from counter_app.central import roster
from counter_app.central.devices import Device
from counter_app.central.ops import chain, keep
from counter_app.central.ops.bench import Bench
from counter_app.central.ops.entry import Entry
from counter_app.central.ops.process import SCHEMA, UNJUDGED, explain, process
from counter_app.central.ops.ruling import RECEIVED, Ruling, refused
from counter_app.wire.messages import OpResult

_STUMBLES = (
    ArithmeticError,
    AttributeError,
    TypeError,
    RuntimeError,
    sa.exc.IntegrityError,
    sa.exc.ProgrammingError,
    sa.exc.InternalError,
)
"""Faults of a rule, not of the entry. A lost connection or a deadlock is neither: the batch comes again."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges entries of one device that are stored and vouched for; `close` remembers the answers."""

    bench: Bench
    device: Device
    branches: chain.Branches
    answers: dict[str, str] = field(default_factory=dict)

    def judge(self, entry: Entry) -> OpResult:
        """The answer to one entry; one of a second branch goes into quarantine."""
        if self.branches.forked(entry):
            self.answers[entry.header.id] = chain.FORKED
            return OpResult(id=entry.header.id, r=chain.FORKED)
        return self.judge_branch(entry)

    def judge_branch(self, entry: Entry) -> OpResult:
        """The answer to one entry, whichever branch it is of."""
        op_id = entry.header.id
        ruling = _safely(self.bench, self.device, entry)
        if ruling.kind == "rejected" and ruling.code in UNJUDGED:
            explain(self.bench, self.device, entry, ruling)
        self.answers[op_id] = ruling.result
        return OpResult(id=op_id, r=ruling.result, text=ruling.text)

    def close(self) -> None:
        """Write the answers down, all at once."""
        keep.set_results(self.bench.tx, self.answers)
        forked = [op_id for op_id, answer in self.answers.items() if answer == chain.FORKED]
        keep.set_apart(self.bench.tx, forked)


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
    except _STUMBLES as error:
        now = bench.centre.clock.now_ms()
        keep.keep_odd(bench.tx, device.dev, entry.op, f"unjudged: {type(error).__name__}", now)
        return RECEIVED
