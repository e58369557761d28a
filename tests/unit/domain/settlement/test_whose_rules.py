"""Whose parameters of basic insurance a claim goes by: disease, identity, group, and what is said where one is missing."""

import pytest

from counter_app.domain.settlement.claim import Kind, Offsite, YearSoFar
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
        ("inpatient.cap", "规则包里没有基本医保的封顶线"),
        ("serious.deductible", "规则包里没有大病保险的起付线"),
    ],
)
def test_what_is_missing_is_named_with_level_and_kind(key: str, words: str) -> None:
    assert settle(claim(1_000_000, year=KNOWN), pack({key: None})) == NoEstimate((words,))


@pytest.mark.parametrize(("identity", "basic"), [("2303", 940_000), ("0", 705_000), ("", 705_000)])
def test_no_identity_has_no_rules_of_its_own(identity: str, basic: int) -> None:
    rules = {f"inpatient.{who}.ratio": "1" for who in ("0", "2303")}
    found = settle(claim(1_000_000, identity=identity, year=KNOWN), pack(rules))
    assert paid(found) == basic


@pytest.mark.parametrize("identity", ["0", ""])
def test_no_identity_has_no_serious_illness_rules_of_its_own(identity: str) -> None:
    rules = {"serious.0.cap": "0.01", "serious.0.deductible": "0.00"}
    found = settle(claim(12_000_000, identity=identity, year=KNOWN), pack(rules))
    assert isinstance(found, Settlement)
    assert found.hifmi_pay == 1_167_000


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"serious.2303.deductible_factor": "x"}, "规则包里的大病起付线的倾斜写得不对（x）"),
        ({"serious.2303.added_points": "x"}, "规则包里的大病比例的倾斜写得不对（x）"),
        ({"serious.band.1.ratio": None}, "规则包里没有大病保险第 1 段的比例"),
        ({"offsite.referral.k": "0.1"}, "规则包里没有异地就医怎么减的办法"),
        ({"offsite.model": "prepay"}, "规则包里没有异地转诊减多少"),
    ],
)
def test_what_is_missing_or_wrong_is_all_that_is_said(
    changes: dict[str, str | None], words: str
) -> None:
    away = Offsite.REFERRAL if any("offsite" in key for key in changes) else Offsite.LOCAL
    asked = claim(12_000_000, identity="2303", offsite=away, year=KNOWN)
    assert settle(asked, pack(changes)) == NoEstimate((words,))


def test_a_lifetime_without_a_cap_need_not_be_known() -> None:
    assert (
        paid(settle(claim(1_000_000, year=KNOWN), pack({"inpatient.cap_life": "none"}))) == 705_000
    )


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


def test_a_groups_ratio_of_the_level_goes_before_bands_of_all() -> None:
    rules = {
        "group.child.below_age": "18", "inpatient.child.ratio.secondary": "1",
        "inpatient.ratio.secondary": None, "inpatient.band_basis": "total",
        "inpatient.band.1.to": "none", "inpatient.band.1.ratio": "0.5",
    }  # fmt: skip
    assert paid(settle(claim(1_000_000, age=9, year=KNOWN), pack(rules))) == 940_000


@pytest.mark.parametrize(("own", "left"), [({}, 10_000), ({"chronic.M1.cap": "400.00"}, 40_000)])
def test_a_cap_of_all_diseases_is_used_up_by_all(own: dict[str, str], left: int) -> None:
    past = Past(Kind.CHRONIC, ON, disease="M2", basic_paid=30_000)
    year = YearSoFar(known=True, before=(past,))
    rules = pack({**CHRONIC, "chronic.cap": "400.00", **own})
    assert paid(settle(claim(100_000, kind=Kind.CHRONIC, disease="M1", year=year), rules)) == left
