"""Parameters as they are written, groups at their edges: what a mutation run found unwatched."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.domain.policy.pack import FACT_GRADES, Pack, Parameter
from counter_app.domain.settlement.claim import Kind, Level, YearSoFar, level_of
from counter_app.domain.settlement.past import Past
from counter_app.domain.settlement.promise import promised_days
from counter_app.domain.settlement.reader import YES_NO, Cited, Reader
from counter_app.domain.settlement.settle import NoEstimate, Settlement, settle
from tests.unit.domain.settlement.made import ON, claim, pack

KNOWN = YearSoFar(known=True)


def reading(value: str | None, key: str = "k") -> Reader:
    rows = () if value is None else (Parameter(key, value, "第 7 条", "B"),)
    return Reader(Pack("990101", "试县", "1", invented=False, digest="", parameters=rows), ON)


def test_what_is_said_names_its_article_its_grade_and_its_key() -> None:
    assert reading("yes").said(("k",), YES_NO) == Cited(True, "第 7 条", "B", "k")
    assert reading("maybe").said(("k",), YES_NO) is None


def test_a_row_goes_by_its_own_day_and_not_by_that_of_the_row_before_it() -> None:
    admission, day = ON - dt.timedelta(days=9), ON - dt.timedelta(days=1)
    rows = (
        Parameter("k", "1", "试", "A", None, admission - dt.timedelta(days=1), "admission"),
        Parameter("k", "2", "试", "A", admission, day, "settlement"),
    )
    own = Pack("990101", "试县", "1", invented=False, digest="", parameters=rows)
    days = {"admission": admission, "settlement": ON}
    assert Reader(own, days.get).row("k") is None
    found = Reader(own, {**days, "settlement": day}.get).row("k")
    assert found is not None
    assert found.value == "2"


@pytest.mark.parametrize("text", ["12a", "１２", "-3", "1.5", ""])
def test_a_whole_number_is_digits_and_nothing_else(text: str) -> None:
    reader = reading(text)
    assert reader.whole("年龄", "k") is None
    assert reader.missing == [f"规则包里的年龄写得不对（{text}）"]


def test_a_whole_number_that_is_not_there_is_named() -> None:
    reader = reading(None)
    assert reader.whole("年龄", "k") is None
    assert reader.missing == ["规则包里没有年龄"]


@pytest.mark.parametrize("text", ["ten", "十", "1０", "1.5"])
def test_days_that_are_no_number_promise_nothing(text: str) -> None:
    unread = pack({"claim.promised_days.normal": text})
    assert promised_days(Kind.INPATIENT, 100, unread, dt.date(2026, 11, 23)) is None


@pytest.mark.parametrize(
    ("code", "level"), [("05", Level.SECONDARY), ("11", Level.UNRATED), ("X1", None), ("", None)]
)
def test_a_level_is_its_code_and_nothing_around_it(code: str, level: Level | None) -> None:
    assert level_of(code) is level


@pytest.mark.parametrize(
    ("edges", "age", "inside"),
    [
        ({"from_age": "60"}, 59, False),
        ({"from_age": "60"}, 60, True),
        ({"below_age": "18"}, 17, True),
        ({"below_age": "18"}, 18, False),
        ({"from_age": "60", "below_age": "80"}, 80, False),
        ({"note": "x"}, 30, False),
    ],
)
def test_a_group_at_its_edges(edges: dict[str, str], age: int, inside: bool) -> None:
    rules = {"inpatient.some.ratio": "1"} | {f"group.some.{k}": v for k, v in edges.items()}
    found = settle(claim(1_000_000, age=age, year=KNOWN), pack(rules))
    assert isinstance(found, Settlement)
    # (10,000.00 − 600.00) × 100 % in the group, × 75 % outside of it
    assert found.hifp_pay == (940_000 if inside else 705_000)


@pytest.mark.parametrize("edge", ["from_age", "below_age"])
def test_an_age_that_is_no_number_is_named(edge: str) -> None:
    rules = {"inpatient.some.ratio": "1", f"group.some.{edge}": "old"}
    found = settle(claim(1_000_000, age=30, year=KNOWN), pack(rules))
    assert isinstance(found, NoEstimate)
    assert found.missing == ("规则包里的年龄写得不对（old）",)


@pytest.mark.parametrize(("disease", "left"), [("M01", 10_000), ("M02", 40_000)])
def test_a_diseases_own_cap_is_used_up_by_that_disease(disease: str, left: int) -> None:
    rules = {
        "chronic.M01.ratio": "1", "chronic.M01.deductible": "0.00", "chronic.M01.cap": "400.00",
        "chronic.then": "none",
    }  # fmt: skip
    past = Past(Kind.CHRONIC, ON, disease=disease, basic_paid=30_000)
    year = YearSoFar(known=True, before=(past,))
    found = settle(claim(100_000, kind=Kind.CHRONIC, disease="M01", year=year), pack(rules))
    assert isinstance(found, Settlement)
    assert found.hifp_pay == left


def test_facts_of_every_trusted_grade_together_are_firm_and_the_pack_is_named() -> None:
    plain = pack()
    grades = sorted(FACT_GRADES)
    rows = tuple(replace(p, grade=grades[n % len(grades)]) for n, p in enumerate(plain.parameters))
    found = settle(claim(12_000_000, identity="2303", year=KNOWN), replace(plain, parameters=rows))
    assert isinstance(found, Settlement)
    assert found.firm
    assert found.pack == plain.label
