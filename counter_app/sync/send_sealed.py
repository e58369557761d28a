"""One round with nobody logged in: sealed entries go to the centre, oldest first, its receipts lie beside them.

No database is opened and no entry is settled here: the next log-in sends the same entries by the usual way
and gets `duplicate`. A receipt only saves sending a file twice, so it counts in the centre's epoch it is of.
"""

from dataclasses import dataclass
from pathlib import Path

import httpx

from counter_app.kernel.clock import Clock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import outgoing
from counter_app.store.outgoing import Receipt, SealedEntry
from counter_app.store.profile import ProfileLock
from counter_app.sync import core, faults, resolve
from counter_app.sync.client import Door
from counter_app.sync.desk import Report
from counter_app.sync.faults import SyncFault
from counter_app.sync.sealed_client import SealedClient

IDLE_S = 300
"""Where all is sent there is only to be learnt whether the centre went back in time."""
ELSEWHERE = "elsewhere"
"""Another process of this PC is sending just now."""
PATIENCE = 3
"""So many files that came to nothing, and none taken: the centre is ill, not the files."""
_PASSES = 2
"""A second one only finds something where the first one learnt of another epoch."""
_BROKEN = frozenset({"bundle", "chain_signature"})
"""The centre's codes for bytes it will never take: sealed anew at the next log-in."""
_THIS_FILE = frozenset({faults.SERVER, faults.REFUSED})
_NO_KEY = frozenset({"signature", "unknown_device", "no_send_key"})


@dataclass(frozen=True, slots=True)
class Sender:
    """A profile nobody has opened: its folder, and the door with the sending key (b"": none yet)."""

    folder: Path
    door: Door
    clock: Clock


def send_sealed(sender: Sender, under: httpx.BaseTransport | None = None) -> Report:
    """Send every file that has no receipt of the centre's present epoch; faults are in the report."""
    report = Report(poll_after=IDLE_S)
    if not (sender.folder / outgoing.FOLDER).is_dir():
        return report
    lock = ProfileLock(sender.folder / outgoing.FOLDER)
    try:
        if not lock.acquire():
            report.why = report.code = ELSEWHERE
            return report
        with SealedClient(sender.door, sender.clock, under=under) as client:
            going = _Round(sender, client, report)
            try:
                going.run()
            finally:
                report.pending = going.left()
    except SyncFault as fault:
        report.why, report.code = fault.why, fault.code
        report.retry_after_ms = fault.retry_after_ms
    except EnvironmentFault as fault:
        report.why = report.code = fault.code
    finally:
        lock.release()
    return report


class _Round:
    def __init__(self, sender: Sender, client: SealedClient, report: Report) -> None:
        self._sender, self._client, self._report = sender, client, report
        self._epoch = ""
        self._failed: set[Path] = set()
        self._last: SyncFault | None = None

    def run(self) -> None:
        """All that wait, in their order; told another epoch in between, what was sent before goes again."""
        self._epoch = self._ask()
        for _ in range(_PASSES):
            for one in self._waiting():
                self._one(one)
        if self._last is not None:
            raise self._last

    def left(self) -> int:
        """How many files have no receipt that counts."""
        return sum(not self._settled(one) for one in outgoing.listed(self._sender.folder))

    def _ask(self) -> str:
        """The centre's epoch, by the sending key; "" where it does not say it on this key's word."""
        if not self._sender.door.sign_private:
            return ""
        try:
            sent = self._client.sent()
        except SyncFault as fault:
            if fault.why == faults.AUTH and fault.code not in _NO_KEY:
                # it gives this PC nothing any more, and takes what it brings all the same
                self._report.code = fault.code
                return fault.epoch
            if fault.why in core.PUSH_ANYWAY | _THIS_FILE:
                return ""
            raise
        return sent.epoch

    def _waiting(self) -> list[SealedEntry]:
        return [
            one
            for one in outgoing.listed(self._sender.folder)
            if one.path not in self._failed and not self._settled(one)
        ]

    def _settled(self, one: SealedEntry) -> bool:
        if one.refused:
            return True
        receipt = outgoing.receipt_of(one) if one.receipt else None
        return receipt is not None and self._epoch in {"", receipt.epoch}

    def _one(self, one: SealedEntry) -> None:
        data = outgoing.content(one)
        if data is None:
            self._failed.add(one.path)
            return
        self._report.sent += 1
        try:
            self._take(one, data)
        except SyncFault as fault:
            if fault.code in _BROKEN:
                outgoing.refuse(one, fault.code)
                self._report.refused.append(one.path.name)
            elif fault.why in _THIS_FILE and not fault.retry_after_ms:
                self._set_apart(one, fault)
            else:
                raise

    def _take(self, one: SealedEntry, data: bytes) -> None:
        reply = self._client.courier(data)
        word = next((result.r for result in reply.results if result.id == one.op_id), "")
        if not resolve.is_answer(word):
            raise SyncFault(faults.SERVER, "unanswered")
        outgoing.receive(one, Receipt(reply.epoch, word, self._sender.clock.now_ms()))
        self._epoch = reply.epoch
        self._report.acked += 1
        self._report.changed.add("sealed")
        self._last = None

    def _set_apart(self, one: SealedEntry, fault: SyncFault) -> None:
        """One bad file holds up no other; it is tried again in the next round."""
        self._failed.add(one.path)
        self._last = fault
        if len(self._failed) >= PATIENCE and not self._report.acked:
            raise fault
