"""Bringing station.db to this program's schema, and refusing what is newer."""

from functools import partial
from pathlib import Path

import sqlalchemy as sa

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import profile
from counter_app.store.station_tables import metadata
from counter_app.store.transaction import write
from counter_app.store.upgrading import Differs, Tell, unheard, upgrade_beside

HEAD = "0003"
"""The newest migration; a test compares it with the migration tree."""
KNOWN = ("0001", "0002", "0003")
UNDONE = "upgrade.json"
"""What became of an upgrade that came to nothing; gone once one went well."""


def revision(engine: sa.Engine) -> str:
    """The file's migration, "" for an empty file."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        return str(
            connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""
        )


def upgrade(
    engine: sa.Engine,
    path: Path,
    migrations: Path,
    seal_to: bytes = b"",
    tell: Tell = unheard,
) -> None:
    """Migrate to HEAD: an empty file in one transaction, one with work in it on a copy, compared.

    Where that comes to nothing the old file is in force as it was; work goes on with it if this
    program finds in it every table and column it reads.

    Args:
        engine: the opened file; its connections are closed and opened again.
        path: where it lies.
        migrations: the folder of the migration tree.
        seal_to: the centre's sealing key, if identity.json has it.
        tell: hears which step begins; never, where nothing has to be migrated.

    Raises:
        EnvironmentFault: the file is from a newer program, or its upgrade came to nothing and this
            program cannot work with it as it is.
    """
    at = revision(engine)
    if at == HEAD:
        return
    if at and at not in KNOWN:
        raise EnvironmentFault(
            "newer_database",
            "本机的数据是更新的程序存的，这个旧程序不能打开；数据没有动",
            "请用新程序打开，或打县医保中心电话",
        )
    if not at:
        _run(migrations, engine)
        return
    try:
        upgrade_beside(engine, path, HEAD, partial(_run, migrations), seal_to, tell)
    except Exception as error:
        # whatever a migration does wrong, the clerk is told in words and the old file is in force
        fault = _undone(error)
        _note(path.parent, at, fault, error)
        if not usable(engine):
            raise fault from error
        return
    (path.parent / UNDONE).unlink(missing_ok=True)


def usable(engine: sa.Engine) -> bool:
    """Whether the file is of a schema this program can work with: HEAD, or an older one that lacks nothing."""
    at = revision(engine)
    if at == HEAD:
        return True
    if at not in KNOWN:
        return False
    with engine.connect() as connection:
        look = sa.inspect(connection)
        there = set(look.get_table_names())
        return all(
            table.name in there
            and {c.name for c in table.columns} <= {c["name"] for c in look.get_columns(table.name)}
            for table in metadata.sorted_tables
        )


def upgrade_undone(folder: Path) -> str:
    """Why the last upgrade came to nothing, "" where none did."""
    try:
        return str(profile.read(folder, UNDONE).get("words", ""))
    except EnvironmentFault:
        return ""


def _undone(error: Exception) -> EnvironmentFault:
    if isinstance(error, EnvironmentFault):
        return error
    return EnvironmentFault(
        "upgrade_undone",
        "数据升级没有成，已经退回原来的数据；没发的都在，没有丢",
        "先用原来的程序接着办，打县医保中心电话",
    )


def _note(folder: Path, at: str, fault: EnvironmentFault, error: Exception) -> None:
    # counts are harmless, what a driver says may quote a row
    why = str(error) if isinstance(error, Differs) else type(error).__name__
    said: dict[str, object] = {"from": at, "to": HEAD, "code": fault.code, "words": fault.text}
    said["why"] = why
    try:
        profile.save(folder, UNDONE, said)
    except EnvironmentFault:
        # a full disk has no room for the note either; the fault itself says what happened
        return


def _run(migrations: Path, engine: sa.Engine) -> None:
    # alembic costs 0.3 s to import: only an old or empty file pays for it
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations.resolve()).replace("%", "%%"))
    with write(engine) as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "head")
