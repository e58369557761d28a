"""Reads from ELF files what they need: libraries, and versions of glibc. Standard library only."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_DYNAMIC, _VERNEED = 6, 0x6FFFFFFE
_NEEDED, _SONAME, _RPATH, _RUNPATH = 1, 14, 15, 29
_SECTION = struct.Struct("<IIQQQQIIQQ")
_NEED, _AUX = struct.Struct("<HHIII"), struct.Struct("<IHHII")


@dataclass(frozen=True, slots=True)
class Elf:
    """What a library or a program asks of the system."""

    needed: tuple[str, ...] = ()
    soname: str = ""
    runpath: str = ""
    versions: tuple[str, ...] = ()
    """Such as GLIBC_2.17."""

    @property
    def repaired(self) -> bool:
        """Whether its wheel moved libraries beside it (patchelf): such a file breaks when stripped."""
        return ".libs" in self.runpath


def read(path: Path) -> Elf | None:
    """What the file needs; None for what is no 64-bit little-endian ELF file."""
    with path.open("rb") as file:
        if file.read(6) != b"\x7fELF\x02\x01":
            return None
    data = path.read_bytes()
    sections = list(_sections(data))
    needed: list[str] = []
    named = {_SONAME: "", _RPATH: "", _RUNPATH: ""}
    versions: list[str] = []
    for kind, offset, size, link in sections:
        strings = sections[link][1] if link < len(sections) else 0
        if kind == _DYNAMIC:
            for tag, value in struct.iter_unpack("<QQ", data[offset : offset + size]):
                if tag == _NEEDED:
                    needed.append(_text(data, strings + value))
                elif tag in named:
                    named[tag] = _text(data, strings + value)
        elif kind == _VERNEED:
            versions += _versions(data, offset, strings)
    path_of = named[_RUNPATH] or named[_RPATH]
    return Elf(tuple(needed), named[_SONAME], path_of, tuple(versions))


def newest(names: Iterable[str], family: str = "GLIBC_") -> tuple[int, ...]:
    """The highest version of a family among symbol versions, () where there is none."""
    found = [n.removeprefix(family) for n in names if n.startswith(family)]
    plain = [tuple(int(p) for p in n.split(".")) for n in found if n.replace(".", "").isdigit()]
    return max(plain, default=())


def _sections(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Kind, offset, size, link of every section."""
    (start,) = struct.unpack_from("<Q", data, 0x28)
    width, count = struct.unpack_from("<HH", data, 0x3A)
    for number in range(count):
        _, kind, _, _, offset, size, link, _, _, _ = _SECTION.unpack_from(
            data, start + number * width
        )
        yield kind, offset, size, link


def _versions(data: bytes, at: int, strings: int) -> Iterator[str]:
    while True:
        _, count, _, aux, following = _NEED.unpack_from(data, at)
        one = at + aux
        for _ in range(count):
            _, _, _, name, step = _AUX.unpack_from(data, one)
            yield _text(data, strings + name)
            one += step
        if not following:
            return
        at += following


def _text(data: bytes, at: int) -> str:
    return data[at : data.index(b"\0", at)].decode("utf-8", "replace")
