"""Whole traces, row by row: every code, formula, base, ratio, article, grade and parameter."""

from dataclasses import replace
from decimal import Decimal

import pytest

from counter_app.domain.policy.pack import Pack
from counter_app.domain.settlement.claim import Kind, Offsite, Past, YearSoFar
from counter_app.domain.settlement.scope import (
    BillLine,
    Category,
    Scope,
    ScopeFault,
    scope_from_categories,
    scope_from_lines,
    scope_typed,
    scope_unknown,
)
from counter_app.domain.settlement.settle import Settlement, settle
from counter_app.kernel.dates import add_months
from tests.unit.domain.settlement.made import ON, claim, pack

KNOWN = YearSoFar(known=True)
TENTH = Decimal("0.1")
RULES = {
    "inpatient.ratio.secondary": None, "inpatient.band_basis": "excess",
    "inpatient.band.1.to": "10000.00", "inpatient.band.1.ratio": "0.6",
    "inpatient.band.2.to": "none", "inpatient.band.2.ratio.secondary": "0.7",
    "inpatient.cap": "50000.00", "inpatient.cap_stay": "40000.00",
    "offsite.model": "minus_pp", "offsite.referral.k": "0.1",
    "serious.2303.deductible_factor": "0.5", "serious.2303.added_points": "0.05", "serious.cap": "9000.00",
    "serious.base.preselfpay": "yes", "aid.2303.deductible": "2000.00", "aid.2303.cap": "3000.00",
    "aid.base.overlmt": "yes",
}  # fmt: skip
LINES = [
    BillLine("床位", "01", 7_000_000),
    BillLine("药", "02", 1_000_000, TENTH),
    BillLine("材料", "03", 200_000),
    BillLine("检查", "01", 150_000, None, 100_000),
]


def cited(rules: dict[str, str | None]) -> Pack:
    """Each parameter with an article and a grade of its own, so that none is taken for another."""
    plain = pack(rules)
    rows = tuple(
        replace(p, source=f"条 {p.key}", grade=f"A{n}") for n, p in enumerate(plain.parameters)
    )
    return replace(plain, parameters=rows)


def rows(found: object) -> list[tuple[object, ...]]:
    assert isinstance(found, Settlement)
    return [
        (r.key, r.code, r.name, r.formula, r.amount, str(r.fund), r.base, r.ratio, r.parameter)
        for r in found.rows
    ]


# 10,000 × 50 % + 69,400 × 60 % = 46,640, one stay at most 40,000; own 40,000 + 1,000 of 乙类;
# (41,000 − 5,500) × 65 % = 23,075, at most 9,000; 40,000 − 9,000 + 500 = 31,500;
# (31,500 − 2,000) × 70 % = 20,650, at most 3,000
WHOLE = [
    ("total", "", "费用总额", "", 8_350_000, "total", None, None, ""),
    ("ownpay", "101", "丙类和自费", "", 200_000, "deduction", None, None, ""),
    ("preselfpay", "102", "乙类先行自付", "各乙类行先行自付之和", 100_000, "deduction", None, None, ""),
    ("overlmt", "103", "超限价自付", "", 50_000, "deduction", None, None, ""),
    ("in_scope", "", "政策范围内", "83,500.00 − 2,000.00 − 1,000.00 − 500.00", 8_000_000, "scope", None, None, ""),
    ("deductible", "S001", "起付线", "二级医院，每次住院", 60_000, "deduction", None, None, "inpatient.deductible.secondary"),
    ("basic_1", "C001", "基本医保", "(10,600.00 − 600.00) × (60% − 10%)", 500_000, "basic", 1_000_000, Decimal("0.5"), "inpatient.band.1.ratio"),
    ("basic_2", "C002", "基本医保", "(80,000.00 − 10,600.00) × (70% − 10%)", 4_164_000, "basic", 6_940_000, Decimal("0.6"), "inpatient.band.2.ratio.secondary"),
    ("over_cap", "EC01", "超过基本医保封顶线", "46,640.00 − 40,000.00，一次最多 40,000.00", 664_000, "between", None, None, "inpatient.cap_stay"),
    ("serious_base", "", "自付合规费用", "按规则包计入的部分", 4_100_000, "between", None, None, ""),
    ("serious_deductible", "PS01", "大病起付线", "全年累计，倾斜 50%，倾斜 5%", 550_000, "between", None, None, "serious.2303.deductible_factor"),
    ("serious_1", "PL01", "大病保险", "(41,000.00 − 5,500.00) × 65%", 2_307_500, "serious", 3_550_000, Decimal("0.65"), "serious.band.1.ratio"),
    ("serious_over_cap", "", "超过大病保险封顶线", "23,075.00 − 9,000.00，一年最多 9,000.00", 1_407_500, "between", None, None, "serious.cap"),
    ("aid_base", "", "救助前自付", "按规则包计入的部分", 3_150_000, "between", None, None, ""),
    ("aid_deductible", "", "救助起付线", "", 200_000, "between", None, None, "aid.2303.deductible"),
    ("aid", "", "医疗救助", "(31,500.00 − 2,000.00) × 70%", 300_000, "aid", 2_950_000, Decimal("0.7"), "aid.2303.ratio"),
    ("aid_over_cap", "", "超过医疗救助封顶线", "20,650.00 − 3,000.00，一年最多 3,000.00", 1_765_000, "between", None, None, "aid.2303.cap"),
    ("fund_total", "", "报销合计", "40,000.00 + 9,000.00 + 3,000.00", 5_200_000, "paid", None, None, ""),
    ("own", "", "个人负担", "83,500.00 − 52,000.00", 3_150_000, "own", None, None, ""),
]  # fmt: skip
TILTED = {"serious_1": "serious.2303.added_points"}
"""Rows whose article is the tilt's, while the parameter is the band's."""


