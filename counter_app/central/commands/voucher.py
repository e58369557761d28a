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


def run(given: argparse.Namespace) -> dict[str, str | int]:
    """Make it."""
    with work(given.data) as (centre, tx):
        if settings.get(tx, "demo") != "yes":
            raise Refused("demo", "只有演示用的中心能出医保码")
        if not given.region and given.certno not in roster.people(tx, [given.certno]):
            raise Refused("certno", "名单上没有这个证件号")
        token = evoucher.issue(centre, tx, given.certno, given.region)
        until = centre.clock.now_ms() + evoucher.LIFE_MS
    return {"token": token, "expires_at": until}
