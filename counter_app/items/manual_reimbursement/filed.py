"""The off-site filing a treatment rests on: it decides the off-site state, the clerk only where none is known."""

from counter_app.catalog import filings
from counter_app.catalog.facts import Facts, Hospital
from counter_app.catalog.filings import Filing
from counter_app.domain.filing.category import category
from counter_app.domain.filing.decide import TABLE
from counter_app.domain.settlement.claim import Offsite
from counter_app.forms.answers import Answers
from counter_app.items.manual_reimbursement.parties import insured_key
from counter_app.kernel import dates

FILED = frozenset({Offsite.LONG_TERM, Offsite.REFERRAL, Offsite.TEMPORARY})
_CITY, _PROVINCE = 4, 2
"""Digits of an area's code that name the city and the province."""


def filing(answers: Answers, facts: Facts) -> Filing | None:
    """The filing in force on the day of admission or visit; an admission survives its expiry (art.13)."""
    day, subject = dates.iso(answers.get("begndate")), insured_key(answers)
    return filings.on_day(facts.held, subject, day) if day and subject else None


def state(found: Filing) -> Offsite | None:
    """The off-site state that follows from the filing's category."""
    which = category(found.category)
    return TABLE[which].state if which else None


def covers(found: Filing, hospital: Hospital) -> bool:
    """Whether the hospital lies in a filed city or province; several places may be filed."""
    return any(_inside(hospital.admdvs, place) for place in found.places)


def _inside(area: str, place: str) -> bool:
    if place.endswith("0000"):
        return area[:_PROVINCE] == place[:_PROVINCE]
    return area[:_CITY] == place[:_CITY] if place.endswith("00") else area == place
