"""What is pasted and scanned becomes one harmless line."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.kernel.cleaning import clean, half_width, has_direction_marks

MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200d\ufeff"


@pytest.mark.parametrize("mark", MARKS)
def test_direction_and_zero_width_marks_go(mark: str) -> None:
    assert clean(f"王{mark}桂兰") == "王桂兰"


@given(st.text(alphabet=st.characters() | st.sampled_from(MARKS)), st.integers(1, 80))
def test_what_is_left_is_one_short_line_without_marks(typed: str, limit: int) -> None:
    kept = clean(typed, limit)
    assert len(kept) <= limit
    assert kept == kept.strip()
    assert not has_direction_marks(kept)
    assert {unicodedata.category(c) for c in kept} & {"Cc", "Cf", "Cs", "Zl", "Zp"} == set()
    assert "  " not in kept


@given(st.text())
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)


def test_five_megabytes_cost_nothing() -> None:
    paste = "示\u202e范\n县" * 1_250_000
    assert len(paste.encode()) > 5_000_000
    begun = time.perf_counter()
    for _ in range(10):
        clean(paste)
    assert (time.perf_counter() - begun) / 10 < 0.05


def test_blanks_of_every_kind_become_one() -> None:
    assert clean("  杨桥村\u3000\t3 组\r\n\u2028东头\u00a0 ") == "杨桥村 3 组 东头"


def test_marks_are_reported_even_where_they_are_removed() -> None:
    assert has_direction_marks("990101\u202e1999")
    assert not has_direction_marks("990101 1999")


def test_full_width_numbers_become_half_width() -> None:
    assert half_width("９９０１０１Ｘ") == "990101X"
