"""How far the incentives raise a person's serious-illness cap, for the form that enrols and the one that claims."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from counter_app.catalog import earlier
from counter_app.catalog.facts import Held
from counter_app.domain.enrolment.incentive import (
    Incentive,
    Record,
    covered_years,
    given,
    incentive,
)
from counter_app.domain.person.model import Person
from counter_app.domain.policy.pack import Pack
from counter_app.domain.policy.vocabulary import NONE
from counter_app.domain.settlement.claim import NO_IDENTITY


class Whose(NamedTuple):
    """The person, under which subject key, with which identity, and the years enrolled for just now."""

    person: Person | None
    subject: str
    identity: str = ""
    enrolling: frozenset[int] = frozenset()


class Raised(NamedTuple):
    """`whole` both incentives, its amounts None where something isn't known; `continuous` that one alone."""

    whole: Incentive
    continuous: Incentive


def raised(
    whose: Whose, held: Iterable[Held], year: int, pack: Pack | None, on: dt.date
) -> Raised | None:
    """None where the pack speaks of no incentive, or the person's cap is none or not given.

    Args:
        whose: the person.
        held: what is known of claims (`catalog.earlier`).
        year: of the treatment.
        pack: the region's.
        on: the day whose parameters decide.
    """
    cap = _cap(pack, whose.identity, on)
    if pack is None or cap is None or not given(pack, on):
        return None
    covered = covered_years(whose.person) | whose.enrolling
    years = range(pack.number("incentive.from_year", on) or year, year)
    claimed = earlier.claimed_years(held, whose.subject, years)
    return Raised(
        incentive(Record(covered, claimed), year, cap, pack, on),
        incentive(Record(covered, frozenset(years)), year, cap, pack, on),
    )


def _cap(pack: Pack | None, identity: str, on: dt.date) -> int | None:
    keys = ["serious.cap"]
    if identity not in NO_IDENTITY:
        keys.insert(0, f"serious.{identity}.cap")
    row = next((found for key in keys if pack and (found := pack.find(key, on))), None)
    if pack is None or row is None or row.value == NONE:
        return None
    return pack.amount(row.key, on)
