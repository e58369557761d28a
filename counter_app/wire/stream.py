"""The sealed container of a courier bundle (SYNC §10): a readable head, then chunks nobody else can read.

    MAGIC | u32 length of the head | head (canonical JSON) | chunks

The file key is sealed to each recipient's X25519 key. The payload key is derived from it and the head's
hash, so a changed head opens nothing. Chunks are 64 KiB of plain text each, ChaCha20-Poly1305 with a
counter and a last-chunk flag as nonce: a chunk left out, moved or cut off is noticed.
"""

import secrets
import struct
from collections.abc import Iterator, Sequence

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.wire import canonical, keys

MAGIC = b"YLB1\r\n\x1a\n"
"""Line ends and an end-of-file mark in it: a copy made as text is no bundle any more."""
CHUNK = 64 * 1024
TAG = 16
LONGEST_HEAD = 256 * 1024
LARGEST = 1 << 30
"""Bytes; more does not fit one part (FAT32 sticks, memory)."""
_PURPOSE = b"counter-app/courier/1"
_LENGTH = struct.Struct(">I")


class BrokenBundle(ValueError):
    """Bytes are no bundle, are not for this key, or were changed or cut."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What anybody who finds the stick can read: who sent it to whom; no person, no content."""

    v: int = 1
    id: str
    dev: str
    cert: str
    cert_sig: str
    made_at: int
    to: tuple[tuple[str, str], ...]
    """(key id, the file key sealed to it in base64url)"""


def key_id(public: bytes) -> str:
    """16 hex digits that name a public key."""
    return canonical.sha256(public).hex()[:16]


def seal_stream(sender: Head, recipients: Sequence[bytes], plain: bytes) -> bytes:
    """The container; `sender` without recipients, `recipients` their X25519 public keys."""
    file_key = secrets.token_bytes(32)
    to = tuple((key_id(public), keys.text(keys.seal(public, file_key))) for public in recipients)
    head = canonical.encode_struct(msgspec.structs.replace(sender, to=to))
    cipher = ChaCha20Poly1305(_payload_key(file_key, head))
    sealed = (cipher.encrypt(_nonce(n, last=last), part, None) for n, part, last in _parts(plain))
    return b"".join((MAGIC, _LENGTH.pack(len(head)), head, *sealed))


def read_head(data: bytes) -> Head:
    """The head as it stands, proved by nothing yet.

    Raises:
        BrokenBundle: there is none.
    """
    return _read_head(data)[0]


def open_stream(data: bytes, private: bytes) -> tuple[Head, bytes]:
    """Head and plain text for the owner of an X25519 key.

    Raises:
        BrokenBundle: not for this key, changed, or cut short.
    """
    head, raw, start = _read_head(data)
    mine = dict(head.to).get(key_id(keys.sealing_public(private)))
    if mine is None:
        raise BrokenBundle("sealed for somebody else")
    try:
        file_key = keys.unseal(private, keys.raw(mine))
        cipher = ChaCha20Poly1305(_payload_key(file_key, raw))
        plain = b"".join(
            cipher.decrypt(_nonce(n, last=last), part, None)
            for n, part, last in _chunks(memoryview(data)[start:])
        )
    except (InvalidTag, ValueError) as error:
        raise BrokenBundle("changed or cut short") from error
    return head, plain


def _read_head(data: bytes) -> tuple[Head, bytes, int]:
    begin = len(MAGIC) + _LENGTH.size
    if not data.startswith(MAGIC) or len(data) < begin or len(data) > LARGEST:
        raise BrokenBundle("no bundle")
    (size,) = _LENGTH.unpack_from(data, len(MAGIC))
    raw = data[begin : begin + size]
    if size > LONGEST_HEAD or len(raw) != size:
        raise BrokenBundle("cut short")
    try:
        head = msgspec.json.decode(raw, type=Head)
    except ValueError as error:
        raise BrokenBundle("the head is not of the agreed shape") from error
    if head.v != 1:
        raise BrokenBundle("of a newer kind")
    return head, raw, begin + size


def _payload_key(file_key: bytes, head: bytes) -> bytes:
    salt = canonical.sha256(head)
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=_PURPOSE).derive(file_key)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _parts(plain: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """At least one chunk, so that an empty text has a last one too."""
    count = max(1, -(-len(plain) // CHUNK))
    for number in range(count):
        yield number, plain[number * CHUNK : (number + 1) * CHUNK], number == count - 1


def _chunks(sealed: memoryview) -> Iterator[tuple[int, memoryview, bool]]:
    step = CHUNK + TAG
    count = max(1, -(-len(sealed) // step))
    for number in range(count):
        yield number, sealed[number * step : (number + 1) * step], number == count - 1
