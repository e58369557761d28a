"""Tell how far a PC's chain reaches at the centre."""

import argparse
from typing import Any

import sqlalchemy as sa

from counter_app.central.commands.session import work
from counter_app.central.ops import chain
from counter_app.central.tables import ingest


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--device", required=True)


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Read it from the stored entries."""
    with work(given.data) as (_, tx):
        ep = chain.tip(tx, given.device)[0]
        n, head = chain.advance(tx, given.device, ep)
        count = sa.select(sa.func.count()).where(ingest.c.dev == given.device)
        entries = tx.execute(count).scalar_one()
    return {"dev": given.device, "ep": ep, "n_contig": n, "head": head, "entries": entries}
