"""Put a backup of this PC into force; what it replaces stays aside, and a new device epoch begins."""

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from counter_app.kernel.clock import Clock, moment, today
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.context import Identity
from counter_app.store import archive, durable, journal, restoring, schema
from counter_app.store.access import Access
from counter_app.store.engine import bad_pages, close_whole, open_engine
from counter_app.store.transaction import read
from counter_app.store.upgrading import sealing_key
from counter_app.wire import keys, parcel

STATION = "station.db"


@dataclass(frozen=True, slots=True)
class Restore:
    """The command: which backup, by whom, with the key their passphrase opened."""

    file: Path
    clerk: str
    data_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Restored:
    """The backup is in force."""

    entries: int
    unsent: int
    epoch: int
    made_at: int
    aside: Path | None
    """Where the replaced file lies; None where there was none."""
    opened: bool
    """Whether the replaced file could be read; where not, nobody knows what it had unsent."""
    drafts: int
    """Drafts of the replaced file that are not in the backup."""


@dataclass(frozen=True, slots=True)
class NotRestored:
    """Why not; nothing was changed. `unsent` entries would be missing, and lie in `exported`."""

    code: str
    text: str
    advice: str
    unsent: int = 0
    exported: Path | None = None


def restore(
    folder: Path, identity: Identity, command: Restore, clock: Clock
) -> Restored | NotRestored:
    """Check, compare, switch in one step. The caller holds the profile's lock.

    Raises:
        EnvironmentFault: the disk refuses; what was in force is in force.
    """
    copy = folder / f"{STATION}.restoring"
    durable.drop_database(copy)
    try:
        manifest = archive.read_archive(command.file)
        refused = _not_ours(manifest, identity)
        if refused is not None:
            return refused
        archive.take_part(command.file, archive.STATION, copy)
        return _compare_and_switch(folder, identity, command, (copy, manifest, clock))
    except archive.ArchiveBroken:
        return NotRestored(
            "backup_damaged", "备份文件坏了、不全或不是备份，没有恢复", "换一份备份再试"
        )
    finally:
        with suppress(OSError):
            durable.drop_database(copy)


def _not_ours(manifest: archive.Manifest, identity: Identity) -> NotRestored | None:
    if manifest.dev != identity.dev:
        return NotRestored(
            "other_pc", f"这是别的电脑（{manifest.dev}）的备份，没有恢复", "找本机自己的备份"
        )
    if not manifest.signed_by(keys.signing_public(identity.sign_private)):
        return NotRestored("not_signed", "备份的签名对不上，被人改过，没有恢复", "换一份备份再试")
    if manifest.schema not in schema.KNOWN:
        return NotRestored("newer_database", "备份是更新的程序做的，没有恢复", "请用新程序恢复")
    return None


def _compare_and_switch(
    folder: Path,
    identity: Identity,
    command: Restore,
    given: tuple[Path, archive.Manifest, Clock],
) -> Restored | NotRestored:
    copy, manifest, clock = given
    path = folder / STATION
    try:
        backup = open_engine(copy, command.data_key)
    except EnvironmentFault as fault:
        if fault.code != "database_damaged":
            raise
        return NotRestored("other_key", "本机的钥匙打不开这份备份，没有恢复", "打县医保中心电话")
    try:
        if bad_pages(backup):
            return NotRestored("backup_damaged", "备份里有坏页，没有恢复", "换一份备份再试")
        replaced = restoring.look_at(path, backup)
        if replaced.unsent:
            return _export(folder, backup, identity, replaced)
        row = Access(clock.now_ms(), command.clerk, "restore", "", f"{manifest.entries}")
        epoch = restoring.begin_epoch(backup, replaced, row, today(clock).isoformat())
        with read(backup) as tx:
            entries, unsent = journal.tip(tx).n, journal.pending_count(tx)
        close_whole(backup)
    finally:
        backup.dispose()
    durable.sync_file(copy)
    aside = folder / f"station.replaced-{moment(clock):%Y%m%d-%H%M%S}.db" if path.exists() else None
    reopen = partial(open_engine, key=command.data_key)
    restoring.put_into_force(path, copy, aside or path, reopen)
    return Restored(
        entries, unsent, epoch, manifest.made_at, aside, replaced.opened, replaced.drafts
    )


def _export(
    folder: Path, backup: sa.Engine, identity: Identity, replaced: restoring.Replaced
) -> NotRestored:
    """Nothing unsent may be put aside unseen: it goes into a sealed file first, and the clerk is told."""
    out = folder / f"unsent-restore{parcel.SUFFIX}"
    public = sealing_key(backup, identity.centre_seal_key)
    durable.write_whole(out, parcel.pack(list(replaced.unsent), public))
    count = len(replaced.unsent)
    return NotRestored(
        "unsent",
        f"本机有 {count} 条还没发、备份里也没有的记录，没有恢复；一条没丢",
        f"先连网执行 counter-app sync --once 发完再恢复；发不出去就把 {out.name} 交给县医保中心",
        count,
        out,
    )
