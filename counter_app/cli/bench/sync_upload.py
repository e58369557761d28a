"""`counter-app bench sync-upload`: outbox to HTTP to PostgreSQL, fifty entries a batch (SYNC, goal G4).

Two PCs send enrolments to a centre in a process of its own over TLS on loopback. One is revoked: its
entries are stored raw and not judged, as the centre does with every such PC; the other's are judged. The
floor is `executemany` of the same rows by psycopg into a table like the centre's own with its indexes,
fifty a transaction, headers read and hashed before: no HTTP, no chain, no question whether they are new.
"""

import argparse
import importlib.util
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from uuid import uuid4

from counter_app.cli.bench import figures
from counter_app.cli.bench.upload_town import Town, accepted, station, town
from counter_app.store import meta, sending
from counter_app.store.transaction import read, write
from counter_app.sync import core, push
from counter_app.sync.cycle import open_client
from counter_app.sync.desk import Report
from counter_app.wire.header import Op, head_of, read_header

BATCH, ENTRIES, RUNS, RESIDENTS = 50, 200, 5, 6000
TARGET, STRETCH = 0.55, 0.7
ENVIRONMENT = 3
_ROW = "insert into floor values (%b, %b, %b, %b, %b, %b, %b, %b, null, 'net', 1, '')"


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 where the target is kept, 1 where not, 3 where no PostgreSQL is here."""
    database = getattr(args, "database", None) or ""
    wanted = ("psycopg", "litestar", *(() if database else ("pgserver",)))
    if not all(map(importlib.util.find_spec, wanted)):
        sys.stderr.write("这里没有中心要的库或 PostgreSQL，没有量。用源代码的环境来量\n")
        return ENVIRONMENT
    result = measure(database)
    figures.show(result, as_json=args.json)
    return 0 if result["ok"] else 1


def measure(database: str = "") -> dict[str, object]:
    """The figures: entries a second stored raw, judged, and on the floor; ratios of one round."""
    # not below a folder of others: PostgreSQL may run as another user, who must get there
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as made:
        folder = Path(made)
        with town(folder, database, RESIDENTS) as at:
            raw, judged = _Pc(at, folder / "a"), _Pc(at, folder / "b")
            at.told("device", "revoke", "--device", raw.services.counter.identity.dev)
            rounds = [_round(at, raw, judged) for _ in range(RUNS + 1)][1:]
            raw.close()
            judged.close()
    return measured(rounds)


def measured(rounds: list[tuple[float, float, float]]) -> dict[str, object]:
    """The figures of rounds of (seconds stored raw, seconds judged, seconds of the floor)."""
    stored, decided, floor = ([one[n] for one in rounds] for n in range(3))
    ratio = statistics.median(f / s for s, f in zip(stored, floor, strict=True))
    on = statistics.median(f / s for s, f in zip(decided, floor, strict=True))
    return {
        "name": "sync-upload",
        "batch": BATCH,
        "entries": ENTRIES,
        "runs": len(rounds),
        "stored_per_s": round(ENTRIES / statistics.median(stored)),
        "judged_per_s": round(ENTRIES / statistics.median(decided)),
        "floor_per_s": round(ENTRIES / statistics.median(floor)),
        "floor": "psycopg executemany, 50 rows a transaction, same table and indexes",
        "ratio": round(ratio, 3),
        "ratio_judged": round(on, 4),
        "target": TARGET,
        "stretch": STRETCH,
        "ok": ratio >= TARGET,
    }


class _Pc:
    """A PC that knows how the centre unpacks, and has found out how much its line bears."""

    def __init__(self, at: Town, folder: Path) -> None:
        self.services = station(at, folder)
        self._client = open_client(self.services.counter)
        self._client.hello()
        self._accepted = accepted(self.services)

    def send(self) -> tuple[float, list[Op]]:
        """Seconds of emptying an outbox of so many new entries, and these."""
        made = sum(islice(self._accepted, ENTRIES))
        desk = self.services.counter
        with write(desk.station) as tx:
            meta.put(tx, push.BYTES, str(core.MOST_BYTES))
        with read(desk.station) as tx:
            waiting = sending.in_line(tx, ENTRIES)
        report = Report()
        began = time.perf_counter()
        push.push(desk, self._client, report, BATCH)
        took = time.perf_counter() - began
        if not made == len(waiting) == report.acked == ENTRIES:
            raise RuntimeError(f"of {made} entries {report.acked} were taken")
        return took, [entry.op for entry in waiting]

    def close(self) -> None:
        """Let go of files and line."""
        with self._client:
            self.services.counter.close()


def _round(at: Town, raw: _Pc, judged: _Pc) -> tuple[float, float, float]:
    stored, ops = raw.send()
    return stored, judged.send()[0], _floor(at.database, ops)


def _floor(database: str, ops: list[Op]) -> float:
    """Seconds of bare inserts of the same rows."""
    import psycopg

    rows = [_row(op) for op in ops]
    with psycopg.connect(database) as line:
        with line.transaction():
            line.execute("create table if not exists floor (like ingest including all)")
            line.execute("truncate floor")
        began = time.perf_counter()
        for start in range(0, len(rows), BATCH):
            with line.transaction(), line.cursor() as cursor:
                cursor.executemany(_ROW, rows[start : start + BATCH])
        return time.perf_counter() - began


def _row(op: Op) -> tuple[object, ...]:
    h, body = read_header(op.header), (op.body or "").encode()
    sha = bytes.fromhex(head_of(op.header))
    return uuid4(), h.dev, h.ep, h.n, sha, h.prev, op.header.encode(), body
