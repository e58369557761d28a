"""What `bench sync-pull` and `bench sync-fill` share: people as frames, the station's way down, the bare floor.

The floor is `executemany` into plain SQLite: the same rows, made before, the same indexes and pragmas, no
cipher, no frames, no checks.
"""

import sqlite3
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import msgspec
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from counter_app.cli.bench import crowd
from counter_app.cli.bench.synthetic import AREA
from counter_app.services.context import Counter
from counter_app.store import feed_digest
from counter_app.store.reference_tables import person
from counter_app.store.transaction import read
from counter_app.sync.client import Client, Door
from counter_app.sync.desk import Report
from counter_app.sync.pull import Watch, pull_feed
from counter_app.wire import digest, revs
from counter_app.wire.batch import pack_frame
from counter_app.wire.canonical import sha256
from counter_app.wire.messages import FeedHead, FrameRef, Manifest

FEED = f"persons.{AREA}"
COLUMNS = tuple(str(column.name) for column in person.c)
PAGE, BARE = 2000, 10_000
"""Rows in a page, and in one of the floor's transactions."""
RUNS = 5
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Everybody: those who are there before, and those who come."""

    before: list[Row]
    coming: list[Row]


def lists(before: int, coming: int) -> Lists:
    """So many invented people, the same at every run."""
    everybody = list(crowd.rows(before + coming))
    return Lists(everybody[:before], everybody[before:])


class Centre(httpx.BaseTransport):
    """The far end of the wire, which has every reply ready."""

    def __init__(self, known: list[Row], coming: list[Row]) -> None:
        self._top = len(known) + len(coming)
        self._pages: dict[int, bytes] = {}
        self._coming = coming
        for at in range(len(known), max(self._top, len(known) + 1), PAGE):
            part = coming[at - len(known) : at - len(known) + PAGE]
            frame = self._frame(part, at, 3)
            self._pages[at] = len(frame).to_bytes(4, "big") + frame
        starts = range(0, len(known), PAGE)
        self._boot = [self._frame(known[at : at + PAGE], at, 9) for at in starts]
        self._known = len(known)

    @property
    def boot_bytes(self) -> int:
        """Of all frames of a first filling."""
        return sum(map(len, self._boot))

    @property
    def page_bytes(self) -> int:
        """Of all pages after it."""
        return sum(map(len, self._pages.values()))

    def shas(self) -> list[str]:
        """Of the frames of a first filling."""
        return [sha256(data).hex() for data in self._boot]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Any page, manifest or frame."""
        kind, _, rest = request.url.path.removeprefix("/sync/v1/").partition("/")
        if kind == "feed":
            return httpx.Response(200, content=self._page(request.url.params))
        if kind == "boot":
            shas = [(sha256(data).hex(), len(data)) for data in self._boot]
            refs = tuple(FrameRef(sha256=sha, bytes=n, rows=PAGE) for sha, n in shas)
            return _json(Manifest(seq=self._known, epoch="1", frames=refs))
        data = next(f for f in self._boot if sha256(f).hex() == rest)
        begin = request.headers.get("Range", "").removeprefix("bytes=").rstrip("-")
        if int(begin or 0) >= len(data):
            return httpx.Response(416, content=b'{"code":"range"}')
        return httpx.Response(206 if begin else 200, content=data[int(begin or 0) :])

    def _page(self, asked: Mapping[str, str]) -> bytes:
        """As made before where it is asked for whole."""
        after, limit = int(asked["after"]), int(asked["limit"])
        if limit >= PAGE and after in self._pages:
            return self._pages[after]
        start = after - self._known
        frame = self._frame(self._coming[start : start + min(limit, PAGE)], after, 3)
        return len(frame).to_bytes(4, "big") + frame

    def _frame(self, rows: list[Row], since: int, level: int) -> bytes:
        head = FeedHead(
            cols=COLUMNS,
            since=since,
            to=since + len(rows),
            newest=self._top,
            epoch="1",
            sha="",
            feed=FEED,
            gaps=revs.gaps(since, range(since + 1, since + len(rows) + 1)),
        )
        return pack_frame(head, [list(row) for row in rows], level)


def _json(message: Manifest) -> httpx.Response:
    return httpx.Response(200, content=msgspec.json.encode(message))


def way_down(counter: Counter, centre: httpx.BaseTransport) -> float:
    """Seconds of bringing the list to its newest row and counting its digest, as a round does."""
    door = Door("https://127.0.0.1:1", "", counter.identity.dev, counter.identity.sign_private)
    began = time.perf_counter()
    with Client(door, counter.clock, 0, centre) as client:
        pull_feed(counter, client, FEED, Report(), Watch())
    with read(counter.reference) as tx:
        pairs = feed_digest.figures(tx, FEED)
    if pairs is None:
        raise RuntimeError("rows came without numbers")
    digest.root(pairs)
    return time.perf_counter() - began


def bare(path: Path, people: Lists) -> float:
    """Seconds of the floor for those who come; those before are in the table, untimed."""
    line = sqlite3.connect(path)
    try:
        line.execute("PRAGMA journal_mode = WAL")
        line.execute("PRAGMA synchronous = NORMAL")
        line.execute(str(CreateTable(person).compile(dialect=sqlite.dialect())))
        for index in person.indexes:
            line.execute(str(CreateIndex(index).compile(dialect=sqlite.dialect())))
        _bare(line, people.before)
        began = time.perf_counter()
        _bare(line, people.coming)
        return time.perf_counter() - began
    finally:
        line.close()


def _bare(line: sqlite3.Connection, rows: list[Row]) -> None:
    insert = str(person.insert().compile(dialect=sqlite.dialect()))
    for at in range(0, len(rows), BARE):
        with line:
            line.executemany(insert, rows[at : at + BARE])


def measured(name: str, ours: list[float], floor: list[float], rows: int) -> dict[str, object]:
    """Medians, each side's and of the ratios of one round."""
    ratios = [f / o for o, f in zip(ours, floor, strict=True)]
    return {
        "name": name,
        "rows": rows,
        "runs": len(ours),
        "rows_per_s": round(rows / statistics.median(ours)),
        "floor_rows_per_s": round(rows / statistics.median(floor)),
        "ratio": round(statistics.median(ratios), 3),
    }


def in_turn(once: Callable[[int], tuple[float, float]]) -> tuple[list[float], list[float]]:
    """Both sides in turn, five times after one to warm up."""
    once(0)
    pairs = [once(number + 1) for number in range(RUNS)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
