"""`counter-app bench start|search|memory|sync-stall|ready`: the benchmarks that need the window."""

import argparse
import importlib
import importlib.util
import sys
from pathlib import Path
from typing import Protocol, cast

_RUN = {
    "start": "ui.bench.start",
    "search": "ui.bench.search",
    "memory": "ui.bench.memory",
    "sync-stall": "ui.bench.sync_stall",
    "ready": "ui.bench.login_window",
}
"""Name -> module; the frozen program has `ready` alone, by which its start is measured from outside."""
ENVIRONMENT = 3


class _Bench(Protocol):
    def run(self, args: argparse.Namespace) -> int: ...


def main(argv: list[str]) -> int:
    """Run one; its exit code, 3 where this program doesn't have it."""
    parser = argparse.ArgumentParser("counter-app bench")
    parser.add_argument("name", choices=sorted(_RUN))
    parser.add_argument("--json", action="store_true", help="打印一个 JSON 对象")
    parser.add_argument("--people", type=int, help="search、memory、sync-stall 用多少人的名册")
    parser.add_argument(
        "--profile", type=Path, default=Path("profile"), help="ready 打开哪个数据文件夹"
    )
    args = parser.parse_args(argv)
    if importlib.util.find_spec(_RUN[args.name]) is None:
        sys.stderr.write("安装的程序里没有这项测量，要用源代码量。办业务不受影响\n")
        return ENVIRONMENT
    return cast("_Bench", importlib.import_module(_RUN[args.name])).run(args)
