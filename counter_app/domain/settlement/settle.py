"""Settle a claim by a pack: 基本医保 → 大病保险 → 医疗救助, pure and exact in fen, with its trace.

The result is an estimate in every case; the centre decides. A claim whose scope is a range goes
through twice, and a claim the pack has no parameter for gets none and is told which is missing.
"""

from dataclasses import dataclass, replace

from counter_app.domain.policy.pack import FACT_GRADES, Pack
from counter_app.domain.settlement.claim import Claim, Offsite
from counter_app.domain.settlement.policy import Rules, read_rules
from counter_app.domain.settlement.scope import Scope, ScopeFault, ScopeRange
from counter_app.domain.settlement.tiers import Tier, aid_tier, basic_tier, serious_tier
from counter_app.domain.settlement.trace import Fund, TraceRow, row
from counter_app.kernel.money import Fen, format_yuan

INVENTED = "invented"
"""The grade of a demonstration's parameter; every sheet says 示例数据 of its own."""
ABSENT = Tier(0)
"""A tier the claim doesn't go through."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The tiers one after the other; each amount None where it was not worked out.

    Attributes:
        basic: 基本医保.
        serious: 大病保险.
        aid: 医疗救助.
        self_after_basic: what is own in scope after basic insurance.
        self_after_serious: after serious illness.
        self_final: after all.
        missing: in words, everything the pack doesn't give.
    """

    basic: Tier | None
    serious: Tier | None
    aid: Tier | None
    self_after_basic: Fen | None
    self_after_serious: Fen | None
    self_final: Fen | None
    missing: tuple[str, ...]

    @property
    def paid(self) -> Fen:
        """What the tiers that were worked out pay together."""
        return sum(tier.paid for tier in (self.basic, self.serious, self.aid) if tier)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the funds would pay, amounts in fen under the platform's names (2304).

    Attributes:
        medfee_sumamt: total.
        fulamt_ownpay_amt: wholly own.
        preselfpay_amt: 乙类先行自付.
        overlmt_selfpay: above price limits.
        unsplit_amt: out of scope without being told apart (no platform field).
        inscp_scp_amt: in scope.
        act_pay_dedc: deductible as taken.
        hifp_pay: 基本医保.
        hifmi_pay: 大病保险.
        maf_pay: 医疗救助.
        fund_pay_sumamt: all funds.
        psn_part_amt: the person.
        rows: the trace, in the order it is read.
        firm: nothing rests on an invented parameter or one below grade B; still an estimate.
        doubts: what the centre may see otherwise, in words (拿不准的地方).
        pack: label of the pack, 示范县 2026.1.
    """

    medfee_sumamt: Fen
    fulamt_ownpay_amt: Fen
    preselfpay_amt: Fen
    overlmt_selfpay: Fen
    unsplit_amt: Fen
    inscp_scp_amt: Fen
    act_pay_dedc: Fen
    hifp_pay: Fen
    hifmi_pay: Fen
    maf_pay: Fen
    fund_pay_sumamt: Fen
    psn_part_amt: Fen
    rows: tuple[TraceRow, ...]
    firm: bool
    doubts: tuple[str, ...]
    pack: str

    def __post_init__(self) -> None:
        """Both identities of FACTS §4.3, and nothing below zero: anything else is a bug."""
        outside = self.fulamt_ownpay_amt + self.preselfpay_amt + self.overlmt_selfpay
        whole = self.inscp_scp_amt + outside + self.unsplit_amt
        funds = self.hifp_pay + self.hifmi_pay + self.maf_pay
        if self.medfee_sumamt != whole or self.fund_pay_sumamt != funds:
            raise ArithmeticError("a settlement's parts don't make up its total")
        if self.medfee_sumamt != self.fund_pay_sumamt + self.psn_part_amt:
            raise ArithmeticError("fund and person don't make up the total")
        if min(self.hifp_pay, self.hifmi_pay, self.maf_pay, self.psn_part_amt) < 0:
            raise ArithmeticError("somebody pays less than nothing")

    def row(self, key: str) -> TraceRow | None:
        """The trace row of that key, or None."""
        return next((r for r in self.rows if r.key == key), None)


@dataclass(frozen=True, slots=True)
class SettlementRange:
    """Both ends of a claim whose scope isn't known exactly, the lower first, and why."""

    low: Settlement
    high: Settlement
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoEstimate:
    """The pack doesn't give what the claim needs: no figure at all, only what is missing, in words."""

    missing: tuple[str, ...]


