"""Codes typed from paper, and the QR that carries them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.wire import activation_code
from counter_app.wire.activation_code import ActivationCode
from counter_app.wire.canonical import sha256

CODES = st.text(activation_code.ALPHABET, min_size=16, max_size=16)


@given(CODES)
def test_a_code_survives_being_shown_typed_and_read(code: str) -> None:
    shown = activation_code.pretty(code)
    assert len(shown) == 19
    assert activation_code.normalise(shown) == code
    assert activation_code.normalise(f" {shown.lower()} ") == code
    assert activation_code.normalise(code.replace("0", "o").replace("1", "l")) == code
    assert activation_code.normalise(code.replace("0", "O").replace("1", "I")) == code


@pytest.mark.parametrize("text", ["", "QH7M-4R2X-9K", "QH7M-4R2X-9K2D-ABCU", "一二三四", "0" * 17])
def test_what_is_no_code(text: str) -> None:
    assert activation_code.normalise(text) is None


def test_full_width_letters_of_an_input_method_are_read() -> None:
    assert activation_code.normalise("ＱＨ７Ｍ－４Ｒ２Ｘ－９ＫＡＢ－１２ＣＤ") == "QH7M4R2X9KAB12CD"


@given(CODES)
def test_the_qr_brings_all_three(code: str) -> None:
    made = ActivationCode(code, "https://127.0.0.1:8443", sha256(b"pem"))
    text = activation_code.write(made)
    assert activation_code.looks_like(text)
    assert activation_code.parse(text + "\n") == made
    assert activation_code.is_of_ca(made, "pem")
    assert not activation_code.is_of_ca(made, "other")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for candidate in (text, f"QHA1.{text}", f"QHA1.QH7M4R2X9KAB12CD.{text}.{text}"):
        found = activation_code.parse(candidate)
        assert found is None or found.url.startswith("https://")


def test_an_address_without_tls_is_refused() -> None:
    made = ActivationCode("QH7M4R2X9KAB12CD", "http://127.0.0.1", sha256(b"pem"))
    assert activation_code.parse(activation_code.write(made)) is None
