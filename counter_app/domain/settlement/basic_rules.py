"""基本医保 of one claim: which parameters of the pack are the claim's own, by disease, person and level."""

from counter_app.domain.settlement.bands import Band
from counter_app.domain.settlement.claim import NO_IDENTITY, Claim, Kind
from counter_app.domain.settlement.deductible import Keys, charged
from counter_app.domain.settlement.group import in_group
from counter_app.domain.settlement.past import Past, Span
from counter_app.domain.settlement.policy import BasicRules, CapRule, offsite, read_bands
from counter_app.domain.settlement.reader import Cited, Reader
from counter_app.kernel.money import Fen

_CAPS = {
    Span.STAY: "cap_stay",
    Span.MONTH: "cap_month",
    Span.QUARTER: "cap_quarter",
    Span.YEAR: "cap",
    Span.LIFE: "cap_life",
}


def basic(claim: Claim, reader: Reader) -> BasicRules | None:
    """The rules; None where a parameter or a fact about the claim is missing."""
    stems = _stems(claim, reader)
    keys = Keys(stems, claim.level)
    name = f"{claim.level.words}{claim.kind.words}"
    full = reader.amount(f"{name}的起付线", *keys.leveled("deductible"))
    bands, on_excess = _ratios(claim, keys, reader)
    caps = _caps(claim, keys, reader)
    away = offsite(claim.offsite, reader)
    due = charged(claim, full, keys, reader) if full is not None else None
    if due is None or bands is None or reader.missing:
        return None
    return BasicRules(due, bands, on_excess, caps, away)


def _stems(claim: Claim, reader: Reader) -> tuple[str, ...]:
    """inpatient.2303, inpatient: the narrowest first."""
    kind = claim.kind
    if kind in {Kind.CHRONIC, Kind.TWO_DISEASE} and not claim.disease:
        reader.lacks("不知道是哪个病种")
    identity = () if claim.identity in NO_IDENTITY else (claim.identity,)
    whose = (claim.disease, *identity, *_group(claim, reader))
    return (*(f"{kind}.{who}" for who in whose if who), str(kind))


def _group(claim: Claim, reader: Reader) -> tuple[str, ...]:
    """The pack's group the person is in, if any; asked only where the kind has rules of a group."""
    for name in reader.below("group."):
        if not reader.below(f"{claim.kind}.{name}."):
            continue
        if in_group(name, claim, reader):
            return (name,)
    return ()


def _ratios(
    claim: Claim, keys: Keys, reader: Reader
) -> tuple[tuple[Band, ...] | None, Cited[bool] | None]:
    """One ratio, or amount bands where the narrowest rule that says anything has bands."""
    name = f"{claim.level.words}{claim.kind.words}"
    saying = [stem for stem in keys.stems if _says(stem, keys, reader)]
    one = Keys(tuple(saying[:1]), keys.level)
    if not saying or reader.row(*one.leveled("ratio")):
        ratio = reader.rate(f"{name}的报销比例", *keys.leveled("ratio"))
        return ((Band(None, ratio),) if ratio else None), None
    bands = read_bands(
        reader, name, lambda n: one.of(f"band.{n}.to"), lambda n: one.leveled(f"band.{n}.ratio")
    )
    return bands, reader.said(one.of("band_basis"), {"total": False, "excess": True})


def _says(stem: str, keys: Keys, reader: Reader) -> bool:
    """Whether a stem has a ratio or bands."""
    names = (*Keys((stem,), keys.level).leveled("ratio"), f"{stem}.band.1.to")
    return reader.row(*names) is not None


def _caps(claim: Claim, keys: Keys, reader: Reader) -> tuple[CapRule, ...]:
    """All caps of the claim that are known; a yearly one must be said, if only that there is none."""
    found: list[CapRule] = []
    for span, name in _CAPS.items():
        if span is not Span.YEAR and reader.row(*keys.of(name)) is None:
            continue
        most, _ = reader.limit("基本医保的封顶线", *keys.of(name))
        if most is None:
            continue
        used = _used(claim, span, most, reader)
        if used is not None:
            found.append(CapRule(span, most, used))
    return tuple(found)


def _used(claim: Claim, span: Span, most: Cited[Fen], reader: Reader) -> Fen | None:
    """What of a cap is used: claims of the kinds that count, of the disease where the cap is its own."""
    own = bool(claim.disease) and most.key.startswith(f"{claim.kind}.{claim.disease}.")
    counts = reader.row(f"{claim.kind}.cap_counts")
    kinds = set(counts.value.split()) if counts else {str(claim.kind)}
    pasts = claim.year.within(span, claim.on)
    used = sum(p.basic_paid for p in pasts if _counts(p, claim, kinds, own=own))
    if span is Span.YEAR:
        return used + claim.year.basic_paid
    if span is Span.LIFE:
        if claim.year.life_paid is None:
            reader.lacks("不知道以前各年一共报了多少")
            return None
        return used + claim.year.basic_paid + claim.year.life_paid
    if span in {Span.MONTH, Span.QUARTER} and not claim.year.known:
        reader.lacks(f"不知道这{span.words.removeprefix('一')}以前报了多少")
        return None
    return used


def _counts(past: Past, claim: Claim, kinds: set[str], *, own: bool) -> bool:
    return past.disease == claim.disease if own else str(past.kind) in kinds