def settle(claim: Claim, pack: Pack | None) -> Settlement | SettlementRange | NoEstimate:
    """The estimate, its range, or which facts are missing.

    Raises:
        ScopeFault: what the hospital settled is more than the claim's scope.
    """
    if pack is None:
        return NoEstimate(("没有规则包",))
    rules = read_rules(pack, claim)
    if not isinstance(claim.scope, ScopeRange):
        return _settled(claim, claim.scope, rules, pack)
    low = _settled(claim, claim.scope.low, rules, pack)
    high = _settled(claim, claim.scope.high, rules, pack)
    if isinstance(low, NoEstimate):
        return low
    return high if isinstance(high, NoEstimate) else SettlementRange(low, high, claim.scope.why)


def work_out(claim: Claim, in_scope: Fen, rules: Rules) -> Stages:
    """The tiers as far as the rules reach: each takes what the one before left."""
    basic = _basic(claim, in_scope, rules)
    after_basic = _after_basic(claim, in_scope, basic)
    serious = _serious(claim, after_basic, basic, rules)
    after_serious = _less(after_basic, serious)
    aid = _aid(claim, after_serious, rules)
    missing = [words for tier in rules.missing.values() for words in tier]
    missing.extend(words for tier in (basic, serious, aid) if tier for words in tier.missing)
    return Stages(
        basic=_sound(basic),
        serious=_sound(serious),
        aid=_sound(aid),
        self_after_basic=after_basic,
        self_after_serious=after_serious,
        self_final=_less(after_serious, aid),
        missing=tuple(dict.fromkeys(missing)),
    )


def _less(left: Fen | None, tier: Tier | None) -> Fen | None:
    return left - tier.paid if left is not None and tier is not None and not tier.missing else None


def _sound(tier: Tier | None) -> Tier | None:
    return None if tier is None or tier.missing else tier


def _basic(claim: Claim, in_scope: Fen, rules: Rules) -> Tier | None:
    if claim.settled is not None:
        words = "医院已经结算"
        return Tier(
            claim.settled.paid,
            (row(("basic", "", "基本医保"), words, claim.settled.paid, Fund.BASIC),),
        )
    return basic_tier(claim, in_scope, rules.basic) if rules.basic else None


def _after_basic(claim: Claim, in_scope: Fen, basic: Tier | None) -> Fen | None:
    if claim.settled is not None:
        return claim.settled.own_in_scope
    return in_scope - basic.paid if basic is not None else None


def _serious(claim: Claim, left: Fen | None, basic: Tier | None, rules: Rules) -> Tier | None:
    if "serious" not in rules.applies:
        return ABSENT
    if rules.serious is None or left is None:
        return None
    prepay, counts = basic.prepay if basic else 0, rules.serious.prepay_counts
    if prepay and counts is None:
        return Tier(0, missing=("规则包里没有转外先行自付计不计入大病保险",))
    base = left if counts is None or counts.value else left - prepay
    tier = serious_tier(base, claim.year.serious_base, rules.serious)
    if prepay and counts is not None:
        return replace(tier, grades=tier.grades | {counts.grade})
    return tier


def _aid(claim: Claim, left: Fen | None, rules: Rules) -> Tier | None:
    if "aid" not in rules.applies:
        return ABSENT
    if rules.aid is None or left is None:
        return None
    return aid_tier(left, claim.year.aid_paid, rules.aid)


