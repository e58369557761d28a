"""The stall bench fills the real window's lists from a real centre and counts between the strokes of its loop."""

import argparse
import json
import sys

import pytest

from ui.bench import struck_window, sync_stall

pytestmark = pytest.mark.gui


def test_the_longest_gap_is_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    gaps = [5.0] * 998 + [7.4, 60.0]
    figures = sync_stall.measured(100, gaps)
    assert (figures["longest_ms"], figures["p999_ms"], figures["ok"]) == (60.0, 60.0, False)
    assert sync_stall.measured(100, gaps[:-1])["ok"]
    monkeypatch.setattr(sync_stall.importlib.util, "find_spec", lambda _: None)
    assert sync_stall.run(argparse.Namespace(json=True, people=None)) == 3


def test_a_deaf_loop_is_heard(qapp: object) -> None:
    import time

    from PySide6.QtTest import QTest

    strokes = struck_window.Strokes()
    strokes.start()
    QTest.qWait(30)
    time.sleep(0.06)  # the loop is deaf: what is to be found
    QTest.qWait(30)
    assert max(strokes.gaps) >= 60
    # how many strokes sixty milliseconds have is the machine's affair, while others work on it
    assert len(strokes.gaps) > 1


@pytest.mark.soak
def test_a_window_is_filled_and_watched(capsys: pytest.CaptureFixture[str]) -> None:
    sync_stall.run(argparse.Namespace(json=True, people=400))
    figures = json.loads(capsys.readouterr().out)
    sys.stdout.write(f"{figures}\n")
    assert figures["rows"] == 400
    assert figures["strokes"] > 100
    assert figures["longest_ms"] >= figures["p999_ms"] >= 5
