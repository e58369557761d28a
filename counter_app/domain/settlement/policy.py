"""The parameters a settlement needs, read from a pack; what the pack doesn't give is named, never 0.

Keys (decision 005), `<kind>` inpatient or outpatient, `<level>` and `<state>` as claim.py writes them,
amounts in yuan, ratios below 1, "none" where a source says there is no limit:

    <kind>.deductible.<level>  <kind>.ratio.<level>   both also without level, for all
    <kind>.cap                                         most that basic insurance pays in a year
    outpatient.then                                    tiers after basic: "serious aid", "aid", "none"
    offsite.model  offsite.<state>.k                   prepay, minus_pp, multiply (FACTS §3)
    serious.deductible  serious.cap  serious.band_basis (total, excess)
    serious.band.N.to  serious.band.N.ratio            N from 1, the last band's `to` is "none"
    serious.base.prepay                                yes/no: whether 转外先行自付 counts
    serious.<mat_idet_code>.<any of these>             stands before the plain key
    aid.<mat_idet_code>.ratio  .deductible  .cap
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from counter_app.domain.policy.pack import Pack, Parameter
from counter_app.domain.settlement.claim import NO_IDENTITY, Claim, Kind, Offsite
from counter_app.kernel.money import Fen, Rate, parse_yuan

NONE = "none"
MOST_BANDS = 7
"""PL01–PL07 (polItemCode)."""

T = TypeVar("T")


class Model(StrEnum):
    """How treatment elsewhere lowers what basic insurance pays (FACTS §3)."""

    PREPAY = "prepay"
    """(范围内 × (1 − k) − 起付) × 比例."""
    MINUS_PP = "minus_pp"
    """(范围内 − 起付) × (比例 − k)."""
    MULTIPLY = "multiply"
    """(范围内 − 起付) × 比例 × k."""


@dataclass(frozen=True, slots=True)
class Cited(Generic[T]):
    """A value with the article it was read in and how far that is trusted."""

    value: T
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class OffsiteRule:
    """The model and its k for one filing state."""

    model: Cited[Model]
    k: Cited[Rate]


@dataclass(frozen=True, slots=True)
class BasicRules:
    """基本医保 for one institution level; `cap` None: the source says there is none."""

    deductible: Cited[Fen]
    ratio: Cited[Rate]
    cap: Cited[Fen] | None
    offsite: OffsiteRule | None


@dataclass(frozen=True, slots=True)
class Band:
    """A serious-illness band up to `to` (None: all above), counted by the rules' basis."""

    to: Cited[Fen] | None
    ratio: Cited[Rate]


@dataclass(frozen=True, slots=True)
class SeriousRules:
    """大病保险. The bands are cut on the own share itself, or on what exceeds the deductible.

    `on_excess` None: the pack doesn't say, which matters only above the deductible.
    """

    deductible: Cited[Fen]
    bands: tuple[Band, ...]
    on_excess: Cited[bool] | None
    cap: Cited[Fen] | None
    prepay_counts: Cited[bool] | None


@dataclass(frozen=True, slots=True)
class AidRules:
    """医疗救助 of one subsidised identity; `cap` None: the source says there is none."""

    ratio: Cited[Rate]
    deductible: Cited[Fen]
    cap: Cited[Fen] | None


@dataclass(frozen=True, slots=True)
class Rules:
    """What a claim is settled by; a tier is None where it doesn't apply or a parameter is missing.

    Attributes:
        basic: 基本医保.
        serious: 大病保险.
        aid: 医疗救助.
        applies: names of the tiers this claim goes through.
        missing: tier → what the pack doesn't give, in words.
    """

    basic: BasicRules | None
    serious: SeriousRules | None
    aid: AidRules | None
    applies: frozenset[str]
    missing: dict[str, tuple[str, ...]]


def read_rules(pack: Pack, claim: Claim) -> Rules:
    """The rules of the claim's day, level, filing state and identity."""
    readers = {tier: Reader(pack, claim.on) for tier in ("basic", "serious", "aid")}
    applies = _applies(claim, readers["basic"])
    basic = _basic(claim, readers["basic"]) if "basic" in applies else None
    serious = _serious(claim, readers["serious"]) if "serious" in applies else None
    aid = _aid(claim, readers["aid"]) if "aid" in applies else None
    missing = {tier: tuple(r.missing) for tier, r in readers.items() if r.missing}
    return Rules(basic, serious, aid, applies, missing)


