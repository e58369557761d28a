"""The centre of a trial: the real one's endpoints on a real PostgreSQL, or the model in memory."""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import sqlalchemy as sa

from counter_app.central import endpoints, feeds
from counter_app.central.centre import Centre
from counter_app.central.devices import Request
from counter_app.central.ops import chain
from counter_app.wire.header import read_header
from tests.fakes.centre import FakeCentre
from tests.proof.wire import Answered, Asked

KEPT = (
    "chain_head",
    "chain",
    "ingest",
    "oddity",
    "case_file",
    "enrol",
    "hold",
    "person_change",
    "decision",
    "sequencer",
)
"""Tables an exchange writes, parents first; `change` is put back row by row."""


@dataclass(frozen=True)
class Kept:
    """What the centre holds of a device."""

    entries: dict[str, tuple[str, str | None]]
    """Entry id -> its exact header and body."""
    odd: int
    n: int
    head: str
    heads: dict[str, int]
    """Feed -> newest number."""
    cases: dict[str, list[tuple[int, int, str]]]
    """Case id -> (number in the feed, own number, kind) of the decisions on it."""
    shown: dict[str, int]
    """Case id -> newest number under which the cases feed shows it."""
    known: dict[str, int]
    """Case id -> how many case files the centre has of it."""


class Far(Protocol):
    """What a trial needs of a centre."""

    def handle(self, asked: Asked) -> Answered: ...

    def reset(self) -> None: ...

    def kept(self, dev: str, station: str) -> Kept: ...


@dataclass
class ModelFar:
    """The dictionary model, put back by copying."""

    centre: FakeCentre
    saved: dict[str, object] = field(default_factory=dict)

    def save(self) -> None:
        c = self.centre
        self.saved = {
            name: copy.deepcopy(getattr(c, name)) for name in ("ops", "feeds", "seq", "epoch")
        }
        self.saved["arrived"] = []

    def reset(self) -> None:
        for name, value in self.saved.items():
            setattr(self.centre, name, copy.copy(value))
        self.centre.feeds = {f: list(rows) for f, rows in self.centre.feeds.items()}

    def handle(self, asked: Asked) -> Answered:
        url = "https://127.0.0.1:1" + asked.target
        request = httpx.Request(asked.method, url, headers=asked.headers, content=asked.body)
        try:
            reply = self.centre.handle(request)
        except (AssertionError, LookupError, ValueError):
            # the model has no words for a request that is none
            return Answered(400, b"{}", "application/json")
        kind = reply.headers.get("Content-Type", "application/json")
        return Answered(reply.status_code, reply.content, kind)

    def kept(self, dev: str, station: str) -> Kept:
        c = self.centre
        n, head = c.n_contig(dev)
        own = {i: (s.header, s.body) for i, s in c.ops.items() if read_header(s.header).dev == dev}
        rows = c.feeds.get(f"decisions.{station}", [])
        cases: dict[str, list[tuple[int, int, str]]] = {}
        for seq, row in rows:
            cases.setdefault(str(row[1]), []).append((
                seq,
                int(str(row[0])),
                json.loads(str(row[2]))["kind"],
            ))
        shown = {
            read_header(str(row[1])).subj: seq for seq, row in c.feeds.get(f"cases.{station}", [])
        }
        heads = {f: r[-1][0] for f, r in c.feeds.items() if r}
        subjects = [
            read_header(s.header).subj
            for s in c.ops.values()
            if read_header(s.header).kind == "case.submit"
        ]
        known = {subj: subjects.count(subj) for subj in subjects}
        return Kept(own, 0, n, head, heads, cases, shown, known)


@dataclass
class RealFar:
    """The product's endpoints on PostgreSQL; put back from copies of the tables."""

    centre: Centre

    def save(self) -> None:
        with self.centre.engine.begin() as tx:
            for table in (*KEPT, "change"):
                tx.exec_driver_sql(f"drop table if exists kept_{table}")
                tx.exec_driver_sql(f"create table kept_{table} as select * from {table}")

    def reset(self) -> None:
        with self.centre.engine.begin() as tx:
            for table in reversed(KEPT):
                tx.exec_driver_sql(f"delete from {table}")
            for table in KEPT:
                tx.exec_driver_sql(
                    f"insert into {table} overriding system value select * from kept_{table}"
                )
            same = "k.feed = c.feed and k.key = c.key and k.stamp = c.stamp and k.seq = c.seq"
            tx.exec_driver_sql(
                f"delete from change c where not exists (select 1 from kept_change k where {same})"
            )
            tx.exec_driver_sql(
                "insert into change overriding system value select * from kept_change k"
                f" where not exists (select 1 from change c where {same})"
            )

    def handle(self, asked: Asked) -> Answered:
        return handle(self.centre, asked)

    def kept(self, dev: str, station: str) -> Kept:
        with self.centre.engine.begin() as tx:
            return look(tx, dev, station)


def handle(centre: Centre, asked: Asked) -> Answered:
    """What the web framework does: a path is a function."""
    parts = urlsplit(asked.target)
    words = [unquote(word) for word in parts.path.removeprefix("/sync/v1/").split("/")]
    query = {k: v[0] for k, v in parse_qs(parts.query).items()}
    call = getattr(endpoints, "have" if words[0] == "ops:have" else words[0], None)
    if not callable(call) or asked.method not in {"GET", "POST"}:
        return Answered(404, b"{}", "application/json")
    last = words[1] if len(words) > 1 else ""
    named = {
        "name": last,
        "sha": last,
        "after": query.get("after", ""),
        "limit": query.get("limit", ""),
    }
    request = Request(asked.method, asked.target, asked.headers, asked.body)
    done = endpoints.answer(centre, request, call, named)
    return Answered(done.status, done.body, done.kind, dict(done.headers))


def look(tx: sa.Connection, dev: str, station: str) -> Kept:
    """What PostgreSQL holds of a device."""
    rows = tx.exec_driver_sql(
        "select op_id::text, header, body from ingest where dev = %s and via = 'net'", (dev,)
    )
    entries = {
        str(i): (bytes(h).decode("utf-8"), None if b is None else bytes(b).decode("utf-8"))
        for i, h, b in rows
    }
    odd = tx.exec_driver_sql("select count(*) from oddity").scalar_one()
    quarantine = tx.exec_driver_sql("select count(*) from ingest where via <> 'net'").scalar_one()
    at = chain.tip(tx, dev)
    cases: dict[str, list[tuple[int, int, str]]] = {}
    for seq, cells in _feed(tx, f"decisions.{station}"):
        row = json.loads(cells)
        cases.setdefault(row[1], []).append((seq, int(row[0]), json.loads(row[2])["kind"]))
    shown: dict[str, int] = {}
    for seq, cells in _feed(tx, f"cases.{station}"):
        shown[read_header(json.loads(cells)[1]).subj] = seq
    heads = feeds.newest(tx, [f"decisions.{station}", f"cases.{station}"])
    known = {
        str(i): int(k)
        for i, k in tx.exec_driver_sql("select case_id, count(*) from case_file group by 1")
    }
    return Kept(entries, int(odd) + int(quarantine), at.n, at.head, heads, cases, shown, known)


def _feed(tx: sa.Connection, feed: str) -> Iterator[tuple[int, str]]:
    query = "select seq, cells from change where feed = %s and seq is not null order by seq"
    yield from ((int(seq), str(cells)) for seq, cells in tx.exec_driver_sql(query, (feed,)))
