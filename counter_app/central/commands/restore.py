"""Put a backup in the place of the centre's own database; the stations send again what it lost."""

import argparse
from pathlib import Path
from typing import Any

from counter_app.central import backups
from counter_app.central.commands.session import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", type=Path)


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Do it, beside a running server if there is one."""
    centre = opened(given.data)
    try:
        return {"file": str(given.file), "epoch": backups.bring_back(centre, given.file)}
    finally:
        centre.engine.dispose()
