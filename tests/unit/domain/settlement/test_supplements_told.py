"""How a supplement is told: each word of its rows, each grade it rests on, each reading the pack may get wrong.

The arithmetic beside each figure was written before it was run. The pack is an invented one.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from counter_app.domain.settlement.claim import Claim, Kind, Level, SettledBasic, YearSoFar
from counter_app.domain.settlement.past import Past
from counter_app.domain.settlement.settle import NoEstimate, Settlement, settle
from tests.unit.domain.settlement.made import ON, claim, pack, section

KNOWN = YearSoFar(known=True)
DONE = SettledBasic(0, 1_200_000)
BEFORE = YearSoFar(known=True, before=(Past(Kind.INPATIENT, ON, civil_base=100_000),))


def settled(asked: Claim, values: dict[str, str]) -> Settlement:
    found = settle(asked, pack(values))
    assert isinstance(found, Settlement), found
    return found


def missing(asked: Claim, values: dict[str, str | None]) -> tuple[str, ...]:
    found = settle(asked, pack(values))
    assert isinstance(found, NoEstimate), found
    return found.missing


def rows(asked: Claim, values: dict[str, str]) -> list[tuple[object, ...]]:
    return [
        (r.key, r.code, r.name, r.formula, r.amount, r.fund, r.base, r.ratio, r.parameter)
        for r in settled(asked, values).rows
        if r.key.startswith("civil_servant")
    ]


def test_every_row_over_the_cap() -> None:
    # 1,000 before and 12,000 now: (13,000 − 5,000) × 50 % = 4,000, of which the cap leaves 3,500
    asked = claim(1_200_000, settled=DONE, year=BEFORE)
    assert rows(asked, section("civil_servant", cap="3500.00")) == [
        ("civil_servant_base", "", "进入公务员医疗补助的费用", "", 1_200_000, "between", None, None, ""),
        ("civil_servant_deductible", "", "公务员医疗补助起付线", "算到这一步还要自付的，全年累计，以前 1,000.00", 500_000, "between", None, None, "civil_servant.deductible"),
        ("civil_servant_1", "GB01", "公务员医疗补助", "(13,000.00 − 5,000.00) × 50%", 400_000, "civil", 800_000, Decimal("0.5"), "civil_servant.band.1.ratio"),
        ("civil_servant_over_cap", "", "超过公务员医疗补助封顶线", "4,000.00 − 3,500.00，一年最多 3,500.00", 50_000, "between", None, None, "civil_servant.cap"),
    ]  # fmt: skip


def test_every_row_up_to_the_deductible() -> None:
    # of 101,000 in scope 600 + 75,000 / 75 % reach the cap: 400 lie above it
    values = section("civil_servant", base="over_cap", counted="stay", deductible="400.00")
    asked = claim(10_100_000, year=BEFORE)
    assert rows(asked, values | {"inpatient.cap": "75000.00"}) == [
        ("civil_servant_base", "", "进入公务员医疗补助的费用", "按规则包计入的部分", 40_000, "between", None, None, ""),
        ("civil_servant_deductible", "", "公务员医疗补助起付线", "只算范围内超过基本医保封顶线的部分，每次单算", 40_000, "between", None, None, "civil_servant.deductible"),
        ("civil_servant_1", "GB01", "公务员医疗补助", "400.00 没有超过 400.00", 0, "civil", None, None, "civil_servant.deductible"),
    ]  # fmt: skip


@pytest.mark.parametrize("own", [0, 1])
def test_nothing_left_and_a_fen_left(own: int) -> None:
    values = section("civil_servant", deductible="0.00", band__1__ratio="1")
    found = settled(claim(own, settled=SettledBasic(0, own), year=KNOWN), values)
    assert found.cvlserv_pay == own


@pytest.mark.parametrize("key", sorted(section("civil_servant", band__2__to=None)))
def test_each_parameter_it_rests_on_counts_for_how_firm_it_is(key: str) -> None:
    """One unchecked figure is enough, of whichever band; the last band's open end is no figure."""
    asked = claim(4_000_000, settled=SettledBasic(0, 4_000_000), year=KNOWN)
    rules = pack(section("civil_servant"))
    assert settle(asked, rules).firm
    doubtful = tuple(replace(p, grade="C") if p.key == key else p for p in rules.parameters)
    assert not settle(asked, replace(rules, parameters=doubtful)).firm


