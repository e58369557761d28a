"""The centre's X25519 key as stations get it: signed by the Ed25519 key they pinned at enrolment."""

from counter_app.wire import canonical, keys

_LENGTH = 32


def vouch(seal_public: bytes, sign_private: bytes) -> str:
    """The centre's signature over its sealing key."""
    return keys.text(keys.sign(sign_private, _message(keys.text(seal_public))))


def read(seal_key: str, seal_sig: str, centre_public: bytes) -> bytes | None:
    """The raw sealing key if the centre signed it, else None."""
    try:
        key, signature = keys.raw(seal_key), keys.raw(seal_sig)
    except ValueError:
        return None
    whole = len(key) == _LENGTH and keys.text(key) == seal_key
    return key if whole and keys.verifies(centre_public, signature, _message(seal_key)) else None


def _message(seal_key: str) -> bytes:
    return canonical.encode({"centre_seal_key": seal_key})
