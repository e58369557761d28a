"""`counter-app bench evaluate|accept|settle|scan|bills|paper|frozen|sync-pull|sync-fill|sync-upload|sync-bytes --json`: the benchmarks that need no window."""

import argparse
import importlib
from pathlib import Path
from typing import Protocol, cast

from counter_app.cli.bench import NAMES


class _Bench(Protocol):
    def run(self, args: argparse.Namespace) -> int: ...


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser("bench", help="量一量快慢（start、search、memory 要开窗口）")
    parser.add_argument("name", choices=sorted(NAMES))
    parser.add_argument("--json", action="store_true", help="打印一个 JSON 对象")
    parser.add_argument(
        "--database",
        default="",
        help="sync-upload：用这个 PostgreSQL（postgresql://…），不写就自己起一个",
    )
    parser.add_argument("--pictures", type=Path, help="scan：再量这个文件夹里的图片")


def run(args: argparse.Namespace) -> int:
    """Run it; 0 where the figures are within their targets, 1 otherwise, 3 where what is measured isn't here."""
    module = cast("_Bench", importlib.import_module(NAMES[args.name]))
    return module.run(args)
