"""Bringing station.db to this program's schema, and refusing what is newer."""

import shutil
from pathlib import Path

import sqlalchemy as sa

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store.transaction import write

HEAD = "0003"
"""The newest migration; a test compares it with the migration tree."""
KNOWN = ("0001", "0002", "0003")


def revision(engine: sa.Engine) -> str:
    """The file's migration, "" for an empty file."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        return str(
            connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""
        )


def upgrade(engine: sa.Engine, path: Path, migrations: Path) -> None:
    """Migrate to HEAD in one transaction; the file is copied beside itself first.

    Where a migration fails, or the power does, the file is as it was and the copy stays.

    Raises:
        EnvironmentFault: the file is from a newer program.
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
    if at:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy2(path, path.with_suffix(f".before-{HEAD}"))
    _run(engine, migrations)


def _run(engine: sa.Engine, migrations: Path) -> None:
    # alembic costs 0.3 s to import: only an old or empty file pays for it
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations.resolve()).replace("%", "%%"))
    with write(engine) as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "head")
