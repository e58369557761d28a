"""Register a station or change its facts."""

import argparse

from counter_app.central import stations
from counter_app.central.commands.session import work
from counter_app.kernel.errors import Refused
from counter_app.kernel.ids import STATION_LENGTH


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("code", help="12 digits; the first nine are the area")
    parser.add_argument("--name", required=True)
    parser.add_argument("--phone", default="")
    parser.add_argument("--hours", default="")
    parser.add_argument("--county", default="")
    parser.add_argument("--county-phone", default="")


def run(given: argparse.Namespace) -> dict[str, str]:
    """Register it."""
    if not (given.code.isdigit() and len(given.code) == STATION_LENGTH):
        raise Refused("code", "站点编码是 12 位数字")
    with work(given.data) as (_, tx):
        row = stations.StationRow(
            code=given.code,
            area=given.code[:9],
            name=given.name,
            phone=given.phone,
            hours=given.hours,
            county=given.county,
            county_phone=given.county_phone,
        )
        stations.add_station(tx, row)
    return {"station": given.code, "area": given.code[:9]}
