"""The tiers one after the other: 基本医保 → 大病保险 → 医疗救助, each of what the one before left."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from counter_app.domain.settlement.basic_tier import basic_tier
from counter_app.domain.settlement.claim import Claim
from counter_app.domain.settlement.ledger import Ledger
from counter_app.domain.settlement.policy import Base, Rules
from counter_app.domain.settlement.reader import Cited
from counter_app.domain.settlement.scope import Scope
from counter_app.domain.settlement.tier import Tier
from counter_app.domain.settlement.tiers import aid_tier, serious_tier
from counter_app.domain.settlement.trace import Fund, row
from counter_app.kernel.money import Fen, times

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
        doubts: readings the pack doesn't give and how they were taken.
    """

    basic: Tier | None
    serious: Tier | None
    aid: Tier | None
    self_after_basic: Fen | None
    self_after_serious: Fen | None
    self_final: Fen | None
    missing: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """Those that were worked out."""
        return tuple(tier for tier in (self.basic, self.serious, self.aid) if tier)

    @property
    def paid(self) -> Fen:
        """What the tiers that were worked out pay together."""
        return sum(tier.paid for tier in self.tiers)


def work_out(claim: Claim, scope: Scope, rules: Rules) -> Stages:
    """The tiers as far as the rules reach."""
    ledger = Ledger(rules.rounding)
    basic = _basic(claim, scope.in_scope, rules, ledger)
    after_basic = _after_basic(claim, scope.in_scope, basic)
    left = None if after_basic is None else _exact(claim, scope.in_scope, ledger)
    serious = _serious(claim, (left, basic, scope), rules, ledger)
    after_serious = _less(after_basic, serious)
    left = None if after_serious is None else _exact(claim, scope.in_scope, ledger)
    aid = _aid(claim, (left, basic, scope), rules, ledger)
    tiers = tuple(tier for tier in (basic, serious, aid) if tier)
    missing = [words for tier in rules.missing.values() for words in tier]
    missing.extend(words for tier in tiers for words in tier.missing)
    return Stages(
        basic=_sound(basic),
        serious=_sound(serious),
        aid=_sound(aid),
        self_after_basic=after_basic,
        self_after_serious=after_serious,
        self_final=_less(after_serious, aid),
        missing=tuple(dict.fromkeys(missing)),
        doubts=tuple(words for tier in tiers for words in tier.doubts),
    )


_OVER = "超过基本医保封顶线的部分"
"""Medical aid has no reading of it: what is still own in scope counts."""
_Left = tuple[Decimal | None, Tier | None, Scope]
"""What is own in scope, exact; the basic tier; the bill's scope."""


def _exact(claim: Claim, in_scope: Fen, ledger: Ledger) -> Decimal:
    """What the funds have left of the amount in scope; what the hospital settled is off already."""
    whole = claim.settled.own_in_scope if claim.settled else in_scope
    return whole - ledger.exact


def _less(left: Fen | None, tier: Tier | None) -> Fen | None:
    return left - tier.paid if left is not None and tier is not None and not tier.missing else None


def _sound(tier: Tier | None) -> Tier | None:
    return None if tier is None or tier.missing else tier


def _basic(claim: Claim, in_scope: Fen, rules: Rules, ledger: Ledger) -> Tier | None:
    if claim.settled is not None:
        words = "医院已经结算"
        return Tier(
            claim.settled.paid,
            (row(("basic", "", "基本医保"), words, claim.settled.paid, Fund.BASIC),),
        )
    return basic_tier(claim, in_scope, rules.basic, ledger) if rules.basic else None


def _after_basic(claim: Claim, in_scope: Fen, basic: Tier | None) -> Fen | None:
    if claim.settled is not None:
        return claim.settled.own_in_scope
    return in_scope - basic.paid if basic is not None and not basic.missing else None


class _Part(NamedTuple):
    """Something that may enter a base or not: its amount, the pack's reading, its name, the custom.

    `custom` None: without a reading nothing is reckoned.
    """

    amount: Fen
    counts: Cited[bool] | None
    name: str
    custom: bool | None
    inside: bool
    """Whether it is part of what is own in scope, so that not counting takes it away."""


@dataclass(frozen=True, slots=True)
class _Based:
    """A tier's base with what was unsaid."""

    base: Decimal
    grades: frozenset[str]
    doubts: tuple[str, ...]
    missing: tuple[str, ...]


def _base(left: Decimal, parts: tuple[_Part, ...], tier: str) -> _Based:
    base, grades, doubts, missing = left, set[str](), list[str](), list[str]()
    for part in parts:
        counts = part.custom
        if part.counts is not None:
            counts = part.counts.value
            grades.add(part.counts.grade)
        elif counts is None:
            missing.append(f"规则包里没有{part.name}计不计入{tier}")
            continue
        else:
            taken = "计入" if counts else "不计入"
            doubts.append(f"规则包没有写{part.name}计不计入{tier}，按{taken}算")
        if counts != part.inside:
            base += -part.amount if part.inside else part.amount
    return _Based(max(base, Decimal(0)), frozenset(grades), tuple(doubts), tuple(missing))


def _parts(base: Base, basic: Tier | None, scope: Scope) -> tuple[_Part, ...]:
    """What may enter a tier's base or not; only what there is anything of."""
    ahead, over = (basic.prepay, basic.over) if basic else (0, 0)
    listed = (
        (ahead, base.prepay, "转外先行自付", base.prepay_custom, True),
        (over, base.over_cap, _OVER, True, True),
        (scope.preselfpay, base.preselfpay, "乙类先行自付", False, False),
        (scope.overlmt, base.overlmt, "超限价自付", False, False),
    )
    return tuple(_Part(*part) for part in listed if part[0])


def _serious(claim: Claim, of: _Left, rules: Rules, ledger: Ledger) -> Tier | None:
    if "serious" not in rules.applies:
        return ABSENT
    left, basic, scope = of
    if rules.serious is None or left is None:
        return None
    based = _base(left, _parts(rules.serious.base, basic, scope), "大病保险")
    if based.missing:
        return Tier(0, missing=based.missing)
    before = claim.year.serious_before(claim.on)
    tier = serious_tier(based.base, before, rules.serious, ledger, raised=claim.cap_raised)
    doubts = based.doubts if before + based.base > rules.serious.deductible.value else ()
    grades = tier.grades | based.grades
    return replace(tier, grades=grades, doubts=doubts, base=times(1, based.base))


def _aid(claim: Claim, of: _Left, rules: Rules, ledger: Ledger) -> Tier | None:
    if "aid" not in rules.applies:
        return ABSENT
    left, basic, scope = of
    if rules.aid is None or left is None:
        return None
    parts = tuple(p for p in _parts(rules.aid.base, basic, scope) if p.name != _OVER)
    based = _base(left, parts, "医疗救助")
    tier = aid_tier(based.base, claim.year.aid_before(claim.on), rules.aid, ledger)
    return replace(tier, grades=tier.grades | based.grades, doubts=based.doubts)
