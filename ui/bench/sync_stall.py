"""`counter-app bench sync-stall`: how long the open window is deaf while 100,000 rows come in.

A real centre in a process of its own has the township; the program's own window, in another, logs in on
a PC that has no list yet. A clock of the window's event loop strikes every five milliseconds from the
workplace on until the list is in and the window has heard of it; what lies between two strokes is counted.
"""

import argparse
import importlib.util
import secrets
import sys
import tempfile
from pathlib import Path

import msgspec

from counter_app.cli.bench import figures
from counter_app.cli.bench.upload_town import gate, town
from ui.bench.apart import window_apart

ROWS = 100_000
TARGET_MS = 50.0
SECONDS = 600
ENVIRONMENT = 3
_WINDOW = "ui.bench.struck_window"


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 where the target is kept, 1 where not, 3 where no PostgreSQL is here."""
    if not all(map(importlib.util.find_spec, ("litestar", "pgserver"))):
        sys.stderr.write("这里没有中心要的库，没有量。用源代码的环境来量\n")
        return ENVIRONMENT
    result = measure(getattr(args, "people", None) or ROWS)
    figures.show(result, as_json=args.json)
    return 0 if result["ok"] else 1


def measure(rows: int) -> dict[str, object]:
    """The figures of one first filling with so many people."""
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as made:
        folder, phrase = Path(made), secrets.token_hex(8)
        with town(folder, "", rows) as at:
            gate(at, folder / "profile", phrase)
            places = (folder / "profile", folder / "out")
            told = window_apart(_WINDOW, places, phrase, SECONDS)
    struck = msgspec.convert(told, dict[str, list[float]])
    return measured(rows, struck["gaps_ms"])


def measured(rows: int, gaps: list[float]) -> dict[str, object]:
    """The figures of what lay between the strokes, in ms."""
    longest = max(gaps)
    return {
        "name": "sync-stall",
        "rows": rows,
        "seconds": round(sum(gaps) / 1000, 1),
        "strokes": len(gaps),
        "longest_ms": round(longest, 1),
        "p999_ms": round(sorted(gaps)[len(gaps) * 999 // 1000], 1),
        "next_ms": [round(gap, 1) for gap in sorted(gaps)[-5:-1][::-1]],
        "target_ms": TARGET_MS,
        "ok": longest <= TARGET_MS,
    }
