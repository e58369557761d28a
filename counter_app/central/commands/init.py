"""Make a centre: database, keys, certificates; with --demo the invented 示范县."""

import argparse
from typing import Any

import sqlalchemy as sa

from counter_app.central import boots, demo, epoch, postgres
from counter_app.central import centre as made
from counter_app.central.commands.session import opened, work
from counter_app.central.tables import sequencer, setting
from counter_app.central.tls import make_certificates
from counter_app.kernel.clock import SystemClock
from counter_app.kernel.errors import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--pg", default="", help="URL of a PostgreSQL; without it one is started")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--residents", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Make it."""
    made.make(given.data, given.pg)
    make_certificates(given.data, SystemClock())
    centre = opened(given.data)
    postgres.migrate(centre.engine)
    told: dict[str, Any] = {
        "ca": str(given.data / made.CA),
        "sign_key": centre.sign_public,
        "seal_key": centre.seal_public,
    }
    with work(given.data) as (bound, tx):
        begin(tx)
        if given.demo:
            if made.get(tx, "demo"):
                raise Refused("demo", "这个中心已经装过示范县的数据，要重来就换一个空文件夹")
            told |= demo.fill(bound, tx, given.residents, given.seed)
    with centre.engine.begin() as tx:
        for family in ("persons", "households"):
            boots.prepare(tx, family)
    centre.engine.dispose()
    return told


def begin(tx: sa.Connection) -> None:
    """The settings a centre begins with; those that are there stay."""
    if tx.execute(sa.select(setting.c.value).where(setting.c.key == "epoch")).first() is None:
        made.put(tx, epoch.SETTING, epoch.named(1))
        tx.execute(sequencer.insert().values(head=0))
