"""reference.db as a whole: opening, feeds' cursors and spool, applying rows, tables and packs."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import durable, profile
from counter_app.store.engine import close_whole, open_engine
from counter_app.store.reference_tables import (
    BY_FEED,
    LACKS_TABLES_ONLY,
    SCHEMA,
    clerk,
    code,
    control,
    cursor,
    device_key,
    metadata,
    policy,
    schema,
    spool,
    stored,
)
from counter_app.store.transaction import ReadTx, WriteTx, read, write

APPLY_SLICE = 500
"""Rows handed to the driver at once."""
FILE, NEXT = "reference.db", "reference.next.db"
"""The file in force, and the one of this program's schema that is filled beside another's."""
RENEW = "renew.json"
"""Its presence asks for a new reference.db at the next opening."""
_CURSOR = sa.select(cursor).where(cursor.c.feed == sa.bindparam("wanted"))
_PACKS = sa.select(policy).where(policy.c.in_force)
_ALL_PACKS = sa.select(policy).order_by(policy.c.id)
_CODES = sa.select(code.c.name, code.c.code, code.c.words).order_by(code.c.name, code.c.code)


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a feed was applied; `cols` the columns of its rows; `pulled_at` wall ms of the last pull."""

    feed: str
    epoch: str
    seq: int
    cols: tuple[str, ...]
    boot_done: bool
    pulled_at: int


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A pack as it came: exact text, its digest, the centre's signature."""

    id: str
    text: str
    digest: str
    sig: str


@dataclass(frozen=True, slots=True)
class ClerkRow:
    """An account of the station."""

    clerk: str
    name: str
    rights: tuple[str, ...]
    active: bool


def open_reference(folder: Path, key: bytes) -> sa.Engine:
    """Open reference.db; an older one gets the tables it lacks, so that it is read while a new one fills.

    One of another schema is read as it is where this program finds all it reads in it; where it does
    not, the file stays untouched and the one beside it, which the sync fills, is read instead. A file
    damaged from its first page on, and one somebody asked to renew, are set aside and a new one
    begun: it fills again, the centre has everything of it.
    """
    path = folder / FILE
    if (folder / RENEW).exists():
        _set_aside(folder, "renewed")
        (folder / RENEW).unlink(missing_ok=True)
    try:
        engine = open_engine(path, key, replaceable=True)
    except EnvironmentFault as fault:
        if fault.code != "database_damaged":
            raise
        _set_aside(folder, "damaged")
        engine = open_engine(path, key, replaceable=True)
    at = _schema_of(engine)
    if at is None:
        _complete_tables(engine)
        return engine
    if LACKS_TABLES_ONLY <= at < SCHEMA:
        metadata.create_all(engine)
    if at != SCHEMA and not _readable(engine):
        engine.dispose()
        return _open_next(folder, key)
    return engine


def open_filling(folder: Path, key: bytes, engine: sa.Engine) -> sa.Engine | None:
    """The file the sync fills beside one of another schema; None where the opened one is this program's."""
    return None if _schema_of(engine) == SCHEMA else _open_next(folder, key)


def swap_reference(folder: Path, key: bytes) -> None:
    """Put the file that was filled beside into force, once a whole round went over it.

    Only for who opens the profile: nobody may have either file open.

    Raises:
        EnvironmentFault: the disk refuses; either file is in force, whole.
    """
    path, beside = folder / FILE, folder / NEXT
    if not beside.exists():
        return
    at = _schema_at(path, key)
    filled = at != SCHEMA and _filled(beside, key)
    try:
        if at == SCHEMA:
            durable.drop_database(beside)
        elif filled:
            _set_aside(folder, "damaged" if at is None else f"schema{at}")
            durable.put_in_place(beside, path)
    except OSError as error:
        raise durable.fault_of_disk(error) from error


