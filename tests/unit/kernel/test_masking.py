"""What lists may show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.kernel import masking

digits = st.text("0123456789ABCDEFX", min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("full", "shown"),
    [
        ("王桂兰", "王*兰"),
        ("王兰", "王*"),
        ("欧阳春花", "欧*花"),
        ("阿依古丽·买买提", "阿*提"),
        ("王", "王"),
        ("", ""),
    ],
)
def test_names(full: str, shown: str) -> None:
    assert masking.name(full) == shown


def test_numbers_as_the_fact_book_has_them() -> None:
    assert masking.id_number("990101194802140023") == "990101********0023"
    assert masking.phone("13812345678") == "138****5678"
    assert masking.tail("990101194802140023") == "0023"


@given(digits)
def test_masking_never_reveals(number: str) -> None:
    for masked in (masking.id_number(number), masking.phone(number)):
        assert masked != number
        shown = sum(c != "*" for c in masked)
        assert shown <= (10 if len(number) == 18 else 7)
        assert len(number) - shown >= min(4, max(1, len(number) // 2))


@given(st.text(min_size=3, max_size=40))
def test_the_middle_of_a_name_is_one_star(full: str) -> None:
    assert len(masking.name(full)) == 3
    assert masking.name(full)[1] == "*"
