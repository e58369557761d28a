"""A station database's way to a newer schema: on a copy, compared, switched in one atomic step.

Until that step the old file is in force and untouched, after it the new one is; whatever ends the
process in between, the next start finds one of the two whole. The old file stays as `.before-<rev>`.
"""

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import durable, meta
from counter_app.store.engine import bad_pages, close_whole, copy_into, key_of, open_beside
from counter_app.store.survey import Survey, differences, plain, survey, unsent_ops
from counter_app.store.transaction import read
from counter_app.wire import keys, parcel

SEAL_KEY = "centre_seal_key"
"""In meta: the centre's sealing key as a hello told it, for PCs enrolled before identity.json had it."""
MARGIN = 8 * 1024 * 1024
TIMES = 3
"""The copy, its growth while tables are rebuilt, and what the parcel takes."""
Migrate = Callable[[sa.Engine], None]
STEPS = (
    "清点还没上报的，另存一份",
    "照原样抄一份",
    "把抄的这份换成新样式",
    "和原来的逐件核对",
    "换上新的，再核对一遍",
)
"""What an upgrade does, as it is told while it does it."""
Tell = Callable[[int], None]
"""Hears which of STEPS begins, from 0."""


def unheard(_step: int) -> None:
    """Nobody waits at a window."""


class Differs(Exception):
    """After the migration something is not as it was before."""

    def __init__(self, words: list[str]) -> None:
        super().__init__("；".join(words))


def upgrade_beside(
    engine: sa.Engine,
    path: Path,
    to: str,
    migrate: Migrate,
    seal_to: bytes = b"",
    tell: Tell = unheard,
) -> None:
    """Do all of it, or nothing: any exception leaves the old file in force.

    Args:
        engine: the opened file in force.
        path: where it lies.
        to: the migration it comes to.
        migrate: carries it out on the copy.
        seal_to: the centre's sealing key, if it is known beside the file.
        tell: hears how far it is, on this thread.

    Raises:
        EnvironmentFault: no room, or the disk refuses.
        Differs: the migrated copy is not what it was made from.
    """
    copy = path.with_name(path.name + ".migrating")
    durable.drop_database(copy)
    _check_room(path)
    try:
        tell(0)
        before = _put_down(engine, path.parent, to, seal_to)
        tell(1)
        copy_into(engine, copy)
        copy.chmod(0o600)
        _migrate(engine, copy, _told(migrate, tell), before)
    except BaseException:
        with suppress(OSError):
            durable.drop_database(copy)
        raise
    tell(4)
    _switch(engine, path, copy, to)
    _look_back(engine, path, to, before)


def _told(migrate: Migrate, tell: Tell) -> Migrate:
    """The migration, and after it the comparison, said as they begin."""

    def run(engine: sa.Engine) -> None:
        tell(2)
        migrate(engine)
        tell(3)

    return run


def sealing_key(engine: sa.Engine, seal_to: bytes) -> bytes:
    """Who may open what this PC seals: the centre, or whoever has the data key until its key is known."""
    with read(engine) as tx:
        told = meta.get(tx, SEAL_KEY)
    if seal_to or told:
        return seal_to or keys.raw(told)
    return keys.sealing_public(parcel.key_from(key_of(engine)))


def _check_room(path: Path) -> None:
    need = TIMES * path.stat().st_size + MARGIN
    if shutil.disk_usage(path.parent).free < need:
        raise EnvironmentFault(
            "disk_full",
            f"磁盘空间不够升级数据，要空出 {-(-need // 1_000_000)} MB；原来的数据没有动，没有丢",
            "请管理员腾出空间，再打开程序",
        )


def _put_down(engine: sa.Engine, folder: Path, to: str, seal_to: bytes) -> Survey:
    """Count, hash and export what is unsent, on the disk before anything is begun."""
    with read(engine) as tx:
        before, ops = survey(tx), unsent_ops(tx)
    if ops:
        data = parcel.pack(ops, sealing_key(engine, seal_to))
        durable.write_whole(folder / f"unsent-{to}{parcel.SUFFIX}", data)
    said = json.dumps(plain(before), indent=1)
    durable.write_whole(folder / f"unsent-{to}.json", said.encode("utf-8"))
    return before


def _migrate(engine: sa.Engine, copy: Path, migrate: Migrate, before: Survey) -> None:
    upgraded = open_beside(engine, copy)
    try:
        migrate(upgraded)
        with read(upgraded) as tx:
            words = differences(before, survey(tx))
        words += bad_pages(upgraded)
        if words:
            raise Differs(words)
        close_whole(upgraded)
    finally:
        upgraded.dispose()
    durable.sync_file(copy)


def _switch(engine: sa.Engine, path: Path, copy: Path, to: str) -> None:
    """From one file to the other; a log left beside the old one would be read into the new one."""
    close_whole(engine)
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise EnvironmentFault("database_busy", "数据文件正被占用，没有升级", "关掉别的窗口再试")
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    durable.second_name(path, before_name(path, to))
    durable.put_in_place(copy, path)


def _look_back(engine: sa.Engine, path: Path, to: str, before: Survey) -> None:
    """Read what is in force now; where it is not what was compared, the old file comes back."""
    try:
        with read(engine) as tx:
            words = differences(before, survey(tx))
    except EnvironmentFault as fault:
        words = [fault.text]
    if not words:
        return
    engine.dispose()
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    part = path.with_name(path.name + ".part")
    shutil.copy2(before_name(path, to), part)
    durable.sync_file(part)
    durable.put_in_place(part, path)
    raise Differs(words)


def before_name(path: Path, to: str) -> Path:
    """Where the file of before an upgrade stays."""
    return path.with_suffix(f".before-{to}")
