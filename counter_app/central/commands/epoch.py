"""Tell the epoch, or begin a new one after the county's own tools restored the database."""

import argparse
from typing import Any

from counter_app.central import epoch
from counter_app.central.centre import get
from counter_app.central.commands.session import work


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--bump", action="store_true")


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Do it."""
    with work(given.data) as (_, tx):
        return {"epoch": epoch.bump(tx) if given.bump else get(tx, epoch.SETTING)}
