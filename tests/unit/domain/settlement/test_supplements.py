"""大额 and 公务员补助: everything the pack says is used, nothing it doesn't say is filled in.

The arithmetic beside each figure was written before it was run. The pack is an invented one.
"""

from dataclasses import replace

import msgspec
import pytest

from counter_app.catalog import earlier
from counter_app.domain.policy.vocabulary import SUPPLEMENT
from counter_app.domain.settlement.claim import Kind, SettledBasic, YearSoFar
from counter_app.domain.settlement.past import Past
from counter_app.domain.settlement.remembered import remembered
from counter_app.domain.settlement.settle import NoEstimate, Settlement, settle
from counter_app.wire.estimate_said import from_said, paid_ends, to_said
from tests.unit.domain.settlement.made import ON, claim, pack, section
from ui.screens.casework.money import money

KNOWN = YearSoFar(known=True)
STEMS = ("large_amount", "civil_servant")


def settled(inside: int, values: dict[str, str], **more: object) -> Settlement:
    found = settle(claim(inside, **{"year": KNOWN, **more}), pack(values))
    assert isinstance(found, Settlement), found
    return found


def refused(values: dict[str, str], **more: object) -> tuple[str, ...]:
    found = settle(claim(12_000_000, **{"year": KNOWN, **more}), pack(values))
    assert isinstance(found, NoEstimate), found
    return found.missing


@pytest.mark.parametrize(
    ("after", "paid"),
    [
        # own after basic 30,450: (20,000 − 5,000) × 50 % + 10,450 × 80 % = 15,860; left 14,590
        # serious (14,590 − 11,000) × 60 % = 2,154; left 12,436 × 70 % = 8,705.20
        ("basic", (8_955_000, 215_400, 870_520, 1_586_000)),
        # serious 11,670; left 18,780: 13,780 × 50 % = 6,890; left 11,890 × 70 % = 8,323
        ("serious", (8_955_000, 1_167_000, 832_300, 689_000)),
        # aid 13,146; left 5,634: 634 × 50 % = 317
        ("aid", (8_955_000, 1_167_000, 1_314_600, 31_700)),
    ],
)
@pytest.mark.parametrize("stem", STEMS)
def test_it_stands_where_the_pack_says(stem: str, after: str, paid: tuple[int, ...]) -> None:
    found = settled(12_000_000, section(stem, after=after), identity="2303")
    its = found.hifob_pay if stem == "large_amount" else found.cvlserv_pay
    assert (found.hifp_pay, found.hifmi_pay, found.maf_pay, its) == paid
    assert found.fund_pay_sumamt == sum(paid)
    code = {"large_amount": "L00", "civil_servant": "GB0"}[stem]
    rows = [r for r in found.rows if r.key.startswith(stem)]
    bands = 2 if after == "basic" else 1
    assert [r.code for r in rows] == ["", "", *(f"{code}{n}" for n in range(1, bands + 1))]
    assert all(r.source == "试" for r in rows[1:])
    said = to_said(found)
    assert from_said(said) == found
    assert paid_ends(said) == ((found.fund_pay_sumamt, found.psn_part_amt),)


def test_of_what_lies_above_the_cap() -> None:
    # cap 75,000 is reached at 600 + 75,000 / 75 % = 100,600; beyond 19,400: 14,400 × 50 % = 7,200
    over = {"inpatient.cap": "75000.00"}
    found = settled(12_000_000, section("large_amount", base="over_cap") | over)
    assert (found.hifp_pay, found.hifob_pay) == (7_500_000, 720_000)
    row = found.row("large_amount_base")
    assert row is not None
    assert row.amount == 1_940_000
    # own 45,000 instead: 15,000 × 50 % + 25,000 × 80 % = 27,500
    assert settled(12_000_000, section("large_amount") | over).hifob_pay == 2_750_000
    # under the cap nothing lies above it
    assert settled(10_060_000, section("large_amount", base="over_cap") | over).hifob_pay == 0
    done = SettledBasic(7_500_000, 4_500_000)
    assert (
        "不知道范围内费用有多少超过了"
        in refused(section("large_amount", base="over_cap"), settled=done)[0]
    )


@pytest.mark.parametrize(
    ("own", "changes", "paid"),
    [
        (500_000, {}, 0),
        (500_002, {}, 1),  # 0.02 × 50 %
        (2_000_000, {}, 750_000),  # 15,000 × 50 %
        (2_000_010, {}, 750_008),  # 7,500 + 0.10 × 80 %
        (2_000_010, {"band_basis": "excess"}, 750_005),  # 15,000.10 × 50 %
        (2_500_000, {"band_basis": "excess"}, 1_000_000),  # 20,000 × 50 %
        (2_500_010, {"band_basis": "excess"}, 1_000_008),  # 10,000 + 0.10 × 80 %
        (4_812_500, {}, 3_000_000),  # 7,500 + 28,125 × 80 % = 30,000: the cap, reached
        (4_812_600, {}, 3_000_000),
        (4_812_600, {"cap": "none"}, 3_000_080),
    ],
)
def test_edges(own: int, changes: dict[str, str], paid: int) -> None:
    done = SettledBasic(0, own)
    found = settled(own, section("civil_servant", **changes), settled=done)
    assert found.cvlserv_pay == paid
    assert (found.row("civil_servant_over_cap") is not None) == (own > 4_812_500 and not changes)


