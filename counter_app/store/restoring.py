"""Putting another station database into force: compared with the one it replaces, which stays aside."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import access, access_sending, durable, journal, meta
from counter_app.store.access import Access
from counter_app.store.engine import close_whole, open_beside
from counter_app.store.station_tables import draft
from counter_app.store.station_tables import journal as journal_table
from counter_app.store.transaction import ReadTx, read, write
from counter_app.wire.header import Op, read_header

EPOCH = "device_epoch"
UNKNOWN_SERIALS = 1000
"""Case numbers that may have been given since the backup, where the replaced file can't say."""
_SERIAL = "serial:"


@dataclass(frozen=True, slots=True)
class Replaced:
    """What the file in force has that matters to whoever replaces it; nothing where it doesn't open."""

    opened: bool = False
    unsent: tuple[Op, ...] = ()
    """Entries that wait to be sent and that the backup does not hold."""
    drafts: int = 0
    epoch: int = 0
    serials: tuple[tuple[str, int], ...] = ()


def look_at(path: Path, backup: sa.Engine) -> Replaced:
    """Compare the file in force with the backup."""
    if not path.exists():
        return Replaced()
    try:
        engine = open_beside(backup, path)
    except EnvironmentFault:
        return Replaced()
    try:
        with read(backup) as tx:
            held = set(tx.execute(sa.select(journal_table.c.op_id)).scalars())
            drafts = _drafts(tx)
        with read(engine) as tx:
            waiting = journal.pending(tx, journal.tip(tx).n + 1)
            unsent = tuple(entry.op for entry in waiting if entry.op_id not in held)
            return Replaced(
                opened=True,
                unsent=unsent,
                drafts=len(_drafts(tx) - drafts),
                epoch=_epoch(tx),
                serials=_serials(tx),
            )
    except (EnvironmentFault, sa.exc.SQLAlchemyError):
        return Replaced()
    finally:
        engine.dispose()


def begin_epoch(backup: sa.Engine, replaced: Replaced, row: Access, day: str) -> int:
    """Let the copy go on under a new device epoch: numbers go on, nothing is written twice under one."""
    with write(backup) as tx:
        epoch = max(_epoch(ReadTx(tx)), replaced.epoch) + 1
        meta.put(tx, EPOCH, str(epoch))
        for key, serial in replaced.serials:
            meta.put(tx, key, str(max(serial, int(meta.get(tx, key, "0")))))
        if not replaced.opened:
            # today's, and those of the day the backup was made on, should the PC's date be off
            newest = max((key for key, _ in _serials(ReadTx(tx))), default="")
            for key in {f"{_SERIAL}{day}", newest} - {""}:
                meta.put(tx, key, str(int(meta.get(tx, key, "0")) + UNKNOWN_SERIALS))
        access_sending.begin_epoch(tx, access_sending.tip(tx) + 1, epoch)
        access.append(tx, [row])
    return epoch


def put_into_force(
    path: Path, copy: Path, aside: Path, reopen: Callable[[Path], sa.Engine]
) -> None:
    """Switch in one atomic step; until it the old file is in force, after it the old one lies aside.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    try:
        if path.exists():
            _close(path, aside, reopen)
            durable.second_name(path, aside)
        durable.put_in_place(copy, path)
    except OSError as error:
        raise durable.fault_of_disk(error) from error


def _close(path: Path, aside: Path, reopen: Callable[[Path], sa.Engine]) -> None:
    """Bring the old file's log into it; where it is too damaged for that, the log goes aside with it."""
    with suppress(EnvironmentFault):
        engine = reopen(path)
        try:
            close_whole(engine)
        finally:
            engine.dispose()
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        durable.write_whole(aside.with_name(aside.name + "-wal"), log.read_bytes())
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)


def _epoch(tx: ReadTx) -> int:
    """The highest epoch the file knows of."""
    said = int(meta.get(tx, EPOCH, "1"))
    query = sa.select(journal_table.c.header).order_by(journal_table.c.n.desc()).limit(1)
    newest = tx.execute(query).scalar()
    return max(said, read_header(newest).ep if newest else 1)


def _serials(tx: ReadTx) -> tuple[tuple[str, int], ...]:
    rows = tx.exec_driver_sql("SELECT key, value FROM meta WHERE key LIKE 'serial:%'")
    return tuple((str(key), int(value)) for key, value in rows)


def _drafts(tx: ReadTx) -> set[tuple[str, str]]:
    rows = tx.execute(sa.select(draft.c.draft_id, draft.c.answers))
    return {(row.draft_id, row.answers) for row in rows}
