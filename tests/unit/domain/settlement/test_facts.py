"""A fact or a reading that is missing is named and no figure is shown; one that isn't needed isn't asked for."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.domain.policy.pack import Parameter
from counter_app.domain.settlement.claim import (
    Days,
    IdentitySpan,
    Kind,
    Level,
    Offsite,
    Past,
    SettledBasic,
    YearSoFar,
)
from counter_app.domain.settlement.scope import Scope, scope_unknown
from counter_app.domain.settlement.settle import NoEstimate, Settlement, SettlementRange, settle
from counter_app.kernel import dates
from tests.unit.domain.settlement.made import ON, claim, pack

KNOWN = YearSoFar(known=True)
CHRONIC = {
    "chronic.deductible": "100.00",
    "chronic.ratio": "0.6",
    "chronic.cap": "10000.00",
    "chronic.then": "none",
}
CROSSING = claim(1_000_000, on=dt.date(2026, 1, 10), days=Days(dt.date(2025, 12, 20)))
CROSS = {"on": CROSSING.on, "days": CROSSING.days}
SPLIT = {"inpatient.crossing": "split"}


def past(on: dt.date = dt.date(2026, 2, 1), **more: object) -> Past:
    return Past(Kind.INPATIENT, on, **{"deductible": 60_000, "case_no": "X", **more})


def before(*pasts: Past, **more: object) -> YearSoFar:
    return YearSoFar(known=True, before=pasts, **more)


def missing(found: object) -> tuple[str, ...]:
    assert isinstance(found, NoEstimate), found
    return found.missing


def settled(found: object) -> Settlement:
    assert isinstance(found, Settlement), found
    return found


CASES = [
    ({"inpatient.deductible_mode": "year"}, {}, "不知道以前收过多少起付线（一年一次）"),
    ({"inpatient.deductible_mode": "hospital_year"}, {"year": KNOWN}, "不知道是哪家医院"),
    ({"inpatient.deductible_mode": "weekly"}, {"year": KNOWN}, "规则包里的起付线的收法写得不对（weekly）"),
    ({}, {"year": before(past())}, "规则包里没有起付线是每次收还是一年收一次"),
    ({"inpatient.step.2.factor": "0.5"}, {}, "不知道这是今年第几次住院"),
    ({"inpatient.step.2.factor": "half"}, {"year": before(past())}, "规则包里的第 2 次的起付线写得不对（half）"),
    ({"inpatient.step.2.deductible": "x"}, {"year": before(past())}, "规则包里的第 2 次的起付线写得不对（x）"),
    ({}, {"continues": past()}, "规则包里没有转院怎么收起付线"),
    (
        {"inpatient.transfer": "none", "inpatient.transfer_days": "1"},
        {"continues": past()},
        "不知道入院日期",
    ),
    ({"inpatient.cap_life": "9.00"}, {"year": KNOWN}, "不知道以前各年一共报了多少"),
    ({"inpatient.cap_month": "9.00"}, {}, "不知道这个月以前报了多少"),
    ({"inpatient.cap_quarter": "9.00"}, {}, "不知道这个季度以前报了多少"),
    ({"group.child.below_age": "18", "inpatient.child.ratio": "1"}, {}, "不知道多大年纪"),
    ({"group.child.psn_type": "1401", "inpatient.child.ratio": "1"}, {}, "不知道人员类别"),
    (CHRONIC, {"kind": Kind.CHRONIC, "year": KNOWN}, "不知道是哪个病种"),
    ({"inpatient.crossing": None}, CROSS, "规则包里没有跨年住院怎么算"),
    (SPLIT, CROSS, "不知道 2025 年底以前范围内花了多少"),
    (SPLIT, {**CROSS, "before_new_year": 1_000_001}, "跨年以前的范围内费用比整次的还多，对一下清单"),
    (SPLIT, {**CROSS, "before_new_year": -1}, "跨年以前的范围内费用比整次的还多，对一下清单"),
    (
        SPLIT,
        {**CROSS, "before_new_year": 1, "settled": SettledBasic(1, 1)},
        "医院把跨年的这次住院一起结算了，不知道两年各付了多少",
    ),
    (SPLIT, {**CROSS, "before_new_year": 500_000}, "规则包里没有跨年住院的起付线收几次"),
    ({}, {"days": Days(ON + dt.timedelta(days=1))}, "出院日期比入院日期还早，对一下日期"),
    ({}, {"days": Days(settlement=ON - dt.timedelta(days=1))}, "结算日期比出院日期还早，对一下日期"),
    ({}, {"year": YearSoFar(basic_paid=-1)}, "以前报过的数里有负数，等中心核对"),
    ({}, {"year": before(past(aid_base=-1))}, "以前报过的数里有负数，等中心核对"),
    ({}, {"year": YearSoFar(life_paid=-1)}, "以前报过的数里有负数，等中心核对"),
    ({}, {"designated": False}, "规则包里没有不是定点的医疗机构报不报"),
    (
        {"offsite.undesignated": "refuse"},
        {"designated": False},
        "这家不是定点医疗机构，又不是急诊抢救，按规定不报（试）",
    ),
    (
        {"aid.2303.deductible": "10.00"},
        {"identity": "2303", "year": before(past(aid_base=5, deductible=0))},
        "规则包里没有医疗救助起付线是每次收还是一年收一次",
    ),
    (
        {"inpatient.ratio.secondary": None, "inpatient.band.1.to": "100.00", "inpatient.band.1.ratio": "0.5",
         "inpatient.band.2.to": "none", "inpatient.band.2.ratio": "0.6"},
        {},
        "规则包里没有基本医保分段怎么读（按范围内总额，还是按超过起付线的部分）",
    ),
    (
        {"inpatient.ratio.secondary": None, "inpatient.band.1.to": "100.00", "inpatient.band.1.ratio": "x"},
        {},
        "规则包里的二级医院住院第 1 段的比例写得不对（x）",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "more", "words"), CASES, ids=[c[2] for c in CASES])
def test_what_is_missing_is_named(
    changes: dict[str, str | None], more: dict[str, object], words: str
) -> None:
    found = settle(claim(1_000_000, **more), pack(changes))
    assert isinstance(found, NoEstimate), found
    assert words in found.missing
    assert len(found.missing) == len(set(found.missing))


IDENTITIES = (IdentitySpan("2303", None, ON), IdentitySpan("", ON + dt.timedelta(days=1)))


def test_an_identity_that_changed_needs_a_rule_only_where_it_matters() -> None:
    asked = claim(12_000_000, identities=IDENTITIES, year=KNOWN)
    assert settled(settle(asked, pack())).maf_pay > 0
    later = replace(asked, days=Days(settlement=ON + dt.timedelta(days=1)))
    unsaid = settle(later, pack())
    assert unsaid == NoEstimate(("规则包里没有住院中身份变了按哪天算",))
    by = {
        day: settled(settle(later, pack({"identity.by": day}))).maf_pay
        for day in ("discharge", "settlement")
    }
    assert by["discharge"] > by["settlement"] == 0
    none = settle(replace(asked, identities=IDENTITIES[1:]), pack())
    assert settled(none).maf_pay == 0
    nobody = replace(later, identities=(IdentitySpan("2303", ON + dt.timedelta(days=1)),))
    wrong = settle(
        replace(nobody, days=Days(ON - dt.timedelta(days=3), ON + dt.timedelta(days=1))),
        pack({"identity.by": "admission"}),
    )
    assert settled(wrong).maf_pay == 0
    unsettled = replace(
        asked, identities=(IdentitySpan("2303", ON),), days=Days(ON - dt.timedelta(days=1))
    )
    assert settle(unsettled, pack({"identity.by": "settlement"})) == NoEstimate(("不知道结算日期",))


def by_days(effective_by: str, old: str, new: str) -> object:
    plain = pack({"inpatient.cap": None})
    first, second = ON - dt.timedelta(days=3), ON - dt.timedelta(days=2)
    rows = (
        Parameter("inpatient.cap", old, "试", "A", None, first, effective_by),
        Parameter("inpatient.cap", new, "试", "A", second, None, effective_by),
    )
    return replace(plain, parameters=(*plain.parameters, *rows))


@pytest.mark.parametrize(
    ("by", "days", "paid"),
    [
        ("discharge", Days(), 20_000),
        ("", Days(), 20_000),
        ("admission", Days(ON - dt.timedelta(days=3)), 10_000),
        ("admission", Days(ON - dt.timedelta(days=2)), 20_000),
        ("settlement", Days(settlement=ON), 20_000),
        ("payment", Days(payment=ON - dt.timedelta(days=9)), 10_000),
    ],
)
def test_each_parameter_goes_by_its_own_day(by: str, days: Days, paid: int) -> None:
    found = settle(claim(1_000_000, days=days), by_days(by, "100.00", "200.00"))
    assert settled(found).hifp_pay == paid


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("admission", "不知道入院日期"),
        ("settlement", "不知道结算日期"),
        ("payment", "不知道缴费日期"),
    ],
)
def test_a_deciding_day_that_is_not_known(by: str, words: str) -> None:
    found = settle(claim(1_000_000), by_days(by, "100.00", "200.00"))
    assert found == NoEstimate((words,))


def test_an_out_patients_visit_is_its_admission() -> None:
    rows = [replace(p, effective_by="admission") for p in pack().parameters]
    found = settle(claim(1_000, kind=Kind.OUTPATIENT), replace(pack(), parameters=tuple(rows)))
    assert isinstance(found, Settlement)


def test_a_disease_has_its_own_cap_and_counts_its_own_claims() -> None:
    rules = {**CHRONIC, "chronic.deductible_mode": "year", "chronic.M03900.cap": "400.00"}
    earlier = Past(
        Kind.CHRONIC, dt.date(2026, 2, 1), disease="M03900", deductible=10_000, basic_paid=30_000
    )
    other = replace(earlier, disease="M01600")
    asked = claim(100_000, kind=Kind.CHRONIC, disease="M03900", year=before(earlier, other))
    found = settled(settle(asked, pack(rules)))
    # the year's deductible is taken; 1,000 × 60 % = 600, of 400 a year 300 are used
    assert (found.act_pay_dedc, found.hifp_pay) == (0, 10_000)
    assert [r.code for r in found.rows if r.code] == ["S001", "C000", "EC01"]
    words = {r.key: r.formula for r in found.rows}
    assert words["deductible"] == "二级医院，一年一次，已收 100.00"
    assert words["over_cap"] == "600.00 − 100.00，一年最多 400.00"
    wide = settled(settle(replace(asked, disease="M01600"), pack(rules)))
    assert wide.hifp_pay == 60_000


def test_kinds_that_share_a_cap() -> None:
    chronic = Past(Kind.CHRONIC, dt.date(2026, 2, 1), disease="M00500", basic_paid=14_990_000)
    asked = claim(1_000_000, year=before(chronic))
    assert settled(settle(asked, pack())).hifp_pay == 705_000
    shared = pack({"inpatient.cap_counts": "inpatient chronic"})
    assert settled(settle(asked, shared)).hifp_pay == 10_000


def test_groups_by_age_and_by_type() -> None:
    rules = {
        "group.old.from_age": "60",
        "group.student.psn_type": "1403 1404",
        "group.nobody.psn_type": "99",
        "inpatient.old.ratio": "0.8",
        "inpatient.student.ratio": "0.9",
    }
    paid = {
        (age, kind): settled(settle(claim(160_000, age=age, psn_type=kind), pack(rules))).hifp_pay
        for age, kind in ((59, "15"), (60, "16"), (19, "1404"))
    }
    assert list(paid.values()) == [75_000, 80_000, 90_000]
    strange = {"inpatient.who.ratio": "1", "group.who.note": "x"}
    assert settled(settle(claim(160_000), pack(strange))).hifp_pay == 75_000


def test_an_emergency_is_paid_anywhere() -> None:
    away = {
        "offsite.model": "minus_pp",
        "offsite.emergency.k": "0",
        "offsite.undesignated": "refuse",
    }
    asked = claim(160_000, designated=False, offsite=Offsite.EMERGENCY)
    assert settled(settle(asked, pack(away))).hifp_pay == 75_000
    here = settle(replace(asked, offsite=Offsite.LOCAL), pack({"offsite.undesignated": "pay"}))
    assert settled(here).hifp_pay == 75_000


@pytest.mark.parametrize(("gap", "taken"), [(0, 0), (1, 0), (2, 60_000), (-1, 60_000)])
def test_a_transfer_is_one_stay_only_within_its_days(gap: int, taken: int) -> None:
    rules = {
        "inpatient.transfer": "none",
        "inpatient.transfer_days": "1",
        "inpatient.deductible_mode": "stay",
    }
    begun = ON - dt.timedelta(days=5)
    asked = claim(
        1_000_000, continues=past(begun - dt.timedelta(days=gap)), days=Days(begun), year=KNOWN
    )
    assert settled(settle(asked, pack(rules))).act_pay_dedc == taken
    assert settled(settle(replace(asked, kind=Kind.OUTPATIENT), pack(rules))).act_pay_dedc == 3_000


def test_a_transfer_of_the_same_day_needs_no_number_of_days() -> None:
    rules = {"inpatient.transfer": "difference", "inpatient.deductible_mode": "stay"}
    begun = ON - dt.timedelta(days=5)
    asked = claim(1_000_000, continues=past(begun, deductible=15_000), days=Days(begun))
    found = settled(settle(asked, pack(rules)))
    assert found.act_pay_dedc == 45_000
    row = found.row("deductible")
    assert row is not None
    assert row.formula == "二级医院，转院补差，600.00 减去已收 150.00"
    dearer = replace(asked, continues=past(begun, deductible=90_000))
    assert settled(settle(dearer, pack(rules))).act_pay_dedc == 0


@pytest.mark.parametrize("gap", [1, 90])
@pytest.mark.parametrize("rule", ["difference", "none"])
def test_of_any_gap_the_pack_must_say_whether_it_is_one_stay(gap: int, rule: str) -> None:
    rules = {"inpatient.transfer": rule, "inpatient.deductible_mode": "stay"}
    begun = dt.date(2026, 5, 9)
    left = begun - dt.timedelta(days=gap)
    asked = claim(1_000_000, continues=past(left), days=Days(begun))
    words = (
        f"规则包里没有转院隔几天还算接着住（前一次 {dates.month_day(left)}出院，这次 5月9日入院）"
    )
    assert missing(settle(asked, pack(rules))) == (words,)
    each = {**rules, "inpatient.transfer": "each"}
    assert settled(settle(asked, pack(each))).act_pay_dedc == 60_000
    wrong = {**rules, "inpatient.transfer_days": "两天"}
    (said,) = missing(settle(asked, pack(wrong)))
    assert said.startswith("规则包里的转院隔几天还算接着住写得不对")


@pytest.mark.parametrize(
    ("rule", "crossing", "taken"),
    [
        # arithmetic: 600.00 − 150.00 = 450.00, once or in either year
        ("difference", "once", 45_000),
        ("difference", "each", 90_000),
        ("none", "once", 0),
        ("none", "each", 0),
        ("each", "once", 60_000),
    ],
)
@pytest.mark.parametrize("days", ["1", None])
def test_both_parts_of_a_split_stay_are_from_the_one_transfer(
    rule: str, crossing: str, taken: int, days: str | None
) -> None:
    rules = {
        **SPLIT,
        "inpatient.transfer": rule,
        "inpatient.transfer_days": days,
        "inpatient.crossing_deductible": crossing,
        "inpatient.deductible_mode": "stay",
    }
    before_it = past(dt.date(2025, 12, 20), deductible=15_000)
    asked = replace(CROSSING, before_new_year=500_000, continues=before_it)
    assert settled(settle(asked, pack(rules))).act_pay_dedc == taken


def test_what_is_left_of_a_transfers_deductible_after_new_year_says_both() -> None:
    rules = {
        **SPLIT,
        "inpatient.transfer": "difference",
        "inpatient.crossing_deductible": "once",
        "inpatient.deductible_mode": "stay",
    }
    before_it = past(dt.date(2025, 12, 20), deductible=15_000)
    asked = replace(CROSSING, before_new_year=40_000, continues=before_it)
    found = settled(settle(asked, pack(rules))).row("2026.deductible")
    # arithmetic: 600.00 − 150.00 = 450.00, of which 400.00 before New Year
    assert found is not None
    assert found.amount == 5_000
    assert found.formula == "二级医院，转院补差，600.00 减去已收 150.00；跨年住院，已收 400.00"


def test_a_joined_stay_is_no_admission_of_its_own() -> None:
    rules = {"inpatient.step.3.deductible.secondary": "100.00", "inpatient.deductible_mode": "stay"}
    two = before(past(), past(dt.date(2026, 2, 3), joined=True))
    assert settled(settle(claim(1_000_000, year=two), pack(rules))).act_pay_dedc == 60_000
    three = before(past(), past(dt.date(2026, 2, 3)))
    found = settled(settle(claim(1_000_000, year=three), pack(rules)))
    assert found.act_pay_dedc == 10_000
    row = found.row("deductible")
    assert row is not None
    assert (row.formula, row.parameter) == (
        "二级医院，今年第 3 次", "inpatient.step.3.deductible.secondary",
    )  # fmt: skip


def test_own_unsent_cases_are_marked() -> None:
    year = before(past(unsent=True, deductible=0), past(deductible=0))
    assert settled(settle(claim(1), pack())).doubts == ("今年以前报过多少没有查到，按没有报过算",)
    found = settled(settle(claim(1, year=year), pack()))
    assert found.doubts == ("本站还没传上去的 1 件已经算在今年以前，中心收到以后可能不同",)


def test_a_stay_over_the_years_end_shows_both_years() -> None:
    asked = replace(CROSSING, before_new_year=500_000, year=KNOWN, last_year=KNOWN)
    assert settled(settle(asked, pack({"inpatient.crossing": "whole"}))).hifp_pay == 705_000
    found = settled(settle(asked, pack({**SPLIT, "inpatient.crossing_deductible": "each"})))
    # (5,000 − 600) × 75 % in either year
    assert (found.hifp_pay, found.act_pay_dedc) == (660_000, 120_000)
    assert [r.name for r in found.rows if r.code == "S001"] == ["2025 年 起付线", "2026 年 起付线"]
    assert len({r.key for r in found.rows}) == len(found.rows)
    once = settled(settle(asked, pack({**SPLIT, "inpatient.crossing_deductible": "once"})))
    assert (once.hifp_pay, once.act_pay_dedc) == (705_000, 60_000)
    words = {r.key: r.formula for r in once.rows}
    assert words["2026.deductible"] == "二级医院，跨年住院，已收 600.00"
    early = replace(asked, before_new_year=0)
    assert settled(settle(early, pack(SPLIT))).hifp_pay == 705_000


def test_a_split_stay_of_unknown_scope_is_a_range() -> None:
    asked = replace(CROSSING, scope=scope_unknown(1_000_000), before_new_year=0, year=KNOWN)
    assert isinstance(settle(asked, pack(SPLIT)), SettlementRange)


def test_readings_the_pack_does_not_give_are_doubts_where_they_matter() -> None:
    scope = Scope(12_300_000, 12_000_000, 0, 200_000, 100_000)
    found = settled(settle(claim(scope, year=KNOWN), pack()))
    assert found.doubts == (
        "规则包没有写乙类先行自付计不计入大病保险，按不计入算",
        "规则包没有写超限价自付计不计入大病保险，按不计入算",
    )
    low = Scope(1_300_000, 1_000_000, 0, 200_000, 100_000)
    assert settled(settle(claim(low, year=KNOWN), pack())).doubts == ()
    capped = settled(settle(claim(30_000_000, year=KNOWN), pack()))
    assert capped.doubts == ("规则包没有写超过基本医保封顶线的部分计不计入大病保险，按计入算",)


def test_bands_of_basic_insurance_have_their_codes() -> None:
    rules = {"inpatient.ratio.secondary": None, "inpatient.band_basis": "total"}
    for n, to in enumerate(("1000.00", "2000.00", "3000.00", "4000.00", "none"), 1):
        rules |= {f"inpatient.band.{n}.to": to, f"inpatient.band.{n}.ratio": f"0.{n}"}
    found = settled(settle(claim(500_000), pack(rules)))
    # 400 × 10 % + 1,000 × (20 + 30 + 40 + 50) %
    assert found.hifp_pay == 4_000 + 140_000
    codes = [(r.key, r.code) for r in found.rows if r.key.startswith("basic")]
    assert codes == [
        ("basic_1", "C001"), ("basic_2", "C002"), ("basic_3", "C003"), ("basic_4", "C004"), ("basic_5", ""),
    ]  # fmt: skip
    nothing = settled(settle(claim(60_000), pack(rules)))
    assert [(r.key, r.formula) for r in nothing.rows if r.key.startswith("basic")] == [
        ("basic_1", "600.00 没有超过起付线 600.00")
    ]
    unread = pack({**rules, "inpatient.band_basis": None})
    assert settled(settle(claim(60_000), unread)).hifp_pay == 0


def test_a_tilt_is_shown_and_never_passes_the_whole() -> None:
    tilt = {"serious.2303.deductible_factor": "0.5", "serious.2303.added_points": "0.5"}
    found = settled(settle(claim(12_000_000, identity="2303", year=KNOWN), pack(tilt)))
    start, first = found.row("serious_deductible"), found.row("serious_1")
    assert start is not None
    assert first is not None
    assert (start.amount, start.formula) == (550_000, "全年累计，倾斜 50%，倾斜 50%")
    assert first.ratio == 1
    # all of 30,450 − 5,500
    assert found.hifmi_pay == 2_495_000
    plain = settled(settle(claim(12_000_000, year=KNOWN), pack(tilt)))
    assert plain.hifmi_pay == 1_167_000


def test_every_row_names_its_parameter() -> None:
    found = settled(settle(claim(12_000_000, identity="2303", year=KNOWN), pack()))
    named = {r.key: r.parameter for r in found.rows if r.source}
    assert named == {
        "deductible": "inpatient.deductible.secondary",
        "basic": "inpatient.ratio.secondary",
        "serious_deductible": "serious.deductible",
        "serious_1": "serious.band.1.ratio",
        "aid": "aid.2303.ratio",
    }


def test_levels_have_words() -> None:
    assert {kind.words for kind in Kind} == {"住院", "门诊", "门诊慢特病", "两病门诊"}
    assert len({level.words for level in Level}) == len(Level)
