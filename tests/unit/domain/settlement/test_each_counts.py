"""Each parameter that is used counts for how far the figure is trusted; each part of a split stay has its own days and year."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.domain.policy.pack import Parameter
from counter_app.domain.settlement.claim import Days, Kind, Offsite, SettledBasic, YearSoFar
from counter_app.domain.settlement.past import Past
from counter_app.domain.settlement.scope import Scope, scope_typed
from counter_app.domain.settlement.settle import NoEstimate, Settlement, settle
from tests.unit.domain.settlement.made import ON, claim, pack, section

KNOWN = YearSoFar(known=True)
EARLIER = Past(Kind.INPATIENT, ON, deductible=20_000, aid_base=1, deductible_full=False)
USED = {
    "inpatient.deductible.secondary": "600.00", "inpatient.deductible_mode": "year_topup", "inpatient.step.2.factor": "0.9",
    "inpatient.band_basis": "total", "inpatient.band.1.to": "10000.00", "inpatient.band.1.ratio": "0.5",
    "inpatient.band.2.ratio": "0.6", "inpatient.cap": "150000.00", "inpatient.cap_stay": "90000.00",
    "offsite.model": "minus_pp", "offsite.referral.k": "0.1",
    "serious.deductible": "100.00", "serious.2303.deductible_factor": "0.5", "serious.2303.added_points": "0.05",
    "serious.band_basis": "total", "serious.band.1.to": "100000.00", "serious.band.1.ratio": "0.6",
    "serious.band.2.ratio": "0.7", "serious.cap": "400000.00", "serious.base.over_cap": "no",
    "aid.2303.ratio": "0.7", "aid.2303.deductible": "10.00", "aid.2303.deductible_mode": "year", "aid.2303.cap": "50000.00",
}  # fmt: skip
OPEN = {"inpatient.ratio.secondary": None, "inpatient.band.2.to": "none"}
SPLIT = {"inpatient.crossing": "split", "inpatient.crossing_deductible": "each"}
BEGUN, YEAR_END, NEW_YEAR = dt.date(2025, 12, 20), dt.date(2025, 12, 31), dt.date(2026, 1, 1)
LEFT, DONE, PAID = dt.date(2026, 1, 10), dt.date(2026, 1, 15), dt.date(2025, 3, 1)
CROSSING = claim(
    1_000_000,
    on=LEFT,
    days=Days(BEGUN, DONE, PAID),
    before_new_year=500_000,
    year=KNOWN,
    last_year=KNOWN,
)


def settled(found: object) -> Settlement:
    assert isinstance(found, Settlement), found
    return found


@pytest.mark.parametrize("key", USED)
def test_one_unchecked_parameter_is_enough(key: str) -> None:
    year = YearSoFar(known=True, before=(EARLIER,))
    asked = claim(30_000_000, identity="2303", offsite=Offsite.REFERRAL, year=year)
    rules = pack(USED | OPEN)
    assert settled(settle(asked, rules)).firm
    doubtful = tuple(replace(p, grade="C") if p.key == key else p for p in rules.parameters)
    assert not settled(settle(asked, replace(rules, parameters=doubtful))).firm


@pytest.mark.parametrize(
    ("by", "day", "capped"),
    [
        ("", YEAR_END, {"2025"}),
        ("", LEFT, {"2026"}),
        ("admission", BEGUN, {"2025"}),
        ("admission", NEW_YEAR, {"2026"}),
        ("settlement", YEAR_END, {"2025"}),
        ("settlement", DONE, {"2026"}),
        ("payment", PAID, {"2025", "2026"}),
    ],
)
def test_each_part_goes_by_its_own_days(by: str, day: dt.date, capped: set[str]) -> None:
    """A cap of 100.00 that holds on one day alone; on all others there is one nobody reaches."""
    plain = pack({**SPLIT, "inpatient.cap": None})
    low = Parameter("inpatient.cap", "100.00", "试", "A", day, day, by)
    high = Parameter("inpatient.cap", "150000.00", "试", "A", effective_by=by)
    found = settled(settle(CROSSING, replace(plain, parameters=(*plain.parameters, low, high))))
    assert {
        r.key[:4] for r in found.rows if r.key.endswith(".basic") and r.amount == 10_000
    } == capped


def test_each_part_has_its_own_year() -> None:
    spent = replace(CROSSING, last_year=YearSoFar(basic_paid=14_990_000, known=True))
    found = settled(settle(spent, pack(SPLIT)))
    paid = {r.key: r.amount for r in found.rows if r.key.endswith(".basic")}
    # (5,000 − 600) × 75 % in 2026
    assert paid == {"2025.basic": 10_000, "2026.basic": 330_000}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ratio", "规则包里没有身份 2303 的医疗救助比例"),
        ("deductible", "规则包里没有身份 2303 的医疗救助起付线"),
        ("cap", "规则包里没有身份 2303 的医疗救助封顶线"),
    ],
)
def test_what_aid_lacks_is_named(name: str, words: str) -> None:
    found = settle(claim(1_000_000, identity="2303", year=KNOWN), pack({f"aid.2303.{name}": None}))
    assert found == NoEstimate((words,))


def test_aid_of_what_was_paid_beforehand_where_the_pack_is_silent() -> None:
    # 10,000 × 90 % − 600 = 8,400 × 75 %; own 3,700 with the 1,000 paid beforehand × 70 %
    away = {"offsite.model": "prepay", "offsite.referral.k": "0.1", "serious.base.prepay": "yes"}
    asked = claim(1_000_000, identity="2303", offsite=Offsite.REFERRAL, year=KNOWN)
    found = settled(settle(asked, pack(away)))
    assert found.maf_pay == 259_000
    assert "规则包没有写转外先行自付计不计入医疗救助，按计入算" in found.doubts


def test_what_aid_took_is_off_before_a_supplement() -> None:
    """Aid up to its cap of 50.00, of 1,000.00 there are 950.00 left; of 3 fen 1.5 are left where only the total is rounded."""
    rules = section("civil_servant", after="aid", deductible="0.00") | {"aid.2303.cap": "50.00"}
    done = SettledBasic(0, 100_000)
    asked = claim(100_000, identity="2303", settled=done, year=KNOWN)
    assert settled(settle(asked, pack(rules))).cvlserv_pay == 47_500
    rules |= {"rounding": "total", "aid.2303.ratio": "0.5"}
    fen = claim(3, identity="2303", settled=SettledBasic(0, 3), year=KNOWN)
    found = settled(settle(fen, pack(rules)))
    # 1.5 + 0.75 = 2.25 fen
    assert (found.maf_pay, found.cvlserv_pay) == (2, 0)


@pytest.mark.parametrize(("basis", "beyond"), [("total", 8_500_000), ("excess", 8_440_000)])
def test_where_a_cap_is_reached_in_the_second_band(basis: str, beyond: int) -> None:
    """Nothing up to 10,000 (on the excess 10,600), then all of 25,000; the rest of 120,000 lies beyond."""
    rules = section("large_amount", base="over_cap") | OPEN | {
        "inpatient.band_basis": basis, "inpatient.band.1.to": "10000.00", "inpatient.band.1.ratio": "0",
        "inpatient.band.2.ratio": "1", "inpatient.cap": "25000.00",
    }  # fmt: skip
    row = settled(settle(claim(12_000_000, year=KNOWN), pack(rules))).row("large_amount_base")
    assert row is not None
    assert row.amount == beyond


def test_a_supplements_bands_on_the_total_end_where_they_say() -> None:
    rules = section("civil_servant", band__1__ratio="0", band__2__ratio="1")
    asked = claim(2_500_000, settled=SettledBasic(0, 2_500_000), year=KNOWN)
    assert settled(settle(asked, pack(rules))).cvlserv_pay == 500_000


def test_an_admission_before_the_lowered_ones_pays_the_whole_and_says_by_what() -> None:
    rules = pack({"inpatient.step.3.factor": "0.5", "inpatient.deductible_mode": "stay"})
    year = YearSoFar(known=True, before=(EARLIER,))
    row = settled(settle(claim(1_000_000, year=year), rules)).row("deductible")
    assert row is not None
    assert (row.amount, row.parameter) == (60_000, "inpatient.deductible.secondary")


def test_a_tier_that_does_not_apply_is_not_asked_for() -> None:
    """What the hospital settled needs no basic ratio, an out-patient's bill no serious-illness cap."""
    done = claim(1_000_000, settled=SettledBasic(700_000, 300_000), year=KNOWN)
    assert settled(settle(done, pack({"inpatient.ratio.secondary": None}))).hifp_pay == 700_000
    visit = claim(13_000, kind=Kind.OUTPATIENT, year=KNOWN)
    assert settled(settle(visit, pack({"serious.cap": None}))).hifp_pay == 6_000


