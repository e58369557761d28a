"""The decision table of off-site filing (FACTS §3; 苏医保发〔2022〕75号 art. 7–20, 25 [A]).

A row a category: by what it is proved, over which routes, and what a treatment under it counts as;
how long it holds and when it may be changed are the pack's months (`period`, `category.LONG`). Readings that provinces may word otherwise are parameters:
`filing.late_until` (until when an admission may still be filed for) and `filing.many_places`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.filing.category import Category
from counter_app.domain.policy.pack import Pack
from counter_app.domain.settlement.claim import Offsite


class Material(StrEnum):
    """By what a filing is proved, besides the identity."""

    PROOF = "proof"
    """居住证明, 单位证明, 户口簿."""
    PROMISE = "promise"
    """个人承诺书."""
    REFERRAL = "referral"
    """转诊证明, or the hospital files by itself."""
    NOTHING = "nothing"


class Route(StrEnum):
    """Where a filing is made."""

    WINDOW = "window"
    ONLINE = "online"
    HOSPITAL = "hospital"


@dataclass(frozen=True, slots=True)
class Row:
    """What holds for a category.

    Attributes:
        materials: any one of them is enough.
        routes: where it may be filed; empty: needs no filing.
        state: what a treatment under it counts as.
    """

    materials: frozenset[Material]
    routes: frozenset[Route]
    state: Offsite


_EITHER = frozenset({Material.PROOF, Material.PROMISE})
_DESKS = frozenset({Route.WINDOW, Route.ONLINE})
_RESIDENT = Row(_EITHER, _DESKS, state=Offsite.LONG_TERM)
TABLE: Mapping[Category, Row] = {
    Category.RETIRED: _RESIDENT,
    Category.RESIDING: _RESIDENT,
    Category.WORKING: _RESIDENT,
    Category.REFERRAL: Row(
        frozenset({Material.REFERRAL}),
        _DESKS | {Route.HOSPITAL},
        state=Offsite.REFERRAL,
    ),
    Category.OTHER: Row(frozenset({Material.NOTHING}), _DESKS, state=Offsite.TEMPORARY),
    Category.EMERGENCY: Row(frozenset({Material.NOTHING}), frozenset(), state=Offsite.EMERGENCY),
}


def may_file(kind: Category, route: Route, material: Material) -> bool:
    """Whether the category is filed over this route with this material."""
    row = TABLE[kind]
    return route in row.routes and material in row.materials


def many_places(pack: Pack | None, places: int, on: dt.date, *, promised: bool) -> str:
    """Why so many places can't be filed, "" where they can: "proof" or "one" place only.

    Without a reading in the pack several places need proof, as in art. 11.
    """
    if places < 2:
        return ""
    if pack is not None and pack.text("filing.many_places", on) == "none":
        return "one"
    return "proof" if promised else ""


def in_time(
    pack: Pack | None, admitted: dt.date, filed: dt.date, settled: dt.date | None, on: dt.date
) -> bool | None:
    """Whether a filing still counts for an admission; None where the pack doesn't say and it matters.

    Filed before the admission it always does. `settled` None: not settled at discharge yet.
    """
    if filed < admitted:
        return True
    until = pack.text("filing.late_until", on) if pack is not None else None
    if until == "settlement":
        return settled is None or filed < settled
    if until == "admission":
        return filed == admitted
    return False if until == "none" else None


def holds_for(begins: dt.date, ends: dt.date | None, admitted: dt.date) -> bool:
    """Whether a filing covers a treatment: in force on the day it began; it survives expiry (art. 13)."""
    return begins <= admitted and (ends is None or admitted <= ends)
