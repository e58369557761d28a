"""Backup and restore of the centre's own PostgreSQL, by the tools that come with it.

A restore fills a database beside the running one, brings it to this program's tables and to a new
epoch, and then changes the two by name: whoever asks meanwhile gets the old state or the new one,
never a mixture. The old database stays as `before_restore` until the next restore.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa
from psycopg import sql

from counter_app.central import durable, epoch, postgres
from counter_app.central.centre import CONFIG, Centre, write_private
from counter_app.kernel.errors import Refused

_NEW, _OLD = "restored", "before_restore"
_SERVICE = "template1"
"""The database from which databases are renamed."""


def dump(centre: Centre, path: Path) -> int | None:
    """Write a backup; how many chains are safe by it, None where another one began meanwhile and counts instead.

    Raises:
        Refused: the county's own PostgreSQL, or the file can't be written.
    """
    _own(centre)
    with centre.engine.begin() as tx:
        named = durable.begin(tx)
    half = path.with_name(path.name + ".new")
    try:
        write_private(half, b"")
    except OSError as error:
        raise Refused("file", f"写不了这个文件：{error.strerror}") from error
    try:
        _tool("pg_dump", "--format=custom", "--no-owner", f"--file={half}", _uri(centre.engine.url))
        _tool("pg_restore", "--list", str(half))
    except Refused:
        # half of everybody's data, perhaps on a disk that it filled
        half.unlink(missing_ok=True)
        raise
    with half.open("rb+") as written:
        os.fsync(written.fileno())
    half.replace(path)
    _sync_folder(path.absolute().parent)
    with centre.engine.begin() as tx:
        return durable.done(tx, named)


def bring_back(centre: Centre, path: Path) -> str:
    """Put a backup in the place of the database, under a new epoch, which is returned.

    Raises:
        Refused: the county's own PostgreSQL, or the file is no backup; nothing was changed.
    """
    _own(centre)
    _tool("pg_restore", "--list", str(path))
    with _service(centre.engine.url) as service:
        _mend(service, _name(centre.engine.url))
        service.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(_NEW)))
        service.execute(
            sql.SQL("create database {} template template0").format(sql.Identifier(_NEW))
        )
        fresh = _filled(centre.engine.url.set(database=_NEW), path)
        _swap(service, _name(centre.engine.url))
    centre.engine.dispose()
    return fresh


def _sync_folder(folder: Path) -> None:
    """The new name has to be on the disk too, before stations let their entries go."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _filled(url: sa.URL, path: Path) -> str:
    _tool("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={_uri(url)}", str(path))
    engine = sa.create_engine(url, hide_parameters=True)
    try:
        postgres.migrate(engine)
        with engine.begin() as tx:
            return epoch.bump(tx)
    finally:
        engine.dispose()


def _swap(service: psycopg.Connection, name: str) -> None:
    service.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(_OLD)))
    _allow(service, name, "false")
    service.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,)
    )
    _rename(service, name, _OLD)
    _rename(service, _NEW, name)


def _mend(service: psycopg.Connection, name: str) -> None:
    """A restore that was killed between its two renamings left no database of the name."""
    found = {row[0] for row in service.execute("select datname from pg_database").fetchall()}
    if name not in found and _OLD in found:
        _rename(service, _OLD, name)
    _allow(service, name, "true")


def _allow(service: psycopg.Connection, name: str, word: str) -> None:
    words = "alter database {} with allow_connections " + word
    service.execute(sql.SQL(words).format(sql.Identifier(name)))


def _rename(service: psycopg.Connection, old: str, new: str) -> None:
    words = "alter database {} rename to {}"
    service.execute(sql.SQL(words).format(sql.Identifier(old), sql.Identifier(new)))


@contextmanager
def _service(url: sa.URL) -> Iterator[psycopg.Connection]:
    with psycopg.connect(_uri(url.set(database=_SERVICE)), autocommit=True) as connection:
        yield connection


def _own(centre: Centre) -> None:
    if json.loads((centre.folder / CONFIG).read_text("utf-8"))["pg"]:
        told = "这个中心用县里自己的 PostgreSQL：用县里的工具备份；恢复以后运行 counter-central epoch --bump"
        raise Refused("own_tools", told)


def _name(url: sa.URL) -> str:
    return str(url.database)


def _uri(url: sa.URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _tool(name: str, *words: str) -> None:
    import pgserver

    folder = Path(pgserver.__file__).parent / "pginstall" / "bin"
    program = shutil.which(name, path=str(folder))
    if program is None:
        raise Refused("tool", f"找不到 {name}")
    done = subprocess.run([program, *words], capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Refused("backup", f"{name} 没有做成：{said[0] if said else done.returncode}")
