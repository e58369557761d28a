"""Gather the county's claimed bills into the filter stations check new ones against."""

import argparse
from typing import Any

from counter_app.central import bills
from counter_app.central.commands.session import work


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("do", choices=("base",))


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Make the filters; once a year is enough, new bills travel one by one in between."""
    with work(given.data) as (_, tx):
        made = bills.make_bases(tx)
    return {"counties": [one._asdict() for one in made]}
