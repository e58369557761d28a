"""What the estimate takes for granted is said with it, and stays with it."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.catalog.facts import Facts
from counter_app.domain.person.model import YearFacts
from counter_app.domain.settlement.settle import NoEstimate, Settlement, SettlementRange
from tests.fakes import claims
from tests.fakes.station import demo_pack

TYPED = {"scope_by": "typed", "inscp_scp_amt": "9000.00"}
OUT = {"claim_kind": "outpatient", "enddate": "", "ipt_type": "", "otp_kind": "plain"}
PLAIN = {"今年以前报过多少没有查到，按没有报过算"}
ELSEWHERE = YearFacts(2026, cover_from=dt.date(2026, 1, 1), elsewhere="职工医保")


def doubts(values: dict[str, str], facts: Facts | None = None, *bills: dict[str, str]) -> set[str]:
    rows = {"bills": bills} if bills else {}
    world = facts or claims.facts()
    result = claims.ITEM.outcome(claims.answers({**TYPED, **values}, rows), world).settlement
    assert result is not None
    assert not isinstance(result, NoEstimate)
    if isinstance(result, SettlementRange):
        assert result.low.doubts == result.high.doubts
        return set(result.high.doubts) - PLAIN
    return set(result.doubts) - PLAIN


@pytest.mark.parametrize(
    ("values", "facts", "said"),
    [
        ({}, claims.facts(), ""),
        ({}, claims.facts(people={}), "名单上没有这个人"),
        ({}, claims.facts(claims.person(years=(ELSEWHERE,))), "那一年另有别的参保"),
        ({}, claims.facts(claims.person(years=(YearFacts(2026, paid_known=True),))), "没有缴费记录"),
        ({}, claims.facts(claims.person("2304")), "救助身份按“特困"),
        ({"begndate": "2025-12-30"}, claims.facts(), "跨两个年度"),
        ({"trum_flag": "1", "rel_ttp_flag": "1", "trum_time": "2026-10-08"}, claims.facts(), "涉及第三方"),
        ({"fixmedins_code": "", "fixmedins_name": "某院", "hosp_lv": "5"}, claims.facts(), "不在名单上"),
        ({"fixmedins_code": "H99010100007"}, claims.facts(), "是乡镇卫生院的"),
        ({"fixmedins_code": "H99010000001"}, claims.facts(), "是省级三级医院的"),
        (OUT | {"dual_channel": "1"}, claims.facts(), "双通道药品"),
        ({"scope_by": "unknown"}, claims.facts(people={}), "名单上没有这个人"),
    ],
)  # fmt: skip
def test_what_is_taken_for_granted_is_said(values: dict[str, str], facts: Facts, said: str) -> None:
    found = doubts(values, facts)
    assert len(found) == bool(said)
    assert said in "".join(found)


def test_bills_of_several_days_have_one_deductible() -> None:
    two = (claims.bill(1, "5000.00"), claims.bill(2, "5000.00", billDate="2026-10-27"))
    assert doubts(OUT, None, *two) == {"票据不是同一天的，起付线按一次算"}
    assert doubts({}, None, *two) == set()


def test_unverified_figures_are_never_facts() -> None:
    pack = claims.facts().pack
    assert pack is not None
    rows = tuple(
        replace(p, grade="C") if p.key.startswith("inpatient.") else p for p in pack.parameters
    )
    facts = claims.facts(pack=replace(pack, parameters=rows))
    assert doubts({}, facts) == {"规则包里有没核对过原文的数，算出来的只作参考，不能当准数"}


def test_other_cover_is_pointed_out() -> None:
    facts = claims.facts(claims.person(years=(ELSEWHERE,)))
    found = {p.code: p.text for p in claims.ITEM.check(claims.answers(), facts)}
    assert "职工医保" in found["covered_elsewhere"]
    assert isinstance(claims.ITEM.outcome(claims.answers(TYPED), facts).settlement, Settlement)


def test_what_is_missing_for_an_identity_is_said_by_its_name() -> None:
    facts = claims.facts(claims.person("236074"))
    found = claims.ITEM.outcome(claims.answers(TYPED), facts)
    name = facts.tables["mat_idet_code"]["236074"]
    assert isinstance(found.settlement, NoEstimate)
    assert found.missing == (f"规则包里没有“{name}”的医疗救助办法",)
    assert "236074" not in "".join(found.told)


@pytest.mark.parametrize(("until", "figure"), [(27, False), (28, True)])
def test_a_pack_that_has_run_out_gives_no_figure(until: int, *, figure: bool) -> None:
    pack = demo_pack()
    ended = tuple(replace(p, ends=dt.date(2026, 10, until)) for p in pack.parameters)
    world = claims.facts(pack=replace(pack, parameters=ended), accepting=pack)
    answers = claims.answers(TYPED, {})
    found = claims.ITEM.outcome(answers, world)
    assert isinstance(found.settlement, Settlement) is figure
    assert found.promise, "the window's own time goes by the pack of its day"
    if not figure:
        assert found.settlement == NoEstimate(("没有 2026 年的规则包",))
        assert claims.ITEM.compare is not None
        assert claims.ITEM.compare(answers, world) == ()
