"""Make a backup file of an opened profile, while the window goes on working."""

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from counter_app.kernel.clock import Clock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.context import Identity
from counter_app.store import archive, durable, journal, meta, profile, schema
from counter_app.store.engine import bad_pages, copy_into, open_beside
from counter_app.store.transaction import read
from counter_app.store.upgrading import SEAL_KEY
from counter_app.wire import keys


@dataclass(frozen=True, slots=True)
class BackedUp:
    """The file is on the disk and was read back."""

    path: Path
    entries: int
    unsent: int
    keys_sealed: bool
    """Whether it can be restored on another PC, with the county's help."""


def back_up(
    folder: Path, station: sa.Engine, identity: Identity, out: Path, clock: Clock
) -> BackedUp:
    """Write the whole station database, and the PC's keys sealed to the centre (decision 009).

    Raises:
        EnvironmentFault: the disk refuses, or the database is damaged; no file of that name is made.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".backup-", dir=out.parent))
    except OSError as error:
        raise durable.fault_of_disk(error) from error
    try:
        return _write(folder, station, identity, out, (beside, clock.now_ms()))
    except archive.ArchiveBroken as error:
        raise EnvironmentFault(
            "disk_error", "备份写完再读不一样，没有留下", "换一个盘再备份"
        ) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(beside)


def _write(
    folder: Path, station: sa.Engine, identity: Identity, out: Path, at: tuple[Path, int]
) -> BackedUp:
    beside, now = at
    copy = beside / archive.STATION
    copy_into(station, copy)
    about, seal_key = _looked_at(station, copy, identity.centre_seal_key)
    parts = {archive.STATION: copy, archive.IDENTITY: folder / profile.IDENTITY}
    if seal_key:
        sealed = keys.seal(seal_key, (folder / profile.KEYS).read_bytes())
        durable.write_whole(beside / archive.SEALED_KEYS, sealed)
        parts[archive.SEALED_KEYS] = beside / archive.SEALED_KEYS
    who = {"dev": identity.dev, "station": identity.station.code, "made_at": now}
    archive.write_archive(out, {**who, **about}, parts, identity.sign_private)
    return BackedUp(out, int(str(about["entries"])), int(str(about["unsent"])), bool(seal_key))


def _looked_at(station: sa.Engine, copy: Path, seal_key: bytes) -> tuple[dict[str, object], bytes]:
    """What the copy holds, and to whom the keys are sealed."""
    engine = open_beside(station, copy)
    try:
        if bad_pages(engine):
            raise EnvironmentFault(
                "database_damaged", "本机的数据文件坏了，没有做成备份", "不要重装，打县医保中心电话"
            )
        at = schema.revision(engine)
        with read(engine) as tx:
            told = meta.get(tx, SEAL_KEY)
            entries, unsent = journal.tip(tx).n, journal.pending_count(tx)
    finally:
        engine.dispose()
    for tail in ("-wal", "-shm"):
        copy.with_name(copy.name + tail).unlink(missing_ok=True)
    about: dict[str, object] = {"schema": at, "entries": entries, "unsent": unsent}
    return about, seal_key or (keys.raw(told) if told else b"")
