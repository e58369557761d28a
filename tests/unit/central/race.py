"""Writers that commit late, readers that trail behind, and the control that must miss."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import monotonic, sleep

import sqlalchemy as sa

from counter_app.central import feeds
from counter_app.central.centre import Centre
from counter_app.central.feeds import Pending
from counter_app.central.number_changes import LEAD, NAME
from counter_app.wire import batch

FEED = "control.race"
"""Of the family control, so that a frame has columns; no device reads it."""
_READERS = 3
_CONTROL = "create table if not exists race (id bigserial primary key, feed text, key text)"


class Race:
    """One run; `missed` and `control_missed` afterwards."""

    def __init__(self, centre: Centre, writers: int, feed: str = FEED) -> None:
        self.engine = sa.create_engine(
            centre.engine.url, pool_size=writers + _READERS + 2, max_overflow=0
        )
        self.feed = feed
        self._size = writers
        self._writing, self._reading = threading.Event(), threading.Event()
        self._guard = threading.Lock()
        self.written: set[str] = set()
        self.seen: list[list[tuple[int, str]]] = [[] for _ in range(_READERS)]
        self.control: set[str] = set()
        with self.engine.begin() as tx:
            tx.exec_driver_sql(_CONTROL)

    def run(self, seconds: float, halfway: Callable[[], None] | None = None) -> None:
        """Write for some seconds, do something in the middle, read until every reader is through."""
        self._writing.set()
        self._reading.set()
        with ThreadPoolExecutor(self._size + _READERS + 1) as pool:
            following = [pool.submit(self._read, r) for r in range(_READERS)]
            following.append(pool.submit(self._poll))
            writing = [pool.submit(self._write, w) for w in range(self._size)]
            try:
                sleep(seconds / 2)
                if halfway is not None:
                    halfway()
                sleep(seconds / 2)
            finally:
                self._writing.clear()
                wait(writing)
                self._catch_up(following)
                self._reading.clear()
            for done in [*following, *writing]:
                done.result()
        with self.engine.begin() as tx:
            tx.exec_driver_sql("drop table race")
        self.engine.dispose()

    def _catch_up(self, following: list[Future[None]]) -> None:
        """Wait for the slowest reader as long as any of them still gets rows."""
        before = -1
        while before < (now := sum(map(len, self.seen))) and not any(f.done() for f in following):
            before = now
            until(self._through, 10)

    def _through(self) -> bool:
        return all(len(seen) >= len(self.written) for seen in self.seen)

    @property
    def missed(self) -> int:
        """Rows that a trailing reader of the feed never got, over all readers."""
        return sum(len(self.written - {key for _, key in seen}) for seen in self.seen)

    @property
    def control_missed(self) -> int:
        """Rows that a reader of `id > cursor` never got."""
        return len(self.written - self.control)

    def figures(self) -> str:
        """Counts for the log of a long run."""
        return (
            f"rows {len(self.written)}, readers {_READERS}, missed {self.missed}, "
            f"control missed {self.control_missed}"
        )

    def _write(self, writer: int) -> None:
        dice, count = random.Random(writer), 0
        while self._writing.is_set():
            key = f"{writer}.{count}"
            with self.engine.begin() as tx:
                feeds.publish(tx, [Pending(self.feed, [key, "x"])])
                tx.execute(
                    sa.text("insert into race (feed, key) values (:f, :k)"),
                    {"f": self.feed, "k": key},
                )
                sleep(dice.random() * 0.03)
            with self._guard:
                self.written.add(key)
            count += 1

    def _read(self, reader: int) -> None:
        """Follow the feed as a station does: page after page, from where the last one ended."""
        after = 0
        while self._reading.is_set():
            with self.engine.begin() as tx:
                page = feeds.page(tx, self.feed, after, 50 + 200 * reader)
            head, lines = batch.unpack_frame(page.data[4:])
            keys = [str(row[0]) for row in batch.decode_rows(lines)]
            self.seen[reader] += [(head.to, key) for key in keys]
            after = head.to
            sleep(0.002 if keys else 0.01)

    def _poll(self) -> None:
        query = sa.text("select id, key from race where id > :a and feed = :f order by id")
        after = 0
        while self._reading.is_set():
            with self.engine.begin() as tx:
                for number, key in tx.execute(query, {"a": after, "f": self.feed}):
                    after = number
                    self.control.add(key)
            sleep(0.002)


def numbers(centre: Centre, feed: str) -> list[int]:
    """The feed's numbers as they stand."""
    query = sa.text("select seq from change where feed = :f order by seq")
    with centre.engine.begin() as tx:
        return list(tx.execute(query, {"f": feed}).scalars())


def leader(centre: Centre) -> int:
    """Process id of the sequencer that leads, 0: none."""
    query = sa.text(
        "select a.application_name from pg_locks l join pg_stat_activity a on a.pid = l.pid "
        "where l.locktype = 'advisory' and l.granted and l.objsubid = 1 "
        "and l.classid::bigint = :high and l.objid::bigint = :low and a.datname = current_database()"
    )
    with centre.engine.begin() as tx:
        low, high = LEAD & 0xFFFFFFFF, LEAD >> 32
        found = list(tx.execute(query, {"high": high, "low": low}).scalars())
    assert len(found) <= 1, found
    return int(found[0].removeprefix(NAME)) if found else 0


def wait_for_leader(centre: Centre, other_than: int = 0, seconds: float = 30) -> float:
    """Seconds until another process leads."""
    begun = monotonic()
    took = until(lambda: leader(centre) not in {0, other_than}, seconds)
    assert took, "nobody took over"
    return monotonic() - begun


def until(holds: Callable[[], bool], seconds: float) -> bool:
    """Whether it came to hold in time; asked every 10 ms."""
    end = monotonic() + seconds
    while not (held := holds()) and monotonic() < end:
        sleep(0.01)
    return held
