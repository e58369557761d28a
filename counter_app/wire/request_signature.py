"""Signature of a request (SYNC §2): method ‖ path+query ‖ Content-Digest ‖ created ‖ device."""

from counter_app.wire import keys, protocol
from counter_app.wire.canonical import sha256

DEVICE = "X-Device"
PROTO = "X-Proto"
APP = "X-App"
CREATED = "X-Created"
SIGNATURE = "X-Sig"
DIGEST = "Content-Digest"
TOLERANCE_MS = 24 * 3600 * 1000


def digest(body: bytes) -> str:
    """Content-Digest of a body (RFC 9530 form)."""
    return f"sha-256=:{keys.text(sha256(body))}:"


def message(method: str, target: str, body_digest: str, created_ms: int, device: str) -> bytes:
    """What is signed; `target` is path with query."""
    return "\n".join((method.upper(), target, body_digest, str(created_ms), device)).encode("utf-8")


def headers(
    method: str, target: str, body: bytes, created_ms: int, signer: tuple[str, bytes]
) -> dict[str, str]:
    """All headers of a signed request; `signer` is (device, private key)."""
    device, private = signer
    body_digest = digest(body)
    signature = keys.sign(private, message(method, target, body_digest, created_ms, device))
    return {
        DEVICE: device,
        PROTO: str(protocol.CURRENT),
        CREATED: str(created_ms),
        DIGEST: body_digest,
        SIGNATURE: keys.text(signature),
    }
