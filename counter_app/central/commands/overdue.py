"""Print the cases the office has not decided within the time it promised (限时办结), masked."""

import argparse
from typing import Any

from counter_app.central import basis, overdue
from counter_app.central.commands.session import work
from counter_app.kernel import dates
from counter_app.kernel.clock import today
from counter_app.kernel.errors import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--on", default="", help="another day than today, 2026-11-23")


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Count by the calendar as it is known now, clock stops taken off."""
    with work(given.data) as (centre, tx):
        on = dates.iso(given.on) if given.on else today(centre.clock)
        if on is None:
            raise Refused("day", f"日期写成 2026-11-23 这样的，写的是“{given.on}”")
        found = overdue.overdue(tx, basis.load(tx), on)
    late = [one for one in found if one.due]
    return {
        "on": on.isoformat(),
        "overdue": [one._asdict() for one in late],
        "uncounted": [one._asdict() for one in found if not one.due],
        "note": "uncounted 的放假安排还没公布，算不出最后一天；退回、要裁决的等服务站，不在这里",
    }
