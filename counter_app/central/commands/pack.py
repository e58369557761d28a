"""Put a policy pack in force."""

import argparse
import tomllib
from pathlib import Path

from counter_app.central import basis
from counter_app.central.commands.session import work
from counter_app.domain.policy.pack import PackFault
from counter_app.kernel.errors import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("do", choices=("add",))
    parser.add_argument("file", type=Path)


def run(given: argparse.Namespace) -> dict[str, str]:
    """Sign it and publish it."""
    try:
        text = given.file.read_text("utf-8")
        with work(given.data) as (centre, tx):
            pack = basis.add_pack(tx, text, centre.sign_private)
    except (PackFault, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused("pack", f"规则包读不懂：{error}") from error
    return {"pack": pack.id, "digest": pack.digest}
