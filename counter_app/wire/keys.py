"""Keys of devices and of the centre: Ed25519 signs, X25519 seals. Raw 32-byte keys, base64url in text."""

import base64
import secrets

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"counter-app/seal/1"


class SealBroken(ValueError):
    """Sealed bytes were not made for this key, or were changed."""


def text(raw: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def raw(words: str) -> bytes:
    """Bytes of base64url text; ValueError where it is none."""
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


def new_signing_key() -> bytes:
    """A new Ed25519 private key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def new_sealing_key() -> bytes:
    """A new X25519 private key."""
    return X25519PrivateKey.generate().private_bytes_raw()


def signing_public(private: bytes) -> bytes:
    """The public half of an Ed25519 key."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sealing_public(private: bytes) -> bytes:
    """The public half of an X25519 key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, message: bytes) -> bytes:
    """64 bytes of Ed25519 signature."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature is of this message by the owner of the public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def seal(public: bytes, plain: bytes) -> bytes:
    """Encrypt to an X25519 public key: ephemeral key ‖ nonce ‖ ChaCha20-Poly1305 text."""
    ephemeral = X25519PrivateKey.generate()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    head = ephemeral.public_key().public_bytes_raw()
    nonce = secrets.token_bytes(12)
    return (
        head + nonce + ChaCha20Poly1305(_derive(shared, head + public)).encrypt(nonce, plain, head)
    )


def unseal(private: bytes, sealed: bytes) -> bytes:
    """Decrypt what `seal` made for this key.

    Raises:
        SealBroken: it was made for another key or changed.
    """
    key = X25519PrivateKey.from_private_bytes(private)
    head, nonce, body = sealed[:32], sealed[32:44], sealed[44:]
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(head))
        derived = _derive(shared, head + key.public_key().public_bytes_raw())
        return ChaCha20Poly1305(derived).decrypt(nonce, body, head)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("the seal does not open") from error


def _derive(shared: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=_PURPOSE).derive(shared)
