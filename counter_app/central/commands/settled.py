"""Load what hospitals settled directly, a JSON line for each person and year; no amount in yuan, all in fen."""

import argparse
from pathlib import Path
from typing import Any

import msgspec

from counter_app.central import settled
from counter_app.central.commands.session import work
from counter_app.kernel.errors import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--file", type=Path, required=True)


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Load it whole or not at all."""
    with given.file.open("rb") as lines, work(given.data) as (_, tx):
        found = [_record(index, line) for index, line in enumerate(lines, 1) if line.strip()]
        loaded = settled.put(tx, found)
    told: dict[str, Any] = {"records": loaded.records}
    if loaded.likened:
        told |= {
            "same_as_claims": list(loaded.likened),
            "note": "这几件和没有编号的直接结算同一个人、同一家医院、同一天出院、总额一样，"
            "当作同一次住院，只算一次，请核对",
        }
    return told


def _record(index: int, line: bytes) -> settled.Record:
    try:
        return settled.record_of(msgspec.json.decode(line, type=dict[str, object]))
    except (msgspec.DecodeError, settled.BrokenRecord) as error:
        raise Refused("row", f"第 {index} 行读不懂：{error}") from error
