"""The memory bench works the real window to the end and tells what it takes."""

import argparse
import json
from pathlib import Path

import pytest

from counter_app.cli.bench import crowd
from ui.bench import memory, working_window

pytestmark = [
    pytest.mark.gui,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here"),
]


def test_the_window_is_worked_and_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(memory, "SERVED", 1)
    seen: list[Path] = []
    real = memory.measure

    def measure(profile: Path, told: dict[str, object], out: Path) -> dict[str, float]:
        stages = real(profile, told, out)
        seen.extend((profile.parent / "paper").glob("*.pdf"))
        return stages

    monkeypatch.setattr(memory, "measure", measure)
    code = memory.run(argparse.Namespace(json=True, people=9_000))
    result = json.loads(capsys.readouterr().out)
    assert list(result["rss_mb"]) == ["gate", "home", "searched", "served"]
    assert result["most_mb"] == max(result["rss_mb"].values()) > 40
    assert code == (0 if result["ok"] else 1)
    # who was served has paper in hand: receipt and form
    assert len(seen) == 2


def test_a_window_that_does_not_come_through_is_told(tmp_path: Path) -> None:
    profile = memory.make_profile(tmp_path, "richtig-1234", 30)
    with pytest.raises(RuntimeError):
        memory.measure(profile, {"passphrase": 1}, tmp_path / "out")


def test_what_is_typed_is_of_every_kind_and_who_is_served_is_grown_up() -> None:
    told = memory.errands("x", 20_000)
    keys, served = told["keys"], told["served"]
    assert isinstance(keys, list)
    assert isinstance(served, list)
    assert len(keys) == memory.LOOKED_UP >= len(crowd.KINDS)
    assert len(set(served)) == memory.SERVED
    assert all("1950" <= certno[6:10] <= "2005" for certno in served)


def test_memory_is_read_from_the_system() -> None:
    before = working_window.resident_mb()
    kept = bytearray(b"x" * 60_000_000)
    assert working_window.resident_mb() - before > 50
    assert len(kept) > 0