def test_a_row_without_a_parameter_names_none() -> None:
    row = settled(settle(claim(1_000_000, year=KNOWN), pack())).row("total")
    assert row is not None
    assert (row.source, row.grade, row.parameter) == ("", "", "")


@pytest.mark.parametrize(("cap", "over"), [("7050.00", False), ("7049.99", True)])
def test_a_cap_that_is_just_reached_cuts_nothing(cap: str, over: bool) -> None:
    """(10,000 − 600) × 75 % = 7,050."""
    found = settled(settle(claim(1_000_000, year=KNOWN), pack({"inpatient.cap": cap})))
    assert (found.row("over_cap") is not None) is over


def test_what_is_not_told_apart_and_what_is_not_known_in_words() -> None:
    year = YearSoFar(before=(replace(EARLIER, deductible=0),))
    found = settled(settle(claim(scope_typed(1_000_000, 30_000), year=year), pack()))
    assert found.doubts == ("今年以前只算了本机知道的，医院直接结算的没有查到，按没有算",)
    row = found.row("unsplit")
    assert row is not None
    assert (row.name, row.formula) == ("范围外（没有分开）", "")


def test_a_raised_cap_is_still_the_packs() -> None:
    asked = claim(12_000_000, year=YearSoFar(serious_base=100_000, known=True), cap_raised=5_000)
    found = settled(settle(asked, pack({"serious.cap": "100.00"})))
    over, start = found.row("serious_over_cap"), found.row("serious_deductible")
    assert over is not None
    assert start is not None
    # 1,000 before and 30,450 now: (31,450 − 11,000) × 60 %, of 100.00 and 50.00 more
    assert (over.formula, over.source, over.grade, over.parameter) == (
        "12,270.00 − 150.00，一年最多 150.00", "试", "A", "serious.cap",
    )  # fmt: skip
    assert start.formula == "全年累计，以前 1,000.00"


