"""Settle a claim by a pack: 基本医保 → 大病保险 → 医疗救助, 大额 and 公务员 where it has them; pure and exact in fen, with its trace.

The result is an estimate in every case; the centre decides. A claim whose scope is a range goes
through twice, and a claim the pack has no parameter for gets none and is told which is missing.
"""

from dataclasses import dataclass, replace

from counter_app.domain.policy.pack import FACT_GRADES, Pack
from counter_app.domain.settlement.claim import Claim, Offsite
from counter_app.domain.settlement.packs import PackOf, Packs, no_pack
from counter_app.domain.settlement.prepare import Part, parts, ready
from counter_app.domain.settlement.reader import Reader
from counter_app.domain.settlement.rules import read_rules
from counter_app.domain.settlement.scope import Scope, ScopeFault, ScopeRange
from counter_app.domain.settlement.stages import Stages, work_out
from counter_app.domain.settlement.supplement import Supplement
from counter_app.domain.settlement.tier import Tier
from counter_app.domain.settlement.trace import Fund, TraceRow, row
from counter_app.kernel.money import Fen, format_yuan

INVENTED = "invented"
"""The grade of a demonstration's parameter; every sheet says 示例数据 of its own."""


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
        hifob_pay: 大额医疗补助.
        cvlserv_pay: 公务员医疗补助.
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
    hifob_pay: Fen = 0
    cvlserv_pay: Fen = 0

    @property
    def funds(self) -> tuple[Fen, ...]:
        """What each fund pays: basic insurance, serious illness, aid, 大额, 公务员."""
        more = (self.hifob_pay, self.cvlserv_pay)
        return (self.hifp_pay, self.hifmi_pay, self.maf_pay, *more)

    def __post_init__(self) -> None:
        """Both identities of FACTS §4.3, and nothing below zero: anything else is a bug."""
        outside = self.fulamt_ownpay_amt + self.preselfpay_amt + self.overlmt_selfpay
        whole = self.inscp_scp_amt + outside + self.unsplit_amt
        if self.medfee_sumamt != whole or self.fund_pay_sumamt != sum(self.funds):
            raise ArithmeticError("a settlement's parts don't make up its total")
        if self.medfee_sumamt != self.fund_pay_sumamt + self.psn_part_amt:
            raise ArithmeticError("fund and person don't make up the total")
        if min(*self.funds, self.psn_part_amt) < 0:
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


def settle(
    claim: Claim, pack: Pack | None, of_day: PackOf | None = None
) -> Settlement | SettlementRange | NoEstimate:
    """The estimate, its range, or which facts are missing.

    Args:
        claim: what is claimed.
        pack: of the claim's own day.
        of_day: gives the packs of other days; None: `pack` speaks for every day.

    Raises:
        ScopeFault: what the hospital settled is more than the claim's scope.
    """
    if pack is None:
        return NoEstimate(("没有规则包",))
    packs = Packs(pack, claim.on.year, of_day)
    reader = Reader(packs, claim.day)
    asked = ready(claim, reader)
    if reader.missing:
        return NoEstimate(tuple(reader.missing))
    if not isinstance(claim.scope, ScopeRange):
        return _settled(asked, claim.scope, packs)
    low = _settled(asked, claim.scope.low, packs)
    high = _settled(asked, claim.scope.high, packs)
    if isinstance(low, NoEstimate):
        return low
    return high if isinstance(high, NoEstimate) else SettlementRange(low, high, claim.scope.why)


def _settled(claim: Claim, scope: Scope, packs: Packs) -> Settlement | NoEstimate:
    done = claim.settled
    if done is not None and done.paid + done.own_in_scope > scope.total:
        raise ScopeFault("医院已经结算的加上范围内自付，比总额还多，对一下结算单")
    reader = Reader(packs, claim.day)
    worked = _worked(parts(claim, scope, reader), packs, reader)
    missing = [*reader.missing, *(words for _, stages in worked for words in stages.missing)]
    if missing:
        return NoEstimate(tuple(dict.fromkeys(missing)))
    return _added_up(claim, scope, worked, packs)


_Worked = list[tuple[str, Stages]]
"""Each part's year and its tiers."""


def _worked(made: tuple[Part, ...], packs: Packs, reader: Reader) -> _Worked:
    """The parts one after the other, each by the pack of its year.

    The second of a split stay knows what deductible the first took.
    """
    found: _Worked = []
    taken: Fen = 0
    for part in made:
        claim = part.claim
        if taken:
            how = reader.word("跨年住院的起付线收几次", ("once", "each"), _CROSSING)
            claim = replace(claim, taken=taken if how and how.value == "once" else 0)
        its = packs.at(claim.on)
        if its is None:
            reader.lacks(no_pack(claim.on))
            continue
        stages = work_out(claim, part.scope, read_rules(its, claim))
        found.append((part.prefix, stages))
        taken = stages.basic.deductible if stages.basic else 0
    return found


