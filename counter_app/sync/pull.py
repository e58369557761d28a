"""Down: the feeds of reference.db. A first filling by frames, later changes by the feed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import feed_rows, meta, reference
from counter_app.store.reference import Cursor
from counter_app.store.transaction import read, write
from counter_app.sync import apply, core, faults
from counter_app.sync.client import FRAME_CHANGED, Client
from counter_app.sync.desk import Desk, Report
from counter_app.sync.faults import SyncFault
from counter_app.wire.batch import FeedRow
from counter_app.wire.messages import FeedHead, FrameRef, Manifest

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


def never() -> bool:
    """Nothing is more urgent."""
    return False


@dataclass(frozen=True, slots=True)
class Watch:
    """Who listens to a first filling's progress, and whether something more urgent waits."""

    progress: Progress = unheard
    urgent: Callable[[], bool] = never


def pull_feed(desk: Desk, client: Client, feed: str, report: Report, watch: Watch) -> bool:
    """Bring one feed to the centre's newest row; False where it stopped between pages for what is urgent.

    Raises:
        SyncFault: the exchange did not come about; what was applied stays.
    """
    with read(desk.reference) as tx:
        at = reference.get_cursor(tx, feed)
    if at is None or not at.boot_done:
        at = boot(desk, client, feed, report, watch.progress)
    try:
        return _follow(desk, client, at, report, watch)
    except _Restart:
        at = boot(desk, client, feed, report, watch.progress)
        return _follow(desk, client, at, report, watch)


class _Restart(Exception):
    """The cursor means nothing to the centre any more: fill again."""


def _follow(desk: Desk, client: Client, at: Cursor, report: Report, watch: Watch) -> bool:
    limit = _page_rows(desk)
    while True:
        try:
            frames = client.feed(at.feed, at.seq, limit)
        except SyncFault as fault:
            if fault.code == GONE:
                raise _Restart from fault
            if core.is_unclear(fault.why):
                _remember(desk, core.fewer_rows(limit))
            raise
        limit = _more_rows(desk, limit)
        before = at.seq
        newest = before
        for data in frames:
            at, newest = _apply_frame(desk, at, data, report)
        if at.seq >= newest or at.seq == before:
            return True
        if watch.urgent():
            return False


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


def _apply_frame(desk: Desk, at: Cursor, data: bytes, report: Report) -> tuple[Cursor, int]:
    head, lines = apply.open_frame(data, at.feed)
    if head.epoch != at.epoch or head.newest < at.seq:
        raise _Restart
    if head.since > at.seq:
        raise SyncFault(faults.SERVER, "gap")
    if head.to <= at.seq:
        _write(desk, at, [], moved=True)
        return at, head.newest
    moved = Cursor(at.feed, at.epoch, head.to, head.cols, boot_done=True, pulled_at=0)
    parts = _checked(desk, moved, (head, lines), report)
    for part in parts[:-1]:
        _write(desk, moved, part, moved=False)
    _write(desk, moved, parts[-1] if parts else [], moved=True)
    report.count(at.feed, len(lines))
    return moved, head.newest


def _checked(
    desk: Desk, at: Cursor, frame: tuple[FeedHead, list[bytes]], report: Report
) -> list[list[FeedRow]]:
    """Checked rows, gathered to one transaction's worth."""
    parts: list[list[FeedRow]] = []
    for rows in apply.numbered(*frame):
        checked = apply.check(at.feed, at.cols, rows, desk.identity.centre_sign_key)
        report.refused.extend(checked.refused)
        if not parts or len(parts[-1]) + len(checked.rows) > apply.WRITTEN:
            parts.append([])
        parts[-1].extend(checked.rows)
    return parts


def _write(desk: Desk, at: Cursor, rows: list[FeedRow], *, moved: bool) -> None:
    with write(desk.reference) as tx:
        apply.write_rows(tx, at.feed, at.cols, rows)
        if moved:
            now = desk.clock.now_ms()
            reference.put_cursor(tx, replace(at, boot_done=True, pulled_at=now))


def boot(
    desk: Desk, client: Client, feed: str, report: Report, progress: Progress = unheard
) -> Cursor:
    """Fill the feed from its frames; what the centre no longer has is left out at the end.

    Frames wait in the spool, so that a crash fetches none again; rows are replaced by key, so that
    a crash may apply some twice. The cursor says `boot_done` only when all is in.

    Raises:
        SyncFault: the exchange did not come about.
    """
    manifest = client.boot(feed)
    with read(desk.reference) as tx:
        before = feed_rows.known_keys(tx, feed)
    total, done = sum(ref.rows for ref in manifest.frames), 0
    cols: tuple[str, ...] = ()
    waiting: list[FeedRow] = []
    at = Cursor(feed, manifest.epoch, manifest.seq, cols, boot_done=False, pulled_at=0)
    progress(feed, 0, total)
    for ref in manifest.frames:
        head, lines = apply.open_frame(_spooled(desk, client, feed, ref, report), feed)
        cols = head.cols
        at = Cursor(feed, manifest.epoch, manifest.seq, cols, boot_done=False, pulled_at=0)
        for part in _checked(desk, at, (head, lines), report):
            waiting += part
            before -= {_key(feed, cols, row) for row in part if row[0] is not None}
            done += len(part)
        if len(waiting) + apply.WRITTEN > apply.FILLED:
            _write(desk, at, waiting, moved=False)
            waiting = []
            progress(feed, done, total)
    if waiting:
        _write(desk, at, waiting, moved=False)
        progress(feed, done, total)
    report.count(feed, done)
    return _finish(desk, feed, manifest, cols, before)


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


def _key(feed: str, cols: tuple[str, ...], row: FeedRow) -> tuple[object, ...]:
    return tuple(row[cols.index(name)] for name in feed_rows.key_columns(feed))


def _finish(
    desk: Desk,
    feed: str,
    manifest: Manifest,
    cols: tuple[str, ...],
    gone: set[tuple[object, ...]],
) -> Cursor:
    dead: list[FeedRow] = [[None, *key] for key in sorted(gone, key=str)]
    now = desk.clock.now_ms()
    at = Cursor(feed, manifest.epoch, manifest.seq, cols, boot_done=True, pulled_at=now)
    for start in range(0, len(dead), apply.WRITTEN):
        _write(desk, at, dead[start : start + apply.WRITTEN], moved=False)
    with write(desk.reference) as tx:
        reference.put_cursor(tx, at)
        reference.spool_clear(tx, feed)
    return at
