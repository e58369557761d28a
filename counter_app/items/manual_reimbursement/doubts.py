"""What the centre may see otherwise in an estimate, in words that are kept and printed with it (拿不准的地方)."""

from collections.abc import Iterator
from dataclasses import replace

from counter_app.catalog.facts import Facts
from counter_app.domain.policy.pack import Pack
from counter_app.domain.settlement.claim import NO_IDENTITY, Claim, Kind, Level
from counter_app.domain.settlement.settle import NoEstimate, Settlement, SettlementRange
from counter_app.forms.answers import Answers
from counter_app.forms.kinds.choice import YES
from counter_app.items.manual_reimbursement import before, bills, lifted, visit_rules

_WARNED = {
    "not_listed": "本机名单上没有这个人，按参加居民医保、没有救助身份算",
    "before_cover": "就诊在待遇开始以前，这里按待遇正常算",
    "after_cover": "就诊在待遇结束以后，这里按待遇正常算",
    "no_cover": "那一年没有缴费记录，这里按待遇正常算",
    "covered_elsewhere": "那一年另有别的参保，这里按居民医保算",
    "years_split": "住院跨两个年度，上年的一段照填的数算，以医院分年的清单为准",
    "two_years": "住院跨两个年度，这里全按出院那年算",
    "third_party": "涉及第三方，该由第三方或工伤保险出的没有减",
    "not_designated": "医院不在名单上，是不是定点没有查到，这里按定点算",
    "not_urgent": "按异地急诊抢救算，病历不是急诊的数不一样",
    "filing_place": "备案的地方和医院所在的地方不一样",
    "filing_found": "就诊那天查到有备案，这里按没有备案算",
    "filing_kind": "备案的种类和这里选的不一样",
}
"""A warning the clerk has seen → what it does to the figures."""
_NEIGHBOURS = {
    Level.PRIMARY: Level.TOWNSHIP,
    Level.TERTIARY: Level.PROVINCIAL,
}
"""Levels that hosp_lv doesn't tell apart (FACTS §4.6)."""


def with_doubts(
    result: Settlement | SettlementRange | NoEstimate, answers: Answers, facts: Facts, claim: Claim
) -> Settlement | SettlementRange | NoEstimate:
    """The same result with this claim's doubts behind the engine's own."""
    lacking = lifted.doubts(answers, facts, claim.on, result)
    more = (*_doubts(answers, facts, claim), *lacking)
    if isinstance(result, Settlement):
        return replace(result, doubts=(*result.doubts, *more))
    if isinstance(result, SettlementRange):
        low, high = (replace(e, doubts=(*e.doubts, *more)) for e in (result.low, result.high))
        return replace(result, low=low, high=high)
    code, name = f"身份 {claim.identity} ", f"“{_identity(claim, facts)}”"
    return NoEstimate(tuple(words.replace(code, name) for words in result.missing))


def _identity(claim: Claim, facts: Facts) -> str:
    return facts.tables.get("mat_idet_code", {}).get(claim.identity, claim.identity)


def _doubts(answers: Answers, facts: Facts, claim: Claim) -> Iterator[str]:
    warned = {p.code for p in visit_rules.visit_problems(answers, facts)}
    yield from (words for code, words in _WARNED.items() if code in warned)
    yield from before.doubts(answers, facts, claim)
    maybe = bills.doubtful(bills.listed(answers), facts)
    if maybe:
        yield f"{len(maybe)} 张票全县名单上可能已有，这里照算；查实报过的要减掉"
    if claim.identity not in NO_IDENTITY:
        yield f"救助身份按“{_identity(claim, facts)}”算，以民政等部门的认定为准"
    if facts.pack is not None:
        yield from _level(claim, facts.pack)
    if claim.kind is Kind.OUTPATIENT and answers.get("dual_channel") == YES:
        yield "双通道药品单独支付的办法规则包里没有，按普通门诊算"
    days = {b.bill.date for b in bills.counted(bills.listed(answers))}
    if claim.kind is Kind.OUTPATIENT and len(days) > 1:
        yield "票据不是同一天的，起付线按一次算"


def _level(claim: Claim, pack: Pack) -> Iterator[str]:
    """Levels the list writes alike while the pack pays them differently."""
    other = _NEIGHBOURS.get(claim.level)
    if other is None:
        return
    for name in ("deductible", "ratio"):
        here, there = (
            pack.text(f"{claim.kind}.{name}.{level}", claim.on) for level in (claim.level, other)
        )
        if there is not None and here != there:
            yield f"按{claim.level.words}算；是{other.words}的，起付线或比例不一样"
            return
