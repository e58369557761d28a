"""Moments in words."""

import datetime as dt

import pytest

from counter_app.kernel.clock import CHINA, to_ms
from counter_app.services.queries import moments
from tests.fakes.clock import FakeClock


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (dt.datetime(2026, 11, 23, 10, 5, tzinfo=CHINA), "今天 10:05"),
        (dt.datetime(2026, 11, 22, 23, 59, tzinfo=CHINA), "昨天 23:59"),
        (dt.datetime(2026, 11, 18, 9, 0, tzinfo=CHINA), "11月18日 09:00"),
        (dt.datetime(2025, 12, 3, 9, 0, tzinfo=CHINA), "2025年12月3日 09:00"),
        (dt.datetime(2026, 11, 24, 9, 0, tzinfo=CHINA), "11月24日 09:00"),
    ],
)
def test_a_moment_is_said_as_a_clerk_would(at: dt.datetime, words: str) -> None:
    assert moments.said(FakeClock(), to_ms(at)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-11-22T20:00", "昨天 20:00"),
        ("2026-11-22", "昨天"),
        ("今早 6 点", "今早 6 点"),
        ("", ""),
        ("9" * 40, "9" * 40),
    ],
)
def test_what_the_centre_says_is_read_or_left_as_it_is(value: str, words: str) -> None:
    assert moments.told_by_centre(FakeClock(), value) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-5, "0 分钟"),
        (4, "4 分钟"),
        (172, "2 小时 52 分"),
        (180, "3 小时"),
        (1500, "1 天 1 小时"),
        (2880, "2 天"),
    ],
)
def test_a_span_in_words(minutes: int, words: str) -> None:
    assert moments.lasted(minutes * 60_000) == words
