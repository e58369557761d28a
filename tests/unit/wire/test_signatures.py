"""Canonical bytes, keys, seals, certificates, headers, requests, receipts."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.kernel.clock import today
from counter_app.kernel.ids import case_number
from counter_app.wire import canonical, certificate, header, keys, receipt_code, request_signature
from counter_app.wire.case_body import CaseBody, NoteBody, SubjectSaid, VoidBody
from counter_app.wire.messages import CertBody, Certificate
from counter_app.wire.receipt_code import ReceiptCode
from tests.fakes.clock import FakeClock

texts = st.text(st.characters(exclude_categories=("Cs",)))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=10,
)
BODY = CertBody(
    dev="qinghe-02", station="990101104000", station_name="示范县青禾镇便民服务中心", letter="B",
    scopes=("990101104",), sign_key="s", seal_key="e", epoch=1, not_after="2027-12-31",
)  # fmt: skip


@given(st.dictionaries(texts, values, max_size=4))
def test_one_value_has_one_text(value: dict[str, object]) -> None:
    text = canonical.encode(value)
    assert json.loads(text) == value
    assert canonical.encode(dict(reversed(value.items()))) == text
    assert b"\n" not in text


@pytest.mark.parametrize("value", [{"a": 1.0}, {"a": [{"b": 0.1}]}, [1.5], {"a": (2.5,)}])
def test_no_float_is_written(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="float"):
        canonical.encode(value)


def test_an_array_is_no_message() -> None:
    with pytest.raises(ValueError, match="table"):
        canonical.encode_struct(header.Op("h", None))


@given(st.binary(max_size=200))
def test_text_of_bytes(data: bytes) -> None:
    assert keys.raw(keys.text(data)) == data


@given(st.binary(max_size=300), st.data())
def test_a_seal_opens_for_its_owner_only(plain: bytes, data: st.DataObject) -> None:
    owner, other = keys.new_sealing_key(), keys.new_sealing_key()
    sealed = keys.seal(keys.sealing_public(owner), plain)
    assert keys.unseal(owner, sealed) == plain
    at = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    for key, box in ((other, sealed), (owner, changed), (owner, sealed[: len(sealed) // 2])):
        with pytest.raises(keys.SealBroken):
            keys.unseal(key, box)


@given(st.binary(max_size=100))
def test_signatures(message: bytes) -> None:
    private = keys.new_signing_key()
    public = keys.signing_public(private)
    signature = keys.sign(private, message)
    assert keys.verifies(public, signature, message)
    assert not keys.verifies(public, signature, message + b"x")
    assert not keys.verifies(public, signature[:-1], message)
    assert not keys.verifies(b"short", signature, message)
    assert not keys.verifies(keys.signing_public(keys.new_signing_key()), signature, message)


def test_a_certificate_holds_only_with_the_centres_signature() -> None:
    centre = keys.new_signing_key()
    public = keys.signing_public(centre)
    cert = certificate.issue(BODY, centre)
    assert certificate.read(cert, public) == BODY
    other = keys.signing_public(keys.new_signing_key())
    assert certificate.read(cert, other) is None
    forged = Certificate(cert.text.replace("qinghe-02", "qinghe-03"), cert.sig)
    assert certificate.read(forged, public) is None
    assert certificate.read(Certificate(cert.text, "…"), public) is None
    strange = canonical.encode({"x": 1}).decode()
    signed = Certificate(strange, keys.text(keys.sign(centre, strange.encode())))
    assert certificate.read(signed, public) is None


def a_header(**more: object) -> header.Header:
    plain: dict[str, object] = {
        "kind": "note", "id": "i", "dev": "d", "ep": 1, "n": 1, "prev": header.GENESIS, "body_sha": "0",
        "subj": "c", "base": 0, "pack": "", "accepted_on": "2026-11-23", "typed_at": 1, "clock": "ok",
        "skew": 0, "clerk": "0312", "access_head": header.GENESIS,
    }  # fmt: skip
    return header.Header(**(plain | more))


@given(texts, st.integers(0, 10**6))
def test_a_headers_text_is_its_identity(subject: str, n: int) -> None:
    made = a_header(subj=subject, n=n)
    text = header.header_text(made)
    assert header.read_header(text) == made
    assert header.header_text(header.read_header(text)) == text
    assert header.head_of(text) != header.head_of(text.replace('"n":', '"n": '))


@pytest.mark.parametrize("text", ["", "{}", "[]", "\ud800", '{"n":1}'])
def test_a_header_of_another_shape(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        header.read_header(text)


def test_a_body_is_salted_so_that_its_hash_says_nothing() -> None:
    body: dict[str, object] = {"case_no": "1", "words": "找错了人"}
    first, second = header.seal_body(body), header.seal_body(body)
    assert header.body_json(first) == header.body_json(second) == canonical.encode(body)
    assert header.body_sha(first) != header.body_sha(second)


def test_a_head_is_signed_with_all_it_stands_for() -> None:
    messages = {
        header.head_message("d", 1, 2, "h"),
        header.head_message("e", 1, 2, "h"),
        header.head_message("d", 2, 2, "h"),
        header.head_message("d", 1, 3, "h"),
        header.head_message("d", 1, 2, "i"),
    }
    assert len(messages) == 5


def test_a_requests_signature_covers_method_target_body_time_and_device() -> None:
    private = keys.new_signing_key()
    made = request_signature.headers(
        "post", "/sync/v1/ops?x=1", b"body", 77, ("qinghe-02", private)
    )
    signed = request_signature.message(
        "POST", "/sync/v1/ops?x=1", request_signature.digest(b"body"), 77, "qinghe-02"
    )
    public = keys.signing_public(private)
    assert keys.verifies(public, keys.raw(made["X-Sig"]), signed)
    for other in (
        request_signature.message(
            "GET", "/sync/v1/ops?x=1", made["Content-Digest"], 77, "qinghe-02"
        ),
        request_signature.message("POST", "/sync/v1/ops", made["Content-Digest"], 77, "qinghe-02"),
        request_signature.message(
            "POST", "/sync/v1/ops?x=1", request_signature.digest(b""), 77, "qinghe-02"
        ),
        request_signature.message(
            "POST", "/sync/v1/ops?x=1", made["Content-Digest"], 78, "qinghe-02"
        ),
        request_signature.message(
            "POST", "/sync/v1/ops?x=1", made["Content-Digest"], 77, "qinghe-03"
        ),
    ):
        assert not keys.verifies(public, keys.raw(made["X-Sig"]), other)


RECEIPT = ReceiptCode(
    case_number("990101104000", today(FakeClock()), "B", 1), "resident-enrolment", "赵*强", "20261123",
    92000, "0123456789abcdef", "qinghe-02",
)  # fmt: skip


@pytest.mark.parametrize("fen", [0, 92000, None])
def test_a_receipts_code_reads_back_and_verifies(fen: int | None) -> None:
    private = keys.new_signing_key()
    code = ReceiptCode(*(getattr(RECEIPT, n) if n != "fen" else fen for n in ReceiptCode.__dataclass_fields__))  # fmt: skip
    text = receipt_code.write(code, private)
    read = receipt_code.read(f" {text}\n")
    assert receipt_code.looks_like(text)
    assert read is not None
    assert read[0] == code
    assert keys.verifies(keys.signing_public(private), read[1], read[0].signed_text().encode())


@given(st.integers(0, 8), texts)
def test_a_changed_receipt_is_never_the_one_that_was_signed(place: int, text: str) -> None:
    private = keys.new_signing_key()
    parts = receipt_code.write(RECEIPT, private).split(".")
    if text.strip() == parts[place]:
        return
    parts[place] = text
    read = receipt_code.read(".".join(parts))
    if read is not None:
        same = read[0] == RECEIPT and keys.raw(".".join(parts).strip().split(".")[8]) == read[1]
        held = keys.verifies(keys.signing_public(private), read[1], read[0].signed_text().encode())
        assert not held or same


@given(texts)
def test_no_scanned_text_breaks_the_reader(text: str) -> None:
    receipt_code.read(text)
    receipt_code.read("QH1." + text)
    receipt_code.read(RECEIPT.signed_text() + "." + text)
    assert not receipt_code.looks_like("QH2." + text)


@pytest.mark.parametrize("amount", ["²", "٣", "-5", "1e3", "9" * 5000, ""])
def test_an_odd_amount_is_none_of_ours(amount: str) -> None:
    parts = receipt_code.write(RECEIPT, keys.new_signing_key()).split(".")
    parts[5] = amount
    assert receipt_code.read(".".join(parts)) is None


def test_bodies_survive_the_way_and_name_nobody_outside_themselves() -> None:
    said = SubjectSaid("01:990101197103090411", (2027,), None, "由中心核定")
    made = CaseBody(
        case_no="n", rev=1, item="resident-enrolment", form="QH-CB-01", form_version="2026-1",
        answers={"values": {"tel": "13900000418"}, "rows": {}}, said=(said,), household="h",
        parties=(("insured", "k", "赵国强", "c", ""),), area="990101104", station="990101104000",
        clerk_name="李敏",
    )  # fmt: skip
    for body in (
        made,
        VoidBody(case_no="n", reason="doubled", words="重复"),
        NoteBody(what="told"),
    ):
        text = header.seal_body(msgspec.to_builtins(body))
        assert msgspec.json.decode(header.body_json(text), type=type(body)) == body
