"""Which modules the frozen program carries: PyInstaller's archive read from outside, without PyInstaller."""

import marshal
import struct
from collections.abc import Iterator
from pathlib import Path

_MAGIC = b"MEI\014\013\012\013\016"
_COOKIE = struct.Struct("!8sIIII64s")
_ENTRY = struct.Struct("!IIIIBc")


def modules(program: Path) -> list[str]:
    """Names of all Python modules packed into the program's file.

    Raises:
        ValueError: it is no frozen program.
    """
    data = program.read_bytes()
    at = data.rfind(_MAGIC)
    if at < 0:
        raise ValueError(f"{program.name} 不是冻结的程序")
    _, length, toc, toc_length, _, _ = _COOKIE.unpack_from(data, at)
    whole = data[at + _COOKIE.size - length :]
    names: list[str] = []
    for name, kind, part in _entries(whole, toc, toc + toc_length):
        names += _packed(part) if kind == b"z" else [name]
    return names


def _entries(whole: bytes, place: int, end: int) -> Iterator[tuple[str, bytes, bytes]]:
    """Name, kind and bytes of what is in the archive."""
    while place < end:
        size, offset, packed, _, _, kind = _ENTRY.unpack_from(whole, place)
        name = whole[place + _ENTRY.size : place + size].rstrip(b"\0").decode("utf-8")
        yield name, kind, whole[offset : offset + packed]
        place += size


def _packed(pyz: bytes) -> list[str]:
    (at,) = struct.unpack_from("!I", pyz, 8)
    # the table our own build wrote, a list of names and places
    listed = marshal.loads(pyz[at:])
    return [str(entry[0]) for entry in listed]