def test_a_whole_trace() -> None:
    asked = claim(scope_from_lines(LINES), identity="2303", offsite=Offsite.REFERRAL, year=KNOWN)
    rules = cited(RULES)
    found = settle(asked, rules)
    assert rows(found) == WHOLE
    assert isinstance(found, Settlement)
    grades = {p.key: p.grade for p in rules.parameters}
    for r in found.rows:
        if r.parameter:
            assert r.source == f"条 {TILTED.get(r.key, r.parameter)}"
        if r.parameter and r.key != "serious_deductible":
            assert r.grade == grades[r.parameter]
    assert found.doubts == (
        "规则包里有没核对过原文的数，算出来的只作参考，不能当准数",
        "按“异地转诊”算，备案以中心的记录为准",
        "规则包没有写超过基本医保封顶线的部分计不计入大病保险，按计入算",
        "规则包没有写超限价自付计不计入大病保险，按不计入算",
        "规则包没有写乙类先行自付计不计入医疗救助，按不计入算",
    )


def test_below_everything_a_banded_trace_still_says_why() -> None:
    found = settle(
        claim(50_000, year=KNOWN, identity="2303"),
        cited({**RULES, "aid.2303.deductible": "600.00"}),
    )
    assert rows(found)[2:] == [
        ("deductible", "S001", "起付线", "二级医院，每次住院", 50_000, "deduction", None, None, "inpatient.deductible.secondary"),
        ("basic_1", "C001", "基本医保", "500.00 没有超过起付线 600.00", 0, "basic", None, None, "inpatient.band.1.ratio"),
        ("serious_base", "", "自付合规费用", "", 50_000, "between", None, None, ""),
        ("serious_deductible", "PS01", "大病起付线", "全年累计，倾斜 50%，倾斜 5%", 550_000, "between", None, None, "serious.2303.deductible_factor"),
        ("serious_1", "PL01", "大病保险", "500.00 没有超过 5,500.00", 0, "serious", None, None, "serious.2303.deductible_factor"),
        ("aid_base", "", "救助前自付", "", 50_000, "between", None, None, ""),
        ("aid_deductible", "", "救助起付线", "", 60_000, "between", None, None, "aid.2303.deductible"),
        ("aid", "", "医疗救助", "500.00 没有超过救助起付线 600.00", 0, "aid", 0, Decimal("0.7"), "aid.2303.ratio"),
        ("fund_total", "", "报销合计", "0.00 + 0.00 + 0.00", 0, "paid", None, None, ""),
        ("own", "", "个人负担", "500.00 − 0.00", 50_000, "own", None, None, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_band_edges_to_the_fen(over: int) -> None:
    """On the total the first band ends at 10,000, on the excess 600 later: a fen more is the second's."""
    for basis, edge in (("total", 1_000_000), ("excess", 1_060_000)):
        rules = {
            **RULES,
            "inpatient.band_basis": basis,
            "inpatient.band.1.ratio": "0",
            "inpatient.band.2.ratio.secondary": "1",
        }
        found = settle(claim(edge + over), pack({**rules, "inpatient.cap_stay": None}))
        assert isinstance(found, Settlement)
        assert found.hifp_pay == max(over, 0)


def test_the_words_of_a_years_deductible() -> None:
    past = Past(Kind.INPATIENT, ON, deductible=20_000, deductible_full=False)
    rules = {"inpatient.deductible_mode": "year", "inpatient.step.2.factor": "0.5"}
    found = settle(claim(1_000_000, year=YearSoFar(known=True, before=(past,))), cited(rules))
    assert isinstance(found, Settlement)
    row = found.row("deductible")
    assert row is not None
    assert (row.amount, row.formula, row.source) == (
        10_000, "二级医院，今年第 2 次，600.00 × 50%，一年一次，已收 200.00", "条 inpatient.deductible.secondary",
    )  # fmt: skip


def test_scopes_at_their_edges_and_where_they_were_read() -> None:
    typed = scope_typed(100, 100)
    assert (typed.unsplit, typed.preselfpay, typed.read_from) == (0, 0, "医院清单")
    unknown = scope_unknown(100, ownpay=100)
    assert unknown.low == unknown.high
    assert unknown.low.read_from == "票据"
    assert scope_unknown(100).low.ownpay == 0
    rows = [Category("药", a=5, b=100, c=7, overlmt=9)]
    ranged = scope_from_categories(rows)
    assert [(s.overlmt, s.preselfpay, s.read_from) for s in (ranged.low, ranged.high)] == [
        (9, 100, "医院清单分类合计"), (9, 0, "医院清单分类合计"),
    ]  # fmt: skip
    assert scope_from_categories(rows, preselfpay=100).read_from == "医院清单分类合计"
    none = scope_from_categories([Category("药", a=5)])
    assert (
        none.preselfpay_words,
        scope_from_categories(rows, share=Decimal(0)).preselfpay_words,
    ) == ("", "")
    lines = scope_from_lines([
        BillLine("药", "02", 100, TENTH, 100),
        BillLine("材", "01", 100, TENTH, 50),
    ])
    assert (lines.read_from, lines.preselfpay_words, lines.doubts) == (
        "医院清单逐行",
        "各乙类行先行自付之和",
        (),
    )
    assert scope_from_lines([BillLine("药", "01", 100)]).preselfpay_words == ""
    both = scope_from_lines([BillLine("药", "02", 100, TENTH, 99), BillLine("不知", "", 1)])
    assert both.low.doubts == both.high.doubts != ()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Scope(1, -1, 2), "有一项是负数，对一下清单上的金额"),
        (lambda: Scope(1, 2), "范围内加上范围外的几项，和总额对不上，对一下清单"),
        (lambda: scope_typed(1, 2), "政策范围内和几项自付加起来比总额还多，对一下清单"),
        (lambda: scope_unknown(1, ownpay=2), "自费比总额还多，对一下清单"),
        (lambda: scope_from_categories([Category("药", b=1)], preselfpay=2), "乙类先行自付比乙类合计还多，对一下清单"),
        (lambda: scope_from_lines([BillLine("退", "01", -1)]), "清单里有负数行，把退费的那一行和原来那一行对冲后再录"),
    ],
)  # fmt: skip
def test_contradictions_in_whole_words(make: object, words: str) -> None:
    with pytest.raises(ScopeFault) as raised:
        make()
    assert str(raised.value) == words


