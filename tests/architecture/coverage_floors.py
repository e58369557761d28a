"""The coverage ratchet: `python -m tests.architecture.coverage_floors` after a run with --cov.

Reads the combined .coverage and compares branch coverage with coverage_floors.json, a file per
package. Under its floor: exit 1. More than a point above it: says so, and `--raise` writes the
higher floor; nothing here ever lowers one.
"""

import argparse
import io
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import coverage
from coverage.exceptions import CoverageException

FLOORS = Path(__file__).with_name("coverage_floors.json")
ROOT = FLOORS.parent.parent.parent
LOWEST = {
    "overall": 80,
    "counter_app/kernel": 95,
    "counter_app/domain": 95,
    "counter_app/forms": 95,
    "counter_app/catalog": 95,
    "counter_app/items": 95,
}
"""What was promised on the first day."""
SLACK = 1


def read_floors(path: Path = FLOORS) -> dict[str, int]:
    """The floors by package; ValueError where one was lowered below the promise or left out."""
    floors = {str(k): int(v) for k, v in json.loads(path.read_text("utf-8")).items()}
    low = [k for k, v in LOWEST.items() if floors.get(k, 0) < v]
    if low:
        raise ValueError(f"floors below the promise: {', '.join(low)}")
    return floors


def measure(names: Sequence[str], data_file: Path) -> dict[str, float]:
    """Branch coverage in percent by package, from recorded data."""
    data = coverage.Coverage(data_file=str(data_file), config_file=str(ROOT / "pyproject.toml"))
    data.load()
    found = {}
    for name in names:
        include = None if name == "overall" else [f"{ROOT.as_posix()}/{name}/*"]
        found[name] = data.report(include=include, file=io.StringIO(), skip_covered=False)
    return found


def judge(measured: Mapping[str, float], floors: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Sentences on what is under its floor, and on what could have a higher one."""
    under = [
        f"{k}: {measured[k]:.1f} % is under {v} %" for k, v in floors.items() if measured[k] < v
    ]
    risen = [
        f"{k}: {measured[k]:.1f} % stands, the floor is {v} %: --raise makes it {raised(measured[k])}"
        for k, v in floors.items()
        if raised(measured[k]) > v
    ]
    return under, risen


def raised(percent: float) -> int:
    """The floor a measured value carries, with slack for branches only some machines take."""
    return math.floor(percent) - SLACK


def main(words: Sequence[str]) -> int:
    """0 all floors hold, 1 one does not, 3 nothing was measured."""
    parser = argparse.ArgumentParser(prog="coverage_floors")
    parser.add_argument("--raise", dest="lift", action="store_true", help="write higher floors")
    parser.add_argument("--data", type=Path, default=ROOT / ".coverage")
    options = parser.parse_args(words)
    floors = read_floors(FLOORS)
    try:
        measured = measure(list(floors), options.data)
    except CoverageException as error:
        sys.stderr.write(f"no coverage to judge: {error}\n")
        return 3
    under, risen = judge(measured, floors)
    for name, percent in measured.items():
        sys.stdout.write(f"{name:22} {percent:6.1f} %   floor {floors[name]} %\n")
    if options.lift:
        higher = {k: max(v, raised(measured[k])) for k, v in floors.items()}
        FLOORS.write_text(json.dumps(higher, indent=2) + "\n", "utf-8")
    for line in [*under, *([] if options.lift else risen)]:
        sys.stdout.write(line + "\n")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
