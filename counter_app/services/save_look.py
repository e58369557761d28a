"""How this PC's window looks, kept for the next start."""

from pathlib import Path

from counter_app.services.queries.look import LOOK, Look
from counter_app.store import profile


def save_look(folder: Path, look: Look) -> None:
    """Keep colours and print size.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    profile.save(folder, LOOK, {"scheme": look.scheme, "scale": look.scale})
