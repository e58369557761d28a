"""Down: the feeds of reference.db. A first filling by frames, later changes by the feed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from operator import itemgetter

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import feed_indexes, feed_rows, meta, reference
from counter_app.store.reference import Cursor
from counter_app.store.roomy import roomy
from counter_app.store.transaction import read, write
from counter_app.sync import apply, core
from counter_app.sync.client import FRAME_CHANGED, Client
from counter_app.sync.desk import Desk, Report
from counter_app.sync.faults import SyncFault
from counter_app.sync.gather import Restart, checked, gathering, write_part
from counter_app.wire.messages import FrameRef

ROWS = "pull_rows"
"""How many rows a page may have: a line that is cut again and again gets no large page through."""
GONE = "cursor_gone"
Progress = Callable[[str, int, int], None]
"""(feed, rows so far, rows in all)"""


def feeds_of(desk: Desk) -> list[str]:
    """The feeds of reference.db, what the window needs first in front."""
    who = desk.identity
    areas = sorted(who.scopes)
    return [
        "control",
        "codes",
        "policy",
        "keys",
        "hospitals",
        f"clerks.{who.station.code}",
        *(f"households.{area}" for area in areas),
        *(f"persons.{area}" for area in areas),
        *(f"filings.{area}" for area in areas),
        *sorted({f"bills.{area[:6]}" for area in areas}),
    ]


def unheard(feed: str, done: int, total: int) -> None:
    """Nobody listens to the progress."""


def nothing() -> None:
    """Nobody has anything to do between two frames."""


def never() -> bool:
    """Nothing is more urgent."""
    return False


@dataclass(frozen=True, slots=True)
class Watch:
    """Who listens to a first filling's progress, and what is more urgent.

    `urgent` ends a feed between two pages. A filling would have to begin anew for it: there `between` is
    called after each frame, and what waits goes out meanwhile.
    """

    progress: Progress = unheard
    urgent: Callable[[], bool] = never
    between: Callable[[], None] = nothing


def pull_feed(desk: Desk, client: Client, feed: str, report: Report, watch: Watch) -> bool:
    """Bring one feed to the centre's newest row; False where it stopped between pages for what is urgent.

    Raises:
        SyncFault: the exchange did not come about; what was applied stays.
    """
    with read(desk.reference) as tx:
        at = reference.get_cursor(tx, feed)
    if at is None or not at.boot_done:
        at = boot(desk, client, feed, report, watch)
    try:
        return _follow(desk, client, at, report, watch)
    except Restart:
        at = boot(desk, client, feed, report, watch)
        return _follow(desk, client, at, report, watch)


def _follow(desk: Desk, client: Client, at: Cursor, report: Report, watch: Watch) -> bool:
    limit = _page_rows(desk)
    with gathering(desk, at, report) as came:
        while True:
            before = newest = came.at.seq
            for data in _page(desk, client, came.at, limit):
                newest = came.take(data)
            limit = _more_rows(desk, limit)
            if came.at.seq >= newest or came.at.seq == before:
                return True
            if watch.urgent():
                return False


def _page(desk: Desk, client: Client, at: Cursor, limit: int) -> list[bytes]:
    try:
        return client.feed(at.feed, at.seq, limit)
    except SyncFault as fault:
        if fault.code == GONE:
            raise Restart from fault
        if core.is_unclear(fault.why):
            _remember(desk, core.fewer_rows(limit))
        raise


def _page_rows(desk: Desk) -> int:
    """How many rows a page may have on this line, as found out so far."""
    with read(desk.station) as tx:
        return core.page_rows(meta.get(tx, ROWS))


def _more_rows(desk: Desk, limit: int) -> int:
    """After a page that came; what is usual needs no remembering."""
    more = core.more_rows(limit)
    if more != limit:
        _remember(desk, more)
    return more


def _remember(desk: Desk, limit: int) -> None:
    """A disk that refuses it is told by the round itself."""
    with suppress(EnvironmentFault), write(desk.station) as tx:
        meta.put(tx, ROWS, str(limit))


def boot(desk: Desk, client: Client, feed: str, report: Report, watch: Watch) -> Cursor:
    """Fill the feed from its frames; what the centre no longer has is left out at the end.

    Frames wait in the spool, so that a crash fetches none again; rows are replaced by key, so that
    a crash may apply some twice. The cursor says `boot_done` only when all is in.

    Raises:
        SyncFault: the exchange did not come about.
    """
    manifest = client.boot(feed)
    before = _known(desk, feed)
    total, done = sum(ref.rows for ref in manifest.frames), 0
    at = Cursor(feed, manifest.epoch, manifest.seq, (), boot_done=False, pulled_at=0)
    waiting: list[apply.Row] = []
    watch.progress(feed, 0, total)
    for ref in manifest.frames:
        head, lines = apply.open_frame(_spooled(desk, client, feed, ref, report), feed)
        rows = checked(desk, feed, (head, lines), report)
        if waiting and (head.cols != at.cols or len(waiting) + len(rows) > apply.WRITTEN):
            write_part(desk, at, waiting)
            waiting = []
            watch.progress(feed, done, total)
        at = replace(at, cols=head.cols)
        if before:
            key = itemgetter(*map(head.cols.index, feed_rows.key_columns(feed)))
            before -= {key(row) for row in rows if row[0] is not None}
        waiting += rows
        done += len(rows)
        watch.between()
    if waiting:
        write_part(desk, at, waiting)
        watch.progress(feed, done, total)
    report.count(feed, done)
    return _finish(desk, at, before)


def _known(desk: Desk, feed: str) -> set[object]:
    """Keys of the rows that are here; where the whole table is filled for the first time, its indexes wait."""
    with read(desk.reference) as tx:
        at, before = reference.get_cursor(tx, feed), feed_rows.known_keys(tx, feed)
    if not before and (at is None or not at.boot_done):
        with write(desk.reference) as tx:
            feed_indexes.put_off(tx, feed)
    return before


def _spooled(desk: Desk, client: Client, feed: str, ref: FrameRef, report: Report) -> bytes:
    with read(desk.reference) as tx:
        kept = reference.spool_get(tx, ref.sha256)
    if kept is not None:
        return kept
    data = _fetched(desk, client, feed, ref, report)
    with write(desk.reference) as tx:
        reference.spool_part(tx, feed, ref.sha256, b"")
        reference.spool_put(tx, feed, ref.sha256, data)
    return data


def _fetched(desk: Desk, client: Client, feed: str, ref: FrameRef, report: Report) -> bytes:
    """From where the line was cut the last time; what comes of it now is kept for the next."""
    with read(desk.reference) as tx:
        begun = reference.spool_begun(tx, ref.sha256)
    try:
        return client.frame(ref, begun)
    except SyncFault as fault:
        got = fault.got if len(fault.got) < ref.bytes else b""
        if got or fault.code in {FRAME_CHANGED, "range"}:
            report.kept += max(len(got) - len(begun), 0)
            with write(desk.reference) as tx:
                reference.spool_part(tx, feed, ref.sha256, got)
        raise


def _finish(desk: Desk, filled: Cursor, gone: set[object]) -> Cursor:
    dead: list[apply.Row] = [
        [None, *(key if isinstance(key, tuple) else (key,))] for key in sorted(gone, key=str)
    ]
    at = replace(filled, boot_done=True, pulled_at=desk.clock.now_ms())
    for start in range(0, len(dead), apply.WRITTEN):
        write_part(desk, at, dead[start : start + apply.WRITTEN])
    with write(desk.reference) as tx, roomy(tx):
        feed_indexes.complete(tx, at.feed)
        reference.put_cursor(tx, at)
        reference.spool_clear(tx, at.feed)
    return at
