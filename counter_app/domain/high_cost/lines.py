"""The lines of a pack, and which of them a year's own share passes.

Keys: `warning.own_share.<n>` for everybody, `warning.<mat_idet_code>.own_share.<n>` for an identity,
which then has only its own; n from 1, each the amount in yuan that must be passed. A pack that gives
none warns of nobody.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from counter_app.domain.policy.pack import Pack, Parameter
from counter_app.kernel.money import Fen, parse_yuan

MOST_LINES = 9
_NO_IDENTITY = frozenset({"", "0"})


class Spent(NamedTuple):
    """What one claim left to the person: the day of discharge or visit, fen, None where nobody could tell."""

    on: dt.date
    own: Fen | None


@dataclass(frozen=True, slots=True)
class OwnShare:
    """A person's year: `own` in fen is what is certain, `claims` how many, `unknown` of them uncounted."""

    year: int
    own: Fen
    claims: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Passed:
    """The highest line passed: which one, its amount in fen, where it was read and how far it is trusted."""

    number: int
    amount: Fen
    source: str
    grade: str


def of_year(spent: Iterable[Spent], year: int) -> OwnShare:
    """What is certain of a year."""
    mine = [one.own for one in spent if one.on.year == year]
    known = [own for own in mine if own is not None]
    return OwnShare(year, sum(known), len(mine), len(mine) - len(known))


def passed(pack: Pack | None, identity: str, share: OwnShare, on: dt.date) -> Passed | None:
    """The highest line the own share is above, None where there is none or the pack gives none."""
    if pack is None:
        return None
    own = [] if identity in _NO_IDENTITY else _lines(pack, f"warning.{identity}.own_share", on)
    found = [
        Passed(number, amount, row.source, row.grade)
        for number, row in own or _lines(pack, "warning.own_share", on)
        if (amount := parse_yuan(row.value)) is not None and share.own > amount
    ]
    return max(found, key=lambda line: line.amount, default=None)


def _lines(pack: Pack, key: str, on: dt.date) -> list[tuple[int, Parameter]]:
    rows = ((n, pack.find(f"{key}.{n}", on)) for n in range(1, MOST_LINES + 1))
    return [(n, row) for n, row in rows if row is not None]
