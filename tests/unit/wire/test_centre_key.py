"""The centre's sealing key is taken from the centre alone."""

import pytest

from counter_app.wire import centre_key, keys

SIGN, SEAL = keys.new_signing_key(), keys.new_sealing_key()
PUBLIC = keys.sealing_public(SEAL)


def test_what_the_centre_signed_is_taken() -> None:
    sig = centre_key.vouch(PUBLIC, SIGN)
    assert centre_key.read(keys.text(PUBLIC), sig, keys.signing_public(SIGN)) == PUBLIC


@pytest.mark.parametrize("key", ["", "AAAA", "not base64!", keys.text(bytes(31)), "é"])
def test_what_is_no_key_is_none(key: str) -> None:
    sig = centre_key.vouch(PUBLIC, SIGN)
    assert centre_key.read(key, sig, keys.signing_public(SIGN)) is None


def test_another_centres_word_counts_for_nothing() -> None:
    public = keys.signing_public(SIGN)
    other = centre_key.vouch(PUBLIC, keys.new_signing_key())
    assert centre_key.read(keys.text(PUBLIC), other, public) is None
    assert centre_key.read(keys.text(PUBLIC), "x", public) is None
    another = keys.text(keys.sealing_public(keys.new_sealing_key()))
    assert centre_key.read(another, centre_key.vouch(PUBLIC, SIGN), public) is None
