"""Import courier files that came on a stick; one is taken whole or, where it is broken, not at all."""

import argparse
from pathlib import Path
from typing import Any

from counter_app.central.commands.session import work
from counter_app.central.ops.carry import carry
from counter_app.central.replies import RequestRefused
from counter_app.kernel.errors import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", nargs="+", type=Path)


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Do it."""
    return {"files": [_one(given.data, path) for path in given.file]}


def _one(folder: Path, path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused("file", f"读不了 {path.name}：{error.strerror}") from error
    try:
        with work(folder) as (centre, tx):
            done = carry(centre, tx, data)
    except RequestRefused as refused:
        raise Refused(refused.code, f"{path.name} 收不进来：{refused.text}") from refused
    answers: dict[str, int] = {}
    for result in done.results:
        answers[result.r] = answers.get(result.r, 0) + 1
    return {"file": path.name, "entries": len(done.results), "answers": answers}
