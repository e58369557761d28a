"""One-time codes the county gives by hand, and the QR that brings code, address and CA in one scan.

QR text: QHA1.<code>.<base64url(url)>.<base64url(sha256 of the CA PEM)>
"""

import unicodedata
from dataclasses import dataclass

from counter_app.domain.scanning.scanned import ACTIVATION_PREFIX as PREFIX
from counter_app.wire import keys
from counter_app.wire.canonical import sha256

LENGTH = 16
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without I, L, O and U."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class ActivationCode:
    """What an activation QR says."""

    code: str
    url: str
    ca_sha256: bytes


def normalise(text: str) -> str | None:
    """A code as typed (case, hyphens and blanks free, O for 0, I and L for 1); None where it is none."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    code = "".join(ch for ch in plain if ch not in "-‐‑–—−_" and not ch.isspace())
    if len(code) != LENGTH or any(ch not in ALPHABET for ch in code):
        return None
    return code


def pretty(code: str) -> str:
    """The code as it is shown and printed: 4-4-4-4."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def write(activation: ActivationCode) -> str:
    """The QR's text."""
    url, digest = keys.text(activation.url.encode("utf-8")), keys.text(activation.ca_sha256)
    return f"{PREFIX}.{activation.code}.{url}.{digest}"


def looks_like(text: str) -> bool:
    """Whether the text claims to be an activation code's QR."""
    return text.strip().startswith(PREFIX + ".")


def parse(text: str) -> ActivationCode | None:
    """Read a QR's text; None where the shape is another."""
    parts = text.strip().split(".")
    if len(parts) != 4 or parts[0] != PREFIX:
        return None
    code = normalise(parts[1])
    try:
        url, digest = keys.raw(parts[2]).decode("utf-8"), keys.raw(parts[3])
    except ValueError:
        return None
    if code is None or len(digest) != 32 or not url.startswith("https://"):
        return None
    return ActivationCode(code, url, digest)


def is_of_ca(activation: ActivationCode, ca_pem: str) -> bool:
    """Whether the CA certificate is the one the QR names."""
    return sha256(ca_pem.encode("utf-8")) == activation.ca_sha256
