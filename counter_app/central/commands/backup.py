"""Back up the centre's own PostgreSQL, or tell the centre that the county's tools did."""

import argparse
from pathlib import Path
from typing import Any

from counter_app.central import backups, durable
from counter_app.central.commands.session import opened, work
from counter_app.kernel.errors import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", nargs="?", type=Path, help="everything but the centre's own keys")
    parser.add_argument("--begun", action="store_true", help="the county's tools begin after this")
    parser.add_argument("--done", metavar="NAME", help="the backup that --begun named is safe")
    parser.add_argument("--durable", choices=(durable.AT_ONCE, durable.BACKUP))


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Do it."""
    if given.file is not None:
        return _written(given)
    with work(given.data) as (_, tx):
        if given.durable:
            durable.choose(tx, given.durable)
            return {"durable": given.durable}
        if given.begun:
            return {"begun": durable.begin(tx)}
        if given.done:
            chains = durable.done(tx, given.done)
            if chains is None:
                raise Refused("backup", "这以后又开始了一次备份，等那一次做完再报")
            return {"chains": chains}
    raise Refused("backup", "写备份文件，或 --begun、--done、--durable")


def _written(given: argparse.Namespace) -> dict[str, Any]:
    centre = opened(given.data)
    try:
        chains = backups.dump(centre, given.file)
    finally:
        centre.engine.dispose()
    return {"file": str(given.file), "bytes": given.file.stat().st_size, "chains": chains}
