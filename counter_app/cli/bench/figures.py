"""How figures are taken: nine rounds, the median of each round's p50 and p95."""

import json
import statistics
import sys
from collections.abc import Mapping, Sequence

ROUNDS = 9


def percentile(values: Sequence[float], share: int) -> float:
    """The value that `share` percent of the others don't exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def median_of(rounds: Sequence[Sequence[float]], share: int) -> float:
    """The median over the rounds of each round's percentile."""
    return round(statistics.median(percentile(values, share) for values in rounds), 3)


def show(result: Mapping[str, object], *, as_json: bool) -> None:
    """Print the figures, one JSON object or one line each."""
    if as_json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        return
    for name, value in result.items():
        sys.stdout.write(f"{name}: {value}\n")
