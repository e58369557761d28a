"""Pages that came, until they are worth a transaction: every commit writes the pages of the indexes anew (SYNC §6)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from counter_app.store import feed_rows, reference
from counter_app.store.reference import Cursor
from counter_app.store.roomy import roomy
from counter_app.store.transaction import write
from counter_app.sync import apply, faults
from counter_app.sync.desk import Desk, Report
from counter_app.sync.faults import SyncFault
from counter_app.wire.messages import FeedHead

WAIT_MS = 2000
"""On a slow line a page is worth more than a transaction: a kill may cost this much of the way, and no more."""


class Restart(Exception):
    """The cursor means nothing to the centre any more: fill again."""


class Gathered:
    """Checked rows of one feed with the cursor behind them; both are written in one transaction.

    Attributes:
        at: up to where the feed came, written or not.
    """

    def __init__(self, desk: Desk, at: Cursor, report: Report) -> None:
        self.at = at
        self._desk, self._report = desk, report
        self._rows: list[apply.Row] = []
        self._lines, self._came = 0, False
        self._since = desk.clock.now_ms()

    def take(self, data: bytes) -> int:
        """A frame; the feed's newest number by its head.

        Raises:
            SyncFault: it is none, or rows between are missing.
            Restart: it is of another epoch, or of a centre that went back.
        """
        head, lines = apply.open_frame(data, self.at.feed)
        if head.epoch != self.at.epoch or head.newest < self.at.seq:
            raise Restart
        if head.since > self.at.seq:
            raise SyncFault(faults.SERVER, "gap")
        if head.to > self.at.seq:
            self._keep(head, lines)
        self._came = True
        if self._desk.clock.now_ms() - self._since >= WAIT_MS:
            self.write()
        return head.newest

    def _keep(self, head: FeedHead, lines: list[bytes]) -> None:
        moved = replace(self.at, seq=head.to, cols=head.cols)
        rows = checked(self._desk, moved.feed, (head, lines), self._report)
        if self._rows and (
            head.cols != self.at.cols
            or len(self._rows) + len(rows) > apply.WRITTEN
            or self._come_back(head, rows)
        ):
            self.write()
        self._rows += rows
        self._lines += len(lines)
        self.at = moved

    def _come_back(self, head: FeedHead, rows: list[apply.Row]) -> bool:
        """Whether a row lives that a page before took out: in one transaction what is dead is taken out last."""
        dead = {tuple(row[1:]) for row in self._rows if row[0] is None}
        if not dead:
            return False
        places = [head.cols.index(name) for name in feed_rows.key_columns(self.at.feed)]
        return any(
            tuple(row[place] for place in places) in dead for row in rows if row[0] is not None
        )

    def write(self) -> None:
        """Into reference.db, the cursor with the last rows; nothing where no page came since."""
        if not self._came:
            return
        last = max(len(self._rows) - 1, 0) // apply.WRITTEN * apply.WRITTEN
        for start in range(0, last, apply.WRITTEN):
            write_part(self._desk, self.at, self._rows[start : start + apply.WRITTEN])
        write_part(self._desk, self.at, self._rows[last:], moved=True)
        if self._lines:
            self._report.count(self.at.feed, self._lines)
        self._rows, self._lines, self._came = [], 0, False
        self._since = self._desk.clock.now_ms()


@contextmanager
def gathering(desk: Desk, at: Cursor, report: Report) -> Iterator[Gathered]:
    """Pages from a cursor on; what came is written also where the way ends in a fault of the exchange."""
    came = Gathered(desk, at, report)
    try:
        yield came
    except (SyncFault, Restart):
        came.write()
        raise
    came.write()


def checked(
    desk: Desk, feed: str, frame: tuple[FeedHead, list[bytes]], report: Report
) -> list[apply.Row]:
    """The rows of a frame that may be written; what is kept out is told in the report.

    Raises:
        SyncFault: a row is not of the feed's shape.
    """
    found: list[apply.Row] = []
    for part in apply.checked(feed, frame, desk.identity.centre_sign_key):
        report.refused.extend(part.refused)
        found += part.rows
    return found


def write_part(desk: Desk, at: Cursor, rows: list[apply.Row], *, moved: bool = False) -> None:
    """Rows in a transaction, with the cursor behind them where `moved`."""
    with write(desk.reference) as tx, roomy(tx):
        apply.write_rows(tx, at.feed, at.cols, rows)
        if moved:
            now = desk.clock.now_ms()
            reference.put_cursor(tx, replace(at, boot_done=True, pulled_at=now))
