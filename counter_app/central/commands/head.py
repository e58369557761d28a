"""Tell how far a PC's chain and its access log reach at the centre, and where they have a gap or a fork."""

import argparse
from typing import Any

import sqlalchemy as sa

from counter_app.central.commands.session import work
from counter_app.central.ops import chain
from counter_app.central.tables import ingest
from counter_app.central.take_access import standing


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--device", required=True)
    parser.add_argument("--access", action="store_true", help="its access log too, gaps and forks")


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Read it from the stored entries."""
    with work(given.data) as (_, tx):
        ep = chain.tip(tx, given.device)[0]
        n, head = chain.advance(tx, given.device, ep)
        count = sa.select(sa.func.count()).where(ingest.c.dev == given.device)
        entries = tx.execute(count).scalar_one()
        looks = [e._asdict() for e in standing(tx, given.device)] if given.access else None
    found = {"dev": given.device, "ep": ep, "n_contig": n, "head": head, "entries": entries}
    return found if looks is None else {**found, "access": looks}