def ask_renewal(folder: Path) -> None:
    """Let the next opening begin a new file.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    profile.save(folder, RENEW, {})


def _open_next(folder: Path, key: bytes) -> sa.Engine:
    path = folder / NEXT
    try:
        engine = open_engine(path, key, replaceable=True)
    except EnvironmentFault as fault:
        if fault.code != "database_damaged":
            raise
        durable.drop_database(path)
        engine = open_engine(path, key, replaceable=True)
    if _schema_of(engine) not in {None, SCHEMA}:
        engine.dispose()
        durable.drop_database(path)
        engine = open_engine(path, key, replaceable=True)
    if _schema_of(engine) is None:
        _complete_tables(engine)
    return engine


def _complete_tables(engine: sa.Engine) -> None:
    stored.create_all(engine)
    with write(engine) as tx:
        tx.execute(schema.delete())
        tx.execute(schema.insert().values(version=SCHEMA))


def _readable(engine: sa.Engine) -> bool:
    """Whether every table and column this program reads is there."""
    with engine.connect() as connection:
        look = sa.inspect(connection)
        there = set(look.get_table_names())
        return all(
            table.name in there
            and {c.name for c in table.columns} <= {c["name"] for c in look.get_columns(table.name)}
            for table in metadata.sorted_tables
        )


def _schema_at(path: Path, key: bytes) -> int | None:
    """The schema of a file that may be gone or damaged."""
    if not path.exists():
        return None
    try:
        engine = open_engine(path, key, replaceable=True)
    except EnvironmentFault:
        return None
    try:
        return _schema_of(engine)
    finally:
        engine.dispose()


def _filled(path: Path, key: bytes) -> bool:
    """Whether the file is complete; then it is closed so that it alone holds everything."""
    try:
        engine = open_engine(path, key, replaceable=True)
    except EnvironmentFault:
        return False
    try:
        with read(engine) as tx:
            # a round notes the decisions' moment last, after every feed was compared
            done = tx.execute(sa.select(cursor.c.feed).where(cursor.c.feed.like("decisions.%")))
            if _schema_of(engine) != SCHEMA or done.first() is None:
                return False
        close_whole(engine)
    finally:
        engine.dispose()
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    return True


def _schema_of(engine: sa.Engine) -> int | None:
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("schema"):
            return None
        found = connection.execute(sa.select(schema.c.version)).scalar()
    return None if found is None else int(found)


def _set_aside(folder: Path, why: str) -> None:
    """Keep the file under another name (one of each kind), for who wants to know what became of it."""
    path = folder / FILE
    if path.exists():
        path.replace(folder / f"reference.{why}.db")
    for tail in ("-wal", "-shm"):
        (folder / f"{FILE}{tail}").unlink(missing_ok=True)


def cursors(tx: ReadTx) -> list[Cursor]:
    """All cursors."""
    return [_cursor(row) for row in tx.execute(sa.select(cursor).order_by(cursor.c.feed))]


def get_cursor(tx: ReadTx | WriteTx, feed: str) -> Cursor | None:
    """The feed's cursor, None before its first filling."""
    row = tx.execute(_CURSOR, {"wanted": feed}).first()
    return None if row is None else _cursor(row)


def _cursor(row: sa.Row[tuple[object, ...]]) -> Cursor:
    return Cursor(
        row.feed, row.epoch, row.seq, tuple(json.loads(row.cols)), row.boot_done, row.pulled_at
    )


def put_cursor(tx: WriteTx, at: Cursor) -> None:
    """Move the cursor, in the transaction of the rows it covers."""
    values = {
        "feed": at.feed,
        "epoch": at.epoch,
        "seq": at.seq,
        "cols": json.dumps(list(at.cols)),
        "boot_done": at.boot_done,
        "pulled_at": at.pulled_at,
    }
    tx.execute(
        insert(cursor).values(**values).on_conflict_do_update(index_elements=["feed"], set_=values)
    )


def touch(tx: WriteTx, feed: str, at: int) -> None:
    """The feed was asked and had nothing new."""
    tx.execute(cursor.update().where(cursor.c.feed == feed).values(pulled_at=at))


