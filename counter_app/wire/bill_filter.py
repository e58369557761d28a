"""The county's list of claimed bills as it travels: 8-byte hashes, and a 16-bit fuse filter of many.

A bill is known by its exact key (`domain.bill.bill.exact_key`: type, code, number, of a paper bill the
hospital). Nothing of a person goes in: the near key names whose bill it is, and a hash of a number
that can be tried through hides nothing.
"""

import base64
import hashlib
import struct
from collections.abc import Iterable, Iterator

from counter_app.wire.canonical import sha256

_HEAD = struct.Struct("<QIIIII")
"""Seed, bills, segment length, segments, their length together, fingerprints: as the library writes."""
_SPARE = 4
"""Bytes the library reserves and leaves 0."""
_PART = 48 * 1024
"""Bytes of a filter in one row of the feed, 64 KiB as text."""
_SALT = b"bill\x00"


class BrokenFilter(ValueError):
    """The bytes are no filter; they are never handed to the library, which would trust them."""


def bill_hash(key: str) -> str:
    """Eight bytes of a bill's exact key, as 16 hex digits."""
    return hashlib.sha256(_SALT + key.encode("utf-8")).digest()[:8].hex()


def build(hashes: Iterable[str]) -> bytes:
    """A filter of these hashes, about 2.25 bytes each. Takes a gigabyte of memory per six million.

    Raises:
        ValueError: there is none.
    """
    from pyfusefilter import Fuse16

    some = sorted(set(hashes))
    if not some:
        raise ValueError("a filter of nothing")
    return bytes(Fuse16(some).serialize())


class BillFilter:
    """A filter that was read: says "certainly not", or "probably" (1.5 in 100,000 say so wrongly)."""

    def __init__(self, data: bytes) -> None:
        """Read a filter.

        Raises:
            BrokenFilter: its lengths contradict each other.
        """
        from pyfusefilter import Fuse16

        _check(data)
        self._filter = Fuse16.deserialize(data)

    def has(self, hashed: str) -> bool:
        """Whether the bill is probably among those it was built of."""
        return bool(self._filter.contains(hashed))


def parts(data: bytes) -> Iterator[tuple[str, str, str]]:
    """The filter as rows of the feed: id, state, data (Base64); every state names the whole."""
    count = -(-len(data) // _PART)
    state = f"base {count} {sha256(data).hex()}"
    for place in range(count):
        piece = data[place * _PART : (place + 1) * _PART]
        yield f"base:{place:05}", state, base64.b64encode(piece).decode("ascii")


def whole(rows: Iterable[tuple[str, str, str]]) -> bytes:
    """The filter from its rows.

    Raises:
        BrokenFilter: a row is missing, of another filter, or was changed.
    """
    found = sorted(rows)
    states = {state for _, state, _ in found}
    count, _, digest = states.pop().removeprefix("base ").partition(" ") if states else ("", "", "")
    if states or count != str(len(found)):
        raise BrokenFilter("rows are missing, or of two filters")
    try:
        data = b"".join(base64.b64decode(piece, validate=True) for _, _, piece in found)
    except ValueError as error:
        raise BrokenFilter("no Base64") from error
    if sha256(data).hex() != digest:
        raise BrokenFilter("other bytes than the centre sent")
    return data


def _check(data: bytes) -> None:
    """Everything the library reads lies inside the bytes."""
    if len(data) < _HEAD.size:
        raise BrokenFilter("too short")
    _, _, length, count, together, prints = _HEAD.unpack_from(data)
    segments = count >= 1 and together == count * length
    power = length >= 1 and length & (length - 1) == 0
    reach = together + 2 * length <= prints
    if not (segments and power and reach and len(data) == _HEAD.size + _SPARE + 2 * prints):
        raise BrokenFilter("lengths contradict each other")
