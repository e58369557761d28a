"""How long a filing and a promise hold; every number is the pack's (FACTS §3, JS-YD art.11–13)."""

import datetime as dt
from dataclasses import dataclass

from counter_app.domain.filing.category import LONG, Category
from counter_app.domain.policy.pack import Pack, Parameter
from counter_app.kernel import dates

PROMISE_MONTHS = "filing.promise_months"
KEEP_YEARS = "filing.promise_keep_years"
_VALIDITY = "filing.validity.{}_months"
_BENEFIT = "filing.benefit.{}"


@dataclass(frozen=True, slots=True)
class Term:
    """A last or first day that the pack gives, and where it was read; None where it doesn't give one."""

    day: dt.date | None
    months: int | None = None
    source: str = ""


def validity(pack: Pack | None, kind: Category, begins: dt.date, on: dt.date) -> Term:
    """The day until which a temporary filing holds at least; a long-term one has none."""
    if kind in LONG:
        return Term(None)
    return _term(pack, _VALIDITY.format(kind.value), begins, on)


def changeable(pack: Pack | None, promised_on: dt.date, on: dt.date) -> Term:
    """The first day on which a filing by promise may be changed or cancelled."""
    return _term(pack, PROMISE_MONTHS, promised_on, on)


def keep_until(pack: Pack | None, signed_on: dt.date, on: dt.date) -> Term:
    """Until when the agency keeps the signed letter."""
    found = pack.find(KEEP_YEARS, on) if pack else None
    years = pack.number(KEEP_YEARS, on) if pack else None
    if found is None or years is None:
        return Term(None)
    return Term(dates.add_months(signed_on, 12 * years), 12 * years, found.source)


def benefit(pack: Pack | None, kind: Category, on: dt.date) -> Parameter | None:
    """What the pack says of the ratio, in words; None where it says nothing."""
    group = "long" if kind in LONG else kind.value
    return pack.find(_BENEFIT.format(group), on) if pack else None


def _term(pack: Pack | None, key: str, begins: dt.date, on: dt.date) -> Term:
    found = pack.find(key, on) if pack else None
    months = pack.number(key, on) if pack else None
    if found is None or months is None:
        return Term(None)
    return Term(dates.add_months(begins, months), months, found.source)
