"""List the accepted claims that a pack published later settles otherwise; with --tell their stations hear of it."""

import argparse
from typing import Any

from counter_app.central.commands.session import NOT_DONE, not_done, work
from counter_app.central.ops import later_pack
from counter_app.central.ops.bench import Bench
from counter_app.central.ops.later_pack import Differs


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--tell", action="store_true", help="tell the stations, once for each pack")


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Work every accepted claim out by both packs; no case is moved by it."""
    with work(given.data) as (centre, tx):
        bench = Bench.open(centre, tx)
        seen = list(later_pack.differing(bench))
        found = [one for one in seen if isinstance(one, Differs)]
        told = sum(later_pack.tell(bench, one) for one in found) if given.tell else 0
    rows = [
        {
            "case": one.row.case_no,
            "station": one.row.station,
            "said_by": one.row.pack.partition("@")[0],
            "now_by": one.pack.id,
            "was": one.was,
            "now": one.now,
        }
        for one in found
    ]
    note = "仅供参考；案件照旧有效，差的钱由县里定"
    return {"differs": rows, "told": told, NOT_DONE: not_done(seen), "note": note}
