"""The rules of one claim, read from a pack; what the pack doesn't give is named, never 0.

Keys are those of `policy.vocabulary`; the narrower stands before the wider: a disease before an
identity before a group, and each with its level before without. Parameters that only change an
answer in some cases are asked for only there (decision 016).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from counter_app.domain.policy.pack import Pack
from counter_app.domain.policy.vocabulary import NONE
from counter_app.domain.settlement.bands import Band
from counter_app.domain.settlement.claim import NO_IDENTITY, Claim, Kind, Offsite
from counter_app.domain.settlement.deductible import Charged
from counter_app.domain.settlement.ledger import Rounding
from counter_app.domain.settlement.packs import Packs
from counter_app.domain.settlement.past import Span
from counter_app.domain.settlement.reader import YES_NO, Cited, Reader
from counter_app.domain.settlement.supplement import Supplement
from counter_app.kernel.money import Fen, Rate, times

MOST_BANDS = 7
"""PL01–PL07 (polItemCode)."""


class Model(StrEnum):
    """How treatment elsewhere lowers what basic insurance pays (FACTS §3)."""

    PREPAY = "prepay"
    """(范围内 × (1 − k) − 起付) × 比例."""
    MINUS_PP = "minus_pp"
    """(范围内 − 起付) × (比例 − k)."""
    MULTIPLY = "multiply"
    """(范围内 − 起付) × 比例 × k."""


@dataclass(frozen=True, slots=True)
class OffsiteRule:
    """The model and its k for one filing state."""

    model: Cited[Model]
    k: Cited[Rate]


@dataclass(frozen=True, slots=True)
class CapRule:
    """The most basic insurance pays in a span, and what of it is used up."""

    span: Span
    most: Cited[Fen]
    used: Fen


@dataclass(frozen=True, slots=True)
class BasicRules:
    """基本医保 for one claim.

    `on_excess` None: the pack doesn't say, which matters only with several bands.
    """

    deductible: Charged
    bands: tuple[Band, ...]
    on_excess: Cited[bool] | None
    caps: tuple[CapRule, ...]
    offsite: OffsiteRule | None


@dataclass(frozen=True, slots=True)
class Base:
    """What enters a tier's base; None where the pack doesn't say."""

    prepay: Cited[bool] | None = None
    preselfpay: Cited[bool] | None = None
    overlmt: Cited[bool] | None = None
    over_cap: Cited[bool] | None = None
    prepay_custom: bool | None = None
    """How what was paid beforehand elsewhere is taken where the pack is silent; None: not at all."""


@dataclass(frozen=True, slots=True)
class SeriousRules:
    """大病保险. The bands are cut on the own share itself, or on what exceeds the deductible.

    `on_excess` None: the pack doesn't say, which matters only above the deductible.
    """

    deductible: Cited[Fen]
    bands: tuple[Band, ...]
    on_excess: Cited[bool] | None
    cap: Cited[Fen] | None
    base: Base
    tilt: tuple[Cited[Rate], ...] = ()
    """Factor and points of a subsidised identity, as far as they were used."""


@dataclass(frozen=True, slots=True)
class AidRules:
    """医疗救助 of one subsidised identity; `cap` None: the source says there is none."""

    ratio: Cited[Rate]
    deductible: Cited[Fen]
    cap: Cited[Fen] | None
    base: Base
    yearly: Cited[bool] | None = None
    """Whether the deductible is taken once a year; None where the pack doesn't say."""


@dataclass(frozen=True, slots=True)
class SupplementRules:
    """大额 or 公务员补助, all of it said by the pack; `cap` None: the source says there is none.

    Attributes:
        which: of the two.
        over_cap: of what is in scope beyond basic insurance's cap, else of what is still own in scope.
        yearly: deductible and bands run over the year, else over each claim anew.
        on_excess: bands are cut on what exceeds the deductible, else on the amount itself.
        deductible: below it nothing is paid.
        bands: in their order.
        cap: of a year.
        used: further parameters it rests on.
    """

    which: Supplement
    over_cap: Cited[bool]
    yearly: Cited[bool]
    on_excess: Cited[bool]
    deductible: Cited[Fen]
    bands: tuple[Band, ...]
    cap: Cited[Fen] | None
    used: tuple[Cited[str], ...] = ()


SEQUENCE = ("basic", "serious", "aid")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a claim is settled by; a tier is None where it doesn't apply or a parameter is missing.

    Attributes:
        basic: 基本医保.
        serious: 大病保险.
        aid: 医疗救助.
        applies: names of the tiers this claim goes through.
        missing: tier → what the pack doesn't give, in words.
        rounding: the rounding point.
        supplements: those the claim goes through and the pack says wholly, by name.
        order: all tiers in their order, with the supplements the claim goes through.
    """

    basic: BasicRules | None
    serious: SeriousRules | None
    aid: AidRules | None
    applies: frozenset[str]
    missing: dict[str, tuple[str, ...]]
    rounding: Rounding = Rounding.TIER
    supplements: Mapping[str, SupplementRules] = field(default_factory=dict)
    order: tuple[str, ...] = SEQUENCE


_THEN = {"serious aid": {"serious", "aid"}, "serious": {"serious"}, "aid": {"aid"}, NONE: set()}


def applies(claim: Claim, reader: Reader) -> frozenset[str]:
    """The tiers the claim goes through."""
    tiers = {"serious", "aid"}
    if claim.kind is not Kind.INPATIENT:
        what = f"{claim.kind.words}费用进不进大病保险和医疗救助"
        then = reader.word(what, tuple(_THEN), f"{claim.kind}.then")
        tiers = _THEN[then.value] if then else set()
    if claim.identity in NO_IDENTITY:
        tiers = tiers - {"aid"}
    return frozenset(tiers if claim.settled else {"basic", *tiers})


def rounding(packs: Pack | Packs, claim: Claim) -> Rounding:
    """The pack's rounding point; each tier where it says none (settlement_cases.yaml, meta)."""
    row = Reader(packs, claim.day).row("rounding")
    return Rounding(row.value) if row and row.value in set(Rounding) else Rounding.TIER


