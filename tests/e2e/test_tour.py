"""The tour's main line: the real window, the real centre, a cut network, a power cut, paper read back."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ui.demo.papers import RARE, kind, texts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

TOUR = ("-m", "ui.app", "demo", "--tour", "--offscreen", "--main-line", "--residents", "2000")
SECONDS = 240
STEPS = [
    "first-start",
    "twins",
    "household-of-four",
    "filing-retired",
    "claim-outpatient",
    "offline",
    "half-typed",
    "after-power-cut",
    "draft-back",
    "back-online",
    "rejected",
    "held",
    "day-totals",
    "second-pc",
    "second-pc-sees",
    "receipt-offline",
    "heads",
    "papers",
    "traces",
]


def play(out: Path, log: Path) -> int:
    """Run the tour to its end; cut short it still stops the centre it started."""
    command = [sys.executable, *TOUR, "--out", str(out)]
    with log.open("wb") as said:
        tour = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, env=os.environ)
        try:
            return tour.wait(SECONDS)
        except subprocess.TimeoutExpired:
            tour.send_signal(signal.SIGINT)
            tour.wait(40)
            return -1


def test_main_line_of_the_tour(tmp_path: Path) -> None:
    out, log = tmp_path / "tour", tmp_path / "tour.log"
    code = play(out, log)
    said = log.read_text("utf-8", "replace")
    assert code == 0, said[-4000:]
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert [s["id"] for s in report["steps"]] == STEPS
    assert [s["id"] for s in report["steps"] if not s["ok"]] == []
    assert report["pending"] == 0
    assert len(report["station_head"]) == 64
    assert report["station_head"] == report["central_head"]
    pictures = [out / p for s in report["steps"] for p in s["pictures"]]
    assert len(pictures) >= 20
    assert all(p.stat().st_size > 0 for p in pictures)
    assert len(list(out.glob("*_QH-HZ-01_1.pdf"))) >= 9
    said = texts(out)
    assert [k for k in ("QH-BA-01", "QH-BX-01", "QH-SS-01") if not _names(said, k)] == []


def _names(said: dict[str, str], sheet: str) -> bool:
    """Whether a rare character is found by text search on a sheet of this kind."""
    return any(RARE & set(text) for name, text in said.items() if kind(name) == sheet)
