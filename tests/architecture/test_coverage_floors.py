"""The ratchet itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import coverage_floors, sources


def test_floors_hold_what_was_promised() -> None:
    floors = coverage_floors.read_floors()
    assert set(coverage_floors.LOWEST) <= set(floors)


def test_a_lowered_floor_is_refused(tmp_path: Path) -> None:
    low = tmp_path / "floors.json"
    low.write_text('{"overall": 79}', "utf-8")
    with pytest.raises(ValueError, match="overall"):
        coverage_floors.read_floors(low)


def test_under_the_floor_is_said_and_above_it_is_offered() -> None:
    under, risen = coverage_floors.judge(
        {"a": 94.9, "b": 99.0, "c": 96.9}, {"a": 95, "b": 95, "c": 95}
    )
    assert [line[0] for line in under] == ["a"]
    assert [line[0] for line in risen] == ["b"]
    assert risen[0].endswith("98")


def test_it_reads_recorded_data(tmp_path: Path) -> None:
    data = tmp_path / "measured"
    clean = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    code = "from counter_app.kernel import money; money.parse_yuan('1.00')"
    script = tmp_path / "go.py"
    script.write_text(code, "utf-8")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "coverage",
            "run",
            "--source=counter_app.kernel",
            f"--data-file={data}",
            str(script),
        ],
        cwd=sources.ROOT,
        env=clean,
        capture_output=True,
        check=True,
    )
    subprocess.run(
        [sys.executable, "-m", "coverage", "combine", f"--data-file={data}", str(tmp_path)],
        cwd=sources.ROOT,
        env=clean,
        capture_output=True,
        check=True,
    )
    measured = coverage_floors.measure(["counter_app/kernel"], data)
    assert 0 < measured["counter_app/kernel"] < 95


def test_its_exit_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert coverage_floors.main(["--data", str(tmp_path / "none")]) == 3
    floors = coverage_floors.read_floors()
    for percent, code in ((100.0, 0), (79.0, 1)):
        measured = dict.fromkeys(floors, percent)
        monkeypatch.setattr(coverage_floors, "measure", lambda *_, measured=measured: measured)
        assert coverage_floors.main([]) == code


def test_raising_never_lowers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "floors.json"
    copy.write_text(coverage_floors.FLOORS.read_text("utf-8"), "utf-8")
    before = coverage_floors.read_floors()
    monkeypatch.setattr(coverage_floors, "FLOORS", copy)
    measured = dict.fromkeys(before, 100.0) | {"overall": before["overall"] + 0.5}
    monkeypatch.setattr(coverage_floors, "measure", lambda *_: measured)
    assert coverage_floors.main(["--raise"]) == 0
    after = coverage_floors.read_floors(copy)
    assert after["overall"] == before["overall"]
    assert all(after[k] == 99 for k in before if k != "overall")
