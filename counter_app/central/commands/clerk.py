"""Add a clerk, close an account, or make a clerk's one-time code for another PC."""

import argparse

from counter_app.central import codes, stations
from counter_app.central.commands.session import work
from counter_app.central.tables import rekey
from counter_app.kernel.errors import Refused

_CODE_DAYS = 7


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("do", choices=("add", "close", "code"))
    parser.add_argument("clerk")
    parser.add_argument("--station", required=True)
    parser.add_argument("--name", default="")
    parser.add_argument("--rights", default="accept")


def run(given: argparse.Namespace) -> dict[str, str]:
    """Do it."""
    with work(given.data) as (centre, tx):
        if given.do == "add":
            if not given.name or stations.find_station(tx, given.station) is None:
                raise Refused("clerk", "要有姓名和已登记的站点")
            stations.add_clerk(tx, given.station, given.clerk, given.name, given.rights)
            return {"clerk": given.clerk, "station": given.station}
        if stations.find_clerk(tx, given.station, given.clerk) is None:
            raise Refused("clerk", "这个站点没有这位经办人")
        if given.do == "close":
            stations.close_clerk(tx, given.station, given.clerk)
            return {"clerk": given.clerk, "station": given.station, "active": "no"}
        code = codes.new_code()
        tx.execute(
            rekey.insert().values(
                code_sha=codes.digest(code),
                station=given.station,
                clerk=given.clerk,
                expires_at=centre.clock.now_ms() + _CODE_DAYS * stations.DAY_MS,
            )
        )
    return {"code": code, "clerk": given.clerk, "station": given.station}
