"""GB 11643: form and check character, against published numbers and a second implementation."""

import datetime as dt
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from counter_app.kernel import resident_id

births = st.dates(dt.date(1900, 1, 1), dt.date(2026, 11, 23))


def number(birth: dt.date, serial: int, area: str = "110105") -> str:
    first = f"{area}{birth:%Y%m%d}{serial:03d}"
    return first + resident_id.check_character(first)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        # the first three copied from the settlement cases ID-1 to ID-3
        ("11010519491231002X", None),
        ("440524188001010014", None),
        ("110105194912310021", "check"),
        ("11010519491231002x", None),
        (" 110105 19491231-002X ", None),
        ("1101051949123100", "length"),
        ("110105194912310A2X", "digits"),
        ("11010519491231002Y", "digits"),
        ("１１0105194912310021", "digits"),
        ("110105194902300021", "birth"),
        ("110105179912310021", "birth"),
        ("", "length"),
    ],
)
def test_known_numbers(text: str, fault: str | None) -> None:
    assert resident_id.fault(text) == fault
    assert (resident_id.parse(text) is None) == (fault is not None)


@given(births, st.integers(0, 999))
def test_a_second_implementation_agrees(birth: dt.date, serial: int) -> None:
    made = number(birth, serial)
    assert ric.is_valid(made)
    parsed = resident_id.parse(made)
    assert parsed is not None
    assert parsed.birth == ric.get_birth_date(made) == birth
    assert {"1": "M", "2": "F"}[parsed.sex] == "FM"[serial % 2]


@given(births, st.integers(0, 999), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_wrong_character_is_found(birth: dt.date, serial: int, at: int, ch: str) -> None:
    made = number(birth, serial)
    wrong = made[:at] + ch + made[at + 1 :]
    if wrong != made:
        assert resident_id.fault(wrong) in {"check", "digits", "birth"}


@given(births, st.integers(0, 999), st.integers(0, 15))
def test_neighbours_exchanged_are_found(birth: dt.date, serial: int, at: int) -> None:
    made = number(birth, serial)
    wrong = made[:at] + made[at + 1] + made[at] + made[at + 2 :]
    if wrong != made:
        assert resident_id.fault(wrong) is not None


@given(st.dates(dt.date(1900, 1, 1), dt.date(1999, 12, 31)), st.integers(0, 999))
def test_fifteen_digits_widen_to_the_same_person(birth: dt.date, serial: int) -> None:
    full = number(birth, serial)
    old = full[:6] + full[8:17]
    parsed = resident_id.parse(old)
    assert parsed is not None
    assert parsed.number == full == resident_id.widen(old)


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert cast("object", resident_id.parse(text)) is None or resident_id.fault(text) is None