def test_the_year_goes_on_and_each_claim_is_remembered() -> None:
    # first: own 12,000 → 7,000 × 50 % = 3,500; second: 12,000 → 20,000 at 50 %, 4,000 at 80 % = 7,200
    done = SettledBasic(0, 1_200_000)
    asked = claim(1_200_000, settled=done, year=KNOWN)
    made = settle(asked, pack(section("civil_servant")))
    assert isinstance(made, Settlement)
    (past,) = remembered(asked, made)
    assert (past.civil_base, past.civil_paid, past.large_paid) == (1_200_000, 350_000, 0)
    later = replace(KNOWN, before=(past,))
    second = settled(1_200_000, section("civil_servant"), settled=done, year=later)
    assert second.cvlserv_pay == 720_000
    assert any("公务员医疗补助付过多少" in words for words in second.doubts)
    # counted each by itself it is the first again; under a cap of 5,000 only 1,500 are left
    alone = section("civil_servant", counted="stay")
    assert settled(1_200_000, alone, settled=done, year=later).cvlserv_pay == 350_000
    capped = section("civil_servant", counted="stay", cap="5000.00")
    assert settled(1_200_000, capped, settled=done, year=later).cvlserv_pay == 150_000
    wrong = replace(KNOWN, before=(Past(Kind.INPATIENT, ON, civil_paid=-1),))
    assert "负数" in refused(section("civil_servant"), year=wrong)[0]


def test_only_whom_and_what_the_pack_names() -> None:
    plain = settled(12_000_000, {}, identity="2303")
    for who, group in (("2304", {}), ("child", {"group.child.below_age": "18"})):
        values = section("large_amount", who=who) | group
        assert settled(12_000_000, values, identity="2303", age=40).rows == plain.rows
    values = section("civil_servant", who="2303 clerk") | {"group.clerk.psn_type": "11"}
    assert settled(12_000_000, values, identity="2303").cvlserv_pay > 0
    assert settled(12_000_000, values, psn_type="11").cvlserv_pay > 0
    assert refused(values) == ("不知道人员类别",)
    two = section("civil_servant", who="clerk child")
    two |= {"group.clerk.psn_type": "11", "group.child.below_age": "18"}
    assert settled(12_000_000, two, age=9).cvlserv_pay > 0
    assert "nobody 是哪些人" in refused(section("civil_servant", who="nobody"))[0]
    out = settled(12_000_000, section("large_amount", kinds="outpatient chronic"))
    assert out.hifob_pay == 0
    assert out.row("large_amount_base") is None


@pytest.mark.parametrize("name", [*SUPPLEMENT, "band.1.to", "band.2.ratio"])
@pytest.mark.parametrize("stem", STEMS)
def test_each_parameter_that_is_missing_is_named(stem: str, name: str) -> None:
    words = {"large_amount": "大额医疗补助", "civil_servant": "公务员医疗补助"}[stem]
    missing = refused({k: v for k, v in section(stem).items() if k != f"{stem}.{name}"})
    assert len(missing) == 1
    assert words in missing[0]


def test_both_need_an_order() -> None:
    both = section("large_amount") | section("civil_servant")
    assert "哪个先算" in refused(both)[0]
    # large 15,860 of 30,450; civil of 14,590: 9,590 × 50 % = 4,795
    chained = section("large_amount") | section("civil_servant", after="large_amount")
    found = settled(12_000_000, chained)
    assert (found.hifob_pay, found.cvlserv_pay) == (1_586_000, 479_500)
    alone = section("civil_servant", after="large_amount")
    assert "却没有大额医疗补助" in refused(alone)[0]


def test_what_is_not_counted_elsewhere_stays_off_wholly_and_is_said() -> None:
    values = section("large_amount") | {"inpatient.cap": "75000.00", "serious.base.over_cap": "no"}
    found = settled(12_000_000, values)
    # own 45,000 − 27,500 = 17,500, without 14,550 cut by the cap: 2,950, below 11,000
    assert found.hifmi_pay == 0
    values["serious.deductible"] = "0.00"
    found = settled(12_000_000, values)
    assert found.hifmi_pay == 177_000
    assert any("大额医疗补助已经付了一部分" in words for words in found.doubts)


def test_a_claim_without_one_is_written_as_before() -> None:
    plain = msgspec.to_builtins(to_said(settled(12_000_000, {})))
    assert not {"hifob_pay", "cvlserv_pay"} & set(plain["ends"][0])
    paid = msgspec.to_builtins(to_said(settled(12_000_000, section("large_amount"))))
    assert paid["ends"][0]["hifob_pay"] == 1_586_000


def test_an_earlier_claim_is_held_and_read_again() -> None:
    past = Past(Kind.INPATIENT, ON, large_base=1, large_paid=2, civil_base=3, civil_paid=4)
    assert earlier.read(earlier.written(past)) == past
    old = earlier.written(replace(past, large_base=0, large_paid=0, civil_base=0, civil_paid=0))
    assert not [name for name in old if "large" in name or "civil" in name]


def test_the_waterfall_shows_it() -> None:
    # own after basic 30,450; 15,860 paid, left 14,590
    found = settled(12_000_000, section("large_amount"))
    state = money(found, invented=False)
    assert state is not None
    assert ("fund_large", 1_586_000) in state.parts
    (row,) = [r for r in state.rows if r.label == "大额医疗补助"]
    assert (row.kind, row.start, row.end) == ("fund", 959_000, 2_545_000)
