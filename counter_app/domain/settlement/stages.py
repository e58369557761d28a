"""The tiers one after the other: 基本医保 → 大病保险 → 医疗救助, each of what the one before left, with the supplements in between."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from counter_app.domain.settlement.basic_tier import basic_tier
from counter_app.domain.settlement.claim import Claim
from counter_app.domain.settlement.ledger import Ledger
from counter_app.domain.settlement.policy import Base, Rules
from counter_app.domain.settlement.reader import Cited
from counter_app.domain.settlement.scope import Scope
from counter_app.domain.settlement.supplement import Supplement
from counter_app.domain.settlement.supplement_tier import supplement_tier
from counter_app.domain.settlement.tier import Tier
from counter_app.domain.settlement.tiers import aid_tier, serious_tier
from counter_app.domain.settlement.trace import Fund, row
from counter_app.kernel.money import Fen, times

ABSENT = Tier()
"""A tier the claim doesn't go through."""


class Step(NamedTuple):
    """A tier in its place: what was left to it, None unknown or of the first; None where not worked out."""

    name: str
    left: Fen | None
    tier: Tier | None


@dataclass(frozen=True, slots=True)
class Stages:
    """The tiers one after the other; each amount None where it was not worked out.

    Attributes:
        steps: the tiers in their order.
        lefts: by name, what is own in scope after the tier.
        missing: in words, everything the pack doesn't give.
        doubts: readings the pack doesn't give and how they were taken.
    """

    steps: tuple[Step, ...]
    lefts: Mapping[str, Fen | None]
    missing: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    def tier(self, name: str) -> Tier | None:
        """That tier; None where it was not worked out or the claim has none of the name."""
        return next((step.tier for step in self.steps if step.name == name), None)

    def paid_by(self, name: str) -> Fen:
        """What that tier pays."""
        tier = self.tier(name)
        return tier.paid if tier else 0

    @property
    def basic(self) -> Tier | None:
        """基本医保."""
        return self.tier("basic")

    @property
    def self_final(self) -> Fen | None:
        """What is own in scope after all tiers."""
        return self.lefts[self.steps[-1].name]

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """Those that were worked out."""
        return tuple(step.tier for step in self.steps if step.tier)

    @property
    def later(self) -> tuple[tuple[str, Fen, Tier], ...]:
        """Those after the first that were worked out: their name and what was left to each."""
        return tuple(
            (name, left, tier)
            for name, left, tier in self.steps
            if left is not None and tier is not None
        )

    @property
    def paid(self) -> Fen:
        """What the tiers that were worked out pay together."""
        return sum(tier.paid for tier in self.tiers)


def work_out(claim: Claim, scope: Scope, rules: Rules) -> Stages:
    """The tiers as far as the rules reach."""
    ledger = Ledger(rules.rounding)
    basic = _basic(claim, scope.in_scope, rules, ledger)
    left = _after_basic(claim, scope.in_scope, basic)
    found, lefts = [Step("basic", None, basic)], {"basic": left}
    for name in rules.order[1:]:
        of = None
        if left is not None and basic is not None:
            of = _Left(_exact(claim, scope.in_scope, ledger), basic, scope, _supplied(found))
        tier = _TIERS.get(name, _supplement)(name, claim, of, rules, ledger)
        found.append(Step(name, left, tier))
        left = lefts[name] = _less(left, tier)
    tiers = [step.tier for step in found if step.tier]
    missing = [words for tier in rules.missing.values() for words in tier]
    missing.extend(words for tier in tiers for words in tier.missing)
    return Stages(
        steps=tuple(step._replace(tier=_sound(step.tier)) for step in found),
        lefts=lefts,
        missing=tuple(dict.fromkeys(missing)),
        doubts=tuple(words for tier in tiers for words in tier.doubts),
    )


def _supplied(found: list[Step]) -> tuple[str, ...]:
    """In words, the supplements that paid something already."""
    paid = {step.name for step in found if step.tier and step.tier.paid}
    return tuple(which.words for which in Supplement if which in paid)


