"""What is answered to one stored entry."""

import sqlalchemy as sa

from counter_app.central import roster
from counter_app.central.devices import Device
from counter_app.central.ops import chain, keep
from counter_app.central.ops.bench import Bench
from counter_app.central.ops.entry import Entry
from counter_app.central.ops.process import SCHEMA, UNJUDGED, explain, process
from counter_app.central.ops.ruling import RECEIVED, Ruling, refused
from counter_app.wire.messages import OpResult


def judge_entry(bench: Bench, device: Device, entry: Entry) -> OpResult:
    """Judge an entry that is stored and vouched for; one of a second branch goes into quarantine."""
    if chain.forked(bench.tx, entry):
        keep.set_apart(bench.tx, entry.header.id, chain.FORKED)
        return OpResult(id=entry.header.id, r=chain.FORKED)
    return judge_branch(bench, device, entry)


def judge_branch(bench: Bench, device: Device, entry: Entry) -> OpResult:
    """Judge an entry whichever branch it is of, and remember the answer."""
    ruling = _safely(bench, device, entry)
    if ruling.kind == "rejected" and ruling.code in UNJUDGED:
        explain(bench, device, entry, ruling)
    keep.set_result(bench.tx, entry.header.id, ruling.result)
    return OpResult(id=entry.header.id, r=ruling.result, text=ruling.text)


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
