"""A bundle opens for whom it was sealed, whole or not at all."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.wire import canonical, certificate, courier, keys, stream
from counter_app.wire.courier import Bundle, Labelled, Sender, SignedHead
from counter_app.wire.header import Op
from counter_app.wire.messages import CertBody
from counter_app.wire.stream import BrokenBundle

CENTRE, SEAL = keys.new_signing_key(), keys.new_sealing_key()
SIGN = keys.new_signing_key()
LABEL = Labelled("0192a000-0000-7000-8000-000000000001", 1_795_000_000_000)


def sender(**more: object) -> Sender:
    body = CertBody(
        dev="qinghe-01",
        station="990101104000",
        station_name="示范站",
        letter="A",
        scopes=("990101104",),
        sign_key=keys.text(keys.signing_public(SIGN)),
        seal_key="",
        epoch=1,
        not_after="2030-01-01",
    )
    found = Sender("qinghe-01", certificate.issue(body, CENTRE), SIGN)
    return dataclasses.replace(found, **more)


def ops(count: int) -> list[Op]:
    return [Op(f'{{"n":{n}}}', "0" * 32 + f'{{"name":"示范{n}"}}') for n in range(count)]


HEADS = (SignedHead(ep=1, n=3, head="ab" * 32, sig="x"),)


def packed(count: int = 3, **more: object) -> bytes:
    recipients = [keys.sealing_public(SEAL)]
    return courier.pack(sender(**more), LABEL, ops(count), HEADS, recipients)


def opened(data: bytes, private: bytes = SEAL) -> Bundle:
    return courier.unpack(data, private, keys.signing_public(CENTRE))


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 120])
def test_what_was_packed_comes_out_unchanged(count: int) -> None:
    bundle = opened(packed(count))
    assert bundle.ops == tuple(ops(count))
    assert (bundle.id, bundle.dev, bundle.heads) == (LABEL.id, "qinghe-01", HEADS)


def test_a_finder_reads_who_and_when_and_nothing_else() -> None:
    data = packed()
    head = stream.read_head(data)
    assert (head.dev, head.made_at) == ("qinghe-01", LABEL.made_at)
    assert "示范0".encode() not in data
    assert b'"name"' not in data


def test_each_recipient_opens_it_and_nobody_else() -> None:
    other, stranger = keys.new_sealing_key(), keys.new_sealing_key()
    to = [keys.sealing_public(SEAL), keys.sealing_public(other)]
    data = courier.pack(sender(), LABEL, ops(2), HEADS, to)
    assert opened(data) == opened(data, other)
    with pytest.raises(BrokenBundle, match="somebody else"):
        opened(data, stranger)


def test_every_cut_is_noticed() -> None:
    data = packed(1)
    for at in range(len(data)):
        with pytest.raises(BrokenBundle):
            opened(data[:at])


def test_every_flipped_byte_is_noticed() -> None:
    data = packed(1)
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 0x20
        with pytest.raises(BrokenBundle):
            opened(bytes(changed))


def test_bytes_behind_the_end_are_noticed() -> None:
    with pytest.raises(BrokenBundle):
        opened(packed() + b"\x00")


def test_whole_chunks_left_out_or_moved_are_noticed() -> None:
    head = stream.Head(id="x", dev="d", cert="", cert_sig="", made_at=0, to=())
    plain = bytes(range(256)) * 1024
    data = stream.seal_stream(head, [keys.sealing_public(SEAL)], plain)
    assert stream.open_stream(data, SEAL)[1] == plain
    step = stream.CHUNK + stream.TAG
    start = len(data) - 4 * step
    chunks = [data[start + n * step : start + (n + 1) * step] for n in range(4)]
    for order in ([0, 1, 2], [1, 0, 2, 3], [0, 1, 3], [0, 0, 1, 2, 3]):
        with pytest.raises(BrokenBundle):
            stream.open_stream(data[:start] + b"".join(chunks[n] for n in order), SEAL)


def test_a_device_of_another_centre_is_refused() -> None:
    with pytest.raises(BrokenBundle, match="no device"):
        courier.unpack(packed(), SEAL, keys.signing_public(keys.new_signing_key()))
    with pytest.raises(BrokenBundle, match="no device"):
        opened(packed(dev="qinghe-09"))


def test_a_stolen_certificate_without_its_key_is_refused() -> None:
    with pytest.raises(BrokenBundle, match="not signed"):
        opened(packed(sign_private=keys.new_signing_key()))


@given(st.binary(max_size=400))
def test_rubbish_is_a_clear_refusal(data: bytes) -> None:
    for start in (b"", stream.MAGIC, stream.MAGIC + b"\x00\x00\x00\x05"):
        with pytest.raises(BrokenBundle):
            opened(start + data)


def inside(plain: bytes) -> bytes:
    """What anybody can make who has read a device's certificate: records sealed to the centre."""
    cert = sender().cert
    head = stream.Head(
        id=LABEL.id, dev="qinghe-01", cert=cert.text, cert_sig=cert.sig, made_at=1, to=()
    )
    return stream.seal_stream(head, [keys.sealing_public(SEAL)], plain)


def record(kind: int, body: bytes) -> bytes:
    return kind.to_bytes(1, "big") + len(body).to_bytes(4, "big") + body


def signed(before: bytes, sig: str = "") -> bytes:
    sha = canonical.sha256(before)
    words = canonical.encode({"bundle": LABEL.id, "sha": sha.hex()})
    sig = sig or keys.text(keys.sign(SIGN, words))
    return before + record(courier.TRAILER, canonical.encode({"sha": sha.hex(), "sig": sig}))


NONE = record(courier.MANIFEST, b'{"ops":0,"heads":0}')


@pytest.mark.parametrize(
    ("plain", "why"),
    [
        (b"", "no trailer"),
        (NONE, "no trailer"),
        (NONE + b"\x01\x00", "cut short"),
        (NONE + b"\x01\x00\x00\x00\x09x", "cut short"),
        (signed(record(courier.MANIFEST, b"[]")), "not of the agreed shape"),
        (signed(record(courier.OPS, b"no batch")), "not of the agreed shape"),
        (signed(record(courier.CHAIN, b"{")), "not of the agreed shape"),
        (signed(record(courier.MANIFEST, b'{"ops":1,"heads":0}')), "manifest"),
        (signed(b""), "manifest"),
        (signed(NONE, "****"), "not signed|signature"),
        (signed(NONE, "A"), "signature"),
    ],
)
def test_what_is_sealed_but_no_bundle_is_refused_by_name(plain: bytes, why: str) -> None:
    with pytest.raises(BrokenBundle, match=why):
        opened(inside(plain))


def test_a_record_of_a_newer_kind_is_passed_over() -> None:
    assert opened(inside(signed(NONE + record(77, b"later")))).ops == ()


def test_a_container_of_a_newer_kind_is_refused() -> None:
    text = b'{"v":2,"id":"x","dev":"d","cert":"","cert_sig":"","made_at":0,"to":[]}'
    with pytest.raises(BrokenBundle, match="newer"):
        stream.read_head(stream.MAGIC + len(text).to_bytes(4, "big") + text)


def test_a_sender_shows_no_key() -> None:
    assert repr(sender()) == "Sender(qinghe-01)"
