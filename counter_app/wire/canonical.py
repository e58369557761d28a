"""One way to write a value as bytes, so that both ends hash the same."""

import hashlib
import json
from collections.abc import Mapping

import msgspec


def encode(value: Mapping[str, object] | list[object]) -> bytes:
    """JSON with sorted keys, no blanks, UTF-8; floats are refused with ValueError."""
    _no_floats(value)
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8")


def encode_struct(struct: msgspec.Struct) -> bytes:
    """A message as canonical bytes."""
    plain = msgspec.to_builtins(struct)
    if not isinstance(plain, dict):
        raise ValueError("a message is a table")
    return encode(plain)


def sha256(data: bytes) -> bytes:
    """The 32 bytes of SHA-256."""
    return hashlib.sha256(data).digest()


def _no_floats(value: object) -> None:
    if isinstance(value, float):
        raise ValueError("no float is written: money is integer fen, ratios are text")
    if isinstance(value, Mapping):
        for inner in value.values():
            _no_floats(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _no_floats(inner)
