"""The frozen program's entry."""

import multiprocessing
import sys
from pathlib import Path

import counter_app

VERSION_FILE = "VERSION"
"""Written by installers/freeze.py: the git tag, which a checkout's own number doesn't know."""


def take_version() -> None:
    """Before anything of the program is imported but its name."""
    beside = Path(counter_app.__file__).parent.parent / VERSION_FILE
    counter_app.__version__ = beside.read_text("ascii").strip()


if __name__ == "__main__":
    # the camera runs in a process of its own, started from this same file
    multiprocessing.freeze_support()
    take_version()
    # after the version is known: windows take it when they are imported
    from ui.app import main

    sys.exit(main())
