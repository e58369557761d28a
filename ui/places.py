"""Where a file for others is best put: a stick that is plugged in, else the desktop, else home."""

import os
import sys
from pathlib import Path

_MOUNTS = ("/media", "/run/media")
_REMOVABLE = 2


def place_for_bundle() -> Path:
    """A folder that is there; looks at the disk, so it belongs on a background lane."""
    home = Path.home()
    desktops = [home / name for name in ("Desktop", "桌面")]
    wanted = [*_sticks(), *desktops, home]
    return next((p for p in wanted if p.is_dir() and os.access(p, os.W_OK)), home)


def _sticks() -> list[Path]:
    if sys.platform == "win32":
        import ctypes

        roots = [f"{letter}:\\" for letter in "DEFGHIJKLMNOPQRSTUVWXYZ"]
        kind = ctypes.windll.kernel32.GetDriveTypeW
        return [Path(root) for root in roots if kind(root) == _REMOVABLE]
    return plugged_in([Path(mount) for mount in _MOUNTS], home_name=Path.home().name)


def plugged_in(mounts: list[Path], home_name: str) -> list[Path]:
    """What is mounted below these, with or without the account's own folder between."""
    found: list[Path] = []
    for mount in mounts:
        for place in (mount / home_name, mount):
            try:
                found += sorted(p for p in place.iterdir() if p.is_mount())
            except OSError:
                continue
    return found
