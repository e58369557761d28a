"""The centre's PostgreSQL: a county's own by URL, or a real one from a Python package in a folder."""

import json
import os
import warnings
from pathlib import Path

import sqlalchemy as sa

_DRIVER = "postgresql+psycopg://"


def attach(folder: Path, url: str) -> sa.Engine:
    """An engine on the county's URL, or on the folder's own server, started where it isn't running.

    The folder's server stops when the last process attached to it ends.
    """
    if not url:
        url = _own_server(folder / "pg")
    scheme, _, rest = url.partition("://")
    if not scheme.startswith("postgres"):
        raise ValueError("the centre needs a postgresql:// URL")
    return sa.create_engine(_DRIVER + rest, pool_size=12, max_overflow=8, hide_parameters=True)


def _forget_dead(folder: Path) -> None:
    """Take processes that were killed off the server's list, or it would never stop.

    Under the package's own lock: another process may be adding itself.
    """
    import fasteners
    from pgserver.postgres_server import PostgresServer

    listed = folder / ".handle_pids.json"
    if not listed.exists():
        return
    with fasteners.InterProcessLock(PostgresServer.lock_path):
        pids = json.loads(listed.read_text("utf-8"))
        living = [pid for pid in pids if _lives(int(pid))]
        if living != pids:
            listed.write_text(json.dumps(living), "utf-8")


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _own_server(folder: Path) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pgserver.postgres_server import get_server

        _forget_dead(folder)
        server = get_server(folder, cleanup_mode="stop")
    return str(server.get_uri())


def stop(folder: Path) -> None:
    """Let go of the folder's own server before the process ends; the last one stops it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pgserver.postgres_server import get_server

        get_server(folder / "pg", cleanup_mode="stop").cleanup()


def migrate(engine: sa.Engine) -> None:
    """Bring the database to this program's tables."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    root = Path(__file__).resolve().parent.parent.parent
    folder = root / "migrations" / "central"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
