"""The same bill in other circumstances: one thing changed, settled by the same engine."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.domain.settlement.claim import Claim, Days, Kind, Level, Offsite, SettledBasic
from counter_app.domain.settlement.scope import scope_typed
from counter_app.domain.settlement.settle import Settlement, settle
from counter_app.domain.settlement.what_if import About, what_if
from tests.fakes.station import demo_pack

PACK = demo_pack()
STAY = Claim(
    kind=Kind.INPATIENT,
    level=Level.TERTIARY,
    scope=scope_typed(5_000_000, 4_000_000),
    on=dt.date(2026, 6, 20),
    offsite=Offsite.UNFILED,
    days=Days(dt.date(2026, 6, 1), dt.date(2026, 7, 1)),
)


def figures(claim: Claim, **more: object) -> dict[str, int | None]:
    return {
        line.name: line.estimate.fund_pay_sumamt if isinstance(line.estimate, Settlement) else None
        for line in what_if(claim, PACK, **more)
    }


def paid(claim: Claim) -> int:
    found = settle(claim, PACK)
    assert isinstance(found, Settlement), found
    return found.fund_pay_sumamt


def test_every_line_is_the_engines_own_answer() -> None:
    found = figures(STAY)
    assert found["去外地，办了转诊备案"] == paid(replace(STAY, offsite=Offsite.REFERRAL))
    assert found["在本地看"] == paid(replace(STAY, offsite=Offsite.LOCAL))
    assert found["在二级医院看"] == paid(replace(STAY, level=Level.SECONDARY))
    # a filing pays at least as much as none
    assert (found["去外地，办了转诊备案"] or 0) > paid(STAY)
    assert "去外地，没有备案" not in found
    assert "在三级医院看" not in found


@pytest.mark.parametrize(
    ("offsite", "names"),
    [
        (Offsite.LOCAL, {"去外地，办了转诊备案", "长期在外地，办了备案", "去外地，没有备案"}),
        (Offsite.UNFILED, {"去外地，办了转诊备案", "长期在外地，办了备案", "在本地看"}),
        (Offsite.REFERRAL, {"去外地，没有备案", "在本地看"}),
    ],
)
def test_the_filing_is_changed_to_what_it_is_not(offsite: Offsite, names: set[str]) -> None:
    lines = what_if(replace(STAY, offsite=offsite), PACK)
    assert {line.name for line in lines if line.about is About.FILING} == names


def test_levels_the_pack_says_nothing_of_are_left_out() -> None:
    levels = {line.name for line in what_if(STAY, PACK) if line.about is About.LEVEL}
    told = {
        f"在{level.words}看"
        for level in Level
        if isinstance(settle(replace(STAY, level=level), PACK), Settlement)
    }
    assert levels == told - {"在三级医院看", "在没有等级的机构看"}


def test_a_disease_that_might_be_recognized() -> None:
    visit = replace(STAY, kind=Kind.OUTPATIENT, level=Level.PRIMARY, offsite=Offsite.LOCAL, age=50)
    found = figures(visit)
    recognized = {name: fen for name, fen in found.items() if "认定" in name}
    assert recognized == {
        f"认定了{kind.words}（病种 {disease}）": paid(replace(visit, kind=kind, disease=disease))
        for kind, disease in (
            (Kind.CHRONIC, "M00500"),
            (Kind.TWO_DISEASE, "M03900"),
            (Kind.TWO_DISEASE, "M01600"),
        )
    }
    assert not [name for name in figures(STAY) if "认定" in name]


def test_next_year_by_its_own_pack_with_nothing_before_it() -> None:
    leap = replace(
        STAY, on=dt.date(2028, 2, 29), age=70, days=Days(dt.date(2028, 2, 29), None, None)
    )
    found = figures(leap, later=PACK)
    name = f"明年同样看病（{PACK.label}）"
    moved = replace(leap, on=dt.date(2029, 2, 28), age=71, days=Days(dt.date(2029, 2, 28)))
    assert found[name] == paid(replace(moved, year=replace(moved.year, known=True)))
    assert not [line for line in what_if(STAY, PACK) if line.about is About.YEAR]


def test_what_the_hospital_settled_is_not_filed_otherwise() -> None:
    done = replace(STAY, settled=SettledBasic(1_000_000, 500_000))
    assert not [line for line in what_if(done, PACK) if line.about is About.FILING]
