"""Of which groups by person type a claim needs to be told the type: those the pack uses for its kind on the day."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.domain.policy.pack import Parameter
from counter_app.domain.settlement.claim import Kind
from counter_app.domain.settlement.group import used_types
from counter_app.domain.settlement.supplement import Supplement
from tests.unit.domain.settlement.made import ON, pack

GROUPS = {
    "group.staff.psn_type": "11 12",
    "group.child.psn_type": "1401",
    "group.old.from_age": "60",
}
CHILD, STAFF = frozenset({"1401"}), frozenset({"11", "12"})
NAMED = {"kinds": "outpatient inpatient", "who": "old staff"}


def used(rules: dict[str, str | None], kind: Kind = Kind.INPATIENT) -> tuple[frozenset[str], ...]:
    return used_types(kind, pack(GROUPS | rules), ON)


def test_a_group_nothing_goes_by_is_not_asked_of() -> None:
    assert used({}) == used_types(Kind.INPATIENT, pack(), ON) == ()
    # nor one by age, nor one whose name another's only begins with
    assert used({"inpatient.old.ratio": "1", "inpatient.staffed.ratio": "1"}) == ()


def test_one_with_a_rule_of_its_own_for_the_kind() -> None:
    rules = {"inpatient.staff.ratio": "0.9", "outpatient.child.ratio": "0.8"}
    assert used(rules) == (STAFF,)
    assert used(rules, Kind.OUTPATIENT) == (CHILD,)
    assert used(rules | {"inpatient.child.cap": "1.00"}) == (CHILD, STAFF)


@pytest.mark.parametrize("one", list(Supplement))
def test_one_that_a_supplement_of_the_kind_names(one: Supplement) -> None:
    rules = {f"{one}.{key}": words for key, words in NAMED.items()}
    assert used(rules) == used(rules, Kind.OUTPATIENT) == (STAFF,)
    assert used(rules, Kind.CHRONIC) == ()
    for key in NAMED:
        assert used(rules | {f"{one}.{key}": None}) == ()


@pytest.mark.parametrize(
    "key", ["group.staff.psn_type", "civil_servant.kinds", "civil_servant.who"]
)
def test_what_no_longer_holds_counts_no_more(key: str) -> None:
    rules = {f"civil_servant.{name}": words for name, words in NAMED.items()}
    by = pack(GROUPS | rules)
    ended = tuple(replace(p, ends=ON) if p.key == key else p for p in by.parameters)
    past = replace(by, parameters=ended)
    assert used_types(Kind.INPATIENT, past, ON) == (STAFF,)
    assert used_types(Kind.INPATIENT, past, ON + dt.timedelta(days=1)) == ()


def test_the_types_are_those_of_the_day() -> None:
    later = Parameter("group.staff.psn_type", "13", "试", "A", ON + dt.timedelta(days=1))
    own = pack(GROUPS | {"inpatient.staff.ratio": "0.9"})
    rows = tuple(replace(p, ends=ON) if p.key == later.key else p for p in own.parameters)
    by = replace(own, parameters=(*rows, later))
    assert used_types(Kind.INPATIENT, by, ON) == (STAFF,)
    assert used_types(Kind.INPATIENT, by, ON + dt.timedelta(days=1)) == (frozenset({"13"}),)
