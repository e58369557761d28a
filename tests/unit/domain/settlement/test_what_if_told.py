"""What a line of the comparison changes and what it leaves: each asked of the engine under an invented pack."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.domain.policy.pack import Pack, Parameter
from counter_app.domain.settlement.claim import Claim, Days, Kind, Level, Offsite, YearSoFar
from counter_app.domain.settlement.past import Past
from counter_app.domain.settlement.settle import NoEstimate, Settlement
from counter_app.domain.settlement.what_if import About, WhatIf, what_if
from tests.unit.domain.settlement.made import ON, claim, pack

KNOWN = YearSoFar(known=True)
AWAY = {"offsite.model": "minus_pp", "offsite.unfiled.k": "0.3"}
VISIT = {"kind": Kind.OUTPATIENT, "level": Level.PRIMARY, "year": KNOWN}
DISEASE = {
    "chronic.ratio": "0.8",
    "chronic.deductible": "0.00",
    "chronic.cap": "9000.00",
    "chronic.then": "none",
}


def lines(asked: Claim, by: Pack, **more: object) -> dict[str, WhatIf]:
    return {line.name: line for line in what_if(asked, by, **more)}


def next_year(asked: Claim, later: Pack) -> object:
    return lines(asked, pack(), later=later)[f"明年同样看病（{later.label}）"].estimate


def paid(found: object) -> int:
    assert isinstance(found, Settlement), found
    return found.hifp_pay


def holding(by: Pack, day: dt.date, effective_by: str = "") -> Pack:
    """The pack with a cap of 100.00 that holds on one day alone."""
    only = Parameter("inpatient.cap", "100.00", "试", "A", day, day, effective_by)
    return replace(by, parameters=(*by.parameters, only))


def test_lines_without_a_figure_stay_but_those_of_levels() -> None:
    found = lines(claim(1_000_000, year=KNOWN), pack(AWAY))
    assert {name: (line.about, line.known) for name, line in found.items()} == {
        "去外地，办了转诊备案": (About.FILING, False),
        "长期在外地，办了备案": (About.FILING, False),
        "去外地，没有备案": (About.FILING, True),
    }
    # 9,400 × (75 % − 30 %)
    assert paid(found["去外地，没有备案"].estimate) == 423_000


def test_packs_of_other_days_are_looked_into() -> None:
    """The cap goes by admission, and last year's pack has a lower one."""
    rows = [
        replace(p, effective_by="admission" if "cap" in p.key else "")
        for p in pack(AWAY).parameters
    ]
    own = replace(pack(), parameters=tuple(rows))
    old = pack({"inpatient.cap": "100.00"})
    asked = claim(
        1_000_000, on=dt.date(2026, 1, 2), days=Days(dt.date(2025, 12, 30)), offsite=Offsite.UNFILED,
        year=KNOWN,
    )  # fmt: skip
    own = replace(
        own, parameters=(*own.parameters, Parameter("inpatient.crossing", "whole", "试", "A"))
    )
    found = lines(asked, own, of_day=lambda day: old if day.year == 2025 else own)
    assert paid(found["在本地看"].estimate) == 10_000


def test_a_disease_is_called_by_its_note_and_a_group_is_none() -> None:
    rules = {**DISEASE, "chronic.M1.cap": "10.00", "chronic.M2.cap": "20.00", "group.child.below_age": "18",
             "chronic.child.cap": "30.00"}  # fmt: skip
    notes = {"chronic.M1.cap": "高血压，限额，每年"}
    rows = tuple(replace(p, note=notes.get(p.key, "")) for p in pack(rules).parameters)
    over = Parameter("chronic.M3.cap", "40.00", "试", "A", ends=ON - dt.timedelta(days=1))
    by = replace(pack(), parameters=(*rows, over))
    found = lines(claim(10_000, **VISIT, age=40), by)
    named = {name: line.about for name, line in found.items() if "认定" in name}
    assert named == dict.fromkeys(
        ("认定了门诊慢特病（高血压）", "认定了门诊慢特病（病种 M2）"), About.DISEASE
    )


def test_next_year_is_a_line_of_its_own() -> None:
    found = lines(claim(1_000_000, year=KNOWN), pack(), later=pack())
    assert found["明年同样看病（试县 1）"].about is About.YEAR
    # nothing is deducted for an earlier claim, and what was paid before counts for no cap
    spent = claim(1_000_000, year=YearSoFar(basic_paid=14_999_999, known=True))
    assert paid(next_year(spent, pack())) == 705_000


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (dt.date(2026, 11, 23), dt.date(2027, 11, 23)),
        (dt.date(2028, 2, 29), dt.date(2029, 2, 28)),
    ],
)
def test_next_year_is_the_same_day(day: dt.date, later: dt.date) -> None:
    by = pack({"inpatient.cap": None})
    asked = claim(1_000_000, on=day, days=Days(day, day, day))
    for name in ("", "admission", "settlement", "payment"):
        assert paid(next_year(asked, holding(by, later, name))) == 10_000
    unknown = next_year(replace(asked, days=Days()), holding(by, later, "admission"))
    assert unknown == NoEstimate(("不知道入院日期",))


@pytest.mark.parametrize(("age", "whole"), [(16, True), (17, False), (18, False), (None, None)])
def test_next_year_one_is_a_year_older(age: int | None, whole: bool | None) -> None:
    by = pack({"group.child.below_age": "18", "inpatient.child.ratio": "1"})
    found = next_year(claim(1_000_000, age=age), by)
    if whole is None:
        assert found == NoEstimate(("不知道多大年纪",))
    else:
        assert paid(found) == (940_000 if whole else 705_000)


def test_next_year_begins_with_nothing_taken_and_all_of_life() -> None:
    """The year's deductible is known not to be taken; a lifetime's cap has what was paid in all years."""
    yearly = pack({"inpatient.deductible_mode": "year"})
    assert paid(next_year(claim(1_000_000), yearly)) == 705_000
    life = pack({"inpatient.cap_life": "1000.00"})
    assert paid(next_year(claim(1_000_000, year=YearSoFar(life_paid=40_000)), life)) == 60_000
    # and what this year has paid by then, single claims and the record's sum
    before = (Past(Kind.INPATIENT, dt.date(2026, 3, 1), basic_paid=25_000),)
    spent = YearSoFar(basic_paid=5_000, before=before, life_paid=40_000)
    assert paid(next_year(claim(1_000_000, year=spent), life)) == 30_000
    crossing = {"inpatient.crossing": "split", "inpatient.crossing_deductible": "once"}
    asked = claim(
        1_000_000, on=dt.date(2026, 1, 10), days=Days(dt.date(2025, 12, 20)), before_new_year=500_000
    )  # fmt: skip
    assert (
        paid(next_year(asked, pack({**crossing, "inpatient.deductible_mode": "year"}))) == 705_000
    )