@pytest.mark.parametrize("key", ["serious.deductible", "serious.2303.deductible_factor"])
def test_a_deductible_that_is_not_reached_counts_as_well(key: str) -> None:
    asked = claim(100_000, identity="2303", year=KNOWN)
    rules = pack({"serious.2303.deductible_factor": "0.5"})
    assert settled(settle(asked, rules)).firm
    doubtful = tuple(replace(p, grade="C") if p.key == key else p for p in rules.parameters)
    assert not settled(settle(asked, replace(rules, parameters=doubtful))).firm


ALREADY = "已经付了一部分，超过基本医保封顶线的部分还是整笔不计入大病保险"


@pytest.mark.parametrize(
    ("supplements", "base", "doubts"),
    [
        ({}, {"over_cap": "no", "preselfpay": "yes"}, ()),
        ({"civil_servant": "basic"}, {"over_cap": "yes", "preselfpay": "yes"}, ()),
        ({"civil_servant": "basic"}, {"over_cap": "no", "preselfpay": "yes"}, (f"公务员医疗补助{ALREADY}",)),
        (
            {"large_amount": "basic", "civil_servant": "large_amount"},
            {"over_cap": "no", "preselfpay": "yes"},
            (f"大额医疗补助和公务员医疗补助{ALREADY}",),
        ),
    ],
)  # fmt: skip
def test_what_was_paid_of_a_part_that_does_not_count_is_a_doubt(
    supplements: dict[str, str], base: dict[str, str], doubts: tuple[str, ...]
) -> None:
    rules = {"inpatient.cap": "75000.00", "serious.deductible": "0.00"}
    rules |= {f"serious.base.{k}": v for k, v in base.items()}
    for stem, after in supplements.items():
        rules |= section(stem, after=after)
    scope = Scope(13_000_000, 12_000_000, preselfpay=1_000_000)
    assert settled(settle(claim(scope, year=KNOWN), pack(rules))).doubts == doubts


def test_what_hangs_on_a_tier_that_is_not_known_is_not_asked_for() -> None:
    """Aid's deductible may be taken already; nobody asks while what is left to aid isn't known."""
    year = YearSoFar(known=True, before=(replace(EARLIER, deductible=0),))
    rules = {"serious.cap": None, "aid.2303.deductible": "10.00"}
    found = settle(claim(1_000_000, identity="2303", year=year), pack(rules))
    assert found == NoEstimate(("规则包里没有大病保险的封顶线",))


def test_a_supplement_that_paid_nothing_is_no_doubt() -> None:
    rules = section("civil_servant", deductible="999999.00") | {"inpatient.cap": "75000.00"}
    rules |= {"serious.base.over_cap": "no", "serious.deductible": "0.00"}
    assert settled(settle(claim(12_000_000, year=KNOWN), pack(rules))).doubts == ()
