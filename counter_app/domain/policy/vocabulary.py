"""Every key a pack may have, with the unit of its value; anything else is a typing error.

`<kind>` is what is claimed, `<level>` an institution's, `<state>` where treatment was (claim.py
writes them), `<code>` a mat_idet_code, `<who>` optional: a disease (M03900 or a plain word), an
identity or a group the pack defines, the narrower before the wider. `<n>` counts from 1.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

DECIDING = ("admission", "discharge", "settlement", "payment")
"""Whose day decides whether a parameter holds (`effective_by`)."""
GRADES = frozenset({"A", "B", "C", "G", "invented"})
NONE = "none"
"""A source says there is no limit."""


class Unit(StrEnum):
    """What a value is counted in."""

    YUAN = "yuan"
    LIMIT = "yuan_or_none"
    """An amount, or `none` where a source says there is no limit."""
    RATIO = "ratio"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    AGE = "age"
    YEAR = "year"
    MONTH = "month"
    """A month of the calendar, 1–12."""
    DATE = "date"
    WORD = "word"
    WORDS = "words"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Shape:
    """A family of keys.

    Attributes:
        written: the key with its placeholders.
        unit: of its values.
        among: the words a value may be (WORD) or be made of (WORDS); empty for any.
    """

    written: str
    unit: Unit
    among: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The keys of the family."""
        return re.compile(re.sub(r"<(\w+)>", lambda m: _PLACES[m[1]], re.escape(self.written)))


_KINDS = "inpatient|outpatient|chronic|two_disease"
_LEVELS = "township|primary|secondary|tertiary|provincial|unrated"
_STATES = "long_term|referral|emergency|temporary|unfiled"
_PLACES: Mapping[str, str] = {
    "kind": f"(?P<kind>{_KINDS})",
    "level": rf"(?:\.(?P<level>{_LEVELS}))?",
    "who": r"(?:\.(?P<who>[0-9]{1,6}|[A-Z][0-9]{5}|[a-z][a-z_]*))?",
    "code": r"(?P<code>[0-9]{1,6})",
    "tilt": r"(?:\.(?P<code>[0-9]{1,6}))?",
    "n": r"(?P<n>[1-9])",
    "state": f"(?P<state>{_STATES})",
    "year": r"(?P<year>20[0-9]{2})",
    "group": r"(?P<group>[a-z][a-z_]*)",
    "filing": r"(?P<filing>referral|other|retired|residing|working|long)",
}
_YES_NO = ("yes", "no")
_BASIS = ("total", "excess")

EVERYBODY = "all"
"""Of `who`: no person is excepted."""
SUPPLEMENT = ("kinds", "who", "after", "base", "counted", "deductible", "band_basis", "cap")
"""What a section of a supplement must say besides its bands; none of it has a default (decision 024)."""


def _supplement(name: str, other: str) -> tuple[Shape, ...]:
    """The keys of large_amount or civil_servant."""
    return (
        Shape(f"{name}.kinds", Unit.WORDS, tuple(_KINDS.split("|"))),
        Shape(f"{name}.who", Unit.WORDS),
        Shape(f"{name}.after", Unit.WORD, ("basic", "serious", "aid", other)),
        Shape(f"{name}.base", Unit.WORD, ("over_cap", "own")),
        Shape(f"{name}.counted", Unit.WORD, ("year", "stay")),
        Shape(f"{name}.deductible", Unit.YUAN),
        Shape(f"{name}.band_basis", Unit.WORD, _BASIS),
        Shape(f"{name}.band.<n>.to", Unit.LIMIT),
        Shape(f"{name}.band.<n>.ratio", Unit.RATIO),
        Shape(f"{name}.cap", Unit.LIMIT),
    )


