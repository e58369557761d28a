"""Waiting after faults."""

from hypothesis import given
from hypothesis import strategies as st

from counter_app.sync import backoff


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_never_longer_than_a_quarter_of_an_hour(failures: int, roll: float) -> None:
    assert 0 <= backoff.delay_ms(failures, roll) <= 15 * 60_000


@given(st.integers(1, 40))
def test_the_ceiling_doubles_until_it_stands(failures: int) -> None:
    assert backoff.ceiling_ms(failures) == min(15 * 60_000, 2000 * 2**failures)


@given(st.integers(1, 40), st.floats(0, 1, exclude_max=True), st.integers(0, 600_000))
def test_the_centres_wish_is_kept(failures: int, roll: float, wish: int) -> None:
    assert backoff.delay_ms(failures, roll, wish) >= wish


def test_after_success_nothing_is_owed() -> None:
    assert backoff.delay_ms(0, 0.5) == 0


@given(st.integers(1, 3600), st.floats(0, 1))
def test_polls_spread_by_a_tenth(poll: int, roll: float) -> None:
    assert 0.9 * poll * 1000 - 1 <= backoff.spread_ms(poll, roll) <= 1.1 * poll * 1000 + 1
