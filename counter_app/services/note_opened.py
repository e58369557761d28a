"""Note beside the data which program last opened it, so that an older one can say so before any log-in."""

from pathlib import Path

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import profile

OPENED = "opened.json"


def note_opened(folder: Path, schema: str, app: str) -> None:
    """Write it where it changed.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    said: dict[str, object] = {"schema": schema, "app": app}
    if profile.read(folder, OPENED) != said:
        profile.save(folder, OPENED, said)


def last_opened(folder: Path) -> tuple[str, str]:
    """(schema, version of the program), "" where it was never noted or can't be read."""
    try:
        plain = profile.read(folder, OPENED)
    except EnvironmentFault:
        return "", ""
    return str(plain.get("schema", "")), str(plain.get("app", ""))
