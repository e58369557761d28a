"""List PCs, approve, revoke, renew or readmit one, make an activation code; see the quarantine."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from counter_app.central import codes, devices, readmit, stations
from counter_app.central.centre import Centre
from counter_app.central.commands.session import work
from counter_app.central.ops import release
from counter_app.central.tables import device as table
from counter_app.kernel.errors import Refused
from counter_app.wire import keys
from counter_app.wire.stream import key_id

_CODE_DAYS = 1
"""The window and the first-start help tell the clerk 24 小时内有效."""
_CHANGES: dict[str, Callable[[Centre, sa.Connection, str], bool]] = {
    "approve": lambda _, tx, dev: stations.approve(tx, dev),
    "revoke": stations.revoke,
    "renew": stations.renew,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "do", choices=("list", "code", *_CHANGES, "readmit", "quarantine", "release")
    )
    parser.add_argument("--device", default="")
    parser.add_argument("--station", default="", help="of a new code")
    parser.add_argument("--clerk", default="", help="first clerk of a new code")
    parser.add_argument("--days", type=int, default=_CODE_DAYS)
    parser.add_argument("--approved", action="store_true", help="the PC need not wait")
    parser.add_argument("--file", type=Path, help="courier file of a PC to readmit")
    parser.add_argument("--epoch", type=int, default=0, help="release one branch alone")


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Do it."""
    if given.do == "code":
        return _code(given)
    with work(given.data) as (centre, tx):
        return _DOES.get(given.do, _change)(centre, tx, given)


def _change(centre: Centre, tx: sa.Connection, given: argparse.Namespace) -> dict[str, Any]:
    if not _CHANGES[given.do](centre, tx, given.device):
        raise Refused("device", "没有这台电脑，或它的状态不能这样改")
    return {"device": given.device, "done": given.do}


def _list(centre: Centre, tx: sa.Connection, _: argparse.Namespace) -> dict[str, Any]:
    columns = (table.c.dev, table.c.station, table.c.letter, table.c.state, table.c.machine)
    rows = tx.execute(sa.select(*columns).order_by(table.c.dev)).mappings().all()
    apart = release.waiting(centre, tx)
    told = [
        {**row, **_standing(centre, tx, row["dev"]), **_set_apart(apart, row["dev"])}
        for row in rows
    ]
    return {"devices": told}


def _set_apart(apart: list[release.Waiting], dev: str) -> dict[str, int]:
    """How many of its entries wait for people, and how many of those show a second disk."""
    own = [one for one in apart if one.dev == dev]
    return {"quarantined": sum(o.entries for o in own), "forked": sum(o.forked for o in own)}


def _quarantine(centre: Centre, tx: sa.Connection, _: argparse.Namespace) -> dict[str, Any]:
    return {"quarantine": [one._asdict() for one in release.waiting(centre, tx)]}


def _readmit(centre: Centre, tx: sa.Connection, given: argparse.Namespace) -> dict[str, Any]:
    if given.file is None or not given.file.is_file():
        raise Refused("file", "写上这台电脑导出的文件（--file）")
    return {"device": readmit.readmit(centre, tx, given.file.read_bytes()), "done": given.do}


def _standing(centre: Centre, tx: sa.Connection, dev: str) -> dict[str, str]:
    found = devices.find(tx, dev)
    if found is None:
        return {}
    sends_by = key_id(keys.raw(found.send_key)) if found.send_key else ""
    return {"state": found.standing(centre), "until": found.not_after, "send_key": sends_by}


def _release(centre: Centre, tx: sa.Connection, given: argparse.Namespace) -> dict[str, Any]:
    sender = devices.find(tx, given.device)
    if sender is None:
        raise Refused("device", "没有这台电脑，它送来的只能留着")
    answers = release.release(centre, tx, sender, given.epoch)
    return {"device": given.device, "done": "release", "answers": answers}


_DOES = {"list": _list, "quarantine": _quarantine, "release": _release, "readmit": _readmit}


def _code(given: argparse.Namespace) -> dict[str, Any]:
    code = codes.new_code()
    with work(given.data) as (centre, tx):
        if stations.find_clerk(tx, given.station, given.clerk) is None:
            raise Refused("clerk", "这个站点没有这位经办人，先登记经办人")
        until = centre.clock.now_ms() + given.days * stations.DAY_MS
        place = (given.station, given.clerk)
        stations.allow_pc(tx, codes.digest(code), place, until, approved=given.approved)
    return {"code": code, "station": given.station, "clerk": given.clerk}
