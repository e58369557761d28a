"""`counter-app bench bills`: the county's list of claimed bills at ten million, as a station looks it up.

Builds the filter as the centre does, reads it back from its rows as the station does, and asks it for
bills that are on it and for others. `ask` is the whole question of one claim against a real
reference.db: rows of the newest bills first, then the filter.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa

from counter_app.cli.bench import figures
from counter_app.store import reference
from counter_app.store.bill_list import BillList
from counter_app.store.transaction import read, write
from counter_app.wire import bill_filter
from counter_app.wire.bill_filter import BillFilter, bill_hash

BILLS = 10_000_000
NEWEST = 3000
"""Bills since the filter was made, as rows of their own."""
ASKED = 2000
OTHERS = 1_000_000
BUNDLE = 200
TARGET_US, TARGET_BYTES, TARGET_WRONG = 20.0, 2.3, 0.0001


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 where the targets are kept, 1 where not."""
    started = time.perf_counter()
    data = bill_filter.build(_hashes(0, BILLS))
    built = time.perf_counter() - started
    rows = list(bill_filter.parts(data))
    one, bundle = _asks(rows)
    figured = _figures(rows)
    size = len(data) / BILLS
    ok = bool(figured.pop("kept")) and size <= TARGET_BYTES
    result = {
        "name": "bills",
        "bills": BILLS,
        "bytes_a_bill": round(size, 4),
        **figured,
        "ask_one_p50_ms": one,
        "ask_bundle_of_200_p50_ms": bundle,
        "build_s": round(built, 1),
        "targets": [TARGET_US, TARGET_BYTES, TARGET_WRONG],
        "rounds": figures.ROUNDS,
        "ok": ok,
    }
    figures.show(result, as_json=args.json)
    return 0 if ok else 1


def _figures(rows: list[tuple[str, str, str]]) -> dict[str, float]:
    """What the filter itself says and how quickly; `kept` where its targets are."""
    started = time.perf_counter()
    found = BillFilter(bill_filter.whole(rows))
    opened = time.perf_counter() - started
    there = [bill_hash(_key(n * (BILLS // ASKED))) for n in range(ASKED)]
    lost = sum(not found.has(one) for one in there)
    wrong = sum(found.has(one) for one in _hashes(BILLS, BILLS + OTHERS)) / OTHERS
    looks = [_looks(found, there) for _ in range(figures.ROUNDS)]
    p95 = figures.median_of(looks, 95)
    return {
        "open_ms": round(opened * 1000, 3),
        "lost": lost,
        "wrong_share": wrong,
        "look_p50_us": figures.median_of(looks, 50),
        "look_p95_us": p95,
        "kept": lost == 0 and p95 <= TARGET_US and wrong <= TARGET_WRONG,
    }


def _key(number: int) -> str:
    return f"1:99060226:{number:010d}"


def _hashes(first: int, end: int) -> Iterator[str]:
    return (bill_hash(_key(number)) for number in range(first, end))


def _looks(found: BillFilter, some: Sequence[str]) -> list[float]:
    """Microseconds of each look."""
    taken = []
    for one in some:
        started = time.perf_counter()
        found.has(one)
        taken.append((time.perf_counter() - started) * 1e6)
    return taken


def _asks(rows: list[tuple[str, str, str]]) -> tuple[float, float]:
    """Milliseconds of a claim's question, for one bill and for the largest bundle."""
    newest = ((one, "taken", "") for one in _hashes(2 * BILLS, 2 * BILLS + NEWEST))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        engine = reference.open_reference(Path(folder), b"\x07" * 32)
        try:
            with write(engine) as tx:
                plain: list[list[object]] = [list(row) for row in (*rows, *newest)]
                reference.apply_rows(tx, "bills", ("id", "state", "data"), plain)
            return _ask(engine, 1), _ask(engine, BUNDLE)
        finally:
            engine.dispose()


def _ask(engine: sa.Engine, width: int) -> float:
    known = BillList()
    rounds = []
    for turn in range(figures.ROUNDS + 1):
        taken = []
        for first in range(0, 100 * width, width):
            keys = [_key(BILLS + first + n) for n in range(width)]
            started = time.perf_counter()
            with read(engine) as tx:
                known.has(tx, keys)
            taken.append((time.perf_counter() - started) * 1000)
        # the first round reads the filter
        rounds += [taken] if turn else []
    return figures.median_of(rounds, 50)
