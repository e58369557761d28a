"""Time comes from a Clock, clamped and shiftable."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from counter_app.kernel.clock import (
    CHINA,
    ShiftableClock,
    SystemClock,
    from_ms,
    moment,
    to_ms,
    today,
)
from counter_app.kernel.errors import EnvironmentFault, Refused
from counter_app.kernel.problems import Level, Problem, stops
from tests.fakes.clock import FakeClock


def test_the_date_is_chinas() -> None:
    clock = FakeClock(dt.datetime(2026, 11, 23, 23, 30, tzinfo=CHINA))
    assert today(clock) == dt.date(2026, 11, 23)
    clock.move(minutes=31)
    assert today(clock) == dt.date(2026, 11, 24)
    assert moment(clock).utcoffset() == dt.timedelta(hours=8)


@given(st.integers(-(2**70), 2**70))
def test_no_number_breaks_the_calendar(ms: int) -> None:
    assert 1970 < from_ms(ms).year < 9999


@given(st.integers(10**12, 4 * 10**12))
def test_milliseconds_survive(ms: int) -> None:
    assert to_ms(from_ms(ms)) == ms


def test_the_clerks_answer_shifts_the_clock_for_this_run() -> None:
    under = FakeClock()
    clock = ShiftableClock(under)
    assert (clock.now_ms(), clock.state()) == (under.at, "ok")
    clock.shift(-60_000, "confirmed")
    assert (clock.now_ms(), clock.state()) == (under.at - 60_000, "confirmed")


def test_the_systems_clock_runs() -> None:
    clock = SystemClock()
    assert clock.now_ms() <= clock.now_ms()
    assert clock.state() == "ok"


def test_refusals_carry_stable_codes() -> None:
    fault = EnvironmentFault("disk_full", "磁盘满了", "腾出空间")
    assert (fault.code, fault.text, fault.advice) == ("disk_full", "磁盘满了", "腾出空间")
    assert str(Refused("late", "过了今天")) == "late: 过了今天"


def test_only_stops_stop() -> None:
    stop, warn = Problem("a", "x", "停"), Problem("b", "x", "提醒", Level.WARN)
    assert stops((stop, warn, Problem("c", "", "说明", Level.INFO))) == (stop,)
