"""`counter-app bench search`: type-ahead through the real query and the real list, over a million people.

For each kind of key: nine rounds of keystrokes, the median of each round's p50 and p95; beside it the
bare range query on the same file.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from counter_app.cli.bench import crowd, figures, synthetic
from counter_app.services.context import Counter
from counter_app.services.queries.find import Findings

PEOPLE = 1_000_000
KEYSTROKES = 40
TARGET_P95_MS = 16.0


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 where the target is kept for every kind of key, 1 where not."""
    people = getattr(args, "people", None) or PEOPLE
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as folder:
        began = time.perf_counter()
        services = synthetic.make(Path(folder), 1)
        crowd.fill(services.counter, people)
        filled = time.perf_counter() - began
        measured = _measure(services.find, services.counter, people)
        services.counter.station.dispose()
        services.counter.reference.dispose()
    kept = all(kind["p95_ms"] <= TARGET_P95_MS for kind in measured.values())
    result = {
        "name": "search",
        "people": people,
        "filled_s": round(filled, 1),
        "keys": measured,
        "target_p95_ms": TARGET_P95_MS,
        "rounds": figures.ROUNDS,
        "keystrokes": KEYSTROKES,
        "ok": kept,
    }
    figures.show(result, as_json=args.json)
    return 0 if kept else 1


def _measure(
    find: Callable[[str], Findings], counter: Counter, people: int
) -> dict[str, dict[str, float]]:
    from PySide6.QtWidgets import QApplication

    from ui.models import search_rows
    from ui.widgets import TableView

    app = QApplication.instance() or QApplication([])
    table = TableView(search_rows.PEOPLE, numbered=True)
    table.resize(900, 500)

    def keystroke(text: str) -> None:
        table.set_rows([search_rows.person(hit) for hit in find(text).people])

    found = {kind: _kind(kind, keystroke, counter, people) for kind in crowd.KINDS}
    table.deleteLater()
    app.processEvents()
    return found


def _kind(
    kind: str, keystroke: Callable[[str], None], counter: Counter, people: int
) -> dict[str, float]:
    ours: list[list[float]] = []
    floor: list[list[float]] = []
    for number in range(figures.ROUNDS + 1):
        texts = [_text(kind, number * KEYSTROKES + n, people) for n in range(KEYSTROKES)]
        ours.append([_timed(keystroke, text) for text in texts])
        floor.append([crowd.bare_ms(counter, kind, text) for text in texts])
    # the first round warms up
    return {
        "p50_ms": figures.median_of(ours[1:], 50),
        "p95_ms": figures.median_of(ours[1:], 95),
        "floor_p50_ms": figures.median_of(floor[1:], 50),
        "floor_p95_ms": figures.median_of(floor[1:], 95),
    }


def _text(kind: str, number: int, people: int) -> str:
    """Somebody far from the one before, and another length of their key."""
    return crowd.somebody(number * 7_919 % people).key(kind, number)


def _timed(work: Callable[[str], None], text: str) -> float:
    began = time.perf_counter()
    work(text)
    return (time.perf_counter() - began) * 1000
