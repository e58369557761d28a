"""`counter-app bench sync-pull`: new rows of a list, with all checks, beside bare inserts (SYNC, goals G1, G6)."""

import argparse
import tempfile
from pathlib import Path

from counter_app.cli.bench import figures, synthetic
from counter_app.cli.bench.sync_lists import Centre, bare, in_turn, lists, measured, way_down

BEFORE, COMING = 20_000, 20_000
TARGET, STRETCH = 0.55, 0.65


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 where the target is kept, else 1."""
    result = measure(BEFORE, COMING)
    figures.show(result, as_json=args.json)
    return 0 if result["ok"] else 1


def measure(before: int, coming: int) -> dict[str, object]:
    """The figures for a list with so many people, to which so many come."""
    people = lists(before, coming)
    first, then = Centre(people.before, []), Centre(people.before, people.coming)
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as made:

        def once(number: int) -> tuple[float, float]:
            folder = Path(made) / str(number)
            folder.mkdir()
            counter = synthetic.make(folder, 0).counter
            way_down(counter, first)
            ours = way_down(counter, then)
            counter.close()
            return ours, bare(folder / "bare.db", people)

        ours, floor = in_turn(once)
    result = measured("sync-pull", ours, floor, coming)
    ratio = float(str(result["ratio"]))
    size = round(then.page_bytes / coming, 1)
    return result | {
        "target": TARGET,
        "stretch": STRETCH,
        "bytes_a_row": size,
        "ok": ratio >= TARGET,
    }
