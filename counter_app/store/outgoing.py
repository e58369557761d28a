"""The folder `outgoing`: each entry the centre does not surely have, once more, sealed to the centre.

    <n>-<entry id>.ylb        the entry and its signed chain head (wire.courier)
    <n>-<entry id>.receipt    the centre's answer to exactly this file
    <n>-<entry id>.refused    the centre could not open it: sealed anew by whoever can read the journal
    aside/                    what somebody else put here

All of it is derived from the journal: whatever is missing is made again, nothing is read back as truth.
"""

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import durable

FOLDER, ASIDE = "outgoing", "aside"
SEALED, RECEIPT, REFUSED = ".ylb", ".receipt", ".refused"
_LOCK = "lock"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_NAME = re.compile(rf"(\d{{9,18}})-({_UUID})")
_OURS = frozenset({SEALED, RECEIPT, REFUSED})
_HEAD = 64 * 1024
"""As much of a file as is looked at to see whose it is."""


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """A sealed file, told by names alone."""

    path: Path
    n: int
    op_id: str
    receipt: bool
    refused: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """The centre's answer: in which of its epochs, which word (wire.messages.OpResult), when (wall ms)."""

    epoch: str
    r: str
    at: int


def listed(profile: Path) -> list[SealedEntry]:
    """Every sealed entry in the order of its number.

    Raises:
        EnvironmentFault: the folder can't be read.
    """
    names = _names(profile)
    found = []
    for name in names:
        stem, suffix = name.rpartition(".")[::2]
        match = _NAME.fullmatch(stem)
        if match and suffix == SEALED[1:]:
            receipt, refused = stem + RECEIPT in names, stem + REFUSED in names
            path = profile / FOLDER / name
            found.append(SealedEntry(path, int(match[1]), match[2], receipt, refused))
    return sorted(found, key=lambda one: (one.n, one.op_id))


def put(profile: Path, n: int, op_id: str, data: bytes) -> None:
    """Lay a sealed entry down, whole or not at all; what was said of an earlier file no longer counts.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    path = profile / FOLDER / f"{n:09}-{op_id}{SEALED}"
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        for suffix in (RECEIPT, REFUSED):
            path.with_suffix(suffix).unlink(missing_ok=True)
    except OSError as error:
        raise durable.fault_of_disk(error) from error
    durable.write_whole(path, data)


def head_of(entry: SealedEntry) -> bytes:
    """The beginning of the file, b"" where it is gone or can't be read."""
    try:
        with entry.path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


def content(entry: SealedEntry) -> bytes | None:
    """The whole file, None where it is gone or can't be read."""
    try:
        return entry.path.read_bytes()
    except OSError:
        return None


def receive(entry: SealedEntry, receipt: Receipt) -> None:
    """Note what the centre answered.

    Raises:
        EnvironmentFault: the disk refuses; the file is then sent again.
    """
    _note(entry, RECEIPT, {"epoch": receipt.epoch, "r": receipt.r, "at": receipt.at})


def refuse(entry: SealedEntry, code: str) -> None:
    """Note that the centre takes these bytes for no bundle of this PC.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    _note(entry, REFUSED, {"code": code})


def receipt_of(entry: SealedEntry) -> Receipt | None:
    """The noted answer, None where there is none that can be read."""
    try:
        plain = json.loads(entry.path.with_suffix(RECEIPT).read_text("utf-8"))
        return Receipt(str(plain["epoch"]), str(plain["r"]), int(plain["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def drop(entries: Iterable[SealedEntry]) -> int:
    """Take away files of entries that are durable at the centre, and what was said of them; how many."""
    gone = 0
    for entry in entries:
        with suppress(OSError):
            entry.path.unlink(missing_ok=True)
            for suffix in (
                RECEIPT,
                REFUSED,
                *(f"{one}.part" for one in (SEALED, RECEIPT, REFUSED)),
            ):
                entry.path.with_suffix(suffix).unlink(missing_ok=True)
            gone += 1
    return gone


def set_aside(profile: Path, names: Iterable[str]) -> list[str]:
    """Move files out of the way under their own names; never over another, never deleted."""
    moved = []
    aside = profile / FOLDER / ASIDE
    for name in names:
        with suppress(OSError):
            aside.mkdir(mode=0o700, exist_ok=True)
            (profile / FOLDER / name).rename(_free(aside / name))
            moved.append(name)
    return moved


def strangers(profile: Path) -> list[str]:
    """Names that are none of this folder's, and words about files that are not there.

    Raises:
        EnvironmentFault: the folder can't be read.
    """
    names = _names(profile)
    return sorted(
        name for name in names if name not in {_LOCK, ASIDE} and not _at_home(name, names)
    )


def _at_home(name: str, names: frozenset[str]) -> bool:
    stem, suffix = name.rpartition(".")[::2]
    if suffix == "part":
        # half-written: the next writing of it writes over it
        return True
    known = _NAME.fullmatch(stem) is not None and f".{suffix}" in _OURS
    return known and (suffix == SEALED[1:] or stem + SEALED in names)


def _names(profile: Path) -> frozenset[str]:
    folder = profile / FOLDER
    try:
        return frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()
    except OSError as error:
        raise EnvironmentFault(
            "outgoing_unreadable",
            "封好待发的文件夹读不了；已办的都在，没有丢",
            "请管理员看数据文件夹的权限",
        ) from error


def _note(entry: SealedEntry, suffix: str, plain: dict[str, object]) -> None:
    durable.write_whole(entry.path.with_suffix(suffix), json.dumps(plain).encode("ascii"))


def _free(path: Path) -> Path:
    tries = (path, *(path.with_name(f"{path.name}.{number}") for number in range(1, 1000)))
    return next(one for one in tries if not one.exists())