@pytest.mark.parametrize(
    ("counted", "cap", "year", "said"),
    [
        ("year", "30000.00", BEFORE, True),
        ("year", "none", BEFORE, True),
        ("stay", "30000.00", BEFORE, True),
        ("stay", "none", BEFORE, False),
        ("year", "30000.00", KNOWN, False),
    ],
)
def test_what_of_the_year_is_not_known_is_said_where_it_counts(
    counted: str, cap: str, year: YearSoFar, said: bool
) -> None:
    values = section("civil_servant", counted=counted, cap=cap)
    found = settled(claim(1_200_000, settled=DONE, year=year), values)
    assert any("以前公务员医疗补助付过多少" in words for words in found.doubts) is said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kinds": "inpatient dental"}, "规则包里的公务员医疗补助管哪几类费用写得不对（inpatient dental）"),
        ({"kinds": "dental"}, "规则包里的公务员医疗补助管哪几类费用写得不对（dental）"),
        ({"kinds": ""}, "规则包里的公务员医疗补助管哪几类费用写得不对（）"),
        ({"who": ""}, "规则包里的公务员医疗补助给哪些人写得不对（）"),
    ],
)  # fmt: skip
def test_words_that_are_none_are_named(changes: dict[str, str], words: str) -> None:
    asked = claim(1_200_000, settled=DONE, year=KNOWN)
    assert missing(asked, section("civil_servant", **changes)) == (words,)


def test_every_kind_at_once_is_right() -> None:
    values = section("civil_servant", kinds=" ".join(Kind))
    asked = claim(1_200_000, settled=DONE, year=KNOWN)
    assert settled(asked, values).cvlserv_pay == 350_000


def test_who_is_of_no_known_age_is_in_no_group_by_age() -> None:
    """To be in one group of those named is enough: one that can't be told must not pass for it."""
    values = section("civil_servant", who="old") | {"group.old.from_age": "60"}
    asked = claim(1_200_000, settled=DONE, year=KNOWN)
    assert missing(asked, values) == ("不知道多大年纪",)
    assert settled(replace(asked, age=60), values).cvlserv_pay == 350_000


@pytest.mark.parametrize("name", ["kinds", "who"])
def test_all_that_is_missing_is_named_at_once(name: str) -> None:
    values = section("civil_servant", **{name: None, "deductible": None})
    assert len(missing(claim(1_200_000, year=KNOWN), values)) == 2


def test_a_tier_before_it_that_is_not_known() -> None:
    values = section("civil_servant", after="serious") | {"serious.cap": None}
    assert missing(claim(1_200_000, year=KNOWN), values) == ("规则包里没有大病保险的封顶线",)


ONE_PLACE = section("large_amount") | section("civil_servant")
CIRCLE = section("large_amount", after="civil_servant") | section(
    "civil_servant", after="large_amount"
)


@pytest.mark.parametrize("both", [ONE_PLACE, CIRCLE, CIRCLE | {"large_amount.kinds": "outpatient"}])
def test_two_without_an_order_are_both_named(both: dict[str, str]) -> None:
    words = "规则包里没有大额医疗补助和公务员医疗补助哪个先算"
    assert missing(claim(12_000_000, year=KNOWN), both) == (words,)
    out = claim(13_000, kind=Kind.OUTPATIENT, level=Level.PRIMARY, year=KNOWN)
    if "outpatient" not in both.values():
        assert settled(out, both).hifob_pay == 0


def test_what_stands_nowhere_stands_before_all_that_hangs_on_it() -> None:
    """Serious illness can't be asked for its bands while what is left to it isn't known."""
    asked, unread = claim(12_000_000, year=KNOWN), {"serious.band_basis": None}
    nowhere = section("civil_servant", after=None) | unread
    assert missing(asked, nowhere) == ("规则包里没有公务员医疗补助排在哪一步后面",)
    alone = section("civil_servant", after="large_amount", deductible=None) | unread
    assert missing(asked, alone) == (
        "规则包把公务员医疗补助排在大额医疗补助后面，却没有大额医疗补助",
        "规则包里没有公务员医疗补助的起付线",
    )


@pytest.mark.parametrize("name", sorted(section("")))
def test_one_word_of_it_makes_it_said(name: str) -> None:
    """A pack that says a single thing of it has it, and lacks the rest."""
    only = {k: v for k, v in section("civil_servant").items() if k == f"civil_servant{name}"}
    asked = claim(1_200_000, year=KNOWN)
    if "band.2" in name:
        assert settled(asked, only).cvlserv_pay == 0
    else:
        assert len(missing(asked, only)) > 1
