"""What a person's earlier claims have cost: from the roster, and this station's own not sent yet.

Each earlier claim is kept singly, so that every deductible mode and every cap can ask for its own
time; totals that the centre gives without the single claims are added. Amounts are fen.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.settlement.kind import Kind, Level
from counter_app.domain.settlement.supplement import Supplement
from counter_app.kernel.money import Fen


class Span(StrEnum):
    """A time an amount is counted over; also how caps are named in a pack."""

    STAY = "stay"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    LIFE = "life"

    @property
    def words(self) -> str:
        """一年."""
        return _SPANS[self]

    def same(self, one: dt.date, other: dt.date) -> bool:
        """Whether two days lie in the same span."""
        return _SAME[self](one, other)


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier claim of the same person.

    Attributes:
        kind: what was claimed.
        on: day of discharge or visit.
        level: the institution's.
        hospital: its code, "" unknown.
        disease: of a chronic or two-disease claim.
        deductible: as taken.
        deductible_full: whether the whole deductible of that visit was reached.
        basic_paid: what basic insurance paid.
        serious_base: the own share that counted towards serious illness.
        aid_base: what medical aid was reckoned of.
        aid_paid: what medical aid paid.
        large_base: what 大额 was reckoned of.
        large_paid: what it paid.
        civil_base: what 公务员补助 was reckoned of.
        civil_paid: what it paid.
        joined: one stay with the one before it, by transfer; no admission of its own.
        unsent: taken at this station and not at the centre yet.
        case_no: whose.
        total: the whole bill of the stay, 0 unknown or the part of it before the year's end.
    """

    kind: Kind
    on: dt.date
    level: Level = Level.UNRATED
    hospital: str = ""
    disease: str = ""
    deductible: Fen = 0
    deductible_full: bool = True
    basic_paid: Fen = 0
    serious_base: Fen = 0
    aid_base: Fen = 0
    aid_paid: Fen = 0
    joined: bool = False
    unsent: bool = False
    case_no: str = ""
    large_base: Fen = 0
    large_paid: Fen = 0
    civil_base: Fen = 0
    civil_paid: Fen = 0
    total: Fen = 0

    @property
    def supplements(self) -> dict[Supplement, tuple[Fen, Fen]]:
        """Of each supplement what it was reckoned of and what it paid."""
        return {
            Supplement.LARGE: (self.large_base, self.large_paid),
            Supplement.CIVIL: (self.civil_base, self.civil_paid),
        }


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """What the year has cost before this claim; `known` False: nobody could tell, taken as 0.

    Attributes:
        basic_paid: what basic insurance has paid towards its yearly cap, besides `before`.
        serious_base: the own share in scope that counts towards serious illness, besides `before`.
        aid_paid: what medical aid has paid towards its cap, besides `before`.
        known: whether the figures come from a record.
        before: single earlier claims.
        aid_base: what medical aid was reckoned of, besides `before`.
        life_paid: what basic insurance has paid in all years before this one, None unknown.
    """

    basic_paid: Fen = 0
    serious_base: Fen = 0
    aid_paid: Fen = 0
    known: bool = False
    before: tuple[Past, ...] = ()
    aid_base: Fen = 0
    life_paid: Fen | None = None

    def within(self, span: Span, on: dt.date) -> tuple[Past, ...]:
        """The earlier claims of the span the day lies in."""
        return tuple(past for past in self.before if span.same(past.on, on))

    def serious_before(self, on: dt.date) -> Fen:
        """The own share of the year that counts towards serious illness."""
        return self.serious_base + sum(p.serious_base for p in self.within(Span.YEAR, on))

    def aid_before(self, on: dt.date) -> tuple[Fen, Fen]:
        """What medical aid was reckoned of in the year, and what it paid."""
        pasts = self.within(Span.YEAR, on)
        base = self.aid_base + sum(p.aid_base for p in pasts)
        return base, self.aid_paid + sum(p.aid_paid for p in pasts)

    def supplement_before(self, which: Supplement, on: dt.date) -> tuple[Fen, Fen]:
        """What a supplement was reckoned of in the year, and what it paid, as far as `before` tells."""
        found = [p.supplements[which] for p in self.within(Span.YEAR, on)]
        return sum(base for base, _ in found), sum(paid for _, paid in found)

    def spent(self, on: dt.date) -> bool:
        """Whether anything at all is known to have been paid or counted in the year."""
        totals = (self.basic_paid, self.serious_base, self.aid_paid, self.aid_base)
        return any(totals) or bool(self.within(Span.YEAR, on))


_SPANS = {
    Span.STAY: "一次",
    Span.MONTH: "一个月",
    Span.QUARTER: "一个季度",
    Span.YEAR: "一年",
    Span.LIFE: "一生",
}
_SAME: dict[Span, Callable[[dt.date, dt.date], bool]] = {
    Span.STAY: lambda _one, _other: False,
    Span.MONTH: lambda a, b: (a.year, a.month) == (b.year, b.month),
    Span.QUARTER: lambda a, b: (a.year, (a.month - 1) // 3) == (b.year, (b.month - 1) // 3),
    Span.YEAR: lambda a, b: a.year == b.year,
    Span.LIFE: lambda _one, _other: True,
}
