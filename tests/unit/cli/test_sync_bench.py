"""The sync's benchmarks in small: what they measure comes in whole, and the figures are there."""

import argparse
import json
import sys

import pytest

from counter_app.cli.bench import (
    sync_bytes,
    sync_fill,
    sync_lists,
    sync_pull,
    sync_upload,
)


def test_both_count_rows_on_both_sides() -> None:
    assert sync_lists.RUNS == 5
    for figures in (sync_pull.measure(300, 300), sync_fill.measure(300)):
        assert figures["rows"] == 300
        assert float(str(figures["ratio"])) > 0
        assert 0 < float(str(figures["bytes_a_row"])) < 75


def test_what_a_cut_line_wastes_is_counted() -> None:
    figures = sync_bytes.measure(300, 4096)
    assert 200 < int(str(figures["bytes_claim"])) <= sync_bytes.CLAIM
    assert int(str(figures["cuts"])) > 3
    assert int(str(figures["sent"])) >= int(str(figures["useful"])) > 0
    assert int(str(figures["tries"])) > 2


def test_an_upload_is_laid_beside_the_floor_of_its_own_round() -> None:
    figures = sync_upload.measured([(2.0, 20.0, 1.0), (4.0, 20.0, 2.0), (1.0, 20.0, 0.9)])
    assert (figures["ratio"], figures["ratio_judged"], figures["ok"]) == (0.5, 0.05, False)
    assert figures["stored_per_s"] == sync_upload.ENTRIES / 2


def test_where_no_postgresql_is_nothing_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sync_upload.importlib.util, "find_spec", lambda _: None)
    assert sync_upload.run(argparse.Namespace(json=True)) == 3
    assert "没有量" in capsys.readouterr().err


@pytest.mark.soak
def test_an_outbox_is_emptied_into_a_real_centre(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("ENTRIES", 3), ("RUNS", 2), ("RESIDENTS", 400)):
        monkeypatch.setattr(sync_upload, name, value)
    sync_upload.run(argparse.Namespace(json=True))
    figures = json.loads(capsys.readouterr().out)
    sys.stdout.write(f"{figures}\n")
    assert figures["runs"] == 2
    assert min(figures["stored_per_s"], figures["judged_per_s"], figures["floor_per_s"]) > 0
