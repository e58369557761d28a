"""The pacing alone: when the next round comes after what."""

import ast
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from counter_app.sync import backoff, core, pacing
from counter_app.sync.pacing import Broke, Ended, Go, Pacing, TimeUp, Wait, Woken

ROLLS = st.floats(0, 1, exclude_max=True)
EVENTS = st.one_of(
    st.sampled_from([Broke(), TimeUp(), Woken(), TimeUp(held=True), Ended("network"), Ended()]),
    st.builds(Ended, st.just("server"), retry_after_ms=st.integers(0, 10**7)),
)


def walk(*events: pacing.Event, roll: float = 0.5) -> Pacing:
    now = pacing.begin()
    for event in events:
        now = pacing.after(now, event, roll)
    return now


def test_failures_wait_longer_and_longer_and_success_owes_nothing() -> None:
    failed = Ended("network")
    assert walk(failed).doing == Wait(2_000, "network")
    assert walk(failed, TimeUp(), failed, TimeUp(), failed).doing == Wait(8_000, "network")
    well = walk(failed, TimeUp(), Ended(poll_after=30))
    assert well == Pacing(Wait(30_000))
    assert walk(failed, TimeUp(), Broke()).doing == Wait(4_000)


def test_who_is_woken_begins_anew() -> None:
    """Something was saved, the clerk asked, or the network came back."""
    failed = Ended("network")
    now = walk(failed, TimeUp(), failed, TimeUp(), failed, Woken())
    assert now == Pacing(Go())
    assert pacing.after(now, failed, 0.5).doing == Wait(2_000, "network")


def test_the_centres_wish_and_its_decisions() -> None:
    assert walk(Ended("server", retry_after_ms=60_000)).doing == Wait(60_000, "server")
    assert walk(Ended(acked=3, poll_after=30)).doing == Wait(pacing.SOON_S * 1000)


def test_while_held_back_nothing_runs() -> None:
    assert pacing.begin(held=True).doing == Wait(pacing.HELD_MS)
    assert walk(Ended(), Woken(held=True)).doing == Wait(pacing.HELD_MS)
    assert walk(Ended(), Woken(held=True), Woken()).doing == Go()


@given(st.lists(st.tuples(EVENTS, ROLLS), max_size=30))
def test_no_wait_is_longer_than_a_quarter_of_an_hour(
    steps: list[tuple[pacing.Event, float]],
) -> None:
    now = again = pacing.begin()
    for event, roll in steps:
        now = pacing.after(now, event, roll)
        again = pacing.after(again, event, roll)
        assert now == again
        assert not isinstance(now.doing, Wait) or 0 <= now.doing.ms <= backoff.LONGEST_MS


def test_the_core_reaches_for_no_clock_chance_disk_or_network() -> None:
    pure = {"collections.abc", "dataclasses", "counter_app.sync", "counter_app.kernel.errors"}
    for module in (core, pacing, backoff):
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        named = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        assert named <= pure, module
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.Import)], module


def test_a_round_that_brought_something_before_it_failed_starts_the_waits_anew() -> None:
    failed, moved = Ended("network"), Ended("network", moved=True)
    worn = walk(failed, TimeUp(), failed, TimeUp(), failed)
    assert worn.failures == 3
    assert walk(failed, TimeUp(), failed, TimeUp(), moved).failures == 1
