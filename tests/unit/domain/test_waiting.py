"""The waiting period, on each side of every boundary (国办发〔2024〕38号, read by the pack)."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.enrolment.waiting import (
    History,
    Question,
    Start,
    Waiting,
    broken_years,
    newborn_days,
    work_out,
)
from counter_app.domain.policy.pack import Pack
from tests.fakes.station import demo_pack
from tests.unit.domain.packs import pack_with

YES = pack_with({"waiting.first_broken_year_counts": "yes", "waiting.count_from_year": "2015"})
NO = pack_with({"waiting.first_broken_year_counts": "no", "waiting.count_from_year": "2015"})
PAID = dt.date(2026, 11, 23)


def ask(
    pack: Pack | None = NO,
    start: Start = Start.RESUMED,
    *,
    broken: int = 0,
    paid_on: dt.date = PAID,
    in_season: bool = True,
    exempt: str = "",
) -> Waiting:
    covered = frozenset(y for y in range(2010, 2027) if y < 2027 - broken)
    history = History(covered, 2010)
    return work_out(Question(start, 2027, in_season, paid_on, history, None, exempt), pack)


@pytest.mark.parametrize(
    ("pack", "in_season", "broken", "months"),
    [
        # copied from the settlement cases WAIT-1, WAIT-2, WAIT-3a, WAIT-3b
        (NO, True, 0, 0),
        (NO, False, 0, 3),
        (YES, False, 3, 6),
        (NO, False, 3, 5),
        # broken cover waits in season too
        (NO, True, 1, 3),
        (YES, True, 1, 4),
        (NO, True, 2, 4),
        (YES, True, 2, 5),
    ],
)
def test_months(pack: Pack, in_season: bool, broken: int, months: int) -> None:
    assert ask(pack, in_season=in_season, broken=broken).total == months


@given(st.integers(1, 10), st.sampled_from([YES, NO]), st.booleans())
def test_the_three_months_are_fixed_and_each_year_more_adds_one(
    broken: int, pack: Pack, in_season: bool
) -> None:
    now, more = (ask(pack, broken=b, in_season=in_season) for b in (broken, broken + 1))
    assert now.fixed == more.fixed == 3
    assert now.variable is not None
    assert more.variable == now.variable + 1
    assert len(now.broken) == broken


@pytest.mark.parametrize(
    ("pack", "broken", "saves"),
    [(NO, 1, 0), (NO, 2, 1), (NO, 3, 1), (NO, 4, 0), (NO, 5, 1), (YES, 3, 1), (YES, 4, 1)],
)
def test_repaying_saves_only_the_variable_part_and_never_goes_below_the_floor(
    pack: Pack, broken: int, saves: int
) -> None:
    assert ask(pack, broken=broken).repay_saves == saves


def test_without_a_floor_in_the_pack_none_is_supposed() -> None:
    pack = pack_with({"waiting.floor_months": None, "waiting.count_from_year": "2015"})
    assert ask(pack, broken=4).repay_saves == 1


def test_years_before_the_rule_or_the_record_are_not_counted() -> None:
    history = History(frozenset({2019}), 2019)
    asked = Question(Start.RESUMED, 2027, True, PAID, history)
    assert broken_years(asked, demo_pack()) == (2025, 2026)
    late = Question(Start.RESUMED, 2027, True, PAID, History(frozenset(), 2026))
    assert broken_years(late, demo_pack()) == (2026,)
    unknown = Question(Start.RESUMED, 2027, True, PAID, History(frozenset(), None))
    assert broken_years(unknown, demo_pack()) == ()
    assert broken_years(asked, None) == ()
    assert broken_years(asked, pack_with({"waiting.count_from_year": None})) == ()


@pytest.mark.parametrize("start", [Start.NEW, Start.MOVED_IN])
def test_the_new_have_broken_nothing(start: Start) -> None:
    assert ask(start=start, broken=5).total == 0
    assert ask(start=start, broken=5, in_season=False).total == 3


@pytest.mark.parametrize(
    ("paid", "first"),
    [("2026-11-23", "2027-04-24"), ("2026-09-30", "2027-03-01"), ("2027-03-31", "2027-09-01")],
)
def test_cover_begins_the_day_after_the_months_are_over(paid: str, first: str) -> None:
    got = ask(broken=3, paid_on=dt.date.fromisoformat(paid))
    assert got.total == 5
    assert got.cover_from == dt.date.fromisoformat(first)


@pytest.mark.parametrize(
    ("mode", "paid", "first"),
    [
        ("day", "2027-03-15", "2027-06-16"),
        ("month", "2027-03-15", "2027-07-01"),
        ("month", "2027-03-31", "2027-07-01"),
        ("day", "2026-09-01", "2027-01-01"),
        ("month", "2026-09-01", "2027-01-01"),
    ],
)
def test_by_day_or_by_month_and_never_before_the_year(mode: str, paid: str, first: str) -> None:
    got = ask(pack_with({"waiting.starts": mode}), broken=1, paid_on=dt.date.fromisoformat(paid))
    assert got.total == 3
    assert got.cover_from == dt.date.fromisoformat(first)


def test_an_unsaid_start_gives_months_but_no_day() -> None:
    got = ask(pack_with({"waiting.starts": None}), in_season=False)
    assert (got.total, got.cover_from) == (3, None)


def test_in_season_and_unbroken_from_the_first_of_january() -> None:
    assert ask(start=Start.CONTINUED).cover_from == dt.date(2027, 1, 1)


@pytest.mark.parametrize("reason", ["employee_ended", "demobilised", "released"])
def test_exempt_reasons_of_the_pack_wait_for_nothing(reason: str) -> None:
    got = ask(exempt=reason, broken=3, in_season=False, paid_on=dt.date(2027, 3, 1))
    assert (got.total, got.cover_from) == (0, dt.date(2027, 3, 2))
    assert ask(pack_with({"waiting.exempt": "released"}), exempt="demobilised", broken=1).total == 3
    assert ask(pack_with({"waiting.exempt": None}), exempt="released", broken=1).total == 3


@pytest.mark.parametrize(
    "key",
    ["waiting.fixed_months", "waiting.months_per_broken_year", "waiting.first_broken_year_counts"],
)
def test_a_missing_parameter_is_said_not_guessed(key: str) -> None:
    got = ask(pack_with({key: None}), in_season=False)
    assert (got.total, got.cover_from, got.missing) == (None, None, "规则包里没有等待期的参数")


def test_without_a_pack_nothing_is_said() -> None:
    assert ask(None, in_season=False, exempt="released").missing
    assert ask(None, in_season=False, exempt="released").total is None


def born(days_ago: int) -> Waiting:
    birth = PAID - dt.timedelta(days=days_ago)
    asked = Question(Start.NEWBORN, 2026, False, PAID, History(frozenset(), None), birth)
    return work_out(asked, demo_pack())


def test_ninety_days_after_the_birth_is_the_last() -> None:
    assert newborn_days(PAID, PAID) == 0
    ninetieth = born(90)
    assert (ninetieth.total, ninetieth.cover_from) == (0, PAID - dt.timedelta(days=90))
    assert born(91).total is None
    assert born(91).cover_from is None
    assert "90 天" in born(91).missing


def test_a_newborn_without_birth_date_or_limit() -> None:
    nobody = Question(Start.NEWBORN, 2026, False, PAID, History(frozenset(), None))
    assert work_out(nobody, demo_pack()).missing
    dated = Question(Start.NEWBORN, 2026, False, PAID, History(frozenset(), None), PAID)
    for pack in (None, pack_with({"newborn.days": None})):
        assert work_out(dated, pack).missing == "规则包里没有新生儿参保的期限"


def test_broken_years_say_why() -> None:
    assert ask(broken=2).why == "断保后再参保"
    assert ask(in_season=False).why == "在集中缴费期外参保"
    assert "首年不计" in ask(broken=2).reading
    assert "首年计入" in ask(YES, broken=2).reading


@pytest.mark.parametrize(
    "name", ["waiting.starts", "waiting.first_broken_year_counts", "waiting.fixed_months"]
)
def test_months_resting_on_a_secondary_source_are_not_firm(name: str) -> None:
    known = {p.key: p.value for p in demo_pack().parameters if p.key.startswith("waiting.")}
    sure = pack_with(known)
    assert ask(sure, broken=2).firm
    rows = tuple(replace(p, grade="C") if p.key == name else p for p in sure.parameters)
    assert not ask(replace(sure, parameters=rows), broken=2).firm


def repay(pack: Pack, broken: int, repaid: int) -> Waiting:
    history = History(frozenset(y for y in range(2010, 2027) if y < 2027 - broken), 2010)
    question = Question(Start.RESUMED, 2027, False, PAID, history, repaid=repaid)
    return work_out(question, pack)


LONG_BREAK = {"waiting.first_broken_year_counts": "yes", "waiting.count_from_year": "2015"}


@pytest.mark.parametrize(
    ("counts", "broken", "repaid", "months"),
    [
        # copied from the settlement cases WAIT-4a, WAIT-4b
        ("yes", 3, 2, 4),
        ("no", 2, 2, 3),
        ("yes", 3, 3, 3),
        # the fixed part stays whatever is repaid
        ("yes", 3, 9, 3),
        # from four broken years on never below six months
        ("yes", 4, 0, 7),
        ("yes", 4, 1, 6),
        ("yes", 4, 4, 6),
        ("no", 4, 3, 6),
    ],
)
def test_repaid_years(counts: str, broken: int, repaid: int, months: int) -> None:
    pack = pack_with({**LONG_BREAK, "waiting.first_broken_year_counts": counts})
    assert repay(pack, broken, repaid).total == months


def test_the_fixed_part_repayable_as_the_pack_reads_it() -> None:
    no = pack_with(LONG_BREAK)
    yes = pack_with({**LONG_BREAK, "waiting.fixed_repayable": "yes"})
    assert (repay(no, 3, 5).fixed, repay(no, 3, 5).variable) == (3, 0)
    assert (repay(yes, 3, 5).fixed, repay(yes, 3, 5).variable) == (1, 0)
    assert repay(yes, 3, 9).total == 0
    assert repay(pack_with({**LONG_BREAK, "waiting.floor_months": None}), 4, 4).total == 3


@pytest.mark.parametrize("key", ["waiting.months_per_repaid_year", "waiting.fixed_repayable"])
def test_repaying_without_its_reading_is_not_worked_out(key: str) -> None:
    found = repay(pack_with({**LONG_BREAK, key: None}), 3, 1)
    assert found.total is None
    assert "补缴" in found.missing
    assert repay(pack_with({**LONG_BREAK, key: None}), 3, 0).total == 6


BORN = dt.date(2026, 1, 31)


def late(reading: str | None, paid_on: dt.date, until: str | None = None) -> Waiting:
    pack = pack_with({"newborn.late": reading, "newborn.late_until_months": until})
    question = Question(Start.NEWBORN, 2026, False, paid_on, History(frozenset(), None), BORN)
    return work_out(question, pack)


@pytest.mark.parametrize(
    ("reading", "days", "first"),
    [
        ("next_month", 90, BORN),
        ("next_month", 91, dt.date(2026, 6, 1)),
        ("next_day", 91, dt.date(2026, 5, 3)),
        ("waiting", 91, dt.date(2026, 8, 3)),
    ],
)
def test_a_newborn_registered_late(reading: str, days: int, first: dt.date) -> None:
    found = late(reading, BORN + dt.timedelta(days=days))
    assert found.cover_from == first
    assert found.total == (3 if reading == "waiting" else 0)


def test_late_without_a_wait_only_until_its_age() -> None:
    last = dt.date(2026, 7, 31)
    assert late("next_day", last, "6").total == 0
    assert late("next_day", last + dt.timedelta(days=1), "6").total == 3


def test_late_without_a_reading_is_the_centres() -> None:
    found = late(None, BORN + dt.timedelta(days=91))
    assert found.total is None
    assert "由中心核定" in found.missing