def apply_rows(
    tx: WriteTx, feed: str, cols: tuple[str, ...], rows: Sequence[Sequence[object]]
) -> None:
    """Insert, replace or delete rows of a feed.

    A row is its table's columns in the order of `cols`; a tombstone is null followed by the key's
    columns. Unknown columns are left out, so a newer server may append some.
    """
    table = BY_FEED[feed.partition(".")[0]]
    keys = [c.name for c in table.primary_key.columns]
    scope = feed.partition(".")[2]
    kept, statement = _upsert(table, cols)
    live = [row for row in rows if row[0] is not None]
    for at in range(0, len(live), APPLY_SLICE):
        tx.exec_driver_sql(statement, list(map(kept, live[at : at + APPLY_SLICE])))
    dead = [row for row in rows if row[0] is None] if len(live) < len(rows) else []
    for row in dead:
        where = [table.c[name] == value for name, value in zip(keys, row[1:], strict=True)]
        if scope and "area" in table.c:
            # who moved to another area may be in that area's rows already
            where.append(table.c.area == scope)
        tx.execute(table.delete().where(*where))


@cache
def _upsert(
    table: sa.Table, cols: tuple[str, ...]
) -> tuple[Callable[[Sequence[object]], tuple[object, ...]], str]:
    """What takes the cells out of a row in order, and the statement for them as the driver reads it."""
    keys = [c.name for c in table.primary_key.columns]
    names = [name for name in dict.fromkeys(cols) if name in table.c]
    statement = insert(table).values({name: sa.bindparam(f"_{name}") for name in names})
    changes = {name: statement.excluded[name] for name in names if name not in keys}
    whole = (
        statement.on_conflict_do_update(index_elements=keys, set_=changes)
        if changes
        else statement.on_conflict_do_nothing(index_elements=keys)
    )
    made = whole.compile(dialect=sqlite.dialect())
    order = [str(name).removeprefix("_") for name in made.positiontup or ()]
    # a row that is in order already is taken as it is
    return tuple if order == list(cols) else itemgetter(*map(cols.index, order)), str(made)


def spool_put(tx: WriteTx, feed: str, sha: str, data: bytes) -> None:
    """Keep a frame, so that a crash never fetches it again."""
    tx.execute(insert(spool).values(sha=sha, feed=feed, bytes=data).on_conflict_do_nothing())


def spool_get(tx: ReadTx, sha: str) -> bytes | None:
    """A kept frame."""
    value = tx.execute(sa.select(spool.c.bytes).where(spool.c.sha == sha)).scalar()
    return None if value is None else bytes(value)


def spool_part(tx: WriteTx, feed: str, sha: str, data: bytes) -> None:
    """Keep what came of a frame before the line was cut; nothing where it is to be fetched from its beginning."""
    tx.execute(spool.delete().where(spool.c.sha == _part(sha)))
    if data:
        spool_put(tx, feed, _part(sha), data)


def spool_begun(tx: ReadTx, sha: str) -> bytes:
    """What there is of a frame that was cut."""
    return spool_get(tx, _part(sha)) or b""


def _part(sha: str) -> str:
    return f"{sha}.part"


def spool_clear(tx: WriteTx, feed: str) -> None:
    """The filling is complete."""
    tx.execute(spool.delete().where(spool.c.feed == feed))


def packs(tx: ReadTx) -> list[PolicyText]:
    """The packs in force."""
    rows = tx.execute(_PACKS)
    return [PolicyText(r.id, r.text, r.digest, r.sig) for r in rows]


def all_packs(tx: ReadTx) -> list[PolicyText]:
    """Every pack the centre gave, those to come and those gone by among them."""
    return [PolicyText(r.id, r.text, r.digest, r.sig) for r in tx.execute(_ALL_PACKS)]


def tables(tx: ReadTx) -> dict[str, dict[str, str]]:
    """All code tables."""
    found: dict[str, dict[str, str]] = {}
    for name, number, words in tx.execute(_CODES):
        found.setdefault(name, {})[number] = words
    return found


def clerks(tx: ReadTx) -> list[ClerkRow]:
    """Accounts of the station."""
    rows = tx.execute(sa.select(clerk).order_by(clerk.c.clerk))
    return [ClerkRow(r.clerk, r.name, tuple(r.rights.split()), r.active) for r in rows]


def device_cert(tx: ReadTx, dev: str) -> tuple[str, str] | None:
    """A station PC's certificate text and signature."""
    row = tx.execute(sa.select(device_key).where(device_key.c.dev == dev)).first()
    return (row.text, row.sig) if row else None


def controls(tx: ReadTx) -> dict[str, str]:
    """Settings the centre gives: idle minutes, limits, notices."""
    return {r.key: r.value for r in tx.execute(sa.select(control))}
