"""Packs of other years: which are looked into and named, and what is said where there is none."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.domain.policy.pack import Pack
from counter_app.domain.settlement.claim import Days, YearSoFar
from counter_app.domain.settlement.settle import NoEstimate, Settlement, settle
from tests.unit.domain.settlement.made import claim, pack

KNOWN = YearSoFar(known=True)
OLD, NEW = dt.date(2025, 12, 20), dt.date(2027, 1, 5)
STAY = claim(1_000_000, on=dt.date(2026, 1, 10), year=KNOWN, last_year=KNOWN)
RULES = {"inpatient.crossing": "split", "inpatient.crossing_deductible": "each"}


def own(**by: str) -> Pack:
    """This year's pack; `cap="admission"`: all caps go by that day."""
    made = pack(RULES)
    rows = tuple(replace(p, effective_by=by.get(p.key.split(".")[-1], "")) for p in made.parameters)
    return replace(made, parameters=rows)


def of_day(day: dt.date) -> Pack | None:
    """Packs of 2025 and 2027 are versions 2025 and 2027."""
    return replace(own(), version=str(day.year))


def whole(by: Pack) -> Pack:
    rows = [replace(p, value="whole") if p.key.endswith("crossing") else p for p in by.parameters]
    return replace(by, parameters=tuple(rows))


@pytest.mark.parametrize(
    ("by", "days", "label"),
    [
        ("", Days(OLD, NEW, OLD), "试县 1"),
        ("admission", Days(OLD, NEW), "试县 1、试县 2025"),
        ("settlement", Days(OLD, NEW), "试县 1、试县 2027"),
        ("payment", Days(None, NEW, OLD), "试县 1、试县 2025"),
        ("payment", Days(payment=STAY.on), "试县 1"),
    ],
)
def test_packs_that_were_looked_into_are_named(by: str, days: Days, label: str) -> None:
    found = settle(replace(STAY, days=days), whole(own(cap=by)), of_day)
    assert isinstance(found, Settlement), found
    assert found.pack == label


def test_a_split_stay_names_both_years_and_no_other() -> None:
    asked = replace(STAY, days=Days(OLD, NEW, NEW), before_new_year=500_000)
    found = settle(asked, own(), of_day)
    assert isinstance(found, Settlement)
    assert found.pack == "试县 1、试县 2025"


@pytest.mark.parametrize("before", [None, 500_000])
def test_a_year_without_a_pack_is_named(before: int | None) -> None:
    asked = replace(STAY, days=Days(OLD), before_new_year=before)
    by = own() if before else whole(own(cap="admission"))
    assert settle(asked, by, lambda _: None) == NoEstimate(("没有 2025 年的规则包",))


def test_all_that_either_year_lacks_is_named() -> None:
    asked = replace(STAY, days=Days(OLD), before_new_year=500_000)
    here = pack({**RULES, "inpatient.cap": None, "inpatient.crossing_deductible": None})
    cap, ratio = "规则包里没有基本医保的封顶线", "规则包里没有二级医院住院的报销比例"
    assert settle(asked, here, lambda _: None) == NoEstimate(("没有 2025 年的规则包", cap))
    # what the first part took isn't known: nobody asks how often it is taken
    old = pack({"inpatient.ratio.secondary": None})
    assert settle(asked, here, lambda _: old) == NoEstimate((ratio, cap))


def test_what_the_other_years_pack_lacks_is_missing() -> None:
    asked, old = replace(STAY, days=Days(OLD)), pack({"inpatient.cap": None})
    found = settle(asked, whole(own(cap="admission")), lambda _: old)
    assert isinstance(found, NoEstimate)
    assert "规则包里没有基本医保的封顶线" in found.missing
