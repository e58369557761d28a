"""Numbers made offline."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.kernel.ids import case_number, check_character, parse_case_number, uuid7

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
numbers = st.builds(
    case_number,
    st.from_regex(r"[0-9]{12}", fullmatch=True),
    st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(ALPHABET[10:]),
    st.integers(1, 9999),
)


@given(numbers)
def test_a_case_number_reads_back_however_it_is_typed(number: str) -> None:
    assert parse_case_number(number) == number
    assert parse_case_number(number.lower().replace("-", "")) == number
    assert parse_case_number(f"  {number[:14]} {number[14:]}\n") == number


@given(numbers, st.data())
def test_every_single_wrong_character_is_caught(number: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([i for i, c in enumerate(number) if c != "-"]))
    ch = data.draw(st.sampled_from(ALPHABET).filter(lambda c: c != number[at]))
    assert parse_case_number(number[:at] + ch + number[at + 1 :]) is None


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    parse_case_number(text)


def test_digits_of_other_scripts_are_none() -> None:
    assert parse_case_number("٩" * 12 + "261123A00011") is None


def test_the_check_character_of_the_standard() -> None:
    # ISO 7064 MOD 37,36: the worked example A12425GABC1234002 has check character M
    assert check_character("A12425GABC1234002") == "M"


@pytest.mark.parametrize("serial", [0, 10_000, -1])
def test_a_serial_outside_the_day_is_refused(serial: int) -> None:
    with pytest.raises(ValueError, match="serial"):
        case_number("990101104000", dt.date(2026, 11, 23), "B", serial)


@given(st.integers(0, 2**48 - 1))
def test_uuid7_carries_its_moment(now: int) -> None:
    made = UUID(uuid7(now))
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == now


def test_two_ids_of_one_moment_differ() -> None:
    assert len({uuid7(1_795_000_000_000) for _ in range(1000)}) == 1000
