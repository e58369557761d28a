"""List the cases that wait for a clerk of the county, with the reason; `decide` decides them."""

import argparse
from typing import Any

from counter_app.central.commands.session import NOT_DONE, not_done, work
from counter_app.central.ops import waiting as cases_waiting
from counter_app.central.ops.bench import Bench


def arguments(_: argparse.ArgumentParser) -> None:
    """What the command takes: nothing."""


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Judge each anew, so that the reason is today's; no case is moved by it."""
    with work(given.data) as (centre, tx):
        found = list(cases_waiting.waiting(Bench.open(centre, tx)))
    rows = [one._asdict() for one in found if isinstance(one, cases_waiting.Waiting)]
    return {
        "waiting": rows,
        NOT_DONE: not_done(found),
        "note": "用 counter-central decide 编号 accept 或 reject 定",
    }
