"""`counter-app bench sync-fill`: a list's first filling with digest and indexes beside bare inserts (SYNC, G2)."""

import argparse
import tempfile
from pathlib import Path

from counter_app.cli.bench import figures, synthetic
from counter_app.cli.bench.sync_lists import Centre, Lists, bare, in_turn, lists, measured, way_down

PEOPLE = 40_000
TARGET, STRETCH = 0.8, 0.9


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 where the target is kept, else 1."""
    result = measure(PEOPLE)
    figures.show(result, as_json=args.json)
    return 0 if result["ok"] else 1


def measure(count: int) -> dict[str, object]:
    """The figures for a township of so many people."""
    people = lists(count, 0).before
    centre = Centre(people, [])
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as made:

        def once(number: int) -> tuple[float, float]:
            folder = Path(made) / str(number)
            folder.mkdir()
            counter = synthetic.make(folder, 0).counter
            ours = way_down(counter, centre)
            counter.close()
            return ours, bare(folder / "bare.db", Lists([], people))

        ours, floor = in_turn(once)
    result = measured("sync-fill", ours, floor, count)
    ratio = float(str(result["ratio"]))
    size = round(centre.boot_bytes / count, 1)
    return result | {
        "target": TARGET,
        "stretch": STRETCH,
        "bytes_a_row": size,
        "ok": ratio >= TARGET,
    }
