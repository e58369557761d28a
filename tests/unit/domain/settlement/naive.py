"""A second calculator from the fact book alone, in fractions; it shares nothing with the engine."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass
class Naive:
    """Yuan as fractions; a None cap is none; `bands` are (to, ratio) with a last `to` of None."""

    deductible: Fraction
    ratio: Fraction
    cap: Fraction | None
    model: str
    k: Fraction
    serious_from: Fraction
    bands: list[tuple[Fraction | None, Fraction]]
    basis: str
    serious_cap: Fraction | None
    prepay_counts: bool
    aid_ratio: Fraction
    aid_from: Fraction
    aid_cap: Fraction | None
    spent: Fraction
    spent_base: Fraction
    spent_aid: Fraction


def to_fen(yuan: Fraction) -> Fraction:
    """Half up to the fen."""
    return Fraction((yuan * 100 + Fraction(1, 2)).__floor__(), 100)


def capped(due: Fraction, cap: Fraction | None, had: Fraction) -> Fraction:
    if cap is None:
        return due
    room = cap - had if cap > had else Fraction(0)
    return min(room, due)


def basic(rule: Naive, in_scope: Fraction) -> Fraction:
    """The three off-site models as the fact book writes them (§3)."""
    if rule.model == "prepay":
        due = (in_scope * (1 - rule.k) - rule.deductible) * rule.ratio
    elif rule.model == "minus_pp":
        lowered = rule.ratio - rule.k
        due = (in_scope - rule.deductible) * (max(0, lowered))
    elif rule.model == "multiply":
        due = (in_scope - rule.deductible) * rule.ratio * rule.k
    else:
        due = (in_scope - rule.deductible) * rule.ratio
    return capped(to_fen(due) if due > 0 else Fraction(0), rule.cap, rule.spent)


def ladder(rule: Naive, own: Fraction) -> Fraction:
    """What serious illness pays on a year's own share, before rounding and cap (§4.5)."""
    if own <= rule.serious_from:
        return Fraction(0)
    paid, below = Fraction(0), Fraction(0)
    for to, ratio in rule.bands:
        if rule.basis == "total":
            low, high = max(below, rule.serious_from), own if to is None else min(own, to)
        else:
            low = below
            high = own - rule.serious_from if to is None else min(own - rule.serious_from, to)
        paid += max(high - low, Fraction(0)) * ratio
        below = to if to is not None else below
    return paid


def serious(rule: Naive, own: Fraction) -> Fraction:
    had = ladder(rule, rule.spent_base)
    due = to_fen(ladder(rule, rule.spent_base + own) - had)
    return capped(due, rule.serious_cap, to_fen(had))


def aid(rule: Naive, own: Fraction) -> Fraction:
    due = (own - rule.aid_from) * rule.aid_ratio
    return capped(to_fen(due) if due > 0 else Fraction(0), rule.aid_cap, rule.spent_aid)


def settle(rule: Naive, in_scope: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    """What basic insurance, serious illness and aid pay."""
    first = basic(rule, in_scope)
    own = in_scope - first
    ahead = to_fen(in_scope * (1 - rule.k)) if rule.model == "prepay" else in_scope
    counted = own if rule.prepay_counts else own - (in_scope - ahead)
    second = serious(rule, counted)
    return first, second, aid(rule, own - second)
