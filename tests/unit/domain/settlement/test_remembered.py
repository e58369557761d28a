"""What a settled claim leaves for the next of the same person: every amount, reckoned by hand from an invented pack."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.domain.settlement.claim import (
    Claim,
    Days,
    Kind,
    Level,
    Offsite,
    SettledBasic,
    YearSoFar,
)
from counter_app.domain.settlement.past import Past
from counter_app.domain.settlement.remembered import remembered
from counter_app.domain.settlement.settle import Settlement, settle
from tests.unit.domain.settlement.made import ON, claim, pack, section

KNOWN = YearSoFar(known=True)
AWAY = {"offsite.model": "prepay", "offsite.unfiled.k": "0.25", "serious.base.prepay": "yes"}
BANDS = {
    "inpatient.ratio.secondary": None, "inpatient.band_basis": "total", "inpatient.cap": "50000.00",
    "inpatient.band.1.to": "10000.00", "inpatient.band.1.ratio": "0.5",
    "inpatient.band.2.to": "none", "inpatient.band.2.ratio": "0.8",
}  # fmt: skip
BOTH = section("large_amount") | section("civil_servant", after="serious")
CROSSING = claim(
    1_200_000,
    on=dt.date(2026, 1, 10),
    days=Days(dt.date(2025, 12, 20)),
    before_new_year=500_000,
    identity="2303",
    hospital="A",
    year=KNOWN,
    last_year=KNOWN,
)
SPLIT = {"inpatient.crossing": "split", "inpatient.crossing_deductible": "each"}


def kept(asked: Claim, rules: dict[str, str | None]) -> tuple[Past, ...]:
    made = settle(asked, pack(rules))
    assert isinstance(made, Settlement), made
    return remembered(asked, made)


def test_every_tier_of_one_stay() -> None:
    # basic 4,700 + 110,000 × 80 % is more than its cap of 50,000; own 70,000; 大额 47,500, its cap 30,000;
    # own 40,000: serious 29,000 × 60 %; own 22,600: 公务员 7,500 + 2,600 × 80 %; own 13,020 × 70 %
    asked = claim(12_000_000, identity="2303", hospital="A", disease="M1", year=KNOWN)
    assert kept(asked, BANDS | BOTH) == (
        Past(
            Kind.INPATIENT, ON, Level.SECONDARY, "A", "M1", deductible=60_000, deductible_full=True, basic_paid=5_000_000,
            serious_base=4_000_000, aid_base=1_302_000, aid_paid=911_400,
            large_base=7_000_000, large_paid=3_000_000, civil_base=2_260_000, civil_paid=958_000, total=12_000_000,
        ),
    )  # fmt: skip


def test_a_stay_over_the_years_end_is_two() -> None:
    # 2025: 4,400 × 75 %, own 1,700 × 70 %; 2026: 6,400 × 75 %, own 2,200 × 70 %
    first, second = kept(CROSSING, SPLIT)
    assert first == Past(
        Kind.INPATIENT, dt.date(2025, 12, 31), Level.SECONDARY, "A", deductible=60_000, basic_paid=330_000,
        serious_base=170_000, aid_base=170_000, aid_paid=119_000,
    )  # fmt: skip
    assert second == Past(
        Kind.INPATIENT, CROSSING.on, Level.SECONDARY, "A", deductible=60_000, basic_paid=480_000,
        serious_base=220_000, aid_base=220_000, aid_paid=154_000, joined=True, total=1_200_000,
    )  # fmt: skip


@pytest.mark.parametrize(("before", "full"), [(0, (False, True)), (60_000, (False, True)), (1_139_999, (True, True)), (1_140_000, (True, False)), (1_200_000, (True, False))])  # fmt: skip
def test_whether_each_part_reached_its_deductible(before: int, full: tuple[bool, ...]) -> None:
    """600.00 of it taken is not more than 600.00: a fen above is."""
    parts = kept(replace(CROSSING, before_new_year=before), SPLIT)
    assert tuple(part.deductible_full for part in parts) == full


@pytest.mark.parametrize(("inside", "full"), [(80_000, False), (80_002, True)])
def test_what_was_paid_beforehand_reaches_no_deductible(inside: int, full: bool) -> None:
    """Of 800.00 a quarter is paid beforehand: 600.00 are left, the whole deductible."""
    (past,) = kept(claim(inside, offsite=Offsite.UNFILED, year=KNOWN), AWAY)
    assert (past.deductible, past.deductible_full) == (60_000, full)


def test_a_transfer_and_what_the_hospital_settled() -> None:
    rules = {"inpatient.transfer": "none"}
    moved = claim(100_000, days=Days(ON), continues=Past(Kind.INPATIENT, ON), year=KNOWN)
    (past,) = kept(moved, rules)
    assert past.joined
    made = settle(moved, pack(rules))
    assert isinstance(made, Settlement)
    assert remembered(moved, made, apart=True) == (replace(past, joined=False),)
    (done,) = kept(claim(100_000, settled=SettledBasic(30_000, 70_000), year=KNOWN), {})
    assert (done.basic_paid, done.serious_base, done.joined) == (30_000, 70_000, False)
