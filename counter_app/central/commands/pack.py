"""Sign policy packs and publish them side by side."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

import msgspec

from counter_app.central import packs
from counter_app.central.commands.session import work
from counter_app.central.ops import later_pack
from counter_app.central.ops.bench import Bench
from counter_app.central.packs import SignedPack
from counter_app.kernel.clock import today
from counter_app.kernel.errors import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    does = parser.add_subparsers(dest="do", required=True)
    one = does.add_parser("sign", help="check a pack and sign it")
    one.add_argument("file", type=Path)
    one.add_argument("-o", dest="out", type=Path, required=True, help="where the signed pack goes")
    two = does.add_parser("publish", help="send a signed pack to the stations")
    two.add_argument("file", type=Path)
    does.add_parser("list", help="what is published, and what holds on a day")
    three = does.add_parser("add", help="sign and publish at once")
    three.add_argument("file", type=Path)
    does.choices["list"].add_argument("--on", type=dt.date.fromisoformat, help="2026-01-01")


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Do it."""
    return {"sign": _sign, "publish": _publish, "list": _list, "add": _add}[given.do](given)


def _sign(given: argparse.Namespace) -> dict[str, str]:
    with work(given.data) as (centre, tx):
        signed = packs.sign(tx, _text(given.file), centre.sign_private, given.file.name)
    try:
        given.out.write_bytes(msgspec.json.encode(signed))
    except OSError as error:
        raise Refused("pack", f"{given.out.name} 写不进去：{error.strerror}") from error
    return {"signed": given.out.name, "digest": signed.digest}


def _publish(given: argparse.Namespace) -> dict[str, Any]:
    try:
        signed = msgspec.json.decode(_text(given.file), type=SignedPack)
    except msgspec.MsgspecError as error:
        text = f"{given.file.name} 不是签好的规则包，先运行 counter-central pack sign"
        raise Refused("pack", text) from error
    with work(given.data) as (centre, tx):
        pack = packs.put(tx, signed, centre.sign_private, today(centre.clock))
    return {"pack": pack.id, "digest": pack.digest, **_reaches_back(given.data)}


def _list(given: argparse.Namespace) -> dict[str, Any]:
    with work(given.data) as (centre, tx):
        return {"packs": packs.listed(tx, given.on or today(centre.clock))}


def _add(given: argparse.Namespace) -> dict[str, Any]:
    with work(given.data) as (centre, tx):
        signed = packs.sign(tx, _text(given.file), centre.sign_private, given.file.name)
        pack = packs.put(tx, signed, centre.sign_private, today(centre.clock))
    return {"pack": pack.id, "digest": pack.digest, **_reaches_back(given.data)}


def _reaches_back(folder: Path) -> dict[str, Any]:
    """How many accepted claims another pack governs than theirs, and how to see what it changes.

    Counted once the pack is published: no case of another shape takes that back.
    """
    with work(folder) as (centre, tx):
        found = later_pack.under_another(Bench.open(centre, tx))
    told, words = dict[str, Any](), []
    if found.another:
        told["accepted_by_another_pack"] = found.another
        words.append(f"有 {found.another} 件已办结的报销，现在管的规则包和受理时不是同一份")
    if found.unread:
        told["unreadable"] = found.unread
        also = "另有" if found.another else "有"
        words.append(f"{also} {found.unread} 件已办结的读不出来，归哪一份管不知道")
    note = f"{'；'.join(words)}。哪些钱不一样、哪几件读不出来，运行 counter-central rejudge 看"
    return {**told, "note": note} if told else {}


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("pack", f"{file.name} 打不开，看看文件在不在、是不是 UTF-8") from error
