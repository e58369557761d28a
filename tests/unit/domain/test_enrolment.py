"""Season and amounts, on each side of every boundary."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.enrolment.amounts import contribution
from counter_app.domain.enrolment.season import season_on
from tests.fakes.station import demo_pack
from tests.unit.domain.packs import pack_with

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "year", "in_season"),
    [
        ("2026-08-31", 2026, False),
        ("2026-09-01", 2027, True),
        ("2026-12-31", 2027, True),
        ("2027-01-01", 2027, False),
        ("2025-12-31", 2026, True),
        ("2026-01-01", 2026, False),
    ],
)
def test_the_year_is_the_seasons(day: str, year: int, in_season: bool) -> None:
    season = season_on(demo_pack(), dt.date.fromisoformat(day))
    assert (season.year, season.in_season) == (year, in_season)


def test_a_season_that_reaches_into_its_own_year() -> None:
    pack = pack_with({"enrolment.2027.end": "2027-02-28"})
    assert season_on(pack, dt.date(2027, 2, 28)).in_season
    assert not season_on(pack, dt.date(2027, 3, 1)).in_season
    assert season_on(pack, dt.date(2027, 2, 28)).year == 2027


def test_without_a_season_the_calendar_year_stands_and_nothing_is_in_season() -> None:
    for pack in (None, pack_with({"enrolment.2026.begin": None, "enrolment.2027.begin": None})):
        season = season_on(pack, DAY)
        assert (season.year, season.in_season, season.begin, season.end) == (
            2026,
            False,
            None,
            None,
        )


@pytest.mark.parametrize(
    ("identity", "own", "subsidy"),
    [
        ("0", 40000, 0),
        ("", 40000, 0),
        ("2303", 12000, 28000),
        ("2304", 0, 40000),
        ("2361", 0, 40000),
    ],
)
def test_amounts_by_identity(identity: str, own: int, subsidy: int) -> None:
    made = contribution(demo_pack(), 2027, identity, DAY)
    assert (made.own, made.subsidy, made.missing) == (own, subsidy, "")
    assert not made.firm


def test_an_unknown_identity_names_the_missing_fact_and_no_amount() -> None:
    made = contribution(demo_pack(), 2027, "230801", DAY)
    assert (made.own, made.subsidy) == (None, None)
    assert made.missing == "规则包里没有身份 230801 的 2027 年度资助标准"


def test_a_year_without_standard_names_it() -> None:
    made = contribution(demo_pack(), 2029, "0", DAY)
    assert made.own is None
    assert made.missing == "规则包里没有 2029 年度个人缴费标准"


def test_no_pack_no_amount() -> None:
    made = contribution(None, 2027, "0", DAY)
    assert (made.own, made.missing) == (None, "没有规则包")


def test_said_as_fact_only_where_every_figure_is_one() -> None:
    full = {"contribution.2027.person": "400.00"}
    both = {**full, "contribution.2027.own.2303": "120.00"}
    assert contribution(pack_with(full), 2027, "0", DAY).firm
    assert contribution(pack_with(both), 2027, "2303", DAY).firm
    assert not contribution(pack_with(full), 2027, "2303", DAY).firm


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_own_and_subsidy_add_up(full: int, own: int) -> None:
    yuan = {
        k: f"{v // 100}.{v % 100:02d}" for k, v in (("person", full), ("own.2303", min(own, full)))
    }
    pack = pack_with({f"contribution.2027.{k}": v for k, v in yuan.items()})
    made = contribution(pack, 2027, "2303", DAY)
    assert made.own is not None
    assert made.subsidy is not None
    assert made.own + made.subsidy == full
    assert 0 <= made.own <= full
