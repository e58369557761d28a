"""The waiting period after a break in cover or outside the collection period.

国办发〔2024〕38号 as quoted in FACTS §5: fixed 3 months; each further broken year +1 month; each
repaid year −1 month of the variable part; whether the first broken year counts is read differently,
so it is the pack's parameter, as are the floor after some broken years (below which repaying saves
nothing) and the day it starts.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.policy.pack import FACT_GRADES, Pack, Parameter
from counter_app.kernel import dates


class Start(StrEnum):
    """How a member came to enrol, as far as waiting is concerned."""

    NEW = "new"
    CONTINUED = "continued"
    RESUMED = "resumed"
    MOVED_IN = "moved_in"
    NEWBORN = "newborn"


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a person's years before the one enrolled for."""

    covered: frozenset[int]
    known_from: int | None
    """First year the record reaches back to; None: no record at all."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Months to wait, the first day of cover if paid on `paid_on`, and why.

    `missing` names the pack parameter that was not given; then months are None.
    """

    fixed: int | None
    variable: int | None
    broken: tuple[int, ...]
    cover_from: dt.date | None
    paid_on: dt.date
    repay_saves: int
    source: str
    reading: str
    missing: str = ""
    why: str = ""
    firm: bool = True
    """Whether every parameter it was worked out with may be said as fact (grade A or B)."""

    @property
    def total(self) -> int | None:
        """Fixed and variable together, in months."""
        if self.fixed is None or self.variable is None:
            return None
        return self.fixed + self.variable


@dataclass(frozen=True, slots=True)
class Question:
    """One member's enrolment, as the waiting rule asks it."""

    start: Start
    year: int
    in_season: bool
    paid_on: dt.date
    history: History
    birth: dt.date | None = None
    exempt: str = ""
    """Reason code for no waiting, among the pack's `waiting.exempt`."""
    repaid: int = 0
    """Broken years paid for now, at this year's personal rate."""
    begins: dt.date | None = None
    """First day of the year enrolled for where it isn't the calendar's (a student's)."""

    @property
    def first_day(self) -> dt.date:
        """Before it nobody has this year's cover."""
        return self.begins or dt.date(self.year, 1, 1)


_RULE = "waiting.fixed_months"
_COUNTED = (
    _RULE,
    "waiting.months_per_broken_year",
    "waiting.first_broken_year_counts",
    "waiting.count_from_year",
    "waiting.starts",
    "waiting.floor_broken_years",
    "waiting.floor_months",
    "waiting.months_per_repaid_year",
    "waiting.fixed_repayable",
)


def work_out(question: Question, pack: Pack | None) -> Waiting:
    """The waiting period of one member, explained."""
    if question.start is Start.NEWBORN:
        return _newborn(question, pack)
    broken = broken_years(question, pack)
    if question.in_season and not broken:
        return _none(question, "集中缴费期内参保，没有断保", ())
    if question.exempt and pack is not None:
        allowed = (pack.text("waiting.exempt", question.paid_on) or "").split()
        if question.exempt in allowed:
            return _none(question, "属于规则包里不设等待期的情形", broken)
    return _counted(question, pack, broken)


def broken_years(question: Question, pack: Pack | None) -> tuple[int, ...]:
    """The unbroken run of uncovered years right before the year, as far as the record and rule reach."""
    if question.start in {Start.NEW, Start.NEWBORN, Start.MOVED_IN} or pack is None:
        return ()
    reach = question.history.known_from
    count_from = pack.number("waiting.count_from_year", question.paid_on)
    if reach is None or count_from is None:
        return ()
    years: list[int] = []
    year = question.year - 1
    while year >= max(reach, count_from) and year not in question.history.covered:
        years.append(year)
        year -= 1
    return tuple(reversed(years))


def _counted(question: Question, pack: Pack | None, broken: tuple[int, ...]) -> Waiting:
    fixed_row = pack.find(_RULE, question.paid_on) if pack else None
    fixed = pack.number(_RULE, question.paid_on) if pack else None
    per_year = pack.number("waiting.months_per_broken_year", question.paid_on) if pack else None
    first_counts = pack.text("waiting.first_broken_year_counts", question.paid_on) if pack else None
    if (
        pack is None
        or fixed_row is None
        or fixed is None
        or per_year is None
        or first_counts is None
    ):
        return Waiting(
            None,
            None,
            broken,
            None,
            question.paid_on,
            0,
            "",
            "",
            missing="规则包里没有等待期的参数",
        )
    counted = len(broken) if first_counts == "yes" else max(len(broken) - 1, 0)
    fixed, variable = _repaid(question, pack, len(broken), (fixed, counted * per_year))
    if fixed is None or variable is None:
        lacks = "规则包里没有补缴一年少等几个月，也没有固定等待期能不能补"
        return Waiting(None, None, broken, None, question.paid_on, 0, "", "", missing=lacks)
    reading = f"首年{'计入' if first_counts == 'yes' else '不计'}按规则包 {pack.label}"
    return Waiting(
        fixed,
        variable,
        broken,
        _first_day(question, pack, fixed + variable),
        question.paid_on,
        _repay_saves(question, pack, len(broken), variable and per_year, fixed + variable),
        fixed_row.source,
        reading,
        why="断保后再参保" if broken else "在集中缴费期外参保",
        firm=_firm(pack, question.paid_on, _COUNTED),
    )


