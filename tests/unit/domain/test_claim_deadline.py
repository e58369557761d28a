"""Until when a claim may be handed in: each side of the last day, and never a limit nobody gave."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.catalog.item import judge
from counter_app.domain.claim_deadline import Deadline, claim_deadline
from counter_app.domain.policy.pack import Pack, Parameter
from counter_app.kernel.problems import Level
from tests.fakes import claims
from tests.fakes.station import demo_pack

D = dt.date


def pack(**given: str) -> Pack:
    rows = tuple(Parameter(f"claim.{key}", value, "示例", "G") for key, value in given.items())
    kept = (p for p in demo_pack().parameters if not p.key.startswith("claim.until_"))
    return replace(demo_pack(), parameters=(*kept, *rows))


@pytest.mark.parametrize(
    ("given", "last"),
    [
        ({"until_months": "12"}, D(2026, 2, 28)),
        ({"until_next_year": "12-31"}, D(2026, 12, 31)),
        ({"until_months": "12", "until_next_year": "12-31"}, D(2026, 2, 28)),
        ({"until_months": "一年"}, None),
        ({"until_next_year": "02-30"}, None),
        ({}, None),
    ],
)
def test_the_last_day(given: dict[str, str], last: dt.date | None) -> None:
    found = claim_deadline(pack(**given), D(2025, 2, 28))
    assert found == (Deadline(last, "示例", "G") if last else None)
    assert claim_deadline(None, D(2025, 2, 28)) is None


@pytest.mark.parametrize(("on", "late"), [(D(2027, 10, 28), 0), (D(2027, 10, 29), 1)])
def test_a_late_claim_is_warned_of_at_its_last_day(on: dt.date, late: int) -> None:
    world = claims.facts(on=on, pack=pack(until_months="12"))
    answers = claims.answers(world=world)
    found = [p for p in judge(claims.ITEM, answers, world).problems if p.code == "too_late"]
    assert [p.level for p in found] == [Level.WARN] * late
    assert all(p.field == "enddate" and "2027年10月28日" in p.text for p in found)
