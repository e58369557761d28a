"""The sync's thread: wakes, waits, stops, and survives whatever a round raises."""

import logging
import threading
from pathlib import Path

import pytest

from counter_app.store import journal
from counter_app.store.transaction import read
from counter_app.sync.cycle import run_once
from counter_app.sync.desk import Desk, Report
from counter_app.sync.worker import Worker
from tests.fakes import people
from tests.fakes.centre import FakeCentre, Line
from tests.sync import desk


class Rounds:
    """Rounds of the worker, counted; each may be made to raise or to find no network."""

    def __init__(self, centre: FakeCentre, *script: str) -> None:
        self.line = Line(centre)
        self.script = list(script)
        self.done = threading.Semaphore(0)

    def __call__(self, at: Desk) -> Report:
        try:
            what = self.script.pop(0) if self.script else "ok"
            if what == "bug":
                raise ZeroDivisionError("张三 990101199001011234")
            self.line.script = [what]
            return run_once(at, self.line)
        finally:
            self.done.release()

    def wait(self, rounds: int = 1) -> None:
        for _ in range(rounds):
            assert self.done.acquire(timeout=20)


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


def test_a_kick_sends_at_once_and_says_what_changed(tmp_path: Path, centre: FakeCentre) -> None:
    services = desk.enrolled(tmp_path, centre)
    changes: list[set[str]] = []
    heard = threading.Event()

    def on_change(feeds: set[str]) -> None:
        changes.append(feeds)
        if "ops" in feeds:
            heard.set()

    rounds = Rounds(centre)
    worker = Worker(services.counter, on_change, rounds)
    worker.start()
    rounds.wait()
    desk.accept(services, people.HEAD[0])
    worker.kick()
    assert heard.wait(20)
    assert worker.stop()
    assert desk.pending(services) == 0
    assert any("ops" in feeds for feeds in changes)


def test_a_bug_in_a_round_is_an_incident_without_personal_data(
    tmp_path: Path, centre: FakeCentre, unexpected_logs: list[logging.LogRecord]
) -> None:
    services = desk.enrolled(tmp_path, centre)
    rounds = Rounds(centre, "bug", "ok")
    worker = Worker(services.counter, None, rounds)
    worker.start()
    rounds.wait()
    worker.kick()
    rounds.wait()
    assert worker.stop()
    (record,) = unexpected_logs
    unexpected_logs.clear()
    said = record.getMessage()
    assert "incident" in said
    assert "ZeroDivisionError" in said
    assert "990101" not in said
    assert "张三" not in said
    assert record.exc_info is None


def test_a_failed_try_is_noted_on_what_waits(tmp_path: Path, centre: FakeCentre) -> None:
    services = desk.enrolled(tmp_path, centre)
    desk.accept(services, people.HEAD[0])
    rounds = Rounds(centre, "lost", "lost")
    worker = Worker(services.counter, None, rounds)
    worker.start()
    rounds.wait()
    assert worker.stop()
    with read(services.counter.station) as tx:
        (entry,) = journal.pending(tx, 5)
    assert entry.tries >= 1
    assert entry.next_at >= services.counter.clock.now_ms()
    (row,) = services.outbox()
    assert row.why == "没有网络"
    assert "自动再试" in row.next_words


def test_a_paused_worker_sends_nothing(tmp_path: Path, centre: FakeCentre) -> None:
    services = desk.enrolled(tmp_path, centre)
    rounds = Rounds(centre)
    worker = Worker(services.counter, None, rounds)
    worker.paused = True
    worker.start()
    worker.kick()
    assert not rounds.done.acquire(timeout=0.3)
    worker.paused = False
    rounds.wait()
    assert worker.rounds >= 1 or worker.stop()
    assert worker.stop()


def test_stopping_before_starting_is_fine(tmp_path: Path, centre: FakeCentre) -> None:
    services = desk.enrolled(tmp_path, centre)
    assert Worker(services.counter).stop()
