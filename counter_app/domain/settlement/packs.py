"""Which pack a deciding day belongs to, for a claim whose days lie in more than one year. Pure.

A claim goes by the pack of its own day. A parameter that goes by another day (`effective_by`) of
another year is read from that year's pack: of a stay over New Year what goes by admission.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from counter_app.domain.policy.pack import Pack
from counter_app.domain.settlement.claim import Claim

PackOf = Callable[[dt.date], Pack | None]
"""The pack of a day, None where there is none (`policy.shelf.Shelf.on`)."""


@dataclass(frozen=True, slots=True)
class Packs:
    """The claim's own pack with its year, and what gives those of other years.

    `of_day` None: nobody knows other packs, the claim's own speaks for every day.
    """

    own: Pack
    year: int
    of_day: PackOf | None = None

    def of(self, day: dt.date) -> Pack | None:
        """The pack a parameter that goes by the day is read from; None where that year has none."""
        if self.of_day is None or day.year == self.year:
            return self.own
        return self.of_day(day)

    def at(self, day: dt.date) -> "Packs | None":
        """The packs of a part that is settled by another year; None where that year has none."""
        own = self.of(day)
        return Packs(own, day.year, self.of_day) if own is not None else None

    def label(self, claim: Claim) -> str:
        """示范县 2026.1; with those of other years that were looked into: 示范县 2026.1、示范县 2025.1."""
        found = {pack.label: None for pack in (self.own, *self._others(claim))}
        return "、".join(found)

    def _others(self, claim: Claim) -> Iterator[Pack]:
        by = {parameter.effective_by for parameter in self.own.parameters}
        for name in ("admission", "settlement", "payment"):
            day = claim.day(name)
            split = name == "admission" and claim.before_new_year is not None
            other = self.of(day) if day is not None and (name in by or split) else None
            if other is not None:
                yield other


def no_pack(day: dt.date) -> str:
    """What is said where a year has no pack."""
    return f"没有 {day.year} 年的规则包"
