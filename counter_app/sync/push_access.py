"""Up, once a day: what is new in the access log. The centre's answer alone moves the cursor."""

from counter_app.kernel.clock import today
from counter_app.store import access_sending
from counter_app.store.transaction import read, write
from counter_app.sync import faults
from counter_app.sync.client import Chain, Client
from counter_app.sync.desk import Desk, Report
from counter_app.sync.faults import SyncFault
from counter_app.wire.batch import pack_lines
from counter_app.wire.messages import AccessReply

ROWS = 2000
LATER_MS = 3600 * 1000
_BUSY = frozenset({faults.SERVER, faults.REFUSED})


def push_access(desk: Desk, client: Client, report: Report) -> None:
    """Send today's share, if it is still to be sent; a centre that can't take it is asked again in an hour.

    Raises:
        SyncFault: the network or the PC's standing is at fault, as with any call.
    """
    day, now = today(desk.clock).isoformat(), desk.clock.now_ms()
    with read(desk.station) as tx:
        if not access_sending.due(tx, day, now):
            return
    try:
        _send(desk, client, report)
    except SyncFault as fault:
        if fault.why not in _BUSY:
            raise
        with write(desk.station) as tx:
            access_sending.postpone(tx, now + LATER_MS)
        return
    with write(desk.station) as tx:
        access_sending.done_for(tx, day)


def _send(desk: Desk, client: Client, report: Report) -> None:
    """Until the centre has all of it, or an answer brings nothing new."""
    seen: set[tuple[int, int]] = set()
    while True:
        with read(desk.station) as tx:
            rows = access_sending.next_rows(tx, access_sending.sent(tx), ROWS)
        if rows is None or (rows.epoch, rows.first) in seen:
            return
        seen.add((rows.epoch, rows.first))
        body = pack_lines(list(rows.texts))
        _take(desk, client.access(body, Chain(rows.epoch, rows.last, rows.head)))
        report.looks += len(rows.texts)


def _take(desk: Desk, reply: AccessReply) -> None:
    with write(desk.station) as tx:
        if reply.forked_at:
            # another PC writes under this name: from there on these rows are an epoch of their own
            access_sending.begin_epoch(tx, reply.forked_at)
            access_sending.note_sent(tx, reply.forked_at - 1)
        else:
            access_sending.note_sent(tx, reply.k_contig)
