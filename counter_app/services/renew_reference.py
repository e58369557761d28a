"""Fetch the reference database anew: at the next start, so that nobody reads it meanwhile."""

from pathlib import Path

from counter_app.store.reference import ask_renewal


def renew_reference(folder: Path) -> None:
    """Ask for it; nothing of the station's own work is in that file.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    ask_renewal(folder)
