"""大额 and 公务员补助 of one claim, read from a pack that has them: everything is said or named as missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from counter_app.domain.policy.vocabulary import EVERYBODY, SUPPLEMENT
from counter_app.domain.settlement.claim import Claim
from counter_app.domain.settlement.group import in_group
from counter_app.domain.settlement.kind import Kind
from counter_app.domain.settlement.policy import SEQUENCE, SupplementRules, read_bands
from counter_app.domain.settlement.reader import Cited, Reader
from counter_app.domain.settlement.supplement import Supplement

_OTHER = {Supplement.LARGE: Supplement.CIVIL, Supplement.CIVIL: Supplement.LARGE}
_TIMES = {"year": True, "stay": False}
_BASIS = {"total": False, "excess": True}


@dataclass(frozen=True, slots=True)
class Supplements:
    """The claim's supplements that are wholly said, and the order of all tiers."""

    rules: Mapping[str, SupplementRules]
    order: tuple[str, ...]


def supplements(claim: Claim, readers: Mapping[str, Reader]) -> Supplements:
    """Those the pack has on the claim's day and the claim goes through.

    Args:
        claim: whose kind, person and day decide.
        readers: by name of the supplement; what is missing is noted there.
    """
    there = [which for which in Supplement if _has(which, readers[which])]
    after = {which: _after(which, there, readers[which]) for which in there}
    through = [which for which in there if _goes_through(which, claim, readers[which])]
    if through and not _ordered(after, through):
        both = "和".join(which.words for which in there)
        readers[through[0]].lacks(f"规则包里没有{both}哪个先算")
    found = {which: _rules(which, after[which], readers[which]) for which in through}
    return Supplements({k: v for k, v in found.items() if v}, _order(after, through))


def _has(which: Supplement, reader: Reader) -> bool:
    """Whether the pack says anything of it on the claim's day."""
    if not reader.below(f"{which}."):
        return False
    names = (*SUPPLEMENT, "band.1.to", "band.1.ratio")
    return any(reader.row(f"{which}.{name}") is not None for name in names)


def _after(which: Supplement, there: list[Supplement], reader: Reader) -> Cited[str] | None:
    other = _OTHER[which]
    what = f"{which.words}排在哪一步后面"
    found = reader.word(what, (*SEQUENCE, str(other)), f"{which}.after")
    if found is not None and found.value == other and other not in there:
        reader.lacks(f"规则包把{which.words}排在{other.words}后面，却没有{other.words}")
    return found


def _ordered(after: Mapping[Supplement, Cited[str] | None], through: list[Supplement]) -> bool:
    """Whether no two of the claim's stand at one place, and not each after the other."""
    places = [said.value for which in through if (said := after[which])]
    circle = {said.value for said in after.values() if said} == set(Supplement)
    return len(places) == len(set(places)) and not circle


def _goes_through(which: Supplement, claim: Claim, reader: Reader) -> bool:
    """Kind and person; what is missing for it makes the claim go through, so that it is said."""
    kinds = reader.said_words(f"{which.words}管哪几类费用", tuple(Kind), f"{which}.kinds")
    if kinds is not None and claim.kind not in kinds.value.split():
        return False
    who = reader.said_words(f"{which.words}给哪些人", (), f"{which}.who")
    if kinds is None or who is None:
        return True
    return _covered(who.value.split(), which, claim, reader)


def _covered(who: list[str], which: Supplement, claim: Claim, reader: Reader) -> bool:
    if who == [EVERYBODY] or claim.identity in who:
        return True
    groups = [one for one in who if not one.isdecimal()]
    told = len(reader.missing)
    for name in groups:
        if not reader.below(f"group.{name}."):
            reader.lacks(f"规则包没有写{which.words}的 {name} 是哪些人")
        elif in_group(name, claim, reader):
            # in one of them is enough, whatever isn't known for the others
            del reader.missing[told:]
            return True
    return len(reader.missing) > told


def _rules(which: Supplement, after: Cited[str] | None, reader: Reader) -> SupplementRules | None:
    name = which.words
    base = _choice(f"{name}按什么算", {"over_cap": True, "own": False}, f"{which}.base", reader)
    counted = _choice(f"{name}的起付线和分段一年算还是一次算", _TIMES, f"{which}.counted", reader)
    on_excess = _choice(f"{name}分段怎么读", _BASIS, f"{which}.band_basis", reader)
    deductible = reader.amount(f"{name}的起付线", f"{which}.deductible")
    bands = read_bands(
        reader,
        name,
        lambda n: (f"{which}.band.{n}.to",),
        lambda n: (f"{which}.band.{n}.ratio",),
    )
    cap, said = reader.limit(f"{name}的封顶线", f"{which}.cap")
    kinds = reader.said_words(f"{name}管哪几类费用", tuple(Kind), f"{which}.kinds")
    who = reader.said_words(f"{name}给哪些人", (), f"{which}.who")
    if base is None or counted is None or on_excess is None or bands is None or not said:
        return None
    if after is None or kinds is None or who is None or deductible is None:
        return None
    used = (after, kinds, who)
    return SupplementRules(which, base, counted, on_excess, deductible, bands, cap, used)


def _choice(
    what: str, meanings: Mapping[str, bool], key: str, reader: Reader
) -> Cited[bool] | None:
    found = reader.word(what, tuple(meanings), key)
    if found is None:
        return None
    return Cited(meanings[found.value], found.source, found.grade, found.key)


def _order(
    after: Mapping[Supplement, Cited[str] | None], through: list[Supplement]
) -> tuple[str, ...]:
    """The sequence with the claim's supplements; one whose place isn't known stands before all that hangs on it."""
    order = list[str](SEQUENCE)
    waiting = {which: said.value if said else SEQUENCE[0] for which, said in after.items()}
    for _ in range(len(waiting)):
        for which, place in tuple(waiting.items()):
            if place in order:
                order.insert(order.index(place) + 1, which)
                del waiting[which]
    order[1:1] = waiting
    return tuple(name for name in order if name in SEQUENCE or name in through)
