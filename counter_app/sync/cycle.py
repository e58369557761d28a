"""One round with the centre: hello, push, decisions, cases, then every feed whose head moved."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import feed_cursors, journal, meta, reference, sending
from counter_app.store.transaction import read, write
from counter_app.store.upgrading import SEAL_KEY
from counter_app.sync import faults, push
from counter_app.sync.client import Client, Door
from counter_app.sync.desk import Desk, Report, filled
from counter_app.sync.faults import SyncFault
from counter_app.sync.pull import Progress, feeds_of, pull_feed, unheard
from counter_app.sync.pull_station import pull_cases, pull_decisions
from counter_app.sync.push_access import push_access
from counter_app.sync.transport import TIMEOUT
from counter_app.wire import centre_key
from counter_app.wire.messages import Hello

_PUSH_ANYWAY = frozenset({faults.AUTH, faults.VERSION, faults.CLOCK, faults.REFUSED})


FAR_MS = 5 * 60 * 1000


def open_client(
    desk: Desk, under: httpx.BaseTransport | None = None, timeout: httpx.Timeout = TIMEOUT
) -> Client:
    """A client for this PC.

    Raises:
        EnvironmentFault: the pinned certificate cannot be read.
    """
    who = desk.identity
    door = Door(who.centre_url, who.ca_pem, who.dev, who.sign_private)
    return Client(door, desk.clock, desk.network.skew_ms, under, timeout)


def run_once(
    desk: Desk, under: httpx.BaseTransport | None = None, progress: Progress = unheard
) -> Report:
    """One whole round; faults of the environment are told in the report and to the network state."""
    report = Report()
    try:
        with open_client(desk, under) as client:
            try:
                _round(desk, client, report, progress)
            finally:
                report.skew_ms = client.offset_ms
    except SyncFault as fault:
        report.why, report.code = fault.why, fault.code
        report.retry_after_ms = fault.retry_after_ms
    except EnvironmentFault as fault:
        report.why, report.code = fault.code, fault.code
    _look(desk, report)
    skew = report.skew_ms if report.ok else None
    # a clock far off is said, never refused (SYNC §11)
    far = report.ok and abs(report.skew_ms) > FAR_MS
    revoked = report.code == faults.REVOKED
    why = faults.REVOKED if revoked else faults.CLOCK if far else report.why
    desk.network.set(online=report.ok, at=desk.clock.now_ms(), skew=skew, why=why)
    return report


def _round(desk: Desk, client: Client, report: Report, progress: Progress) -> None:
    hello = _hello_or_push(desk, client, report)
    report.poll_after = max(hello.poll_after, 1)
    _learn_seal_key(desk, hello)
    said = push.Standing(hello.epoch, hello.n_contig, hello.head, hello.durable_n, hello.ep)
    push.compare(desk, said, report)
    push.push(desk, client, report)
    push_access(desk, client, report)
    if _station_moved(desk, hello, "decisions"):
        pull_decisions(desk, client, report)
    if _station_moved(desk, hello, "cases"):
        pull_cases(desk, client, report)
    into = filled(desk)
    for feed in feeds_of(into):
        if feed in hello.feeds and _reference_moved(into, hello, feed):
            pull_feed(into, client, feed, report, progress)
    _looked(into, hello)
    if into is not desk:
        with write(desk.reference) as tx:
            decisions = f"decisions.{desk.identity.station.code}"
            reference.touch(tx, decisions, desk.clock.now_ms())


def _hello_or_push(desk: Desk, client: Client, report: Report) -> Hello:
    """A centre that gives this device no data still takes its entries: push before giving up."""
    try:
        return client.hello()
    except SyncFault as fault:
        push.hear_epoch(desk, fault.epoch, report)
        if fault.why in _PUSH_ANYWAY:
            push.push(desk, client, report)
        raise


def _learn_seal_key(desk: Desk, hello: Hello) -> None:
    """Only a key that the centre signed: unsent work is sealed to it."""
    if centre_key.read(hello.seal_key, hello.seal_sig, desk.identity.centre_sign_key) is None:
        return
    with read(desk.station) as tx:
        known = meta.get(tx, SEAL_KEY)
    if hello.seal_key != known:
        with write(desk.station) as tx:
            meta.put(tx, SEAL_KEY, hello.seal_key)


def _station_moved(desk: Desk, hello: Hello, family: str) -> bool:
    """Whether the feed has news; what was pushed in this round is not in the hello, so then: yes."""
    feed = f"{family}.{desk.identity.station.code}"
    with read(desk.station) as tx:
        at = feed_cursors.get(tx, feed)
        known, _ = push.told(tx)
    sent = known != hello.n_contig
    return sent or at is None or at.epoch != hello.epoch or at.seq != hello.feeds.get(feed, 0)


def _reference_moved(desk: Desk, hello: Hello, feed: str) -> bool:
    with read(desk.reference) as tx:
        at = reference.get_cursor(tx, feed)
    if at is None or not at.boot_done:
        return True
    return at.epoch != hello.epoch or at.seq != hello.feeds[feed]


def _looked(desk: Desk, hello: Hello) -> None:
    """Every feed was compared with the centre's: their moment (截至) is now."""
    now = desk.clock.now_ms()
    station = desk.identity.station.code
    with write(desk.reference) as tx:
        for feed in feeds_of(desk):
            reference.touch(tx, feed, now)
        feed = f"decisions.{station}"
        seq = hello.feeds.get(feed, 0)
        at = reference.Cursor(feed, hello.epoch, seq, (), boot_done=True, pulled_at=now)
        reference.put_cursor(tx, at)


def _look(desk: Desk, report: Report) -> None:
    """How the journal stands after the round."""
    with _quiet(report), read(desk.station) as tx:
        report.pending = journal.pending_count(tx)
        report.own_head = journal.tip(tx).head


@contextmanager
def _quiet(report: Report) -> Iterator[None]:
    try:
        yield
    except EnvironmentFault as fault:
        report.why = report.why or fault.code


def note_failure(desk: Desk, next_at: int, why: str = faults.NETWORK) -> None:
    """Note on everything in line that a try failed, why, and when the next one comes."""
    with write(desk.station) as tx:
        sending.postpone(tx, journal.tip(tx).n, next_at, why)
