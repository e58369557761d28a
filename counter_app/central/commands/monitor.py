"""Print the county's monitoring list of high costs (高额费用预警), masked."""

import argparse
from typing import Any

from counter_app.central import basis, high_cost
from counter_app.central.commands.session import NOT_DONE, not_done, work
from counter_app.kernel.clock import today


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--year", type=int, default=0, help="another year than this one")


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Work it out by the pack in force; amounts are the estimates that were said, for reference only."""
    with work(given.data) as (centre, tx):
        on = today(centre.clock)
        grounds = basis.load(tx)
        year = given.year or on.year
        found = high_cost.watched(tx, grounds, year, on)
    pack = grounds.packs.on(on)
    lines = pack is not None and any(row.key.startswith("warning.") for row in pack.parameters)
    return {
        "year": year,
        "pack": pack.id if pack else "",
        "note": "仅供参考" if lines else "规则包没有给高额费用预警线，谁都不预警",
        "people": [one._asdict() for one in found.people],
        NOT_DONE: not_done(found.not_read),
    }
