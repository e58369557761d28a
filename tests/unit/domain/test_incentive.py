"""The incentives on the serious-illness cap, each reading both ways (国办发〔2024〕38号, FACTS §5)."""

import datetime as dt

import pytest

from counter_app.domain.enrolment.duplicate import which_stays
from counter_app.domain.enrolment.incentive import Incentive, Record, incentive
from counter_app.domain.enrolment.season import cover_year
from tests.unit.domain.packs import pack_with

ON = dt.date(2032, 6, 1)
CAP = 35_000_000
PLAIN = {
    "incentive.from_year": "2025", "incentive.continuous_years": "4", "incentive.continuous_amount": "1000.00",
    "incentive.zero_claim_amount": "1000.00", "incentive.ceiling_ratio": "0.20",
    "incentive.broken_restarts": "yes", "incentive.claim_restarts_zero": "yes",
}  # fmt: skip


def ask(
    covered: range | set[int], claimed: set[int] | None, year: int = 2032, **changes: str | None
) -> Incentive:
    renamed = {f"incentive.{k}": v for k, v in changes.items()}
    claims = None if claimed is None else frozenset(claimed)
    return incentive(
        Record(frozenset(covered), claims), year, CAP, pack_with({**PLAIN, **renamed}), ON
    )


EVERY = set(range(2025, 2040))


@pytest.mark.parametrize(
    ("covered", "year", "fen"),
    [
        # the fourth year raises nothing, each further one 1,000
        (range(2025, 2033), 2028, 0),
        (range(2025, 2033), 2029, 100_000),
        (range(2025, 2033), 2032, 400_000),
        # years before the incentives began don't count
        (range(2000, 2033), 2029, 100_000),
        # a year that isn't covered has nothing to be raised
        (range(2025, 2032), 2032, 0),
    ],
)
def test_consecutive_years(covered: range, year: int, fen: int) -> None:
    assert ask(covered, EVERY, year).continuous == fen


def test_a_break_restarts_the_count_or_not() -> None:
    broken = set(range(2025, 2034)) - {2028}
    assert ask(broken, EVERY, 2033).continuous == 100_000
    assert ask(broken, EVERY, 2033, broken_restarts="no").continuous == 400_000


def test_a_claim_restarts_the_zero_claim_amount_or_not() -> None:
    # 2025–2031 without a claim but 2029: 2030 and 2031 since, six in all
    assert ask(range(2025, 2033), {2029}).zero_claim == 200_000
    assert ask(range(2025, 2033), {2029}, claim_restarts_zero="no").zero_claim == 600_000
    # this year's own claim says nothing about this year's cap
    assert ask(range(2025, 2033), {2032}).zero_claim == 700_000


def test_together_at_most_the_ceiling() -> None:
    found = ask(
        range(2025, 2033), set(), continuous_amount="10000.00", zero_claim_amount="10000.00"
    )
    assert (found.continuous, found.zero_claim) == (4_000_000, 7_000_000)
    assert found.total == CAP // 5
    edge = ask(range(2025, 2033), EVERY, continuous_amount="17500.00")
    assert edge.total == edge.continuous == CAP // 5
    over = ask(range(2025, 2033), EVERY, continuous_amount="17500.01")
    assert over.total == CAP // 5


@pytest.mark.parametrize("key", [k.removeprefix("incentive.") for k in PLAIN])
def test_what_is_missing_is_named(key: str) -> None:
    found = ask(range(2025, 2033), set(), **{key: None})
    assert found.total is None
    assert len(found.missing) == 1
    assert found.missing[0].startswith("不知道")


def test_unknown_claims_are_named() -> None:
    assert ask(range(2025, 2033), None).missing == ("不知道以前哪几年报过",)


def test_firm_only_by_facts() -> None:
    assert ask(range(2025, 2033), set()).firm
    demo = incentive(Record(frozenset({2032}), frozenset()), 2032, CAP, pack_with({}), ON)
    assert not demo.firm


@pytest.mark.parametrize(
    ("reading", "other", "words"),
    [
        ("employee", "职工医保", "一般留职工医保"),
        ("employee", "外地居民医保", "留正在用的或长期居住地的那一种"),
        ("in_use", "职工医保", "留正在用的或长期居住地的那一种"),
        (None, "职工医保", "留哪一种由中心核定"),
    ],
)
def test_which_cover_stays(reading: str | None, other: str, words: str) -> None:
    assert which_stays(other, pack_with({"duplicate.keep": reading}), ON) == words
    assert which_stays(other, None, ON) == "留哪一种由中心核定"


def test_a_students_year_runs_with_the_school_where_the_pack_says_so() -> None:
    nanjing = pack_with({"enrolment.student.from_month": "9"})
    assert cover_year(nanjing, 2026, ON, student=True) == (
        dt.date(2025, 9, 1),
        dt.date(2026, 8, 31),
    )
    assert cover_year(pack_with({}), 2026, ON, student=True) == (
        dt.date(2026, 1, 1),
        dt.date(2026, 12, 31),
    )
    assert cover_year(nanjing, 2026, ON, student=False)[0] == dt.date(2026, 1, 1)
    assert cover_year(None, 2026, ON, student=True)[1] == dt.date(2026, 12, 31)
