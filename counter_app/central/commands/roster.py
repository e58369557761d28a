"""Load a roster: a synthetic one, or households and people from a file of JSON lines."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import psycopg

from counter_app.central.commands.session import work
from counter_app.central.feeds import COLUMNS, Pending, publish
from counter_app.central.township.generate import Plan, households
from counter_app.central.township.load import load
from counter_app.central.township.numbers import Numbers
from counter_app.central.township.rows import QINGHE, Place
from counter_app.kernel.clock import today
from counter_app.kernel.errors import Refused

_SLICE = 1000


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--synthetic", type=int, default=0, help="how many invented residents")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--area", default=QINGHE.area)
    parser.add_argument("--file", type=Path, help='lines {"household": {…}} or {"person": {…}}')


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Load it."""
    if given.file:
        return _file(given.file, given.data)
    place = Place(given.area, QINGHE.town, QINGHE.villages)
    try:
        with work(given.data) as (centre, tx):
            plan = Plan(today(centre.clock), place, given.synthetic, given.seed)
            counts = load(tx, households(plan, Numbers(frozenset())))
    except psycopg.errors.UniqueViolation as error:
        raise Refused("roster", "名单里已经有这些人，换一个空的中心再装") from error
    return {"households": counts[0], "residents": counts[1]}


def _file(path: Path, folder: Path) -> dict[str, Any]:
    count = 0
    with path.open("rb") as lines, work(folder) as (_, tx):
        rows: list[Pending] = []
        for row in _rows(lines):
            rows.append(row)
            count += 1
            if len(rows) == _SLICE:
                publish(tx, rows)
                rows = []
        publish(tx, rows)
    return {"rows": count}


def _rows(lines: Iterator[bytes]) -> Iterator[Pending]:
    families = {"household": "households", "person": "persons"}
    for index, line in enumerate(lines, 1):
        try:
            for kind, cells in msgspec.json.decode(line, type=dict[str, dict[str, str]]).items():
                family = families[kind]
                row: list[object] = [cells[name] for name in COLUMNS[family]]
                yield Pending(f"{family}.{cells['area']}", row)
        except (msgspec.DecodeError, KeyError) as error:
            raise Refused("row", f"第 {index} 行读不懂：{error}") from error
