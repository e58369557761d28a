"""Search everything a station wrote for planted names and numbers, in the encodings PCs use here."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "gb18030")
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Trace:
    """A planted word found readable in a file."""

    file: str
    encoding: str
    place: int


def search(folders: Iterable[Path], words: Iterable[str]) -> tuple[list[Trace], int]:
    """Find the words in every file below the folders; the traces and how many files were read."""
    needles = _needles(words)
    found: list[Trace] = []
    count = 0
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            count += 1
            found.extend(_in_file(path, needles))
    return found, count


def _needles(words: Iterable[str]) -> list[tuple[str, bytes]]:
    needles: list[tuple[str, bytes]] = []
    for word in words:
        for encoding in ENCODINGS:
            try:
                needles.append((encoding, word.encode(encoding)))
            except UnicodeEncodeError:
                continue
    return needles


def _in_file(path: Path, needles: list[tuple[str, bytes]]) -> list[Trace]:
    longest = max((len(n) for _, n in needles), default=1)
    found: list[Trace] = []
    place = 0
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            window = tail + chunk
            for encoding, needle in needles:
                at = window.find(needle)
                if at >= 0:
                    found.append(Trace(path.name, encoding, place - len(tail) + at))
            tail = window[-longest:]
            place += len(chunk)
    return found