def _repaid(
    question: Question, pack: Pack, broken: int, months: tuple[int, int]
) -> tuple[int | None, int | None]:
    """Fixed and variable months after repaying: never below the floor of long breaks."""
    fixed, variable = months
    if not question.repaid:
        return fixed, variable
    each = pack.number("waiting.months_per_repaid_year", question.paid_on)
    reading = pack.text("waiting.fixed_repayable", question.paid_on)
    if each is None or reading is None:
        return None, None
    saved = question.repaid * each
    left = max(variable - saved, 0)
    kept = max(fixed - max(saved - variable, 0), 0) if reading == "yes" else fixed
    after = pack.number("waiting.floor_broken_years", question.paid_on)
    floor = pack.number("waiting.floor_months", question.paid_on)
    if after is None or floor is None or broken < after:
        return kept, left
    return kept, max(left, min(floor, fixed + variable) - kept)


def _firm(pack: Pack, on: dt.date, names: tuple[str, ...]) -> bool:
    rows = (pack.find(name, on) for name in names)
    return all(row is None or row.grade in FACT_GRADES for row in rows)


def _repay_saves(question: Question, pack: Pack, broken: int, per_year: int, total: int) -> int:
    after = pack.number("waiting.floor_broken_years", question.paid_on)
    floor = pack.number("waiting.floor_months", question.paid_on)
    if after is None or floor is None or broken < after:
        return per_year
    return max(min(per_year, total - floor), 0)


def _first_day(question: Question, pack: Pack, months: int) -> dt.date | None:
    mode = pack.text("waiting.starts", question.paid_on)
    if mode not in {"day", "month"}:
        return None
    expiry = dates.add_months(question.paid_on, months)
    first = expiry + dt.timedelta(days=1)
    if mode == "month":
        first = dates.add_months(expiry, 1).replace(day=1)
    return max(first, question.first_day)


def _newborn(question: Question, pack: Pack | None) -> Waiting:
    limit = pack.number("newborn.days", question.paid_on) if pack else None
    row = pack.find("newborn.days", question.paid_on) if pack else None
    if question.birth is None or limit is None or row is None:
        return Waiting(
            None,
            None,
            (),
            None,
            question.paid_on,
            0,
            "",
            "",
            missing="规则包里没有新生儿参保的期限",
        )
    if question.year > question.birth.year:
        return _newborns_next_year(question, row)
    if newborn_days(question.birth, question.paid_on) <= limit:
        return Waiting(
            0,
            0,
            (),
            question.birth,
            question.paid_on,
            0,
            row.source,
            "",
            why=f"出生 {limit} 天内，从出生起享受",
            firm=row.grade in FACT_GRADES,
        )
    return _late_newborn(question, pack, row)


def _late_newborn(question: Question, pack: Pack | None, row: Parameter) -> Waiting:
    """Registered after the newborn's days: next day, next month, or the common wait, as the pack reads it."""
    reading = pack.find("newborn.late", question.paid_on) if pack else None
    until = pack.number("newborn.late_until_months", question.paid_on) if pack else None
    past = (
        until is not None
        and question.birth is not None
        and (question.paid_on > dates.add_months(question.birth, until))
    )
    if reading is None:
        missing = f"出生超过 {row.value} 天，规则包没有给起算办法，由中心核定"
        return Waiting(None, None, (), None, question.paid_on, 0, row.source, "", missing=missing)
    if reading.value == "waiting" or past:
        return _counted(question, pack, ())
    first = dates.days_after(question.paid_on, 1)
    if reading.value == "next_month":
        first = dates.add_months(question.paid_on, 1).replace(day=1)
    why = f"出生超过 {row.value} 天，缴费后{'次月' if reading.value == 'next_month' else '次日'}起享受"
    firm = {row.grade, reading.grade} <= FACT_GRADES
    return Waiting(0, 0, (), first, question.paid_on, 0, reading.source, "", why=why, firm=firm)


def _newborns_next_year(question: Question, row: Parameter) -> Waiting:
    """Registered for the year after the birth alone: the year's own rule; from birth is not promised."""
    if question.in_season:
        return _none(question, "集中缴费期内参保", ())
    missing = f"没有登记出生那年，{question.year} 年度从哪天起规则包没有给，由中心核定"
    return Waiting(None, None, (), None, question.paid_on, 0, row.source, "", missing=missing)


def newborn_days(birth: dt.date, on: dt.date) -> int:
    """Days since the birth, 0 on the day itself; a limit of 90 includes the 90th (宁政发〔2018〕75号 art. 10)."""
    return (on - birth).days


def _none(question: Question, why: str, broken: tuple[int, ...]) -> Waiting:
    first = question.first_day
    if not question.in_season:
        first = max(first, question.paid_on + dt.timedelta(days=1))
    return Waiting(0, 0, broken, first, question.paid_on, 0, "", "", why=why)
