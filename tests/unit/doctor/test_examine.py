"""One fault gives one line, what hangs is given up, and a bug in one look leaves the others alone."""

import logging
import threading
import time
from pathlib import Path

import pytest

from counter_app.doctor import words
from counter_app.doctor.examine import examine
from counter_app.doctor.finding import BLOCKED, BROKEN, SLOW, Finding, Seen, Verdict
from counter_app.doctor.part import Look, Part
from counter_app.doctor.patient import Patient
from tests.fakes.clock import FakeClock

PATIENT = Patient(Path("nowhere"), FakeClock(), Path("resources"), "1.0")


def says(part: str, verdict: Verdict = Verdict.FINE, code: str = "") -> Look:
    return lambda patient, seen: Finding(part, part, verdict, "看过", code)


def part(name: str, look: Look | None = None, **more: object) -> Part:
    return Part(name, name, look or says(name), **more)


def test_findings_come_in_the_order_of_the_parts_and_are_told_as_they_come() -> None:
    told: list[str] = []
    # long enough for the quick one to be done before it
    first = part("slow", lambda p, s: (time.sleep(0.05), says("slow")(p, s))[1])
    whole = examine(PATIENT, (first, part("quick")), lambda f: told.append(f.part))
    assert [f.part for f in whole.findings] == ["slow", "quick"]
    assert told == ["quick", "slow"]
    assert whole.of("quick").at_ms == FakeClock().now_ms()
    with pytest.raises(KeyError):
        whole.of("nobody")


def test_what_stands_on_a_stopped_part_is_not_looked_at() -> None:
    stopped = part("disk", says("disk", Verdict.STOP, "disk_full"), vital=True)
    looked: list[str] = []

    def base(patient: Patient, seen: Seen) -> Finding:
        looked.append("base")
        return says("base")(patient, seen)

    parts = (part("chain", needs=("base",)), part("base", base, needs=("disk",)), stopped)
    whole = examine(PATIENT, parts)
    assert looked == []
    assert [f.code for f in whole.findings] == [BLOCKED, BLOCKED, "disk_full"]
    assert [f.code for f in whole.wrong] == ["disk_full"]
    assert whole.stopped
    assert words.head(whole) == "现在存不了东西，先别受理"


def test_a_part_that_only_comes_after_is_looked_at_whatever_was_found() -> None:
    seen_by: list[Seen] = []

    def clock(patient: Patient, seen: Seen) -> Finding:
        seen_by.append(seen)
        return says("clock")(patient, seen)

    network = part("network", says("network", Verdict.STOP, "server_down"))
    whole = examine(PATIENT, (part("clock", clock, after=("network",)), network))
    assert seen_by[0]["network"].code == "server_down"
    assert whole.of("clock").verdict is Verdict.FINE
    assert not whole.stopped
    assert words.head(whole) == "能正常办理。1 处需要留意"


def test_a_look_that_never_returns_is_given_up_and_said() -> None:
    end = threading.Event()
    hangs = part("camera", lambda p, s: (end.wait(30), says("camera")(p, s))[1], seconds=0.1)
    began = time.monotonic()
    whole = examine(PATIENT, (hangs, part("disk")))
    took = time.monotonic() - began
    end.set()
    assert [f.code for f in whole.findings] == [SLOW, ""]
    assert took < 5


def test_looks_that_wait_for_each_other_end_in_time_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("counter_app.doctor.examine.WHOLE_S", 0.3)
    end = threading.Event()

    def hangs(name: str) -> Look:
        return lambda p, s: (end.wait(30), says(name)(p, s))[1]

    chained = (
        part("disk", hangs("disk"), seconds=0.2),
        part("database", hangs("database"), seconds=9, needs=("disk",)),
        part("journal", hangs("journal"), seconds=9, needs=("database",)),
    )
    began = time.monotonic()
    whole = examine(PATIENT, chained)
    took = time.monotonic() - began
    end.set()
    assert [f.code for f in whole.findings] == [SLOW] * 3
    assert whole.of("journal").verdict is Verdict.ABSENT
    assert took < 5


def test_more_than_run_at_once_all_come() -> None:
    parts = tuple(part(f"p{n}", lambda p, s, n=n: says(f"p{n}")(p, s)) for n in range(23))
    assert len(examine(PATIENT, parts).findings) == 23


def test_a_bug_in_one_look_is_a_line_without_its_words(
    unexpected_logs: list[logging.LogRecord],
) -> None:
    def broken(patient: Patient, seen: Seen) -> Finding:
        raise RuntimeError("王秀兰 990101194512310046")

    whole = examine(PATIENT, (part("pack", broken), part("disk")))
    assert [f.code for f in whole.findings] == [BROKEN, ""]
    (record,) = unexpected_logs
    assert record.getMessage() == "incident in doctor pack: RuntimeError"
    assert record.exc_info is None
    unexpected_logs.clear()


@pytest.mark.parametrize(("code", "count"), [("locked", 0), (SLOW, 1)])
def test_nothing_is_promised_of_a_vital_part_nobody_looked_at(code: str, count: int) -> None:
    verdict = Verdict.LOOK if count else Verdict.ABSENT
    shut = part("database", says("database", verdict, code), vital=True)
    whole = examine(PATIENT, (shut, part("disk", vital=True)))
    said = words.head(whole)
    assert "没有查成：database" in said
    assert "照常办" not in said
    assert "能正常办理" not in said
    assert words.plain(whole)["unseen"] == ["database"]


def test_what_is_said_names_what_is_wrong_and_what_it_means() -> None:
    wrong = Finding(
        "camera", "摄像头", Verdict.LOOK, "被别的程序占着", "camera_busy", "扫不了码", "关掉它"
    )
    whole = examine(PATIENT, (part("camera", lambda p, s: wrong), part("disk", vital=True)))
    said = words.lines(whole)
    assert said[0] == "能正常办理。1 处需要留意"
    assert "[看] 摄像头　被别的程序占着" in said
    assert "      扫不了码" in said
    plain = words.plain(whole)
    assert plain["ok"] is False
    assert plain["can_accept"] is True
    assert [f["code"] for f in plain["findings"]] == ["camera_busy", ""]