_CROSSING = "inpatient.crossing_deductible"


def _added_up(claim: Claim, scope: Scope, worked: _Worked, packs: Packs) -> Settlement:
    tiers = [tier for _, stages in worked for tier in stages.tiers]
    grades = frozenset(grade for tier in tiers for grade in tier.grades)
    doubts = (*_doubts(claim, scope, grades), *(d for _, stages in worked for d in stages.doubts))
    funds = sum(stages.paid for _, stages in worked)
    return Settlement(
        medfee_sumamt=scope.total,
        fulamt_ownpay_amt=scope.ownpay,
        preselfpay_amt=scope.preselfpay,
        overlmt_selfpay=scope.overlmt,
        unsplit_amt=scope.unsplit,
        inscp_scp_amt=scope.in_scope,
        act_pay_dedc=sum(tier.deductible for tier in tiers),
        hifp_pay=_paid(worked, "basic"),
        hifmi_pay=_paid(worked, "serious"),
        maf_pay=_paid(worked, "aid"),
        fund_pay_sumamt=funds,
        psn_part_amt=scope.total - funds,
        rows=_rows(scope, worked, funds),
        firm=not packs.own.invented and grades <= FACT_GRADES,
        doubts=tuple(dict.fromkeys(doubts)),
        pack=packs.label(claim),
        hifob_pay=_paid(worked, Supplement.LARGE),
        cvlserv_pay=_paid(worked, Supplement.CIVIL),
    )


def _paid(worked: _Worked, tier: str) -> Fen:
    return sum(stages.paid_by(tier) for _, stages in worked)


def _rows(scope: Scope, worked: _Worked, funds: Fen) -> tuple[TraceRow, ...]:
    """From the bill's total to the person's share, as a citizen reads it."""
    rows = [row(("total", "", "费用总额"), "", scope.total, Fund.TOTAL)]
    rows.extend(_outside(scope))
    words = " − ".join([format_yuan(scope.total), *(format_yuan(r.amount) for r in rows[1:])])
    rows.append(row(("in_scope", "", "政策范围内"), words, scope.in_scope, Fund.SCOPE))
    for prefix, stages in worked:
        rows.extend(_of_year(prefix, one) for one in _tier_rows(stages))
    tiers = [tier for _, stages in worked for tier in stages.tiers if tier.rows]
    words = " + ".join(format_yuan(tier.paid) for tier in tiers)
    rows.append(row(("fund_total", "", "报销合计"), words, funds, Fund.PAID))
    words = f"{format_yuan(scope.total)} − {format_yuan(funds)}"
    rows.append(row(("own", "", "个人负担"), words, scope.total - funds, Fund.OWN))
    return tuple(rows)


def _of_year(prefix: str, one: TraceRow) -> TraceRow:
    """A row of one part of a stay over the year's end."""
    if not prefix:
        return one
    return replace(one, key=f"{prefix}{one.key}", name=f"{prefix.removesuffix('.')} 年 {one.name}")


def _tier_rows(stages: Stages) -> list[TraceRow]:
    """Each tier's rows, from the second on under the line of what the one before left to it."""
    rows = list(stages.tiers[0].rows)
    before = stages.tiers[0].paid
    for name, left, tier in stages.later:
        if tier.rows:
            rows += (_left(name, left, before, tier), *tier.rows)
        before = tier.paid
    return rows


_LEFT = {"serious": "自付合规费用", "aid": "救助前自付"} | {
    str(which): f"进入{which.words}的费用" for which in Supplement
}


def _left(name: str, left: Fen, before: Fen, tier: Tier) -> TraceRow:
    words = f"{format_yuan(left + before)} − {format_yuan(before)}" if before else ""
    if tier.base != left:
        words = "按规则包计入的部分"
    return row((f"{name}_base", "", _LEFT[name]), words, tier.base, Fund.BETWEEN)


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


_NOT_ALL = "今年以前只算了本机知道的，医院直接结算的没有查到，按没有算"


def _doubts(claim: Claim, scope: Scope, grades: frozenset[str]) -> tuple[str, ...]:
    doubts = list(scope.doubts)
    if grades - FACT_GRADES - {INVENTED}:
        doubts.append("规则包里有没核对过原文的数，算出来的只作参考，不能当准数")
    unsent = sum(past.unsent for past in claim.year.before)
    if unsent:
        doubts.append(f"本站还没传上去的 {unsent} 件已经算在今年以前，中心收到以后可能不同")
    if not claim.year.known:
        doubts.append(_NOT_ALL if claim.year.before else "今年以前报过多少没有查到，按没有报过算")
    if claim.offsite is not Offsite.LOCAL:
        doubts.append(f"按“{claim.offsite.words}”算，备案以中心的记录为准")
    return tuple(doubts)
