"""A window that is measured runs in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path


def window_apart(module: str, places: tuple[Path, Path], told: str, seconds: float) -> object:
    """What the module prints as its last line, JSON; `places` are the profile and a folder for pictures.

    `told` goes to its standard input. Without a display it draws offscreen.

    Raises:
        RuntimeError: the window did not come through.
        subprocess.TimeoutExpired: not in so many seconds.
    """
    env = {**os.environ}
    if not env.get("DISPLAY"):
        env["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, places)],
        input=told,
        capture_output=True,
        env=env,
        text=True,
        timeout=seconds,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])
