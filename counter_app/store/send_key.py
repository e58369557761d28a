"""`sending.json`: the key this PC signs with while nobody has logged in, under the device's own secret.

No passphrase guards it: it must be at hand after a power cut. It says nothing that an entry depends on.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import profile
from counter_app.wire.messages import Certificate

FILE = "sending.json"
_PURPOSE = b"counter-app/sending/1"


@dataclass(frozen=True, slots=True)
class SendKey:
    """A raw Ed25519 key and the centre's word for it."""

    private: bytes = field(repr=False)
    cert: Certificate


def keep(folder: Path, key: SendKey) -> None:
    """Write it down.

    Raises:
        EnvironmentFault: the disk refuses, or keys.json is damaged.
    """
    nonce = secrets.token_bytes(12)
    wrapped = ChaCha20Poly1305(_secret(folder)).encrypt(nonce, key.private, _PURPOSE)
    profile.save(
        folder,
        FILE,
        {
            "nonce": nonce.hex(),
            "wrapped": wrapped.hex(),
            "cert": key.cert.text,
            "sig": key.cert.sig,
        },
    )


def read(folder: Path) -> SendKey | None:
    """The key, None where there is none, or none that this PC's secret opens."""
    with suppress(EnvironmentFault, KeyError, ValueError, InvalidTag):
        plain = profile.read(folder, FILE)
        nonce, wrapped = (bytes.fromhex(str(plain[name])) for name in ("nonce", "wrapped"))
        private = ChaCha20Poly1305(_secret(folder)).decrypt(nonce, wrapped, _PURPOSE)
        return SendKey(private, Certificate(str(plain["cert"]), str(plain["sig"])))
    return None


def _secret(folder: Path) -> bytes:
    return bytes.fromhex(str(profile.read(folder, profile.KEYS)["device_secret"]))
