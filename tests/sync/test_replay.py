"""One seed replays a whole run: every exchange, every failure, every wait. Another seed is another run."""

import random
import threading
from pathlib import Path

import httpx
import pytest

from counter_app.store import meta
from counter_app.store.transaction import read
from counter_app.sync import pacing, push
from counter_app.sync.cycle import run_once
from counter_app.sync.desk import Desk, Report
from counter_app.sync.loop import Outside
from counter_app.sync.worker import Worker
from tests.fakes.centre import FakeCentre, Line
from tests.fakes.clock import FakeClock
from tests.proof import places
from tests.sync import desk

WAITS = 40
FATES = ("ok", "ok", "ok", "ok", "lost", "cut", "portal", "short", "twice", "busy", "stall")


class Rough(Line):
    """A line whose every exchange fares as the seed has it; a stall takes its time."""

    def __init__(self, centre: FakeCentre, clock: FakeClock, roll: random.Random) -> None:
        super().__init__(centre)
        self.clock, self.roll, self.well = clock, roll, True

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        fate = "ok" if self.well else self.roll.choice(FATES)
        if fate == "stall":
            self.seen.append("stall")
            self.clock.move(seconds=pacing.STALL_S)
            raise httpx.ReadTimeout("silence", request=request)
        if fate == "busy":
            self.seen.append("busy")
            return httpx.Response(503, headers={"Retry-After": str(self.roll.randint(1, 90))})
        self.script = [fate]
        return super().handle_request(request)


class Run:
    """A worker on the test's own thread, whose waits pass in no time."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.roll = random.Random(seed)
        self.centre = FakeCentre()
        self.services = desk.enrolled(folder, self.centre)
        self.counter = self.services.counter
        self.clock = self.counter.clock.under
        self.line = Rough(self.centre, self.clock, self.roll)
        self.trace: list[tuple[object, ...]] = []
        self.waits = 0
        outside = Outside(self.roll.random, self._sleep)
        self.worker = Worker(self.counter, once=self._once, outside=outside)

    def go(self) -> list[tuple[object, ...]]:
        self.worker.run()
        return self.trace

    def _once(self, at: Desk) -> Report:
        self.line.well = self.waits > WAITS
        report = run_once(at, self.line)
        with read(self.counter.station) as tx:
            kept = meta.get(tx, push.BYTES), meta.get(tx, push.UNCLEAR)
        how = (report.why, report.code, report.sent, report.acked, report.pending)
        self.trace.append((*self.line.seen, *how, *kept, sorted(report.rows.items())))
        self.line.seen.clear()
        return report

    def _sleep(self, wake: threading.Event, seconds: float) -> bool:
        self.waits += 1
        ms = round(seconds * 1000)
        self.trace.append(("wait", ms, self.clock.now_ms()))
        if self.waits > WAITS + 2:
            self.worker.stop()
        woken = self.roll.random() < 0.2
        self.clock.move(milliseconds=self.roll.randrange(ms + 1) if woken else ms)
        for _ in range(self.roll.choice((0, 0, 1, 3))):
            places.note(self.counter)
        if self.roll.random() < 0.3:
            self.centre.publish("control", [f"k{self.waits}", "v"])
        return woken


@pytest.fixture(scope="module")
def traces(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[object, ...]]]:
    return [Run(tmp_path_factory.mktemp("run"), seed).go() for seed in (7, 7, 8)]


def test_one_seed_replays_a_run_with_its_waits(traces: list[list[tuple[object, ...]]]) -> None:
    first, again, other = traces
    assert first == again
    assert first != other
    failures = {step[-8] for step in first if step[0] != "wait"}
    assert len(failures) >= 4, failures


def test_every_run_ends_with_nothing_waiting(traces: list[list[tuple[object, ...]]]) -> None:
    for trace in traces:
        last = [step for step in trace if step[0] != "wait"][-1]
        assert (last[-8], last[-4]) == ("", 0), last
