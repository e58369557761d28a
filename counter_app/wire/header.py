"""The journal entry on the wire: header and body (SYNC §1). Bytes are frozen at save."""

import secrets

import msgspec

from counter_app.wire import canonical

GENESIS = "0" * 64
"""`prev` of a device's first header."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """An entry's header; the chain runs over its canonical bytes, personal data is only in the body."""

    v: int = 1
    kind: str
    id: str
    dev: str
    ep: int
    n: int
    prev: str
    body_sha: str
    subj: str
    base: int
    pack: str
    accepted_on: str
    typed_at: int
    clock: str
    skew: int
    clerk: str
    access_head: str
    blobs: tuple[str, ...] = ()


class Op(msgspec.Struct, frozen=True, array_like=True):
    """An entry as it travels: the exact header text and the exact body text (None once erased)."""

    header: str
    body: str | None


def seal_body(body: dict[str, object]) -> str:
    """The body text: 32 hex digits of salt, then canonical JSON."""
    return secrets.token_hex(16) + canonical.encode(body).decode("utf-8")


def body_json(text: str) -> bytes:
    """The JSON part of a body text."""
    return text[32:].encode("utf-8")


def body_sha(text: str) -> str:
    """Hash of salt ‖ body in hex."""
    return canonical.sha256(text.encode("utf-8")).hex()


def header_text(header: Header) -> str:
    """The header's canonical text."""
    return canonical.encode_struct(header).decode("utf-8")


def head_of(text: str) -> str:
    """The chain head after this header: its SHA-256 in hex."""
    return canonical.sha256(text.encode("utf-8")).hex()


def read_header(text: str) -> Header:
    """Read a header's text.

    Raises:
        ValueError: it is not of this shape.
    """
    try:
        return msgspec.json.decode(text.encode("utf-8"), type=Header)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def head_message(device: str, epoch: int, n: int, head: str) -> bytes:
    """What a device signs to vouch for its chain up to entry n."""
    return canonical.encode({"dev": device, "ep": epoch, "n": n, "head": head})
