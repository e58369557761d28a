"""Station databases as released programs left them, with unsent work in them (see make_released)."""

import shutil
from pathlib import Path

import sqlalchemy as sa

from counter_app.store.engine import open_engine

FOLDER = Path(__file__).resolve().parent / "released"
KEY = bytes(range(32))
"""Invented people only, so the key may be known."""


def put(revision: str, folder: Path) -> Path:
    """A profile folder with that program's file in it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "station.db"
    shutil.copy2(FOLDER / f"{revision}.db", path)
    return path


def opened(path: Path) -> sa.Engine:
    return open_engine(path, KEY)