class Reader:
    """Looks parameters up by the first key that holds, and notes what was not there."""

    def __init__(self, pack: Pack, on: dt.date) -> None:
        self.missing: list[str] = []
        self._rows: dict[str, Parameter] = {}
        for row in pack.parameters:
            if row.holds_on(on):
                self._rows.setdefault(row.key, row)

    def row(self, *keys: str) -> Parameter | None:
        """The first of the keys the pack has on the day."""
        return next((self._rows[key] for key in keys if key in self._rows), None)

    def any(self, start: str) -> bool:
        """Whether the pack has a key that begins so on the day."""
        return any(key.startswith(start) for key in self._rows)

    def amount(self, what: str, *keys: str) -> Cited[Fen] | None:
        """An amount of 0 or more, else its name is noted."""
        row = self.row(*keys)
        fen = parse_yuan(row.value) if row else None
        return self._cited(what, row, fen if fen is not None and fen >= 0 else None)

    def rate(self, what: str, *keys: str) -> Cited[Rate] | None:
        """A ratio from 0 to 1, else its name is noted."""
        row = self.row(*keys)
        return self._cited(what, row, _ratio(row.value) if row else None)

    def word(self, what: str, among: tuple[str, ...], *keys: str) -> Cited[str] | None:
        """One of some words, else its name is noted."""
        row = self.row(*keys)
        return self._cited(what, row, row.value if row and row.value in among else None)

    def limit(self, what: str, *keys: str) -> tuple[Cited[Fen] | None, bool]:
        """A cap and whether the pack says anything: (None, True) is 不封顶."""
        row = self.row(*keys)
        if row is not None and row.value == NONE:
            return None, True
        cap = self.amount(what, *keys)
        return cap, cap is not None

    def said(self, keys: tuple[str, ...], meanings: Mapping[str, bool]) -> Cited[bool] | None:
        """A reading the pack may give; None where it doesn't, or not in these words."""
        row = self.row(*keys)
        if row is None or row.value not in meanings:
            return None
        return Cited(meanings[row.value], row.source, row.grade)

    def _cited(self, what: str, row: Parameter | None, value: T | None) -> Cited[T] | None:
        if row is None:
            self.missing.append(f"规则包里没有{what}")
            return None
        if value is None:
            self.missing.append(f"规则包里的{what}写得不对（{row.value}）")
            return None
        return Cited(value, row.source, row.grade)


def _ratio(text: str) -> Rate | None:
    if not text.replace(".", "", 1).isdecimal() or not text.isascii():
        return None
    rate = Decimal(text)
    return rate if rate <= 1 else None


_THEN = {"serious aid": {"serious", "aid"}, "serious": {"serious"}, "aid": {"aid"}, NONE: set()}


def _applies(claim: Claim, reader: Reader) -> frozenset[str]:
    tiers = {"serious", "aid"}
    if claim.kind is Kind.OUTPATIENT:
        then = reader.word("门诊费用进不进大病保险和医疗救助", tuple(_THEN), "outpatient.then")
        tiers = _THEN[then.value] if then else set()
    if claim.identity in NO_IDENTITY:
        tiers = tiers - {"aid"}
    return frozenset(tiers if claim.settled else {"basic", *tiers})


def _basic(claim: Claim, reader: Reader) -> BasicRules | None:
    kind, level = claim.kind, claim.level
    name = f"{level.words}{'住院' if kind is Kind.INPATIENT else '门诊'}"
    deductible = reader.amount(
        f"{name}的起付线", f"{kind}.deductible.{level}", f"{kind}.deductible"
    )
    ratio = reader.rate(f"{name}的报销比例", f"{kind}.ratio.{level}", f"{kind}.ratio")
    cap, said = reader.limit("基本医保的封顶线", f"{kind}.cap")
    offsite = _offsite(claim.offsite, reader)
    if deductible is None or ratio is None or not said:
        return None
    if offsite is None and claim.offsite is not Offsite.LOCAL:
        return None
    return BasicRules(deductible, ratio, cap, offsite)


def _offsite(state: Offsite, reader: Reader) -> OffsiteRule | None:
    if state is Offsite.LOCAL:
        return None
    model = reader.word("异地就医怎么减的办法", tuple(Model), "offsite.model")
    k = reader.rate(f"{state.words}减多少", f"offsite.{state}.k")
    if model is None or k is None:
        return None
    return OffsiteRule(Cited(Model(model.value), model.source, model.grade), k)


def _serious(claim: Claim, reader: Reader) -> SeriousRules | None:
    deductible = reader.amount("大病保险的起付线", *_keys(claim, "deductible"))
    bands = _bands(claim, reader)
    cap, said = reader.limit("大病保险的封顶线", *_keys(claim, "cap"))
    basis = reader.said(_keys(claim, "band_basis"), {"total": False, "excess": True})
    prepay = reader.said(_keys(claim, "base.prepay"), {"yes": True, "no": False})
    if deductible is None or bands is None or not said:
        return None
    return SeriousRules(deductible, bands, basis, cap, prepay)


def _keys(claim: Claim, name: str) -> tuple[str, ...]:
    plain = f"serious.{name}"
    return (
        (plain,) if claim.identity in NO_IDENTITY else (f"serious.{claim.identity}.{name}", plain)
    )


def _bands(claim: Claim, reader: Reader) -> tuple[Band, ...] | None:
    bands: list[Band] = []
    below: Fen = 0
    for number in range(1, MOST_BANDS + 1):
        name = f"大病保险第 {number} 段"
        ratio = reader.rate(f"{name}的比例", *_keys(claim, f"band.{number}.ratio"))
        to, said = reader.limit(f"{name}到多少", *_keys(claim, f"band.{number}.to"))
        if ratio is None or not said:
            return None
        bands.append(Band(to, ratio))
        if to is None:
            return tuple(bands)
        if to.value <= below:
            break
        below = to.value
    reader.missing.append("规则包里的大病保险分段写得不对")
    return None


def _aid(claim: Claim, reader: Reader) -> AidRules | None:
    key = f"aid.{claim.identity}"
    if not reader.any(f"{key}."):
        reader.missing.append(f"规则包里没有身份 {claim.identity} 的医疗救助办法")
        return None
    ratio = reader.rate(f"身份 {claim.identity} 的医疗救助比例", f"{key}.ratio")
    deductible = reader.amount(f"身份 {claim.identity} 的医疗救助起付线", f"{key}.deductible")
    cap, said = reader.limit(f"身份 {claim.identity} 的医疗救助封顶线", f"{key}.cap")
    if ratio is None or deductible is None or not said:
        return None
    return AidRules(ratio, deductible, cap)
