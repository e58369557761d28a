"""A settlement without a number is a claim only where hospital, discharge and total say so of one claim alone."""

import pytest

from counter_app.catalog import earlier
from counter_app.catalog.facts import Held
from counter_app.catalog.likened import is_stay, likened, stay_of
from tests.fakes import claims

STAY = {"kind": "inpatient", "on": "2026-05-06", "hospital": "H1", "total": "1000000"}
NAMED = {**STAY, "case_no": "A1", "alike": "1"}


def claim(case_no: str = "A1", **changes: str) -> Held:
    return Held("claim", "01:x", "", {**STAY, "basic_paid": "5", **changes}, case_no, "", None)


def test_the_same_stay_is_named_by_its_claim() -> None:
    assert likened([STAY], [claim()]) == (NAMED,)
    assert likened([NAMED], [claim()]) == (NAMED,)
    # the claim is gone: what was found by likeness is found no more
    assert likened([NAMED], []) == (STAY,)
    assert likened([NAMED], [claim("A2")]) == ({**STAY, "case_no": "A2", "alike": "1"},)


@pytest.mark.parametrize(
    "changes",
    [
        {"on": "2026-05-07"},
        {"hospital": "H2"},
        {"hospital": ""},
        {"total": "1000001"},
        {"total": ""},
    ],
)
def test_anything_else_is_another_event(changes: dict[str, str]) -> None:
    assert likened([STAY], [claim(**changes)]) == (STAY,)
    assert likened([{**STAY, **changes}], [claim()]) == ({**STAY, **changes},)


def test_of_visits_and_of_two_that_are_alike_nothing_is_said() -> None:
    visit = {**STAY, "kind": "outpatient"}
    assert likened([visit], [claim(kind="outpatient")]) == (visit,)
    assert likened([STAY], [claim(), claim("A2")]) == (STAY,)
    # the platform named one itself, and two alike are one claim and one more
    assert likened([{**STAY, "case_no": "A1"}, STAY], [claim()])[1] == STAY
    assert likened([STAY, STAY], [claim()]) == (NAMED, STAY)


@pytest.mark.parametrize(
    ("case_no", "living", "own"),
    [
        ("A1", (), True),
        ("", ("A1",), False),
        ("A2", ("A1",), False),
        # the case it was found to be is void or rejected: entered again, the stay is still settled already
        ("", (), True),
        ("A2", ("A3",), True),
    ],
)
def test_a_settlement_named_by_likeness_is_the_stay_unless_that_claim_stands(
    case_no: str, living: tuple[str, ...], own: bool
) -> None:
    stay = stay_of(STAY)
    assert stay is not None
    assert is_stay(NAMED, stay, case_no, living) is own
    # what the platform named itself is nobody else's
    assert not is_stay({**STAY, "case_no": "A1"}, stay, case_no, living)


@pytest.mark.parametrize("stands", [True, False])
def test_it_is_said_only_of_a_claim_that_stands(stands: bool) -> None:
    held = [claims.record([NAMED]), *([claims.earlier("A1", **STAY)] if stands else [])]
    found = earlier.history(held, f"01:{claims.CERTNO}", 2026)
    assert found.likened == (("A1",) if stands else ())
    # void or not, what the hospital settled is counted, and once
    assert len(found.year.before) == 1
