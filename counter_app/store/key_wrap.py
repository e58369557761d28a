"""Wrapping the data key by a passphrase and the device's secret (Argon2id, ChaCha20-Poly1305).

Apart from the slots, so that the log-in page is painted before any of it is loaded.
"""

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

ROUNDS, MEMORY_KIB, LANES = 3, 65536, 2


def derive(device_secret: bytes, passphrase: str, salt: bytes) -> bytes:
    """The 32-byte key of a slot; takes about a tenth of a second by intent."""
    secret = passphrase.encode("utf-8") + device_secret
    return hash_secret_raw(secret, salt, ROUNDS, MEMORY_KIB, LANES, 32, Type.ID)


def wrap(slot_key: bytes, nonce: bytes, data_key: bytes, clerk: str) -> bytes:
    """The data key, readable only with this slot's key and bound to the clerk."""
    return ChaCha20Poly1305(slot_key).encrypt(nonce, data_key, clerk.encode())


def unwrap(slot_key: bytes, nonce: bytes, wrapped: bytes, clerk: str) -> bytes | None:
    """The data key, None with another passphrase, device or clerk."""
    try:
        return ChaCha20Poly1305(slot_key).decrypt(nonce, wrapped, clerk.encode())
    except InvalidTag:
        return None