def _settled(claim: Claim, scope: Scope, rules: Rules, pack: Pack) -> Settlement | NoEstimate:
    done = claim.settled
    if done is not None and done.paid + done.own_in_scope > scope.total:
        raise ScopeFault("医院已经结算的加上范围内自付，比总额还多，对一下结算单")
    stages = work_out(claim, scope.in_scope, rules)
    basic, serious, aid = stages.basic, stages.serious, stages.aid
    if stages.missing or basic is None or serious is None or aid is None:
        return NoEstimate(stages.missing)
    funds = stages.paid
    grades = basic.grades | serious.grades | aid.grades
    return Settlement(
        medfee_sumamt=scope.total,
        fulamt_ownpay_amt=scope.ownpay,
        preselfpay_amt=scope.preselfpay,
        overlmt_selfpay=scope.overlmt,
        unsplit_amt=scope.unsplit,
        inscp_scp_amt=scope.in_scope,
        act_pay_dedc=basic.deductible,
        hifp_pay=basic.paid,
        hifmi_pay=serious.paid,
        maf_pay=aid.paid,
        fund_pay_sumamt=funds,
        psn_part_amt=scope.total - funds,
        rows=_rows(scope, stages),
        firm=not pack.invented and grades <= FACT_GRADES,
        doubts=_doubts(claim, scope, grades),
        pack=pack.label,
    )


def _rows(scope: Scope, stages: Stages) -> tuple[TraceRow, ...]:
    """From the bill's total to the person's share, as a citizen reads it."""
    rows = [row(("total", "", "费用总额"), "", scope.total, Fund.TOTAL)]
    rows.extend(_outside(scope))
    words = " − ".join([format_yuan(scope.total), *(format_yuan(r.amount) for r in rows[1:])])
    rows.append(row(("in_scope", "", "政策范围内"), words, scope.in_scope, Fund.SCOPE))
    rows.extend(stages.basic.rows if stages.basic else ())
    rows.extend(
        _next("serious", "自付合规费用", stages.basic, stages.self_after_basic, stages.serious)
    )
    rows.extend(_next("aid", "救助前自付", stages.serious, stages.self_after_serious, stages.aid))
    rows.append(row(("fund_total", "", "报销合计"), _funds_words(stages), stages.paid, Fund.PAID))
    own = scope.total - stages.paid
    words = f"{format_yuan(scope.total)} − {format_yuan(stages.paid)}"
    rows.append(row(("own", "", "个人负担"), words, own, Fund.OWN))
    return tuple(rows)


def _next(
    name: str, label: str, paid: Tier | None, left: Fen | None, tier: Tier | None
) -> tuple[TraceRow, ...]:
    """A tier's rows under the line of what the one before left to it."""
    if tier is None or not tier.rows or left is None:
        return ()
    before = paid.paid if paid else 0
    words = f"{format_yuan(left + before)} − {format_yuan(before)}" if before else ""
    return (row((f"{name}_base", "", label), words, left, Fund.BETWEEN), *tier.rows)


def _outside(scope: Scope) -> list[TraceRow]:
    parts = (
        (("ownpay", "101", "丙类和自费"), "", scope.ownpay),
        (("preselfpay", "102", "乙类先行自付"), scope.preselfpay_words, scope.preselfpay),
        (("overlmt", "103", "超限价自付"), "", scope.overlmt),
        (("unsplit", "", "范围外（没有分开）"), "", scope.unsplit),
    )
    shown = [(name, words, fen) for name, words, fen in parts if fen]
    made = [row(name, words, fen, Fund.DEDUCTION) for name, words, fen in shown]
    return [replace(r, source=scope.read_from) for r in made]


def _funds_words(stages: Stages) -> str:
    tiers = [tier for tier in (stages.basic, stages.serious, stages.aid) if tier and tier.rows]
    return " + ".join(format_yuan(tier.paid) for tier in tiers)


def _doubts(claim: Claim, scope: Scope, grades: frozenset[str]) -> tuple[str, ...]:
    doubts = list(scope.doubts)
    if grades - FACT_GRADES - {INVENTED}:
        doubts.append("规则包里有没核对过原文的数，算出来的只作参考，不能当准数")
    if not claim.year.known:
        doubts.append("今年以前报过多少没有查到，按没有报过算")
    if claim.offsite is not Offsite.LOCAL:
        doubts.append(f"按“{claim.offsite.words}”算，备案以中心的记录为准")
    return tuple(doubts)
