"""What a courier bundle carries (SYNC §10): the same entries as by network, the signed chain head, a trailer.

Inside of the container (wire.stream) lie records `u8 kind | u32 length | bytes`: manifest, entries, heads,
trailer. The trailer is the device's signature over everything before it and the bundle's id.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from counter_app.wire import canonical, certificate, keys
from counter_app.wire.batch import BrokenFrame, pack_ops, unpack_ops
from counter_app.wire.header import Op
from counter_app.wire.messages import CertBody, Certificate
from counter_app.wire.stream import BrokenBundle, Head, open_stream, seal_stream

SUFFIX = ".ylb"
BATCH = 50
MANIFEST, OPS, CHAIN, TRAILER = 1, 2, 3, 9
T = TypeVar("T")
_RECORD = struct.Struct(">BI")


class SignedHead(msgspec.Struct, frozen=True, kw_only=True):
    """The chain of a device epoch up to entry n, vouched for by the device (header.head_message)."""

    ep: int
    n: int
    head: str
    sig: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What should be inside."""

    ops: int
    heads: int


class Trailer(msgspec.Struct, frozen=True, kw_only=True):
    """Hash of all records before, and the sender's signature over bundle id and hash."""

    sha: str
    sig: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who packs: certificate as the centre signed it, and the Ed25519 key it names."""

    dev: str
    cert: Certificate
    sign_private: bytes

    def __repr__(self) -> str:
        return f"Sender({self.dev})"


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened bundle."""

    id: str
    dev: str
    made_at: int
    ops: tuple[Op, ...]
    heads: tuple[SignedHead, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The id and moment (wall ms) of a bundle to be packed."""

    id: str
    made_at: int


def pack(
    sender: Sender,
    label: Labelled,
    ops: Sequence[Op],
    heads: Sequence[SignedHead],
    recipients: Sequence[bytes],
) -> bytes:
    """A bundle for the owners of these X25519 public keys."""
    records = [_record(MANIFEST, _json(Manifest(ops=len(ops), heads=len(heads))))]
    records.extend(
        _record(OPS, pack_ops(list(ops[start : start + BATCH])))
        for start in range(0, len(ops), BATCH)
    )
    records += [_record(CHAIN, _json(head)) for head in heads]
    plain = b"".join(records)
    sha = canonical.sha256(plain)
    sig = keys.text(keys.sign(sender.sign_private, _vouched(label.id, sha)))
    plain += _record(TRAILER, _json(Trailer(sha=sha.hex(), sig=sig)))
    head = Head(
        id=label.id,
        dev=sender.dev,
        cert=sender.cert.text,
        cert_sig=sender.cert.sig,
        made_at=label.made_at,
        to=(),
    )
    return seal_stream(head, recipients, plain)


def unpack(data: bytes, private: bytes, centre_public: bytes) -> Bundle:
    """Open, and prove that the named device packed it.

    Args:
        data: the file.
        private: the recipient's X25519 key.
        centre_public: the Ed25519 key that signs certificates.

    Raises:
        BrokenBundle: not for this key, of no device of this centre, changed, or cut short.
    """
    head, plain = open_stream(data, private)
    cert = _certified(head, centre_public)
    records = list(_records(plain))
    # whose it is comes first: anybody can seal to the centre, and entries grow when unpacked
    sealed = next((n for n, (kind, _, _) in enumerate(records) if kind == TRAILER), None)
    if sealed is None:
        raise BrokenBundle("no trailer")
    _, trailer, at = records[sealed]
    _check(head, cert, _decode(trailer, Trailer), plain[:at])
    ops: list[Op] = []
    heads: list[SignedHead] = []
    manifest: Manifest | None = None
    for kind, body, _ in records[:sealed]:
        if kind == MANIFEST:
            manifest = _decode(body, Manifest)
        elif kind == OPS:
            ops += _ops(body)
        elif kind == CHAIN:
            heads.append(_decode(body, SignedHead))
    if manifest is None or (manifest.ops, manifest.heads) != (len(ops), len(heads)):
        raise BrokenBundle("not what the manifest names")
    return Bundle(head.id, head.dev, head.made_at, tuple(ops), tuple(heads))


def _certified(head: Head, centre_public: bytes) -> CertBody:
    cert = certificate.read(Certificate(head.cert, head.cert_sig), centre_public)
    if cert is None or cert.dev != head.dev:
        raise BrokenBundle("of no device of this centre")
    return cert


def _check(head: Head, cert: CertBody, trailer: Trailer, before: bytes) -> None:
    sha = canonical.sha256(before)
    try:
        public, signature = keys.raw(cert.sign_key), keys.raw(trailer.sig)
    except ValueError as error:
        raise BrokenBundle("the signature is none") from error
    if sha.hex() != trailer.sha or not keys.verifies(public, signature, _vouched(head.id, sha)):
        raise BrokenBundle("not signed by its sender")


def _vouched(bundle: str, sha: bytes) -> bytes:
    return canonical.encode({"bundle": bundle, "sha": sha.hex()})


def _records(plain: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Kind, content, and where the record begins."""
    at = 0
    while at < len(plain):
        start = at + _RECORD.size
        if start > len(plain):
            raise BrokenBundle("cut short")
        kind, size = _RECORD.unpack_from(plain, at)
        if start + size > len(plain):
            raise BrokenBundle("cut short")
        yield kind, plain[start : start + size], at
        at = start + size


def _record(kind: int, body: bytes) -> bytes:
    return _RECORD.pack(kind, len(body)) + body


def _json(value: msgspec.Struct) -> bytes:
    return msgspec.json.encode(value)


def _ops(body: bytes) -> list[Op]:
    try:
        return unpack_ops(body)
    except BrokenFrame as error:
        raise BrokenBundle("an entry is not of the agreed shape") from error


def _decode(body: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=shape)
    except ValueError as error:
        raise BrokenBundle("a record is not of the agreed shape") from error
