"""Limits warn by the program's figures, and hold only by the centre's."""

import dataclasses
import datetime as dt

import pytest

from counter_app.domain.limits import (
    DEFAULTS,
    HOUR_MS,
    MINUTE_MS,
    StationFacts,
    limits,
    may_hold,
    pack_until,
)
from counter_app.domain.policy.pack import Pack, Parameter

ON = dt.date(2026, 11, 23)
WELL = StationFacts(ON, unsent=12, free_mb=50_000, pack="示范县 2026.1")
PASSED = {
    "disk_free_mb": ({"free_mb": 1_023}, {"free_mb": 1_024}),
    "clock_minutes": ({"skew_ms": -5 * MINUTE_MS}, {"skew_ms": 5 * MINUTE_MS - 1}),
    "offline_hours": ({"offline_ms": 72 * HOUR_MS}, {"offline_ms": 72 * HOUR_MS - 1}),
    "unsent_entries": ({"unsent": 200}, {"unsent": 199}),
    "pack_days": ({"pack_until": ON - dt.timedelta(1)}, {"pack_until": ON}),
    "packs_unused": ({"packs_unused": ("规则包 990101/2027.1 读不懂，没有用它",)}, {}),
}


@pytest.mark.parametrize("code", PASSED)
def test_each_warns_at_its_figure_and_holds_nothing(code: str) -> None:
    over, under = PASSED[code]
    (limit,) = limits(dataclasses.replace(WELL, **over), {})
    assert (limit.code, limit.holds) == (code, False)
    assert "照常受理" in limit.text
    assert len(limit.title) <= 20
    assert limits(dataclasses.replace(WELL, **under), {}) == ()


@pytest.mark.parametrize("code", [c for c in PASSED if not c.startswith("pack")])
def test_the_centres_figure_holds(code: str) -> None:
    over, _ = PASSED[code]
    figure = str(DEFAULTS[f"warn.{code}"])
    facts = dataclasses.replace(WELL, **over)
    (limit,) = limits(facts, {f"hold.{code}": figure})
    assert limit.holds
    assert "补传、导出、打印、日结照常" in limit.text
    assert "纸单" in limit.text
    assert may_hold({f"hold.{code}": figure})
    assert limits(WELL, {f"hold.{code}": figure}) == ()


def test_a_pack_that_ended_never_holds() -> None:
    facts = dataclasses.replace(WELL, pack_until=dt.date(2026, 1, 1))
    said = {"hold.pack_days": "1"}
    (limit,) = limits(facts, said)
    assert not limit.holds
    assert "估不出来" in limit.text
    assert not may_hold(said)


@pytest.mark.parametrize("said", ["", "0", "-3", "三", "1.5", "²"])
def test_what_is_no_figure_counts_as_not_said(said: str) -> None:
    facts = dataclasses.replace(WELL, unsent=500)
    (limit,) = limits(facts, {"warn.unsent_entries": said, "hold.unsent_entries": said})
    assert not limit.holds
    assert not may_hold({"hold.unsent_entries": said})


def test_the_centre_may_warn_earlier_or_later() -> None:
    assert limits(dataclasses.replace(WELL, unsent=12), {"warn.unsent_entries": "10"})
    assert not limits(dataclasses.replace(WELL, unsent=500), {"warn.unsent_entries": "1000"})


def test_what_holds_comes_first_then_the_gravest() -> None:
    facts = StationFacts(ON, 100 * HOUR_MS, 900, 10, 0, "示范县 2026.1")
    codes = [limit.code for limit in limits(facts, {})]
    assert codes == ["disk_free_mb", "offline_hours", "unsent_entries"]
    first, *_ = limits(facts, {"hold.unsent_entries": "800"})
    assert (first.code, first.holds) == ("unsent_entries", True)


def test_unknown_is_not_passed() -> None:
    assert limits(StationFacts(ON), {}) == ()


def test_a_pack_ends_only_where_all_of_it_does() -> None:
    def pack(*ends: dt.date | None) -> Pack:
        rows = tuple(Parameter("k", "1", "虚构", "invented", None, end) for end in ends)
        return Pack("990101", "示范县", "1", invented=True, digest="0", parameters=rows)

    assert pack_until(None) is None
    assert pack_until(pack()) is None
    assert pack_until(pack(ON, None)) is None
    assert pack_until(pack(dt.date(2025, 12, 31), ON)) == ON
