"""Incentives on the serious-illness cap (国办发〔2024〕38号 as quoted in FACTS §5).

After so many consecutive years each further year raises the cap; each year without a claim raises
next year's; together at most a share of the original cap. Whether a break restarts the count, and
whether a claim restarts the zero-claim amount, are the pack's readings.
"""

import datetime as dt
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from counter_app.domain.person.model import Person
from counter_app.domain.policy.pack import FACT_GRADES, Pack
from counter_app.kernel.money import Fen, times

_NEEDED = {
    "incentive.from_year": "激励从哪年算起",
    "incentive.continuous_years": "连续参保几年以后有激励",
    "incentive.continuous_amount": "连续参保激励每年提高多少",
    "incentive.zero_claim_amount": "零报销激励每年提高多少",
    "incentive.ceiling_ratio": "两项激励最多提高多少",
    "incentive.broken_restarts": "断保以后连续参保重不重新算",
    "incentive.claim_restarts_zero": "报销以后零报销激励重不重新算",
}


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a person's years; `claimed` None: nobody can say which years had a claim."""

    covered: frozenset[int]
    claimed: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Incentive:
    """How much the cap is raised in a year, in fen; both None where something is missing.

    `firm`: every parameter may be said as fact.
    """

    continuous: Fen | None
    zero_claim: Fen | None
    total: Fen | None
    firm: bool = False
    missing: tuple[str, ...] = ()
    counted: int = 0
    """Consecutive years that count, the year itself included."""


def given(pack: Pack | None, on: dt.date) -> bool:
    """Whether the pack speaks of incentives at all; where it doesn't, nobody is told of any."""
    return pack is not None and pack.find("incentive.from_year", on) is not None


def covered_years(person: Person | None) -> frozenset[int]:
    """Years of the residents' scheme as the roster knows them; other cover is no year of it."""
    years = person.years if person is not None else ()
    return frozenset(y.year for y in years if (y.cover_from or y.paid) and not y.elsewhere)


def incentive(record: Record, year: int, cap: Fen, pack: Pack, on: dt.date) -> Incentive:
    """What a person's cap of the year is raised by.

    Args:
        record: the person's years.
        year: the year of the treatment; it must be covered for anything to be raised.
        cap: the original cap, in fen.
        pack: the region's.
        on: the day whose parameters decide.
    """
    missing = [words for key, words in _NEEDED.items() if pack.find(key, on) is None]
    if record.claimed is None:
        missing.append("以前哪几年报过")
    if missing or record.claimed is None:
        return Incentive(None, None, None, missing=tuple(f"不知道{words}" for words in missing))
    if year not in record.covered:
        return Incentive(0, 0, 0, firm=_firm(pack, on))
    begins = pack.number("incentive.from_year", on) or 0
    restarts = pack.text("incentive.broken_restarts", on) == "yes"
    years = _years(record.covered, year, begins, unbroken=restarts)
    after = pack.number("incentive.continuous_years", on) or 0
    each = pack.amount("incentive.continuous_amount", on) or 0
    continuous = max(len(years) - after, 0) * each
    again = pack.text("incentive.claim_restarts_zero", on) == "yes"
    quiet = _quiet(years - {year}, record.claimed, unbroken=again)
    zero_claim = quiet * (pack.amount("incentive.zero_claim_amount", on) or 0)
    ratio = pack.rate("incentive.ceiling_ratio", on)
    ceiling = times(cap, ratio) if ratio is not None else 0
    return Incentive(
        continuous,
        zero_claim,
        min(continuous + zero_claim, ceiling),
        firm=_firm(pack, on),
        counted=len(years),
    )


def _years(covered: AbstractSet[int], year: int, begins: int, *, unbroken: bool) -> frozenset[int]:
    """The covered years that count: the run that ends with the year, or all of them."""
    counted = {y for y in covered if begins <= y <= year}
    if not unbroken:
        return frozenset(counted)
    first = year
    while first - 1 in counted:
        first -= 1
    return frozenset(range(first, year + 1)) & counted


def _quiet(years: AbstractSet[int], claimed: AbstractSet[int], *, unbroken: bool) -> int:
    """How many years had no claim: since the last one that had, or in all."""
    quiet = years - claimed
    if not unbroken:
        return len(quiet)
    last = max(years & claimed, default=0)
    return sum(y > last for y in quiet)


def _firm(pack: Pack, on: dt.date) -> bool:
    found = (pack.find(key, on) for key in _NEEDED)
    return all(row is not None and row.grade in FACT_GRADES for row in found)
