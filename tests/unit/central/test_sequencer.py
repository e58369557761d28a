"""The feed under 32 writers: nothing is missed, also where the sequencer is killed in the middle."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
import sqlalchemy as sa

from counter_app.central import feeds, number_changes
from counter_app.central.centre import Centre
from counter_app.central.feeds import Pending
from counter_app.central.number_changes import Sequencer
from tests.unit.central import race, rig
from tests.unit.central.conftest import Town


@contextmanager
def sequencing(centre: Centre) -> Iterator[subprocess.Popen[bytes]]:
    """A sequencer as a process of its own."""
    command = [sys.executable, "-m", "counter_app.central.command", "sequencer"]
    process = subprocess.Popen([*command, "--data", str(centre.folder)])
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.fault
@pytest.mark.parametrize("seconds", [2, pytest.param(120, marks=pytest.mark.soak)])
def test_thirty_two_writers_and_a_killed_sequencer_miss_nothing(town: Town, seconds: float) -> None:
    feed = f"{race.FEED}{seconds}"
    took: list[float] = []

    def kill() -> None:
        leads = race.leader(town.centre)
        os.kill(leads, signal.SIGKILL)
        took.append(race.wait_for_leader(town.centre, leads))

    with ExitStack() as stack:
        both = [stack.enter_context(sequencing(town.centre)) for _ in range(2)]
        race.wait_for_leader(town.centre)
        assert race.leader(town.centre) in {p.pid for p in both}
        run = race.Race(town.centre, 32, feed)
        run.run(seconds, kill)
    sys.stdout.write(f"{run.figures()}, taken over in {took[0]:.2f} s\n")
    assert run.missed == 0, run.figures()
    assert run.control_missed > 0, run.figures()
    assert took[0] < 3
    given = race.numbers(town.centre, feed)
    assert len(given) == len(run.written)
    assert given == list(range(given[0], given[0] + len(given))), "numbers are dense and single"


@pytest.fixture
def pair(town: Town) -> Iterator[list[Sequencer]]:
    """Two on threads of this process, the first of which leads."""
    both = [Sequencer(town.centre) for _ in range(2)]
    both[0].start()
    assert race.until(lambda: both[0].leads, 30)
    both[1].start()
    yield both
    for one in both:
        one.stop()
    assert race.until(lambda: race.leader(town.centre) == 0, 5)


def test_two_sequencers_and_callers_beside_never_give_a_number_twice(
    town: Town, pair: list[Sequencer]
) -> None:
    feed = "control.twice"
    writing = [threading.Thread(target=write, args=(town, feed, w)) for w in range(4)]
    for thread in writing:
        thread.start()
    for thread in writing:
        thread.join()
    assert [one.leads for one in pair] == [True, False]
    rig.number_all(town.centre)
    given = race.numbers(town.centre, feed)
    assert len(set(given)) == len(given) == 4 * 30


def write(town: Town, feed: str, writer: int) -> None:
    for i in range(30):
        with town.centre.engine.begin() as tx:
            feeds.publish(tx, [Pending(feed, [f"{writer}.{i}", "x"])])
        if i % 3 == 0:
            rig.number_all(town.centre)


def test_a_leader_whose_session_ends_is_followed_by_the_next(
    town: Town, pair: list[Sequencer]
) -> None:
    with town.centre.engine.begin() as tx:
        ended = (
            "select count(pg_terminate_backend(pid)) from pg_stat_activity "
            "where starts_with(application_name, 'sequencer:')"
        )
        assert tx.exec_driver_sql(ended).scalar_one() >= 1
    assert race.until(lambda: not pair[0].leads, 5)
    assert race.until(lambda: any(one.leads for one in pair), 5)
    with town.centre.engine.begin() as tx:
        feeds.publish(tx, [Pending("control.after", ["a", "x"])])
    assert race.until(lambda: None not in race.numbers(town.centre, "control.after"), 5)


def test_a_leader_that_stood_still_within_a_transaction_leads_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = ("set idle_in_transaction_session_timeout = '50ms'",)
    monkeypatch.setattr(number_changes, "_SESSION", short)
    still, looked = [0.3], feeds.waiting

    def waiting(tx: sa.Connection) -> bool:
        found = looked(tx)
        if still:
            # longer than the session may be silent, as a stopped process is
            time.sleep(still.pop())
            return True
        return found

    monkeypatch.setattr(feeds, "waiting", waiting)
    one = Sequencer(town.centre)
    one.start()
    assert race.until(lambda: not still, 5)
    with town.centre.engine.begin() as tx:
        feeds.publish(tx, [Pending("control.still", ["a", "x"])])
    assert race.until(lambda: None not in race.numbers(town.centre, "control.still"), 5)
    one.stop()
