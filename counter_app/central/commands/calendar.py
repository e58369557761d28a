"""Publish the working days of a year the program does not know (调休), as the notice gives them."""

import argparse
import json
from pathlib import Path
from typing import Any

from counter_app.central.commands.session import work
from counter_app.central.feeds import Pending, publish
from counter_app.domain.calendar import published
from counter_app.kernel.errors import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("do", choices=("add",))
    parser.add_argument(
        "file", type=Path, help='{"years": [2027], "source": "…", "changed": {"2027-02-06": true}}'
    )


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Read the list and put it on the feed of codes; a list of the same year is written over day by day."""
    try:
        plain = json.loads(given.file.read_text("utf-8"))
        found = published.read(plain if isinstance(plain, dict) else {})
    except (OSError, ValueError) as error:
        raise Refused("calendar", f"放假安排读不懂：{error}") from error
    rows = published.to_rows(found)
    with work(given.data) as (_, tx):
        publish(tx, [Pending("codes", [published.TABLE, *row]) for row in rows.items()])
    working = sum(found.changed.values())
    return {
        "years": sorted(found.years),
        "source": found.source,
        "worked": working,
        "rested": len(found.changed) - working,
    }
