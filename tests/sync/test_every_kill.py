"""Processes that die for real, at every statement and every call on the disk; disks that refuse; power cuts."""

import collections
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import station
from tests.sync.test_every_step import loud

pytestmark = pytest.mark.fault
Line = dict[str, object]


def deaths(who: str, folder: Path, step: int, notes: int = 2) -> tuple[Line, list[Line]]:
    """What the nursery recorded of a round, and a line for each process that died."""
    words = [sys.executable, "-m", "tests.proof.nursery", who, str(folder), str(step), str(notes)]
    done = subprocess.run(words, cwd=station.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if "skip" in lines[0]:
        pytest.skip(str(lines[0]["skip"]))
    return lines[0], lines[1:]


def right(lines: list[Line]) -> collections.Counter[str]:
    """Every one was struck and ended well; how many of each kind."""
    wrong = [line for line in lines if line["wrong"] or not line["struck"]]
    # 70 and above: an exception nobody had thought of
    bugs = [line for line in lines if int(str(line["code"])) >= 70]
    assert not wrong, wrong[:5]
    assert not bugs, bugs[:5]
    return collections.Counter(str(line["kind"]) for line in lines)


def test_a_station_killed_at_some_steps_goes_on(tmp_path: Path) -> None:
    recorded, lines = deaths("model", tmp_path, 19)
    counts = right(lines)
    assert recorded["calls"]["fsync"] > 5
    assert counts["kill"] > 10
    assert min(counts[kind] for kind in ("power", "enospc", "eio")) > 5


def test_ids_made_at_send_time_do_not_survive_it(tmp_path: Path) -> None:
    _, lines = deaths("naive", tmp_path, 40)
    wrong = [line for line in lines if line["wrong"]]
    assert len(wrong) > 1
    with pytest.raises(AssertionError):
        right(lines)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_everything_killed_everywhere(tmp_path: Path) -> None:
    """The station beside the model and beside the real centre, then the centre and its database."""
    tell = loud("real kills")
    total: collections.Counter[str] = collections.Counter()
    for who, notes in (("model", 101), ("real", 101), ("centre", 2)):
        recorded, lines = deaths(who, tmp_path / who, 1, notes)
        counts = right(lines)
        _tell(tell, who, recorded, counts)
        total += counts
    kills = total["kill"] + total["centre"] + total["database"] + total["power"]
    tell(f"  in all {total.total()} faults, {kills} processes killed, 0 wrong")
    assert kills >= 1000


def _tell(
    tell: Callable[[str], None], who: str, recorded: Line, counts: collections.Counter[str]
) -> None:
    calls = {name: n for name, n in dict(recorded["calls"]).items() if n or "rename" in name}
    tell(f"  {who}: a round is {recorded['statements']} statements and {calls}")
    tell(f"  {who}: {dict(counts)}, 0 wrong")
