"""A backup file: the station database, what this PC is, and a signed list of both with their hashes.

A zip without compression, so that anybody can look what is in it: `manifest.json`, `manifest.sig`
(Ed25519 of this PC over the manifest's bytes), and the parts the manifest names.
"""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from counter_app.store import durable
from counter_app.wire import keys

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
STATION, IDENTITY, SEALED_KEYS = "station.db", "identity.json", "keys.sealed"
VERSION = 1
_PIECE = 1 << 20


class ArchiveBroken(ValueError):
    """The file is no backup, is cut short, or was changed."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the file says of itself; `raw` is what was signed."""

    dev: str
    station: str
    schema: str
    made_at: int
    entries: int
    unsent: int
    parts: Mapping[str, str]
    raw: bytes
    signature: bytes

    def signed_by(self, public: bytes) -> bool:
        """Whether this PC made it."""
        return keys.verifies(public, self.signature, self.raw)


def write_archive(
    out: Path, about: Mapping[str, object], parts: Mapping[str, Path], sign_private: bytes
) -> None:
    """Write beside, flush, put in place, read back.

    Raises:
        EnvironmentFault: the disk refuses.
        ArchiveBroken: the disk gives back something else than was written.
    """
    hashes = {name: _sha_of(path) for name, path in parts.items()}
    plain = {"v": VERSION, **about, "parts": hashes}
    raw = json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")
    part = out.with_name(out.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as packed:
            packed.writestr(MANIFEST, raw)
            packed.writestr(SIGNATURE, keys.text(keys.sign(sign_private, raw)))
            for name, path in parts.items():
                packed.write(path, name)
        durable.sync_file(part)
        read_archive(part)
        durable.put_in_place(part, out)
    except OSError as error:
        raise durable.fault_of_disk(error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def read_archive(path: Path) -> Manifest:
    """The manifest, after every part was compared with its hash.

    Raises:
        ArchiveBroken: it is no backup, is cut short, or was changed.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            raw = packed.read(MANIFEST)
            manifest = _manifest(raw, keys.raw(packed.read(SIGNATURE).decode("ascii")))
            for name, sha in manifest.parts.items():
                with packed.open(name) as part:
                    if _sha(part) != sha:
                        raise ArchiveBroken(f"{name} is not what the manifest says")
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, TypeError) as error:
        raise ArchiveBroken(str(error)) from error
    return manifest


def take_part(path: Path, name: str, to: Path) -> None:
    """Copy a part out, onto the disk.

    Raises:
        ArchiveBroken: it is not there, or comes out changed.
        EnvironmentFault: the disk refuses.
    """
    sha = read_archive(path).parts.get(name)
    if sha is None:
        raise ArchiveBroken(f"no {name} in it")
    try:
        to.touch(0o600)
        with zipfile.ZipFile(path) as packed, packed.open(name) as part, to.open("wb") as file:
            shutil.copyfileobj(part, file, _PIECE)
        durable.sync_file(to)
    except zipfile.BadZipFile as error:
        raise ArchiveBroken(str(error)) from error
    except OSError as error:
        raise durable.fault_of_disk(error) from error
    if _sha_of(to) != sha:
        raise ArchiveBroken(f"{name} came out changed")


def read_part(path: Path, name: str) -> bytes:
    """A small part's bytes, b"" where the backup has none of that name."""
    if name not in read_archive(path).parts:
        return b""
    with zipfile.ZipFile(path) as packed:
        return packed.read(name)


def _manifest(raw: bytes, signature: bytes) -> Manifest:
    plain = json.loads(raw)
    if plain["v"] != VERSION:
        raise ArchiveBroken("from a newer program")
    return Manifest(
        dev=str(plain["dev"]),
        station=str(plain["station"]),
        schema=str(plain["schema"]),
        made_at=int(plain["made_at"]),
        entries=int(plain["entries"]),
        unsent=int(plain["unsent"]),
        parts={str(name): str(sha) for name, sha in plain["parts"].items()},
        raw=raw,
        signature=signature,
    )


def _sha_of(path: Path) -> str:
    with path.open("rb") as file:
        return _sha(file)


def _sha(file: IO[bytes]) -> str:
    running = hashlib.sha256()
    while piece := file.read(_PIECE):
        running.update(piece)
    return running.hexdigest()
