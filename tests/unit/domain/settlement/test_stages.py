"""The tiers one after the other: what each leaves, what one that can't be worked out keeps back, what enters a base."""

from dataclasses import replace

import pytest

from counter_app.domain.policy.pack import Parameter
from counter_app.domain.settlement.claim import Claim, Offsite, SettledBasic, YearSoFar
from counter_app.domain.settlement.policy import MOST_BANDS
from counter_app.domain.settlement.rules import read_rules
from counter_app.domain.settlement.scope import Scope, ScopeFault
from counter_app.domain.settlement.settle import NoEstimate, Settlement, settle
from counter_app.domain.settlement.stages import Stages, work_out
from tests.unit.domain.settlement.made import claim, pack, section

KNOWN = YearSoFar(known=True)


def stages(inside: int, changes: dict[str, str | None]) -> Stages:
    asked = claim(inside, identity="2303", year=KNOWN)
    return work_out(asked, Scope(inside, inside), read_rules(pack(changes), asked))


def settled(asked: Claim, changes: dict[str, str | None]) -> Settlement:
    found = settle(asked, pack(changes))
    assert isinstance(found, Settlement), found
    return found


def test_what_each_tier_leaves() -> None:
    # 89,550 of 120,000; (30,450 − 11,000) × 60 % = 11,670; 18,780 × 70 % = 13,146
    made = stages(12_000_000, {})
    assert made.lefts == {"basic": 3_045_000, "serious": 1_878_000, "aid": 563_400}
    assert (made.self_final, made.paid) == (563_400, 11_436_600)


def test_a_tier_that_is_not_worked_out_leaves_nothing_that_is_known() -> None:
    made = stages(12_000_000, {"serious.band_basis": None})
    assert [(step.name, step.left, step.tier is None) for step in made.steps] == [
        ("basic", None, False),
        ("serious", 3_045_000, True),
        ("aid", None, True),
    ]
    assert (made.self_final, len(made.missing)) == (None, 1)


def test_the_row_of_what_the_hospital_settled() -> None:
    found = settled(claim(1_000, settled=SettledBasic(700, 300), year=KNOWN), {})
    (row,) = [r for r in found.rows if r.key == "basic"]
    assert (row.code, row.name, row.formula, row.amount, row.fund) == (
        "", "基本医保", "医院已经结算", 700, "basic",
    )  # fmt: skip


@pytest.mark.parametrize(("own", "doubts"), [(1_100_000, 0), (1_100_001, 1)])
def test_a_reading_is_a_doubt_only_above_the_deductible(own: int, doubts: int) -> None:
    scope = Scope(own + 100, own, preselfpay=100)
    found = settled(claim(scope, settled=SettledBasic(0, own), year=KNOWN), {})
    assert len(found.doubts) == doubts


def test_what_aid_does_not_count_though_a_supplement_paid_of_it() -> None:
    rules = section("civil_servant", deductible="0.00") | {
        "offsite.model": "prepay", "offsite.referral.k": "0.1", "serious.base.prepay": "yes",
        "aid.base.prepay": "no",
    }  # fmt: skip
    asked = claim(1_000_000, identity="2303", offsite=Offsite.REFERRAL, year=KNOWN)
    words = "公务员医疗补助已经付了一部分，转外先行自付还是整笔不计入医疗救助"
    assert words in settled(asked, rules).doubts


@pytest.mark.parametrize("grade", ["A", "C"])
def test_a_reading_of_aids_base_counts_for_how_firm_it_is(grade: str) -> None:
    plain = pack({"serious.base.preselfpay": "yes"})
    reading = Parameter("aid.base.preselfpay", "yes", "试", grade)
    asked = claim(Scope(1_000_100, 1_000_000, preselfpay=100), identity="2303", year=KNOWN)
    found = settle(asked, replace(plain, parameters=(*plain.parameters, reading)))
    assert isinstance(found, Settlement)
    assert found.firm is (grade == "A")


@pytest.mark.parametrize(("more", "right"), [(0, True), (1, False)])
def test_as_many_bands_as_a_pack_may_have(more: int, right: bool) -> None:
    last = MOST_BANDS + more
    tops = {f"serious.band.{n}.to": f"{n}.00" for n in range(1, last)}
    rules = tops | {f"serious.band.{n}.ratio": "0.5" for n in range(1, last + 1)}
    found = settle(claim(12_000_000, year=KNOWN), pack(rules | {f"serious.band.{last}.to": "none"}))
    assert isinstance(found, Settlement) is right
    assert right or found == NoEstimate(("规则包里的大病保险分段写得不对",))


def test_a_ratio_with_two_points_is_none() -> None:
    found = settle(claim(1_000_000, year=KNOWN), pack({"inpatient.ratio.secondary": "0.7.5"}))
    assert found == NoEstimate(("规则包里的二级医院住院的报销比例写得不对（0.7.5）",))


def test_more_than_the_bill_can_not_be_settled() -> None:
    with pytest.raises(ScopeFault) as raised:
        settle(claim(1_000, settled=SettledBasic(701, 300), year=KNOWN), pack())
    assert str(raised.value) == "医院已经结算的加上范围内自付，比总额还多，对一下结算单"