def offsite(state: Offsite, reader: Reader) -> OffsiteRule | None:
    """How the filing state lowers what is paid; None at home."""
    if state is Offsite.LOCAL:
        return None
    model = reader.word("异地就医怎么减的办法", tuple(Model), "offsite.model")
    k = reader.rate(f"{state.words}减多少", f"offsite.{state}.k")
    if model is None or k is None:
        return None
    return OffsiteRule(Cited(Model(model.value), model.source, model.grade, model.key), k)


def serious(claim: Claim, reader: Reader) -> SeriousRules | None:
    """大病保险 of the claim's identity."""
    deductible, factor = _serious_deductible(claim, reader)
    bands, points = _serious_bands(claim, reader)
    cap, said = reader.limit("大病保险的封顶线", *_keys(claim, "cap"))
    basis = reader.said(_keys(claim, "band_basis"), {"total": False, "excess": True})
    names = ("prepay", "preselfpay", "overlmt", "over_cap")
    parts = [reader.said(_keys(claim, f"base.{name}"), YES_NO) for name in names]
    base = Base(parts[0], parts[1], parts[2], parts[3])
    if deductible is None or bands is None or not said:
        return None
    tilt = tuple(t for t in (factor, points) if t is not None)
    return SeriousRules(deductible, bands, basis, cap, base, tilt)


def _tilt(claim: Claim, reader: Reader, name: str, what: str) -> Cited[Rate] | None:
    key = f"serious.{claim.identity}.{name}"
    return reader.rate(what, key) if claim.identity and reader.row(key) else None


def _serious_deductible(
    claim: Claim, reader: Reader
) -> tuple[Cited[Fen] | None, Cited[Rate] | None]:
    own = reader.amount("大病保险的起付线", *_keys(claim, "deductible"))
    factor = _tilt(claim, reader, "deductible_factor", "大病起付线的倾斜")
    if own is None or factor is None:
        return own, None
    lowered = times(own.value, factor.value)
    return Cited(lowered, factor.source, own.grade, factor.key), factor


def _keys(claim: Claim, name: str) -> tuple[str, ...]:
    plain = f"serious.{name}"
    return (
        (plain,) if claim.identity in NO_IDENTITY else (f"serious.{claim.identity}.{name}", plain)
    )


def _serious_bands(
    claim: Claim, reader: Reader
) -> tuple[tuple[Band, ...] | None, Cited[Rate] | None]:
    bands = read_bands(
        reader,
        "大病保险",
        lambda n: _keys(claim, f"band.{n}.to"),
        lambda n: _keys(claim, f"band.{n}.ratio"),
    )
    points = _tilt(claim, reader, "added_points", "大病比例的倾斜")
    if bands is None or points is None:
        return bands, None
    return tuple(Band(b.to, _raised(b.ratio, points)) for b in bands), points


def _raised(ratio: Cited[Rate], points: Cited[Rate]) -> Cited[Rate]:
    return Cited(min(ratio.value + points.value, Decimal(1)), points.source, ratio.grade, ratio.key)


def aid(claim: Claim, reader: Reader) -> AidRules | None:
    """医疗救助 of the claim's identity."""
    who, key = f"身份 {claim.identity} 的医疗救助", f"aid.{claim.identity}"
    if not reader.below(f"{key}."):
        reader.lacks(f"规则包里没有身份 {claim.identity} 的医疗救助办法")
        return None
    ratio = reader.rate(f"{who}比例", f"{key}.ratio")
    deductible = reader.amount(f"{who}起付线", f"{key}.deductible")
    cap, said = reader.limit(f"{who}封顶线", f"{key}.cap")
    yearly = reader.said((f"{key}.deductible_mode",), {"year": True, "stay": False})
    names = ("prepay", "preselfpay", "overlmt")
    ahead, preself, over = (reader.said((f"aid.base.{name}",), YES_NO) for name in names)
    base = Base(ahead, preself, over, prepay_custom=True)
    if ratio is None or deductible is None or not said:
        return None
    return AidRules(ratio, deductible, cap, base, yearly)


def read_bands(
    reader: Reader,
    what: str,
    tops: Callable[[int], tuple[str, ...]],
    ratios: Callable[[int], tuple[str, ...]],
) -> tuple[Band, ...] | None:
    """Bands in their order, the last one open; None where one is missing or they don't rise."""
    bands: list[Band] = []
    below: Fen = 0
    for number in range(1, MOST_BANDS + 1):
        name = f"{what}第 {number} 段"
        ratio = reader.rate(f"{name}的比例", *ratios(number))
        to, said = reader.limit(f"{name}到多少", *tops(number))
        if ratio is None or not said:
            return None
        bands.append(Band(to, ratio))
        if to is None:
            return tuple(bands)
        if to.value <= below:
            break
        below = to.value
    reader.lacks(f"规则包里的{what}分段写得不对")
    return None
