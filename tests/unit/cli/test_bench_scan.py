"""`bench scan`: frames that are the same in every run, and a ladder that beats its single steps."""

import argparse
import json
from pathlib import Path

import numpy as np
import pytest

from counter_app.cli.bench import figures, scan
from tests.fakes import codes


def test_the_frames_are_repeatable_and_of_full_size() -> None:
    first, again = scan.drawn(11), scan.drawn(11)
    assert all(np.array_equal(a.frame, b.frame) for a, b in zip(first, again, strict=True))
    assert {s.frame.shape for s in first} == {(1080, 1920)}
    assert [s.text for s in first].count("") == 1


def test_the_table_counts_exact_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scan, "FRAMES", 3)
    monkeypatch.setattr(figures, "ROUNDS", 1)
    monkeypatch.setattr(scan, "TARGET_P50_MS", 1e9)
    monkeypatch.setattr(scan, "TARGET_P95_MS", 1e9)
    codes.lay(tmp_path, "right", "a.png")
    (tmp_path / "a.txt").write_text("right", "utf-8")
    codes.lay(tmp_path, "wrong", "b.png")
    (tmp_path / "b.txt").write_text("other", "utf-8")
    assert scan.run(argparse.Namespace(json=True, pictures=tmp_path)) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result["readers"]) == {"ladder", "zxing-cpp", "pyzbar", "opencv"}
    assert result["readers"]["ladder"]["exact"] == 3
    row = result["pictures"]["ladder"]
    assert (row["exact"], row["of"], row["other_text"]) == (1, 2, ["b.png"])


def test_a_missed_target_is_told_by_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scan, "FRAMES", 2)
    monkeypatch.setattr(figures, "ROUNDS", 1)
    monkeypatch.setattr(scan, "TARGET_P50_MS", 0.0)
    assert scan.run(argparse.Namespace(json=True, pictures=None)) == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False
