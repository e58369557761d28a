"""Print an e-voucher token, good once and for a minute; a demonstration centre only."""

import argparse

from counter_app.central import centre as settings
from counter_app.central import evoucher, roster
from counter_app.central.commands.session import work
from counter_app.kernel.errors import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--certno", default="", help="whose; nobody's with --region")
    parser.add_argument("--region", default="", help="of somebody insured in that other region")
    parser.add_argument("--age", type=int, default=0, help="so many seconds old already")


def run(given: argparse.Namespace) -> dict[str, str | int]:
    """Make it."""
    with work(given.data) as (centre, tx):
        if settings.get(tx, "demo") != "yes":
            raise Refused("demo", "只有演示用的中心能出医保码")
        if not given.region and given.certno not in roster.people(tx, [given.certno]):
            raise Refused("certno", "名单上没有这个证件号")
        age = given.age * 1000
        token = evoucher.issue(centre, tx, given.certno, given.region, age)
        until = centre.clock.now_ms() - age + evoucher.LIFE_MS
    return {"token": token, "expires_at": until}
