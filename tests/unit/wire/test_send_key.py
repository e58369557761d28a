"""The certificate of a sending key: of the centre, for this use, and for no other."""

import msgspec

from counter_app.wire import canonical, certificate, keys, send_key
from counter_app.wire.messages import CertBody, Certificate

CENTRE = keys.new_signing_key()
PUBLIC = keys.signing_public(CENTRE)
BODY = send_key.SendBody(use=send_key.USE, dev="qinghe-02", send_key="AA", made_at=1)


def test_it_is_read_as_it_was_signed() -> None:
    assert send_key.read(send_key.issue(BODY, CENTRE), PUBLIC) == BODY


def test_another_centre_or_a_changed_text_says_nothing() -> None:
    cert = send_key.issue(BODY, CENTRE)
    assert send_key.read(cert, keys.signing_public(keys.new_signing_key())) is None
    changed = Certificate(cert.text.replace("qinghe-02", "qinghe-03"), cert.sig)
    assert send_key.read(changed, PUBLIC) is None
    assert send_key.read(Certificate(cert.text, "?"), PUBLIC) is None
    assert send_key.read(Certificate("{}", cert.sig), PUBLIC) is None


def test_no_other_certificate_of_the_centre_is_taken_for_it() -> None:
    other = send_key.issue(msgspec.structs.replace(BODY, use="entries"), CENTRE)
    assert send_key.read(other, PUBLIC) is None
    device = CertBody(
        dev="qinghe-02",
        station="s",
        station_name="",
        letter="A",
        scopes=(),
        sign_key="AA",
        seal_key="AA",
        epoch=1,
        not_after="2031-01-01",
    )
    assert send_key.read(certificate.issue(device, CENTRE), PUBLIC) is None
    text = canonical.encode_struct(BODY).decode("utf-8")
    sig = keys.text(keys.sign(CENTRE, text.encode("utf-8")))
    assert certificate.read(Certificate(text, sig), PUBLIC) is None
