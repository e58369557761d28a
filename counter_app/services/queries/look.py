"""How this PC's window looks: read before the first paint, so it loads nothing."""

from dataclasses import dataclass
from pathlib import Path

from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import profile

LOOK = "look.json"


@dataclass(frozen=True, slots=True)
class Look:
    """Names as the window knows them: a scheme, and by how much everything is enlarged."""

    scheme: str = "light"
    scale: float = 1.0


def look(folder: Path) -> Look:
    """What was kept; the plain look where nothing was, or nothing that can be read."""
    try:
        plain = profile.read(folder, LOOK)
        return Look(str(plain.get("scheme", "light")), float(str(plain.get("scale", 1.0))))
    except (EnvironmentFault, ValueError):
        return Look()
