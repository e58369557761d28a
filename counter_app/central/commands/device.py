"""List PCs, approve or revoke one, make an activation code."""

import argparse
from typing import Any

import sqlalchemy as sa

from counter_app.central import codes, stations
from counter_app.central.commands.session import work
from counter_app.central.tables import device as table
from counter_app.kernel.errors import Refused

_CODE_DAYS = 1
"""The window and the first-start help tell the clerk 24 小时内有效."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("do", choices=("list", "approve", "revoke", "code"))
    parser.add_argument("--device", default="")
    parser.add_argument("--station", default="", help="of a new code")
    parser.add_argument("--clerk", default="", help="first clerk of a new code")
    parser.add_argument("--days", type=int, default=_CODE_DAYS)
    parser.add_argument("--approved", action="store_true", help="the PC need not wait")


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Do it."""
    if given.do == "code":
        return _code(given)
    with work(given.data) as (centre, tx):
        if given.do == "list":
            columns = (table.c.dev, table.c.station, table.c.letter, table.c.state, table.c.machine)
            rows = tx.execute(sa.select(*columns).order_by(table.c.dev)).mappings()
            return {"devices": [dict(row) for row in rows]}
        if given.do == "approve":
            done = stations.approve(tx, given.device)
        else:
            done = stations.revoke(centre, tx, given.device)
        if not done:
            raise Refused("device", "没有这台电脑，或它不在等批准")
    return {"device": given.device, "done": given.do}


def _code(given: argparse.Namespace) -> dict[str, Any]:
    code = codes.new_code()
    with work(given.data) as (centre, tx):
        if stations.find_clerk(tx, given.station, given.clerk) is None:
            raise Refused("clerk", "这个站点没有这位经办人，先登记经办人")
        until = centre.clock.now_ms() + given.days * stations.DAY_MS
        place = (given.station, given.clerk)
        stations.allow_pc(tx, codes.digest(code), place, until, approved=given.approved)
    return {"code": code, "station": given.station, "clerk": given.clerk}
