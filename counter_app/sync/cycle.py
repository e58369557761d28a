"""One round with the centre: hello, push, decisions, cases, then every feed whose head moved."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import feed_cursors, journal, meta, reference, sending
from counter_app.store.transaction import read, write
from counter_app.store.upgrading import SEAL_KEY
from counter_app.sync import agree, core, faults, push
from counter_app.sync.ask_known import ask_known, is_unclear
from counter_app.sync.client import Client, Door
from counter_app.sync.desk import Desk, Report, filled
from counter_app.sync.faults import SyncFault
from counter_app.sync.pull import Progress, Watch, boot, feeds_of, pull_feed, unheard
from counter_app.sync.pull_station import pull_cases, pull_decisions, read_anew
from counter_app.sync.push_access import push_access
from counter_app.sync.transport import TIMEOUT
from counter_app.wire import centre_key
from counter_app.wire.messages import Hello

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
    stopped = report.code if report.code in {faults.REVOKED, faults.EXPIRED} else ""
    why = stopped or (faults.CLOCK if far else report.why)
    desk.network.set(online=report.ok, at=desk.clock.now_ms(), skew=skew, why=why)
    return report


def _round(desk: Desk, client: Client, report: Report, progress: Progress) -> None:
    shell = _Shell(desk, client, report, progress)
    now = core.begin(unclear=is_unclear(desk))
    while not isinstance(now.doing, core.End):
        now = core.after(now, shell.do(now.doing))
    if shell.fault is not None:
        raise shell.fault
    if shell.hello is not None:
        shell.looked(shell.hello)


class _Shell:
    """Carries out what the core decides, and tells it what came of it."""

    def __init__(self, desk: Desk, client: Client, report: Report, progress: Progress) -> None:
        self._desk, self._client, self._report = desk, client, report
        self._watch = Watch(progress, self._written, self._meanwhile)
        self._sent_to = 0
        self._into = desk
        self.hello: Hello | None = None
        self.fault: SyncFault | None = None

    def do(self, effect: core.Effect) -> core.Event:
        """One effect; a failed exchange is an event like others, and kept to be told at the end."""
        try:
            return self._do(effect)
        except SyncFault as fault:
            if isinstance(effect, core.SayHello):
                push.hear_epoch(self._desk, fault.epoch, self._report)
            self.fault = fault
            return core.Failed(fault.why)

    def _do(self, effect: core.Effect) -> core.Event:
        if isinstance(effect, core.SayHello):
            return self._say_hello()
        if isinstance(effect, core.LookRound | core.End):
            return core.Moved(self._moved())
        if isinstance(effect, core.Pull):
            return core.Pulled() if self._pull(effect.feed) else core.Overtaken()
        return self._send(effect)

    def _meanwhile(self) -> None:
        """Entries written while a list is filled for the first time go out between two of its frames."""
        if self._written():
            self._send(core.Push())

    def _send(self, effect: core.AskKnown | core.Push | core.PushAccess) -> core.Event:
        if isinstance(effect, core.AskKnown):
            ask_known(self._desk, self._client, self._report)
            return core.Known()
        if isinstance(effect, core.Push):
            self._sent_to = self._tip()
            push.push(self._desk, self._client, self._report)
            return core.Pushed()
        push_access(self._desk, self._client, self._report)
        return core.AccessPushed()

    def _say_hello(self) -> core.Event:
        hello = self.hello = self._client.hello()
        self._report.poll_after = max(hello.poll_after, 1)
        _learn_seal_key(self._desk, hello)
        said = push.Standing(hello.epoch, hello.n_contig, hello.head, hello.durable_n, hello.ep)
        push.compare(self._desk, said, self._report)
        return core.Heard()

    def _moved(self) -> tuple[str, ...]:
        hello, desk = self.hello, self._desk
        if hello is None:
            return ()
        station = desk.identity.station.code
        read_anew(desk)
        into = self._into = filled(desk)
        moved = {f"{f}.{station}" for f in ("decisions", "cases") if _station_moved(desk, hello, f)}
        known = [feed for feed in feeds_of(into) if feed in hello.feeds]
        moved |= {feed for feed in known if _reference_moved(into, hello, feed)}
        return core.lanes(station, known, frozenset(moved))

    def _tip(self) -> int:
        with read(self._desk.station) as tx:
            return journal.tip(tx).n

    def _written(self) -> bool:
        """Whether entries were written since the last push began."""
        return self._tip() > self._sent_to

    def _pull(self, feed: str) -> bool:
        family = feed.partition(".")[0]
        if family == "decisions":
            pull_decisions(self._desk, self._client, self._report)
        elif family == "cases":
            pull_cases(self._desk, self._client, self._report)
        else:
            return self._pull_whole(feed)
        return True

    def _pull_whole(self, feed: str) -> bool:
        """To its newest row, and then as the centre has it; where it differs it is fetched anew."""
        into, client, before = self._into, self._client, len(self._report.refused)
        if not pull_feed(into, client, feed, self._report, self._watch):
            return False
        if len(self._report.refused) > before:
            # what the centre did not sign was left out, and is said already
            return True
        if agree.differs(into, client, feed) and agree.may_fetch_anew(into, feed):
            boot(into, client, feed, self._report, self._watch)
            if pull_feed(into, client, feed, self._report, self._watch):
                agree.differs(into, client, feed)
        return True

    def looked(self, hello: Hello) -> None:
        """Every feed was compared with the centre's; note the moment, for what is read meanwhile too."""
        desk = self._desk
        _looked(self._into, hello)
        if self._into is not desk:
            with write(desk.reference) as tx:
                decisions = f"decisions.{desk.identity.station.code}"
                reference.touch(tx, decisions, desk.clock.now_ms())


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
