"""Whose parameters of basic insurance a claim goes by: disease, identity, group, and what is said where one is missing."""

import pytest

from counter_app.domain.settlement.claim import Kind, YearSoFar
from counter_app.domain.settlement.past import Past
from counter_app.domain.settlement.settle import NoEstimate, Settlement, settle
from tests.unit.domain.settlement.made import ON, claim, pack

KNOWN = YearSoFar(known=True)
CHRONIC = {"chronic.ratio": "1", "chronic.deductible": "0.00", "chronic.then": "none"}


def paid(found: object) -> int:
    assert isinstance(found, Settlement), found
    return found.hifp_pay


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("inpatient.deductible.secondary", "规则包里没有二级医院住院的起付线"),
        ("inpatient.ratio.secondary", "规则包里没有二级医院住院的报销比例"),
    ],
)
def test_what_is_missing_is_named_with_level_and_kind(key: str, words: str) -> None:
    assert settle(claim(1_000_000, year=KNOWN), pack({key: None})) == NoEstimate((words,))


@pytest.mark.parametrize(("identity", "basic"), [("2303", 940_000), ("0", 705_000), ("", 705_000)])
def test_no_identity_has_no_rules_of_its_own(identity: str, basic: int) -> None:
    rules = pack({"inpatient.0.ratio": "1", "inpatient.2303.ratio": "1"})
    assert paid(settle(claim(1_000_000, identity=identity, year=KNOWN), rules)) == basic


def test_a_group_this_kind_knows_nothing_of_is_passed_over() -> None:
    rules = {
        "group.first.from_age": "1", "chronic.first.ratio": "1",
        "group.second.from_age": "1", "inpatient.second.ratio": "1",
    }  # fmt: skip
    assert paid(settle(claim(1_000_000, age=40, year=KNOWN), pack(rules))) == 940_000


def test_bands_of_the_narrowest_that_says_anything() -> None:
    """All of 9,400 by the group's only band, though all others have a ratio."""
    rules = {
        "group.child.below_age": "18", "inpatient.child.band_basis": "total",
        "inpatient.child.band.1.to": "none", "inpatient.child.band.1.ratio": "1",
    }  # fmt: skip
    assert paid(settle(claim(1_000_000, age=9, year=KNOWN), pack(rules))) == 940_000
    assert paid(settle(claim(1_000_000, age=18, year=KNOWN), pack(rules))) == 705_000


@pytest.mark.parametrize(("own", "left"), [({}, 10_000), ({"chronic.M1.cap": "400.00"}, 40_000)])
def test_a_cap_of_all_diseases_is_used_up_by_all(own: dict[str, str], left: int) -> None:
    past = Past(Kind.CHRONIC, ON, disease="M2", basic_paid=30_000)
    year = YearSoFar(known=True, before=(past,))
    rules = pack({**CHRONIC, "chronic.cap": "400.00", **own})
    assert paid(settle(claim(100_000, kind=Kind.CHRONIC, disease="M1", year=year), rules)) == left