def test_what_is_paid_beforehand_has_its_row() -> None:
    away = {"offsite.model": "prepay", "offsite.unfiled.k": "0.2", "serious.base.prepay": "yes"}
    rules = cited(away)
    found = settle(claim(1_000_000, offsite=Offsite.UNFILED, year=KNOWN), rules)
    assert rows(found)[2:5] == [
        ("offsite", "S000", "转外先行自付", "10,000.00 × 20%，异地没有备案", 200_000, "deduction", 1_000_000, Decimal("0.2"), "offsite.unfiled.k"),
        ("deductible", "S001", "起付线", "二级医院，每次住院", 60_000, "deduction", None, None, "inpatient.deductible.secondary"),
        ("basic", "C001", "基本医保", "(10,000.00 × (1 − 20%) − 600.00) × 75%", 555_000, "basic", 740_000, Decimal("0.75"), "inpatient.ratio.secondary"),
    ]  # fmt: skip
    assert isinstance(found, Settlement)
    assert found.rows[2].source == "条 offsite.unfiled.k"


def test_nothing_in_scope_and_no_deductible() -> None:
    rules = pack({**RULES, "inpatient.deductible.secondary": "0.00"})
    found = settle(claim(0, year=KNOWN), rules)
    assert isinstance(found, Settlement)
    row = found.row("basic_1")
    assert row is not None
    assert (row.formula, row.amount) == ("(0.00 − 0.00) × 60%", 0)


