"""`counter-app bench evaluate`: the whole judgement at each edit of a form with four members.

Floor: the form language alone (visibility, duty, kinds) on the same answers.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from counter_app.catalog.item import judge
from counter_app.catalog.registry import item
from counter_app.cli.bench import figures, synthetic
from counter_app.forms.answers import Answers
from counter_app.forms.evaluate import evaluate

TARGET_P95_MS = 5.0
_TYPED = (
    ("psn_name", "赵立新"),
    ("certno", "990101199911051231"),
    ("brdy", "1999-11-05"),
    ("idet_no", "DB0791"),
    ("memo", "材料齐全"),
)


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 where the target is kept, 1 where not."""
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as folder:
        services = synthetic.make(Path(folder), 1)
        begun = synthetic.answers(services, 0)
        service = item(synthetic.ITEM)
        facts = services.load_facts(service.asks(begun), "", None)
        forms = edits(begun)
        whole: list[list[float]] = []
        floor: list[list[float]] = []
        for _ in range(figures.ROUNDS):
            whole.append(_timed(forms, lambda form: judge(service, form, facts)))
            floor.append(_timed(forms, lambda form: evaluate(service.form, form, facts.context)))
        services.counter.station.dispose()
        services.counter.reference.dispose()
    p95 = figures.median_of(whole, 95)
    result = {
        "name": "evaluate",
        "members": synthetic.MEMBERS,
        "edits": len(forms),
        "p50_ms": figures.median_of(whole, 50),
        "p95_ms": p95,
        "floor_form_only_p50_ms": figures.median_of(floor, 50),
        "floor_form_only_p95_ms": figures.median_of(floor, 95),
        "target_p95_ms": TARGET_P95_MS,
        "rounds": figures.ROUNDS,
        "ok": p95 <= TARGET_P95_MS,
    }
    figures.show(result, as_json=args.json)
    return 0 if p95 <= TARGET_P95_MS else 1


def edits(begun: Answers) -> list[Answers]:
    """The answers after each key of a clerk who corrects every member."""
    forms: list[Answers] = []
    for index in range(synthetic.MEMBERS):
        for field, text in _TYPED:
            at = f"members[{index}].{field}"
            forms.extend(begun.put(at, text[:end]) for end in range(len(text) + 1))
    return forms


def _timed(forms: list[Answers], work: Callable[[Answers], object]) -> list[float]:
    taken = []
    for form in forms:
        begun = time.perf_counter()
        work(form)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken
