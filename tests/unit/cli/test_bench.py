"""The benches measure what they say, on real files, and count flushes."""

import argparse
import importlib
import itertools
import json
import shutil
from pathlib import Path

import pytest

from counter_app.cli.bench import (
    NAMES,
    accept,
    bills,
    evaluate,
    figures,
    paper,
    scan,
    settle,
    sync_bytes,
    sync_fill,
    sync_lists,
    sync_pull,
    synthetic,
)
from counter_app.services.accept_case import CaseAccepted

SMALL = argparse.Namespace(json=True)


def test_the_synthetic_station_takes_cases_of_four(tmp_path: Path) -> None:
    services = synthetic.make(tmp_path, 3)
    done = accept.accept(services, 2)()
    assert isinstance(done, CaseAccepted)
    assert len(synthetic.answers(services, 0).section("members")) == synthetic.MEMBERS
    with pytest.raises(RuntimeError, match="enrolled"):
        accept.accept(services, 2)()


def test_four_hundred_households_are_four_hundred_times_four_people(tmp_path: Path) -> None:
    from counter_app.store import roster
    from counter_app.store.transaction import read

    services = synthetic.make(tmp_path, 400)
    with read(services.counter.reference) as tx:
        assert roster.count(tx) == 400 * synthetic.MEMBERS


@pytest.mark.parametrize("name", sorted(NAMES.keys() - {"frozen", "sync-upload"}))
def test_a_bench_prints_one_object(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(figures, "ROUNDS", 2)
    monkeypatch.setattr(accept, "PER_ROUND", 2)
    monkeypatch.setattr(paper, "BATCH", 3)
    monkeypatch.setattr(scan, "FRAMES", 3)
    monkeypatch.setattr(settle, "CLAIMS", 30)
    monkeypatch.setattr(settle, "SETTLEMENTS", 100)
    monkeypatch.setattr(bills, "BILLS", 20_000)
    monkeypatch.setattr(bills, "OTHERS", 1000)
    monkeypatch.setattr(bills, "BUNDLE", 10)
    for module, names in ((sync_pull, ("BEFORE", "COMING")), (sync_fill, ("PEOPLE",))):
        for small in names:
            monkeypatch.setattr(module, small, 300)
    monkeypatch.setattr(sync_lists, "RUNS", 2)
    monkeypatch.setattr(sync_bytes, "PEOPLE", 300)
    monkeypatch.setattr(sync_bytes, "CUT", 4096)
    monkeypatch.setattr(accept, "count_flushes", lambda: {"accept": 1, "bare": 1})
    code = importlib.import_module(NAMES[name]).run(SMALL)
    result = json.loads(capsys.readouterr().out)
    assert result["name"] == name
    assert code == (0 if result["ok"] else 1)
    assert all(v > 0 for k, v in result.items() if k.endswith("_ms"))


def test_figures_in_lines(capsys: pytest.CaptureFixture[str]) -> None:
    figures.show({"a": 1, "b": "x"}, as_json=False)
    assert capsys.readouterr().out == "a: 1\nb: x\n"


def test_percentiles() -> None:
    values = [float(n) for n in range(1, 101)]
    assert figures.percentile(values, 95) == 96.0
    assert figures.percentile([3.0], 95) == 3.0
    assert figures.median_of([[1.0], [9.0], [2.0]], 50) == 2.0


def test_every_edit_is_another_form(tmp_path: Path) -> None:
    services = synthetic.make(tmp_path, 1)
    forms = evaluate.edits(synthetic.answers(services, 0))
    assert len(forms) > 100
    assert all(a != b for a, b in itertools.pairwise(forms))


def test_a_trace_is_read_between_its_marks() -> None:
    log = """
7 fdatasync(3) = 0
7 faccessat2(AT_FDCWD, "counter-bench:accept", F_OK, 0) = -1 ENOENT
7 fdatasync(3) = 0
8 fsync(4 <unfinished ...>
7 access("counter-bench:end", F_OK) = -1 ENOENT
7 fsync(3) = 0
7 access("counter-bench:bare", F_OK) = -1 ENOENT
7 fdatasync(3) = 0
7 access("counter-bench:end", F_OK) = -1 ENOENT
"""
    assert accept.read_log(log) == {"accept": 2, "bare": 1}
    assert accept.read_log("") is None


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")
def test_an_acceptance_flushes_no_more_than_a_bare_commit() -> None:
    flushes = accept.count_flushes()
    if flushes is None:
        pytest.skip("no right to trace here")
    assert flushes["bare"] > 0
    assert flushes["accept"] <= flushes["bare"]