@pytest.mark.parametrize(
    ("mode", "here", "months", "taken"),
    [
        ("stay", True, 0, 60_000),
        ("month", True, 0, 40_000),
        ("month", True, 1, 60_000),
        ("quarter", True, 1, 40_000),
        ("quarter", True, 2, 60_000),
        ("year", False, 10, 40_000),
        ("year", True, 11, 60_000),
        ("hospital_year", True, 10, 40_000),
        ("hospital_year", False, 10, 60_000),
        ("hospital_year", True, 11, 60_000),
        ("year_topup", False, 10, 40_000),
        ("year_topup", True, 11, 60_000),
    ],
)  # fmt: skip
def test_each_deductible_mode_on_both_sides_of_its_time(
    mode: str, here: bool, months: int, taken: int
) -> None:
    """In November 200.00 of 600.00 were taken so many months before, in this hospital or another."""
    on = add_months(ON, -months)
    past = Past(
        Kind.INPATIENT, on, hospital="A" if here else "B", deductible=20_000, deductible_full=False
    )
    asked = claim(1_000_000, hospital="A", year=YearSoFar(known=True, before=(past,)))
    found = settle(asked, pack({"inpatient.deductible_mode": mode}))
    assert isinstance(found, Settlement)
    assert found.act_pay_dedc == taken
    full = replace(asked, year=YearSoFar(known=True, before=(replace(past, deductible_full=True),)))
    whole = settle(full, pack({"inpatient.deductible_mode": mode}))
    assert isinstance(whole, Settlement)
    inside = taken < 60_000 and mode != "year_topup"
    assert whole.act_pay_dedc == (0 if inside else taken)


@pytest.mark.parametrize(("point", "paid"), [("item", 2), ("tier", 1), ("total", 1)])
def test_the_year_before_is_rounded_by_the_same_point(point: str, paid: int) -> None:
    """0.01 + 0.01 at half each: 0.5 + 0.5 fen by item is 2 fen, by tier 1, of a cap of 3 fen."""
    rules = {
        "rounding": point, "serious.deductible": "0.00", "serious.band.1.to": "0.01", "serious.band.1.ratio": "0.5",
        "serious.band.2.to": "none", "serious.band.2.ratio": "0.5", "serious.cap": "0.03",
        "inpatient.ratio.secondary": "0",
    }  # fmt: skip
    year = YearSoFar(known=True, serious_base=2)
    found = settle(claim(10, year=year), pack(rules))
    assert isinstance(found, Settlement)
    # (10 fen × 50 % = 5 fen) against what is left of the cap
    assert found.hifmi_pay == 3 - paid


def test_a_tilts_grade_counts() -> None:
    rules = pack({"serious.2303.added_points": "0.05"})
    doubtful = tuple(replace(p, grade="C") if "added" in p.key else p for p in rules.parameters)
    asked = claim(12_000_000, identity="2303", year=KNOWN)
    sure, unsure = settle(asked, rules), settle(asked, replace(rules, parameters=doubtful))
    assert isinstance(sure, Settlement)
    assert isinstance(unsure, Settlement)
    assert (sure.firm, unsure.firm) == (True, False)
