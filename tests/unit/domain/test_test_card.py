"""The test card: what a wrongly set scanner makes of it is told apart, and no other code is taken for it."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.scanning.classify import classify
from counter_app.domain.scanning.scanned import Kind
from counter_app.domain.scanning.test_card import TEXT, Mangled, is_like, mangled
from counter_app.services.queries.search_key import Key, recognise
from tests.unit.domain import test_classify as others

FULL_WIDTH = "".join(chr(ord(c) + 0xFEE0) for c in TEXT)
CHINESE = TEXT.replace(".", "。").replace(",", "，").replace(";", "；").replace("?", "？")
DOUBLED = "".join(c * 2 for c in TEXT)
GERMAN = TEXT.translate(str.maketrans("yYzZ-/:?=&_+#@", 'zZyY\\&>_`/?}*"'))
MANGLED = {
    "lock": (TEXT.swapcase(), Mangled.CASE),
    "all large": (TEXT.upper(), Mangled.ONE_CASE),
    "all small": (TEXT.lower(), Mangled.ONE_CASE),
    "full width": (FULL_WIDTH, Mangled.INPUT_METHOD),
    "chinese marks": (CHINESE, Mangled.INPUT_METHOD),
    "twice": (TEXT + TEXT, Mangled.TWICE),
    "doubled": (DOUBLED, Mangled.DOUBLED),
    "one doubled": (TEXT[:9] + TEXT[8:], Mangled.DOUBLED),
    "framed": ("]Q1" + TEXT, Mangled.FRAMED),
    "head lost": (TEXT[3:], Mangled.LOST),
    "every fifth lost": ("".join(c for i, c in enumerate(TEXT) if i % 5), Mangled.LOST),
    "half lost": (TEXT[:26], Mangled.LOST),
    "another keyboard": (GERMAN, Mangled.LAYOUT),
}


@pytest.mark.parametrize(("text", "what"), MANGLED.values(), ids=MANGLED)
def test_what_became_of_the_card_is_told(text: str, what: Mangled) -> None:
    assert is_like(text)
    assert mangled(text) is what
    assert classify(text).kind is Kind.TEST_CARD
    asked = recognise(text, "990101104000")
    assert (asked.key, asked.text) == (Key.OTHER_CODE, "")
    assert "测试卡" in asked.message


def test_a_whole_card_is_whole() -> None:
    assert is_like(TEXT)
    assert mangled(TEXT) is None
    assert (classify(TEXT).kind, classify(TEXT).what) == (Kind.TEST_CARD, "测试卡")
    assert set(string.digits) <= set(TEXT)
    assert any(c.islower() for c in TEXT)
    assert any(c.isupper() for c in TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        others.FISCAL,
        others.CLASSIC,
        others.DIGITAL,
        others.CASE_NO,
        others.PERSON,
        "COUNTER",
        "0123456789",
        string.ascii_letters + string.digits,
        "王秀兰 19540312",
    ],
)
def test_no_other_code_is_taken_for_it(text: str) -> None:
    assert not is_like(text)


@given(st.text(string.ascii_letters + string.digits + "-./:", max_size=120))
def test_no_chance_text_is_taken_for_it(text: str) -> None:
    assert not is_like(text)