_OVER = "超过基本医保封顶线的部分"
"""Medical aid has no reading of it: what is still own in scope counts."""


class _Left(NamedTuple):
    """What is own in scope, exact; the basic tier; the bill's scope; supplements that paid already."""

    own: Decimal
    basic: Tier
    scope: Scope
    supplied: tuple[str, ...]


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


def _base(left: Decimal, parts: tuple[_Part, ...], tier: str, supplied: tuple[str, ...]) -> _Based:
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
            if part.inside and supplied:
                already = "和".join(supplied)
                doubts.append(f"{already}已经付了一部分，{part.name}还是整笔不计入{tier}")
    return _Based(max(base, Decimal(0)), frozenset(grades), tuple(doubts), tuple(missing))


def _parts(base: Base, basic: Tier, scope: Scope) -> tuple[_Part, ...]:
    """What may enter a tier's base or not; only what there is anything of."""
    listed = (
        (basic.prepay, base.prepay, "转外先行自付", base.prepay_custom, True),
        (basic.over, base.over_cap, _OVER, True, True),
        (scope.preselfpay, base.preselfpay, "乙类先行自付", False, False),
        (scope.overlmt, base.overlmt, "超限价自付", False, False),
    )
    return tuple(_Part(*part) for part in listed if part[0])


def _serious(_: str, claim: Claim, of: _Left | None, rules: Rules, ledger: Ledger) -> Tier | None:
    if "serious" not in rules.applies:
        return ABSENT
    if rules.serious is None or of is None:
        return None
    left, basic, scope, supplied = of
    based = _base(left, _parts(rules.serious.base, basic, scope), "大病保险", supplied)
    if based.missing:
        return Tier(missing=based.missing)
    before = claim.year.serious_before(claim.on)
    tier = serious_tier(based.base, before, rules.serious, ledger, raised=claim.cap_raised)
    doubts = based.doubts if before + based.base > rules.serious.deductible.value else ()
    grades = tier.grades | based.grades
    return replace(tier, grades=grades, doubts=doubts, base=times(1, based.base))


def _aid(_: str, claim: Claim, of: _Left | None, rules: Rules, ledger: Ledger) -> Tier | None:
    if "aid" not in rules.applies:
        return ABSENT
    if rules.aid is None or of is None:
        return None
    left, basic, scope, supplied = of
    parts = tuple(p for p in _parts(rules.aid.base, basic, scope) if p.name != _OVER)
    based = _base(left, parts, "医疗救助", supplied)
    tier = aid_tier(based.base, claim.year.aid_before(claim.on), rules.aid, ledger)
    return replace(tier, grades=tier.grades | based.grades, doubts=based.doubts)


def _supplement(
    name: str, claim: Claim, of: _Left | None, rules: Rules, ledger: Ledger
) -> Tier | None:
    by = rules.supplements.get(name)
    if by is None or of is None:
        return None
    # what is out of scope may enter an earlier base, so that more is paid than is left in scope
    base = max(of.own, Decimal(0))
    if by.over_cap.value:
        if claim.settled is not None:
            return Tier(missing=(f"{_UNTOLD}，{by.which.words}要按它算",))
        base = min(base, Decimal(of.basic.beyond))
    before = claim.year.supplement_before(by.which, claim.on)
    tier = supplement_tier(base, before, by, ledger)
    counts = by.yearly.value or by.cap is not None
    if not (counts and claim.year.spent(claim.on)):
        return tier
    doubt = (
        f"今年以前{by.which.words}付过多少，只算了名单上写明的，医院直接结算的没有查到，按没有算"
    )
    return replace(tier, doubts=(doubt,))


_UNTOLD = "医院已经结算，不知道范围内费用有多少超过了基本医保封顶线"
_TIERS: Mapping[str, Callable[[str, Claim, _Left | None, Rules, Ledger], Tier | None]] = {
    "serious": _serious,
    "aid": _aid,
}
