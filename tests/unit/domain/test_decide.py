"""The decision table of off-site filing, row by row, and each ambiguous reading both ways (FACTS §3)."""

import datetime as dt
from dataclasses import replace
from itertools import product

import pytest

from counter_app.domain.filing import decide
from counter_app.domain.filing.category import LONG, Category
from counter_app.domain.filing.decide import Material, Route
from counter_app.domain.settlement.claim import Offsite
from tests.unit.domain.packs import pack_with

ON = dt.date(2026, 11, 23)
LATE = ("settlement", "admission", "none")
FILED = {
    # category: routes, materials, what a treatment counts as
    Category.RETIRED: ("window online", "proof promise", "long_term"),
    Category.RESIDING: ("window online", "proof promise", "long_term"),
    Category.WORKING: ("window online", "proof promise", "long_term"),
    Category.REFERRAL: ("window online hospital", "referral", "referral"),
    Category.OTHER: ("window online", "nothing", "temporary"),
    Category.EMERGENCY: ("", "nothing", "emergency"),
}


@pytest.mark.parametrize("kind", list(Category))
def test_each_row_over_each_route_with_each_material(kind: Category) -> None:
    routes, materials, state = FILED[kind]
    for route, material in product(Route, Material):
        wanted = route in routes.split() and material in materials.split()
        assert decide.may_file(kind, route, material) is wanted, (route, material)
    assert decide.TABLE[kind].state is Offsite(state)
    assert (Material.PROMISE in decide.TABLE[kind].materials) == (kind in LONG)


@pytest.mark.parametrize(
    ("reading", "places", "promised", "why"),
    [
        ("proof", 1, True, ""),
        ("proof", 2, True, "proof"),
        ("proof", 2, False, ""),
        ("none", 1, False, ""),
        ("none", 2, False, "one"),
        ("none", 2, True, "one"),
        (None, 2, True, "proof"),
        (None, 2, False, ""),
    ],
)
def test_many_places(reading: str | None, places: int, promised: bool, why: str) -> None:
    pack = pack_with({"filing.many_places": reading})
    assert decide.many_places(pack, places, ON, promised=promised) == why
    if reading is None:
        assert decide.many_places(None, places, ON, promised=promised) == why


def day(offset: int) -> dt.date:
    return ON + dt.timedelta(days=offset)


@pytest.mark.parametrize(
    ("reading", "filed", "settled", "counts"),
    [
        *((reading, -1, None, True) for reading in (*LATE, None)),
        ("settlement", 0, None, True),
        ("settlement", 5, 6, True),
        ("settlement", 6, 6, False),
        ("admission", 0, None, True),
        ("admission", 1, None, False),
        ("none", 0, None, False),
        (None, 0, None, None),
    ],
)
def test_late_filing(
    reading: str | None, filed: int, settled: int | None, counts: bool | None
) -> None:
    pack = pack_with({"filing.late_until": reading})
    end = day(settled) if settled is not None else None
    assert decide.in_time(pack, ON, day(filed), end, ON) is counts
    if reading is None:
        assert decide.in_time(None, ON, day(filed), end, ON) is counts


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [(0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False)],
)
def test_validity_at_its_edges(begins: int, ends: int | None, holds: bool) -> None:
    last = None if ends is None else day(ends)
    assert decide.holds_for(day(begins), last, ON) is holds


def test_a_row_says_all() -> None:
    row = decide.TABLE[Category.OTHER]
    assert replace(row, state=Offsite.UNFILED) != row
