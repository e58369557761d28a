"""One-time codes people copy from paper: 16 characters, hyphens and case free, no look-alikes."""

import secrets

from counter_app.wire.canonical import sha256

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS = str.maketrans({"O": "0", "I": "1", "L": "1"})
LENGTH = 16


def new_code() -> str:
    """A code as it is printed: 4-4-4-4."""
    plain = "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))
    return "-".join(plain[i : i + 4] for i in range(0, LENGTH, 4))


def normalize(typed: str) -> str:
    """A code as typed, without hyphens and blanks, O read as 0, I and L as 1."""
    return "".join(ch for ch in typed.upper() if ch.isalnum()).translate(_LOOKS)


def digest(typed: str) -> bytes:
    """What the centre keeps of a code."""
    return sha256(normalize(typed).encode())
