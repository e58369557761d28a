"""Opens what is there of the two databases as it is: nothing is made, migrated or set aside."""

from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.doctor.patient import OpenFiles
from counter_app.kernel.errors import EnvironmentFault
from counter_app.store.engine import begun, open_engine

if TYPE_CHECKING:
    import sqlalchemy as sa

ABSENT = "absent"


def open_files(folder: Path, key: bytes) -> OpenFiles:
    """Both files with their key; why one did not open is kept, not raised."""
    found: dict[str, sa.Engine] = {}
    why: dict[str, str] = {}
    for name in ("station", "reference"):
        path = folder / f"{name}.db"
        if not begun(path):
            why[name] = ABSENT
            continue
        try:
            found[name] = open_engine(path, key)
        except EnvironmentFault as fault:
            why[name] = fault.code
    return OpenFiles(found.get("station"), found.get("reference"), why)


def close_files(files: OpenFiles) -> None:
    """Let go of both."""
    for engine in (files.station, files.reference):
        if engine is not None:
            engine.dispose()
