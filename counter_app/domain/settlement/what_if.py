"""The same bill in other circumstances, side by side: what a clerk can advise before it costs money. Pure.

Nothing here is a promise: every line is settled by the same pack and the same engine, with one thing changed.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from counter_app.domain.policy.pack import Pack
from counter_app.domain.settlement.claim import Claim, Days, Offsite
from counter_app.domain.settlement.kind import Kind, Level
from counter_app.domain.settlement.packs import PackOf
from counter_app.domain.settlement.past import YearSoFar
from counter_app.domain.settlement.settle import (
    NoEstimate,
    Settlement,
    SettlementRange,
    settle,
)

Estimate = Settlement | SettlementRange | NoEstimate


class About(StrEnum):
    """What is changed in a line."""

    FILING = "filing"
    LEVEL = "level"
    DISEASE = "disease"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A line: what is changed, in words, and what would come of it."""

    about: About
    name: str
    estimate: Estimate

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return not isinstance(self.estimate, NoEstimate)


def what_if(
    claim: Claim, pack: Pack, later: Pack | None = None, of_day: PackOf | None = None
) -> tuple[WhatIf, ...]:
    """All lines in the order they are read; those of levels the pack says nothing of are left out.

    Args:
        claim: as it is.
        pack: in force for it.
        later: the pack for the year after, None where there is none yet.
        of_day: gives the packs of other days, as `settle` asks for them; next year's line goes by
            `later` alone, since next year's admission is nobody's yet.

    Raises:
        ScopeFault: as `settle`.
    """
    made = [
        WhatIf(about, name, settle(other, pack, of_day))
        for about, name, other in (
            *_filing(claim),
            *_levels(claim),
            *_recognized(claim, pack),
        )
    ]
    if later is not None:
        made.append(
            WhatIf(About.YEAR, f"明年同样看病（{later.label}）", settle(_next(claim), later))
        )
    return tuple(line for line in made if line.known or line.about is not About.LEVEL)


_Line = tuple[About, str, Claim]
_FILED = ((Offsite.REFERRAL, "去外地，办了转诊备案"), (Offsite.LONG_TERM, "长期在外地，办了备案"))


def _filing(claim: Claim) -> Iterator[_Line]:
    """With and without filing; what has happened in an emergency can't be filed otherwise."""
    if claim.settled is not None:
        return
    if claim.offsite in {Offsite.LOCAL, Offsite.UNFILED}:
        for offsite, name in _FILED:
            yield About.FILING, name, replace(claim, offsite=offsite)
    if claim.offsite is not Offsite.UNFILED:
        yield About.FILING, "去外地，没有备案", replace(claim, offsite=Offsite.UNFILED)
    if claim.offsite is not Offsite.LOCAL:
        yield About.FILING, "在本地看", replace(claim, offsite=Offsite.LOCAL)


def _levels(claim: Claim) -> Iterator[_Line]:
    for level in Level:
        if level is not claim.level and level is not Level.UNRATED:
            yield About.LEVEL, f"在{level.words}看", replace(claim, level=level)


def _recognized(claim: Claim, pack: Pack) -> Iterator[_Line]:
    """An out-patient's bill as that of a recognized disease, for each the pack has a limit of."""
    if claim.kind is not Kind.OUTPATIENT:
        return
    groups = {p.key.split(".")[1] for p in pack.parameters if p.key.startswith("group.")}
    for kind in (Kind.CHRONIC, Kind.TWO_DISEASE):
        named = re.compile(rf"{kind}\.([^.]+)\.cap")
        for parameter in pack.parameters:
            found = named.fullmatch(parameter.key)
            if found and found[1] not in groups and parameter.holds_on(claim.on):
                name = parameter.note.partition("，")[0] or f"病种 {found[1]}"
                words = f"认定了{kind.words}（{name}）"
                yield About.DISEASE, words, replace(claim, kind=kind, disease=found[1])


def _next(claim: Claim) -> Claim:
    """A year later, at the beginning of everything: no other claim lies before it."""
    days = claim.days
    moved = Days(*(_later(day) for day in (days.admission, days.settlement, days.payment)))
    return replace(
        claim,
        on=_later(claim.on) or claim.on,
        days=moved,
        year=YearSoFar(known=True, life_paid=_life_by_then(claim.year)),
        last_year=YearSoFar(known=True),
        age=None if claim.age is None else claim.age + 1,
    )


def _life_by_then(year: YearSoFar) -> int | None:
    """What all years have paid when this one is over, as far as it has come."""
    if year.life_paid is None:
        return None
    return year.life_paid + year.basic_paid + sum(past.basic_paid for past in year.before)


def _later(day: dt.date | None) -> dt.date | None:
    """The same day a year later; 29 February becomes the 28th."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
