"""Where this PC's profile lies unless a folder is named."""

import os
import sys
from pathlib import Path

VARIABLE = "COUNTER_APP_PROFILE"
_NAME = "counter-app"


def find_profile(named: Path | None = None) -> Path:
    """The named folder, else the one of the environment, else this account's own data folder."""
    if named is not None:
        return named
    given = os.environ.get(VARIABLE, "")
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / _NAME
    share = os.environ.get("XDG_DATA_HOME", "")
    return (Path(share) if share else Path.home() / ".local" / "share") / _NAME
