"""counter-central: the reference centre's command line; one JSON object on standard output."""

import argparse
import sys
from pathlib import Path
from typing import Any

import msgspec

from counter_app.central.commands import (
    backup,
    bills,
    calendar,
    clerk,
    courier,
    decide,
    device,
    epoch,
    head,
    init,
    monitor,
    overdue,
    pack,
    rejudge,
    restore,
    roster,
    sequencer,
    serve,
    settled,
    voucher,
    waiting,
)
from counter_app.central.commands import station as station_command
from counter_app.central.commands.session import NOT_DONE
from counter_app.kernel.errors import Refused

_COMMANDS = {
    "init": init,
    "serve": serve,
    "sequencer": sequencer,
    "station": station_command,
    "device": device,
    "clerk": clerk,
    "roster": roster,
    "settled": settled,
    "pack": pack,
    "calendar": calendar,
    "monitor": monitor,
    "rejudge": rejudge,
    "overdue": overdue,
    "waiting": waiting,
    "bills": bills,
    "decide": decide,
    "head": head,
    "voucher": voucher,
    "backup": backup,
    "restore": restore,
    "epoch": epoch,
    "courier": courier,
}


def main(argv: list[str] | None = None) -> int:
    """Run a subcommand; 0 done, 1 some of it could not be done (printed), 2 refused."""
    parser = argparse.ArgumentParser(prog="counter-central", description=__doc__)
    parts = parser.add_subparsers(dest="command", required=True)
    for name, module in _COMMANDS.items():
        part = parts.add_parser(name, help=module.__doc__)
        part.add_argument("--data", type=Path, required=True, help="the centre's folder")
        module.arguments(part)
    given = parser.parse_args(argv)
    try:
        result: dict[str, Any] | None = _COMMANDS[given.command].run(given)
    except Refused as refused:
        sys.stderr.write(f"{refused.text}\n")
        return 2
    if result is not None:
        sys.stdout.write(msgspec.json.encode(result).decode("utf-8") + "\n")
    return 1 if result and result.get(NOT_DONE) else 0


if __name__ == "__main__":
    sys.exit(main())
