"""After an exchange that broke off: which entries the centre has, so that they need not go again."""

from counter_app.store import journal, meta
from counter_app.store.transaction import read, write
from counter_app.sync import answers, faults, push
from counter_app.sync.client import Client
from counter_app.sync.desk import Desk, Report
from counter_app.sync.faults import SyncFault
from counter_app.sync.transport import decode
from counter_app.wire.messages import HaveReply, OpResult

MOST = 500


def is_unclear(desk: Desk) -> bool:
    """Whether entries may be at the centre whose answer never came."""
    with read(desk.station) as tx:
        return meta.get(tx, push.UNCLEAR) == "1"


def ask_known(desk: Desk, client: Client, report: Report) -> None:
    """Ask for the oldest waiting entries, and settle those that arrived.

    Raises:
        SyncFault: the exchange did not come about.
    """
    with read(desk.station) as tx:
        waiting = journal.pending(tx, MOST)
    known = known_there(client, [(entry.op_id, entry.head) for entry in waiting]) or []
    # an older centre has no such call: everything is sent again, which is as safe
    there = [entry for entry, has in zip(waiting, known, strict=False) if has]
    now = desk.clock.now_ms()
    with write(desk.station) as tx:
        headers = {entry.op_id: entry.op.header for entry in there}
        found = [OpResult(id=op_id, r="duplicate") for op_id in headers]
        report.acked += answers.take(tx, headers, found, now)
        if there:
            meta.put(tx, push.SIGNED, push.signed_head(desk, push.chain_after(there)))
        meta.put(tx, push.UNCLEAR, "")
    if report.acked:
        report.changed.add("ops")


def known_there(client: Client, entries: list[tuple[str, str]]) -> list[bool] | None:
    """Which of these (id, chain head) the centre has; None where it knows no such call.

    Raises:
        SyncFault: the exchange did not come about.
    """
    body = client.ask("/ops:have", [[op_id, head[:16]] for op_id, head in entries])
    if body is None:
        return None
    known = decode(body, HaveReply).known
    if len(known) != len(entries):
        raise SyncFault(faults.SERVER, "bad_reply")
    return [letter == "1" for letter in known]
