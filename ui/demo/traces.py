"""Search everything a station wrote for planted names and numbers, in the encodings PCs use here."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "gb18030")
CHUNK = 1 << 20
SHORT = 6
"""Fewer bytes than this come about by chance: four of them once in 4 GB, for each word and encoding."""
AROUND = 128
CIPHER_BYTES = 140
"""Of 256 bytes of ciphertext about 162 differ, of text in any of the encodings far fewer."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A planted word found readable in a file."""

    file: str
    encoding: str
    place: int


def search(folders: Iterable[Path], words: Iterable[str]) -> tuple[list[Trace], int]:
    """Find the words in every file below the folders; the traces and how many files were read."""
    wanted = needles(words)
    found: list[Trace] = []
    count = 0
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            count += 1
            found.extend(in_file(path, wanted))
    return found, count


def needles(words: Iterable[str]) -> list[tuple[str, bytes]]:
    """The words in every encoding that can write them."""
    made: list[tuple[str, bytes]] = []
    for word in words:
        for encoding in ENCODINGS:
            try:
                made.append((encoding, word.encode(encoding)))
            except UnicodeEncodeError:
                continue
    return made


def in_file(path: Path, wanted: list[tuple[str, bytes]]) -> list[Trace]:
    """The traces in one file."""
    longest = max((len(n) for _, n in wanted), default=1)
    found: list[Trace] = []
    place = 0
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            window = tail + chunk
            for encoding, needle in wanted:
                at = _readable(window, needle)
                if at >= 0:
                    found.append(Trace(path.name, encoding, place - len(tail) + at))
            tail = window[-longest:]
            place += len(chunk)
    return found


def _readable(window: bytes, needle: bytes) -> int:
    """Where the needle can be read, -1 for nowhere; a short one amid ciphertext is none."""
    at = window.find(needle)
    while at >= 0 and len(needle) < SHORT and _is_cipher(window, at):
        at = window.find(needle, at + 1)
    return at


def _is_cipher(window: bytes, at: int) -> bool:
    around = window[max(0, at - AROUND) : at + AROUND]
    return len(around) == 2 * AROUND and len(set(around)) >= CIPHER_BYTES
