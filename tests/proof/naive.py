"""Stations that do it wrong, each in one way: the harness must find every one of them out."""

import contextlib
from collections.abc import Iterator

import httpx
import pytest

from counter_app.kernel.ids import uuid7
from counter_app.store import feed_cursors, journal
from counter_app.store.feed_cursors import FeedCursor
from counter_app.store.transaction import write
from counter_app.sync import apply, cycle, pull_station, push
from counter_app.sync.client import Client
from counter_app.sync.desk import Desk, Report
from counter_app.sync.isolate import Pace
from counter_app.wire.header import GENESIS, head_of, read_header
from counter_app.wire.messages import FeedHead


def new_id_per_try(desk: Desk, under: httpx.BaseTransport) -> Report:
    """Ids made at send time: what was sent before is sent under another id."""
    with write(desk.station) as tx:
        waiting = journal.pending(tx, 50)
        if any(entry.tries for entry in waiting):
            _rename(tx, waiting)
        journal.postpone(tx, journal.tip(tx).n, 0)
    return cycle.run_once(desk, under)


def _rename(tx: object, waiting: list[journal.Pending]) -> None:
    row = tx.exec_driver_sql("select head from journal where n = ?", (waiting[0].n - 1,)).first()
    prev = row[0] if row else GENESIS
    # children before parents: the bodies point at the journal
    tx.exec_driver_sql("pragma defer_foreign_keys = on")
    for entry in waiting:
        op_id = uuid7(1_800_000_000_000)
        old = read_header(entry.op.header)
        header = entry.op.header.replace(entry.op_id, op_id).replace(old.prev, prev)
        prev = head_of(header)
        tx.exec_driver_sql("update body set op_id = ? where op_id = ?", (op_id, entry.op_id))
        values = (op_id, header, prev, entry.n)
        tx.exec_driver_sql("update journal set op_id = ?, header = ?, head = ? where n = ?", values)
        tx.exec_driver_sql("update case_file set op_id = ? where op_id = ?", (op_id, entry.op_id))


@contextlib.contextmanager
def cursor_before_data() -> Iterator[None]:
    """The cursor is written, then the rows, each in a transaction of its own."""

    def backwards(
        desk: Desk,
        at: FeedCursor,
        frame: tuple[FeedHead, list[bytes]],
        take: pull_station.Taker,
        report: Report,
    ) -> FeedCursor:
        head, lines = frame
        if head.to <= at.seq and at.epoch:
            return at
        moved = FeedCursor(at.feed, head.epoch, head.to)
        with write(desk.station) as tx:
            feed_cursors.put(tx, moved)
        with write(desk.station) as tx:
            for rows in apply.slices(lines):
                for row in rows:
                    pull_station._take(tx, head, row, take, report)
        return moved

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pull_station, "_apply", backwards)
        yield


@contextlib.contextmanager
def settled_by_status() -> Iterator[None]:
    """Whatever answers 200 has taken the entries, whoever it was."""

    def trusting(desk: Desk, client: Client, report: Report) -> None:
        batch = Pace(desk, push.BATCH).next_batch()
        report.sent += len(batch)
        if not batch:
            return
        with pytest.MonkeyPatch.context() as patch:
            statuses: list[int] = []

            def look(reply: httpx.Response, body: bytes) -> None:
                statuses.append(reply.status_code)

            patch.setattr("counter_app.sync.transport._judge", look)
            with contextlib.suppress(Exception):
                client.ops([e.op for e in batch], push.chain_after(batch))
        if statuses == [200]:
            with write(desk.station) as tx:
                for entry in batch:
                    journal.ack(tx, entry.op_id, "accepted")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(push, "push", trusting)
        yield