BENEFITS = (
    Shape("<kind><who>.deductible<level>", Unit.YUAN),
    Shape(
        "<kind><who>.deductible_mode",
        Unit.WORD,
        ("stay", "year", "quarter", "month", "hospital_year", "year_topup"),
    ),
    Shape("<kind><who>.step.<n>.factor", Unit.RATIO),
    Shape("<kind><who>.step.<n>.deductible<level>", Unit.YUAN),
    Shape("<kind><who>.ratio<level>", Unit.RATIO),
    Shape("<kind><who>.band.<n>.to", Unit.LIMIT),
    Shape("<kind><who>.band.<n>.ratio<level>", Unit.RATIO),
    Shape("<kind><who>.band_basis", Unit.WORD, _BASIS),
    Shape("<kind><who>.cap", Unit.LIMIT),
    Shape("<kind><who>.cap_stay", Unit.LIMIT),
    Shape("<kind><who>.cap_month", Unit.LIMIT),
    Shape("<kind><who>.cap_quarter", Unit.LIMIT),
    Shape("<kind><who>.cap_life", Unit.LIMIT),
    Shape("<kind>.cap_counts", Unit.WORDS, tuple(_KINDS.split("|"))),
    Shape("<kind>.then", Unit.WORD, ("serious aid", "serious", "aid", NONE)),
    Shape("inpatient.crossing", Unit.WORD, ("whole", "split")),
    Shape("inpatient.crossing_deductible", Unit.WORD, ("once", "each")),
    Shape("inpatient.transfer", Unit.WORD, ("each", "difference", NONE)),
    Shape("inpatient.transfer_days", Unit.DAYS),
    Shape("identity.by", Unit.WORD, ("admission", "discharge", "settlement")),
    Shape("rounding", Unit.WORD, ("item", "tier", "total")),
    Shape("group.<group>.psn_type", Unit.WORDS),
    Shape("group.<group>.from_age", Unit.AGE),
    Shape("group.<group>.below_age", Unit.AGE),
    Shape("offsite.model", Unit.WORD, ("prepay", "minus_pp", "multiply")),
    Shape("offsite.<state>.k", Unit.RATIO),
    Shape("offsite.<state>.k_most", Unit.RATIO),
    Shape("offsite.undesignated", Unit.WORD, ("pay", "refuse")),
    Shape("serious<tilt>.deductible", Unit.YUAN),
    Shape("serious.<code>.deductible_factor", Unit.RATIO),
    Shape("serious.<code>.added_points", Unit.RATIO),
    Shape("serious<tilt>.cap", Unit.LIMIT),
    Shape("serious<tilt>.band_basis", Unit.WORD, _BASIS),
    Shape("serious<tilt>.band.<n>.to", Unit.LIMIT),
    Shape("serious<tilt>.band.<n>.ratio", Unit.RATIO),
    Shape("serious<tilt>.base.prepay", Unit.WORD, _YES_NO),
    Shape("serious<tilt>.base.preselfpay", Unit.WORD, _YES_NO),
    Shape("serious<tilt>.base.overlmt", Unit.WORD, _YES_NO),
    Shape("serious<tilt>.base.over_cap", Unit.WORD, _YES_NO),
    Shape("aid.<code>.ratio", Unit.RATIO),
    Shape("aid.<code>.deductible", Unit.YUAN),
    Shape("aid.<code>.deductible_mode", Unit.WORD, ("stay", "year")),
    Shape("aid.<code>.cap", Unit.LIMIT),
    Shape("aid.base.prepay", Unit.WORD, _YES_NO),
    Shape("aid.base.preselfpay", Unit.WORD, _YES_NO),
    Shape("aid.base.overlmt", Unit.WORD, _YES_NO),
    *_supplement("large_amount", "civil_servant"),
    *_supplement("civil_servant", "large_amount"),
)
"""待遇: what a settlement asks for."""
ENROLMENT = (
    Shape("enrolment.<year>.begin", Unit.DATE),
    Shape("enrolment.<year>.end", Unit.DATE),
    Shape("enrolment.promise", Unit.TEXT),
    Shape("enrolment.student.from_month", Unit.MONTH),
    Shape("contribution.<year>.person", Unit.YUAN),
    Shape("contribution.<year>.person_least", Unit.YUAN),
    Shape("contribution.<year>.subsidy_least", Unit.YUAN),
    Shape("contribution.<year>.own.<code>", Unit.YUAN),
    Shape("waiting.fixed_months", Unit.MONTHS),
    Shape("waiting.months_per_broken_year", Unit.MONTHS),
    Shape("waiting.months_per_repaid_year", Unit.MONTHS),
    Shape("waiting.fixed_repayable", Unit.WORD, _YES_NO),
    Shape("waiting.repaid_rate", Unit.WORD, ("enrolled", "paid")),
    Shape("waiting.first_broken_year_counts", Unit.WORD, _YES_NO),
    Shape("waiting.count_from_year", Unit.YEAR),
    Shape("waiting.floor_broken_years", Unit.YEARS),
    Shape("waiting.floor_months", Unit.MONTHS),
    Shape("waiting.starts", Unit.WORD, ("day", "month")),
    Shape("waiting.exempt", Unit.WORDS),
    Shape("waiting.employee_ended_days", Unit.DAYS),
    Shape("newborn.days", Unit.DAYS),
    Shape("newborn.late", Unit.WORD, ("next_day", "next_month", "waiting")),
    Shape("newborn.late_until_months", Unit.MONTHS),
    Shape("incentive.from_year", Unit.YEAR),
    Shape("incentive.continuous_years", Unit.YEARS),
    Shape("incentive.continuous_amount", Unit.YUAN),
    Shape("incentive.continuous_amount_least", Unit.YUAN),
    Shape("incentive.zero_claim_amount", Unit.YUAN),
    Shape("incentive.zero_claim_amount_least", Unit.YUAN),
    Shape("incentive.ceiling_ratio", Unit.RATIO),
    Shape("incentive.broken_restarts", Unit.WORD, _YES_NO),
    Shape("incentive.claim_restarts_zero", Unit.WORD, _YES_NO),
    Shape("duplicate.keep", Unit.WORD, ("employee", "in_use")),
    Shape("correction.days", Unit.DAYS),
    Shape("payment.where", Unit.TEXT),
)
"""参保: who, when, how much, from when."""
OFFICE = (
    Shape("filing.promise", Unit.TEXT),
    Shape("filing.validity.<filing>_months", Unit.MONTHS),
    Shape("filing.promise_months", Unit.MONTHS),
    Shape("filing.promise_keep_years", Unit.YEARS),
    Shape("filing.benefit.<filing>", Unit.TEXT),
    Shape("filing.late_until", Unit.WORD, ("settlement", "admission", NONE)),
    Shape("filing.many_places", Unit.WORD, ("proof", NONE)),
    Shape("claim.promised_days.special", Unit.WORKING_DAYS),
    Shape("claim.promised_days.normal", Unit.WORKING_DAYS),
    Shape("claim.promised_days.small", Unit.WORKING_DAYS),
    Shape("claim.small_below", Unit.YUAN),
    Shape("claim.until_months", Unit.MONTHS),
    Shape("claim.until_next_year", Unit.TEXT),
    Shape("warning.own_share.<n>", Unit.YUAN),
    Shape("warning.<code>.own_share.<n>", Unit.YUAN),
    Shape("claim.account_holders", Unit.WORDS),
)
"""备案 and 手工报销: what the office promises and how long a filing holds."""
SHAPES = BENEFITS + ENROLMENT + OFFICE
_COMPILED = tuple((shape, shape.pattern) for shape in SHAPES)


@dataclass(frozen=True, slots=True)
class Known:
    """A key read by its shape: `parts` are the placeholders it fills."""

    shape: Shape
    parts: Mapping[str, str]


def known(key: str) -> Known | None:
    """What the key is, or None where no shape fits."""
    for shape, pattern in _COMPILED:
        found = pattern.fullmatch(key)
        if found:
            return Known(shape, {k: v for k, v in found.groupdict().items() if v})
    return None


def examples() -> Iterator[str]:
    """One key of every shape, for who typed one wrong."""
    fills = {"kind": "inpatient", "level": ".secondary", "who": "", "tilt": "", "code": "2303"}
    fills |= {"n": "1", "state": "referral", "year": "2026", "group": "child", "filing": "referral"}
    for shape in SHAPES:
        yield re.sub(r"<(\w+)>", lambda m: fills[m[1]], shape.written)
