"""One bad entry never holds up the next: what the centre cannot take is halved until it stands alone.

An entry turned away alone goes after all others and waits for a moment of its own; the entries after it
are stored with a gap before them (SYNC §1). Nothing is ever given up: it is tried again for ever.
"""

from counter_app.store import journal, meta, sending
from counter_app.store.transaction import read, write
from counter_app.sync import backoff, faults
from counter_app.sync.desk import Desk
from counter_app.sync.faults import SyncFault
from counter_app.wire.header import read_header

PATIENCE = 3
"""So many entries turned away alone, and none taken: the centre is ill, not the entries."""
UNANSWERED = "unanswered"
"""The centre said nothing of the entry, or a word this program does not know."""
_WIDTH = "push_width"
_OF_THE_BATCH = frozenset({faults.SERVER, faults.REFUSED})
"""Faults that may be one entry's; all others concern the exchange, whatever was in it."""


class Pace:
    """How wide the next batch is, and what was set apart in this push."""

    def __init__(self, desk: Desk, widest: int) -> None:
        self._desk, self._widest = desk, widest
        with read(desk.station) as tx:
            told = meta.get(tx, _WIDTH)
        self._kept = int(told) if told.isdigit() else widest
        self._width = max(1, min(self._kept, widest))
        self._apart: set[int] = set()
        self._took = False
        self._alone = 0
        self._last: SyncFault | None = None

    def next_batch(self) -> list[journal.Pending]:
        """The oldest entries in line, unbroken and of one device epoch; after them those sent apart."""
        with read(self._desk.station) as tx:
            waiting = sending.in_line(tx, self._width)
            if not waiting:
                now = self._desk.clock.now_ms()
                if not self._patient():
                    return []
                return sending.apart(tx, now, backoff.LONGEST_MS, self._apart)
        return _unbroken(waiting)

    def refused(self, batch: list[journal.Pending], fault: SyncFault) -> None:
        """The exchange failed.

        Raises:
            SyncFault: it is not the entries' matter, or the centre takes nothing at all.
        """
        wandering = self._is_apart(batch)
        if fault.why == faults.NETWORK:
            # a line that breaks, or an entry at which the centre itself dies: narrower next time
            self._narrow(batch, fault)
            self._keep()
            if wandering:
                self._alone = PATIENCE
                return
            raise fault
        if fault.why not in _OF_THE_BATCH or fault.retry_after_ms:
            raise fault
        self._narrow(batch, fault)
        if self._alone >= PATIENCE and not self._took and not wandering:
            raise fault

    def taken(self, batch: list[journal.Pending], *, progress: bool) -> bool:
        """The centre answered; False where it goes nowhere and the rest waits for the next round."""
        if progress:
            self._took, self._alone = True, 0
            self._width = min(self._width * 2, self._widest)
            with read(self._desk.station) as tx:
                left = sending.still_waiting(tx, [entry.n for entry in batch])
            for n in left:
                self._set_apart(n, UNANSWERED)
            return True
        self._narrow(batch, None)
        return self._patient()

    def done(self) -> None:
        """Nothing is left to send now.

        Raises:
            SyncFault: entries were turned away and not one was taken: the centre is ill.
        """
        self._keep()
        if self._last is not None and not self._took:
            raise self._last

    def _patient(self) -> bool:
        return self._took or self._alone < PATIENCE

    def _is_apart(self, batch: list[journal.Pending]) -> bool:
        with read(self._desk.station) as tx:
            return sending.times_alone(tx, batch[0].n) > 0

    def _narrow(self, batch: list[journal.Pending], fault: SyncFault | None) -> None:
        if len(batch) > 1:
            self._width = len(batch) // 2
            return
        known = self._is_apart(batch)
        self._alone += 1
        if fault is not None and not known and fault.why != faults.NETWORK:
            self._last = fault
        self._set_apart(batch[0].n, fault.why if fault else UNANSWERED)

    def _set_apart(self, n: int, why: str) -> None:
        """The first time it is only put behind the others; from the second on it waits longer and longer.

        Where the line broke it is tried with every round: once the line is well, it must go at once.
        """
        self._apart.add(n)
        with write(self._desk.station) as tx:
            times = sending.times_alone(tx, n)
            waits = times > 0 and why != faults.NETWORK
            next_at = self._desk.clock.now_ms() + backoff.ceiling_ms(times) if waits else 0
            sending.set_apart(tx, n, sending.Fared(why, times + 1), next_at)

    def _keep(self) -> None:
        """A width found on a bad line holds for the next round."""
        if self._width != self._kept:
            with write(self._desk.station) as tx:
                meta.put(tx, _WIDTH, str(self._width))
            self._kept = self._width


def _unbroken(waiting: list[journal.Pending]) -> list[journal.Pending]:
    """The first run of one epoch without a gap: the signed head vouches backwards, link by link."""
    first = waiting[0]
    epoch = read_header(first.op.header).ep
    run = [first]
    for entry in waiting[1:]:
        if entry.n != run[-1].n + 1 or read_header(entry.op.header).ep != epoch:
            break
        run.append(entry)
    return run
