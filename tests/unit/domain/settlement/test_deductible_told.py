"""The deductible's row names its parameter and how it came about, whatever made it less than the whole."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.domain.settlement.claim import Claim, Days, Kind, YearSoFar
from counter_app.domain.settlement.past import Past
from counter_app.domain.settlement.settle import NoEstimate, Settlement, settle
from tests.unit.domain.settlement.made import ON, claim, pack

KNOWN = YearSoFar(known=True)
STAY = claim(1_000_000, year=KNOWN)
MOVED = replace(STAY, days=Days(ON), continues=Past(Kind.INPATIENT, ON, deductible=15_000))
CROSSING = replace(
    STAY,
    on=dt.date(2026, 1, 10),
    days=Days(dt.date(2025, 12, 20)),
    before_new_year=500_000,
    last_year=KNOWN,
)
SPLIT = {"inpatient.crossing": "split", "inpatient.crossing_deductible": "once"}


@pytest.mark.parametrize(
    ("asked", "changes", "amount", "words"),
    [
        (STAY, {"inpatient.deductible.secondary": "0.00"}, 0, "每次住院"),
        (MOVED, {"inpatient.transfer": "none"}, 0, "转院，不再收"),
        (MOVED, {"inpatient.transfer": "difference"}, 45_000, "转院补差，600.00 减去已收 150.00"),
        (MOVED, {"inpatient.transfer": "each"}, 60_000, "每次住院"),
        (CROSSING, SPLIT, 0, "跨年住院，已收 600.00"),
    ],
)
def test_its_row(asked: Claim, changes: dict[str, str], amount: int, words: str) -> None:
    found = settle(asked, pack(changes))
    assert isinstance(found, Settlement), found
    (*_, row) = [r for r in found.rows if r.code == "S001"]
    assert (row.amount, row.formula) == (amount, f"二级医院，{words}")
    assert (row.source, row.grade, row.parameter) == ("试", "A", "inpatient.deductible.secondary")


def test_a_step_that_is_wrong_is_all_that_is_said() -> None:
    rules = {"inpatient.step.1.factor": "half", "inpatient.deductible_mode": "year"}
    assert settle(STAY, pack(rules)) == NoEstimate(("规则包里的第 1 次的起付线写得不对（half）",))
