"""The sequence of the tiers, what it says, and what it refuses to say."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.settlement.claim import (
    Kind,
    Level,
    Offsite,
    SettledBasic,
    YearSoFar,
    level_of,
)
from counter_app.domain.settlement.scope import ScopeFault, scope_typed, scope_unknown
from counter_app.domain.settlement.settle import (
    NoEstimate,
    Settlement,
    SettlementRange,
    settle,
)
from counter_app.domain.settlement.trace import Fund
from tests.unit.domain.settlement.made import claim, pack

KNOWN = YearSoFar(known=True)


def settled(found: Settlement | SettlementRange | NoEstimate) -> Settlement:
    assert isinstance(found, Settlement), found
    return found


def keys(found: Settlement) -> list[str]:
    return [row.key for row in found.rows]


def test_the_whole_road() -> None:
    # (120,000 − 600) × 75 % = 89,550; own 30,450; (30,450 − 11,000) × 60 % = 11,670;
    # left 18,780 × 70 % = 13,146
    found = settled(settle(claim(12_000_000, identity="2303", year=KNOWN), pack()))
    assert (found.hifp_pay, found.hifmi_pay, found.maf_pay) == (8_955_000, 1_167_000, 1_314_600)
    assert found.fund_pay_sumamt + found.psn_part_amt == 12_000_000
    assert found.act_pay_dedc == 60_000
    assert keys(found) == [
        "total",
        "in_scope",
        "deductible",
        "basic",
        "serious_base",
        "serious_deductible",
        "serious_1",
        "aid_base",
        "aid",
        "fund_total",
        "own",
    ]
    assert [r.code for r in found.rows if r.code] == ["S001", "C001", "PS01", "PL01"]
    words = {r.key: r.formula for r in found.rows}
    assert words["basic"] == "(120,000.00 − 600.00) × 75%"
    assert words["serious_base"] == "120,000.00 − 89,550.00"
    assert words["serious_1"] == "(30,450.00 − 11,000.00) × 60%"
    assert words["aid_base"] == "30,450.00 − 11,670.00"
    assert words["aid"] == "18,780.00 × 70%"
    assert words["fund_total"] == "89,550.00 + 11,670.00 + 13,146.00"


def test_what_is_outside_stands_first_with_its_code() -> None:
    scope = scope_typed(1_000_000, 700_000, ownpay=100_000, preselfpay=50_000, overlmt=20_000)
    found = settled(settle(claim(scope), pack()))
    assert [(r.key, r.code, r.signed) for r in found.rows[:6]] == [
        ("total", "", 1_000_000),
        ("ownpay", "101", -100_000),
        ("preselfpay", "102", -50_000),
        ("overlmt", "103", -20_000),
        ("unsplit", "", -130_000),
        ("in_scope", "", 700_000),
    ]
    assert found.rows[1].source == "医院清单"
    assert found.row("own") == found.rows[-1]
    assert found.row("none") is None


@pytest.mark.parametrize("inside", [0, 59_999, 60_000])
def test_up_to_the_deductible_nothing(inside: int) -> None:
    found = settled(settle(claim(inside), pack()))
    assert (found.hifp_pay, found.act_pay_dedc, found.psn_part_amt) == (0, inside, inside)


def test_a_fen_above_the_deductible_is_rounded_half_up() -> None:
    assert settled(settle(claim(60_001), pack())).hifp_pay == 1
    found = settle(claim(60_001), pack({"inpatient.ratio.secondary": "0.49"}))
    assert settled(found).hifp_pay == 0


def test_the_caps_are_the_years_and_say_so() -> None:
    year = YearSoFar(basic_paid=14_000_000, known=True)
    found = settled(settle(claim(12_000_000, year=year), pack()))
    assert found.hifp_pay == 1_000_000
    over = found.row("over_cap")
    assert over is not None
    assert (over.code, over.amount) == ("EC01", 7_955_000)
    assert settled(settle(claim(60_000_000), pack({"serious.cap": "100.00"}))).hifmi_pay == 10_000
    tight = pack({"aid.2303.cap": "50.00", "aid.2303.deductible": "10.00"})
    aided = settled(settle(claim(100_000, identity="2303"), tight))
    assert aided.maf_pay == 5_000
    assert {"aid_deductible", "aid_over_cap"} <= set(keys(aided))
    spent = YearSoFar(basic_paid=99_000_000, known=True)
    assert settled(settle(claim(12_000_000, year=spent), pack())).hifp_pay == 0


def test_serious_illness_counts_the_year_once() -> None:
    first = settled(settle(claim(5_000_000, year=KNOWN), pack()))
    own = 5_000_000 - first.hifp_pay
    year = YearSoFar(first.hifp_pay, own, known=True)
    second = settled(settle(claim(5_000_000, year=year), pack()))
    whole = 2 * own
    assert first.hifmi_pay + second.hifmi_pay == int((whole - 1_100_000) * Decimal("0.6"))


def test_bands_on_total_and_on_excess() -> None:
    bands = {
        "serious.deductible": "14000.00",
        "serious.band.1.to": "50000.00",
        "serious.band.2.to": "none",
        "serious.band.2.ratio": "0.65",
    }
    done = SettledBasic(0, 8_000_000)
    total = settled(settle(claim(8_000_000, settled=done), pack(bands)))
    # (50,000 − 14,000) × 60 % + 30,000 × 65 %
    assert total.hifmi_pay == 2_160_000 + 1_950_000
    excess = pack({**bands, "serious.band_basis": "excess"})
    # 50,000 × 60 % + 16,000 × 65 %
    assert settled(settle(claim(8_000_000, settled=done), excess)).hifmi_pay == 4_040_000
    assert [r.code for r in total.rows if r.fund is Fund.SERIOUS] == ["PL01", "PL02"]


def test_bands_unread_matter_only_above_the_deductible() -> None:
    unread = pack({"serious.band_basis": None})
    assert settled(settle(claim(2_000_000), unread)).hifmi_pay == 0
    found = settle(claim(20_000_000), unread)
    assert isinstance(found, NoEstimate)
    assert "大病分段怎么读" in found.missing[0]
    single = pack({"serious.band_basis": None, "serious.band.1.to": "none"})
    assert settled(settle(claim(20_000_000), single)).hifmi_pay > 0


@pytest.mark.parametrize(
    ("model", "k", "paid", "words"),
    [
        # (20,000 × 0.9 − 600) × 75 %; (20,000 − 600) × 70 %; (20,000 − 600) × 75 % × 70 %
        ("prepay", "0.1", 1_305_000, "(20,000.00 × (1 − 10%) − 600.00) × 75%"),
        ("minus_pp", "0.05", 1_358_000, "(20,000.00 − 600.00) × (75% − 5%)"),
        ("multiply", "0.7", 1_018_500, "(20,000.00 − 600.00) × 75% × 70%"),
        ("prepay", "0", 1_455_000, "(20,000.00 − 600.00) × 75%"),
        ("minus_pp", "0", 1_455_000, "(20,000.00 − 600.00) × 75%"),
        ("multiply", "1", 1_455_000, "(20,000.00 − 600.00) × 75%"),
        ("minus_pp", "0.9", 0, "(20,000.00 − 600.00) × (75% − 90%)"),
        ("prepay", "1", 0, "0.00 没有超过起付线 600.00"),
    ],
)
def test_off_site_models(model: str, k: str, paid: int, words: str) -> None:
    rules = pack({"offsite.model": model, "offsite.referral.k": k, "serious.base.prepay": "yes"})
    found = settled(settle(claim(2_000_000, offsite=Offsite.REFERRAL), rules))
    basic = found.row("basic")
    assert basic is not None
    assert (found.hifp_pay, basic.formula) == (paid, words)
    assert "按“异地转诊”算" in found.doubts[-1]


def test_what_was_paid_beforehand_counts_or_not_as_the_pack_reads_it() -> None:
    away = {"offsite.model": "prepay", "offsite.unfiled.k": "0.2"}
    asked = claim(10_000_000, offsite=Offsite.UNFILED)
    unsaid = settle(asked, pack(away))
    assert unsaid == NoEstimate(("规则包里没有转外先行自付计不计入大病保险",))
    yes = settled(settle(asked, pack({**away, "serious.base.prepay": "yes"})))
    no = settled(settle(asked, pack({**away, "serious.base.prepay": "no"})))
    assert yes.hifmi_pay - no.hifmi_pay == 2_000_000 * 6 // 10
    assert next(r.amount for r in no.rows if r.code == "S000") == 2_000_000


def test_a_range_goes_through_twice() -> None:
    found = settle(claim(scope_unknown(3_000_000, ownpay=500_000)), pack())
    assert isinstance(found, SettlementRange)
    assert (found.low.hifp_pay, found.high.hifp_pay) == (0, 1_830_000)
    assert found.low.medfee_sumamt == found.high.medfee_sumamt == 3_000_000
    assert found.why == ("清单上没有写政策范围内是多少",)


def test_a_range_without_parameters_gives_no_figure_at_either_end() -> None:
    unread = pack({"serious.band_basis": None})
    assert isinstance(settle(claim(scope_unknown(90_000_000)), unread), NoEstimate)
    bare = pack({"inpatient.cap": None})
    assert isinstance(settle(claim(scope_unknown(90_000_000)), bare), NoEstimate)


def test_out_patient_goes_on_only_as_the_pack_says() -> None:
    asked = claim(100_000, kind=Kind.OUTPATIENT, level=Level.TOWNSHIP, identity="2303")
    found = settled(settle(asked, pack()))
    # (1,000 − 30) × 60 % = 582, the year's cap 400
    assert (found.hifp_pay, found.maf_pay) == (40_000, 0)
    assert "aid" not in keys(found)
    assert next(r.code for r in found.rows if r.key == "basic") == "C000"
    then = settled(settle(asked, pack({"outpatient.then": "aid"})))
    assert then.maf_pay == 42_000
    unsaid = settle(asked, pack({"outpatient.then": None}))
    assert unsaid == NoEstimate(("规则包里没有门诊费用进不进大病保险和医疗救助",))


def test_an_identity_has_its_own_rules_first() -> None:
    tilt = pack({"serious.2303.deductible": "5500.00", "serious.2303.band.1.ratio": "0.65"})
    plain = settled(settle(claim(12_000_000), tilt))
    tilted = settled(settle(claim(12_000_000, identity="2303"), tilt))
    # own share 30,450
    assert plain.hifmi_pay == 1_167_000
    assert tilted.hifmi_pay == 1_621_750


def test_basic_insurance_settled_at_the_hospital() -> None:
    done = SettledBasic(10_000_000, 17_000_000)
    found = settled(settle(claim(scope_typed(30_000_000, 27_000_000), settled=done), pack()))
    # (100,000 − 11,000) × 60 % + 70,000 × 70 %
    assert found.hifmi_pay == 5_340_000 + 4_900_000
    assert (found.hifp_pay, found.act_pay_dedc) == (10_000_000, 0)
    with pytest.raises(ScopeFault, match="结算单"):
        settle(claim(26_999_999, settled=done), pack())


@pytest.mark.parametrize(
    "key",
    [
        "inpatient.deductible.secondary",
        "inpatient.ratio.secondary",
        "inpatient.cap",
        "serious.deductible",
        "serious.band.1.to",
        "serious.band.2.ratio",
        "serious.cap",
        "aid.2303.ratio",
        "aid.2303.deductible",
        "aid.2303.cap",
    ],
)
@pytest.mark.parametrize("value", [None, "七成", "-1.00"])
def test_every_parameter_is_needed_and_named(key: str, value: str | None) -> None:
    found = settle(claim(100_000, identity="2303"), pack({key: value}))
    assert isinstance(found, NoEstimate)
    assert all("规则包里" in words for words in found.missing)
    assert len(found.missing) == 1
    assert ("写得不对" in found.missing[0]) == (value is not None)


@pytest.mark.parametrize("value", ["7", "70", "1.01"])
def test_a_ratio_above_one_is_no_ratio(value: str) -> None:
    found = settle(claim(100_000), pack({"inpatient.ratio.secondary": value}))
    assert isinstance(found, NoEstimate)


def test_bands_that_do_not_rise_are_said() -> None:
    fallen = {
        "serious.band.2.to": "90000.00",
        "serious.band.3.to": "none",
        "serious.band.3.ratio": "0",
    }
    found = settle(claim(100_000), pack(fallen))
    assert found == NoEstimate(("规则包里的大病保险分段写得不对",))
    level = {**fallen, "serious.band.2.to": "100000.00"}
    assert isinstance(settle(claim(100_000), pack(level)), NoEstimate)
    endless = {f"serious.band.{n}.to": f"{n}00000.00" for n in range(1, 8)}
    endless |= {f"serious.band.{n}.ratio": "0.5" for n in range(1, 8)}
    assert isinstance(settle(claim(100_000), pack(endless)), NoEstimate)


def test_elsewhere_needs_its_model_and_its_k() -> None:
    found = settle(claim(100_000, offsite=Offsite.TEMPORARY), pack())
    assert found == NoEstimate((
        "规则包里没有异地就医怎么减的办法",
        "规则包里没有异地临时外出就医减多少",
    ))


def test_no_pack_no_estimate() -> None:
    assert settle(claim(100_000), None) == NoEstimate(("没有规则包",))


def test_firm_is_only_what_rests_on_facts() -> None:
    assert settled(settle(claim(100_000), pack())).firm
    assert not settled(settle(claim(100_000), pack(grade="C"))).firm
    assert not settled(settle(claim(100_000), replace(pack(), invented=True))).firm


USED = {
    "inpatient.deductible.secondary",
    "inpatient.ratio.secondary",
    "inpatient.cap",
    "offsite.model",
    "offsite.referral.k",
    "serious.band.1.to",
    "serious.deductible",
    "serious.band.1.ratio",
    "serious.band_basis",
    "serious.cap",
    "serious.base.prepay",
    "aid.2303.ratio",
    "aid.2303.deductible",
    "aid.2303.cap",
}


@pytest.mark.parametrize("key", sorted(USED))
def test_one_doubtful_parameter_makes_the_whole_not_firm(key: str) -> None:
    away = {
        "offsite.model": "prepay",
        "offsite.referral.k": "0.1",
        "serious.base.prepay": "yes",
        "aid.2303.cap": "99999.00",
    }
    asked = claim(12_000_000, identity="2303", offsite=Offsite.REFERRAL)
    sure = pack(away)
    assert settled(settle(asked, sure)).firm
    rows = tuple(replace(p, grade="C") if p.key == key else p for p in sure.parameters)
    assert not settled(settle(asked, replace(sure, parameters=rows))).firm


def test_at_the_deductible_itself_no_reading_is_asked_for() -> None:
    unread = pack({"serious.band_basis": None})
    done = SettledBasic(0, 1_100_000)
    assert settled(settle(claim(1_100_000, settled=done), unread)).hifmi_pay == 0
    more = SettledBasic(0, 1_100_001)
    assert isinstance(settle(claim(1_100_001, settled=more), unread), NoEstimate)


def test_an_unknown_year_is_a_doubt() -> None:
    assert settled(settle(claim(1), pack())).doubts == ("今年以前报过多少没有查到，按没有报过算",)
    assert settled(settle(claim(1, year=KNOWN), pack())).doubts == ()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"inscp_scp_amt": 1}, "a settlement's parts don't make up its total"),
        ({"hifmi_pay": 1}, "a settlement's parts don't make up its total"),
        ({"psn_part_amt": 1}, "fund and person don't make up the total"),
    ],
)
def test_a_settlement_that_does_not_add_up_is_a_bug(wrong: dict[str, int], words: str) -> None:
    found = settled(settle(claim(12_000_000), pack()))
    with pytest.raises(ArithmeticError) as raised:
        replace(found, **wrong)
    assert str(raised.value) == words


@pytest.mark.parametrize("who", ["hifp_pay", "hifmi_pay", "maf_pay", "psn_part_amt"])
def test_somebody_who_pays_less_than_nothing_is_a_bug(who: str) -> None:
    """Everything adds up, only one amount is below zero, and another one higher for it."""
    found = settled(settle(claim(12_000_000), pack()))
    pays = {"hifp_pay": found.hifp_pay, "hifmi_pay": found.hifmi_pay, "maf_pay": found.maf_pay}
    pays["psn_part_amt"] = found.psn_part_amt
    other = "hifmi_pay" if who == "hifp_pay" else "hifp_pay"
    pays[other] += pays[who] + 1
    pays[who] = -1
    funds = pays["hifp_pay"] + pays["hifmi_pay"] + pays["maf_pay"]
    with pytest.raises(ArithmeticError) as raised:
        replace(found, **pays, fund_pay_sumamt=funds)
    assert str(raised.value) == "somebody pays less than nothing"


@pytest.mark.parametrize(
    ("code", "level"),
    [("1", Level.TERTIARY), ("02", Level.TERTIARY), ("7", Level.SECONDARY), ("10", Level.PRIMARY),
     ("11", Level.UNRATED), ("12", Level.TERTIARY), ("13", Level.SECONDARY), ("14", Level.PRIMARY),
     ("99", None), ("", None)],
)  # fmt: skip
def test_levels_by_the_platforms_code(code: str, level: Level | None) -> None:
    assert level_of(code) is level


@given(st.integers(0, 50_000_000), st.integers(0, 1_000_000), st.sampled_from(["", "2303"]))
def test_more_in_scope_never_pays_less(inside: int, more: int, identity: str) -> None:
    less = settled(settle(claim(inside, identity=identity), pack()))
    greater = settled(settle(claim(inside + more, identity=identity), pack()))
    assert less.fund_pay_sumamt <= greater.fund_pay_sumamt
    assert greater.fund_pay_sumamt <= inside + more


def test_below_the_deductible_no_formula_goes_below_zero() -> None:
    found = settle(claim(40_000), pack())
    assert isinstance(found, Settlement)
    basic = found.row("basic")
    assert basic is not None
    assert (basic.formula, basic.amount) == ("400.00 没有超过起付线 600.00", 0)
    own = settle(claim(40_000, identity="2303"), pack({"aid.2303.deductible": "3000.00"}))
    assert isinstance(own, Settlement)
    aid = own.row("aid")
    assert aid is not None
    assert (aid.formula, aid.amount) == ("400.00 没有超过救助起付线 3,000.00", 0)
