"""Unsent entries in one sealed file: the exact bytes of each, for the centre's eyes alone.

`YLP1`, 8 bytes saying whose key opens it, then `keys.seal` over the compressed batch. A first form:
whoever brings another frame changes `pack` and `unpack` and nothing else.
"""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.wire import keys
from counter_app.wire.batch import pack_ops, unpack_ops
from counter_app.wire.canonical import sha256
from counter_app.wire.header import Op

MAGIC = b"YLP1"
SUFFIX = ".sealed"
_KEY_ID = 8
_PURPOSE = b"counter-app/parcel/1"


def pack(ops: list[Op], public: bytes) -> bytes:
    """The file's bytes, to be opened with the private half of this X25519 key."""
    return MAGIC + key_id(public) + keys.seal(public, pack_ops(ops))


def unpack(data: bytes, private: bytes) -> list[Op]:
    """The entries again.

    Raises:
        SealBroken: it is no parcel, was changed, or made for another key.
        BrokenFrame: what was sealed is no batch.
    """
    head = len(MAGIC) + _KEY_ID
    if data[:head] != MAGIC + key_id(keys.sealing_public(private)):
        raise keys.SealBroken("not a parcel for this key")
    return unpack_ops(keys.unseal(private, data[head:]))


def key_id(public: bytes) -> bytes:
    """Whose key opens it, as the file says it."""
    return sha256(public)[:_KEY_ID]


def key_from(data_key: bytes) -> bytes:
    """A private key of whoever has the data key: this PC's clerks, and the centre by its escrow.

    For a PC that has not yet learnt the centre's own key.
    """
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_PURPOSE)
    return derived.derive(data_key)
