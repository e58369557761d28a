"""counter-app courier export FILE|FOLDER: what waits, as one sealed file for a stick; receipts come back later."""

import argparse
import json
import sys
from pathlib import Path

from counter_app.bootstrap import open_counter
from counter_app.cli.unlock import NOBODY, unlock
from counter_app.kernel.clock import SystemClock
from counter_app.kernel.problems import Problem
from counter_app.services.context import Clerk
from counter_app.services.export_outgoing import export_outgoing
from counter_app.services.find_profile import find_profile
from counter_app.services.hold_profile import hold_profile
from counter_app.store.profile import IDENTITY

DONE, PROBLEM, USAGE, FAULT = 0, 1, 2, 3
_LATER = "收 U 盘带回来的回执还没有做，下一版才有。要发的请用 courier export 导出，或连上网自动发送"


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the word `courier`."""
    parser = subparsers.add_parser("courier", help="用 U 盘送：导出待发的")
    doing = parser.add_subparsers(dest="doing", required=True)
    export = doing.add_parser("export", help="把待发的封成一个文件，只有中心拆得开")
    export.add_argument("where", type=Path, help="文件夹，或以 .ylb 结尾的文件")
    export.add_argument("--profile", type=Path, help="数据文件夹")
    export.add_argument("--clerk", default="", help="工号；只有一位经办时可不写")
    export.add_argument("--json", action="store_true", help="按 JSON 打印")
    take = doing.add_parser("import", help="收带回来的回执（还没有做）")
    take.add_argument("where", type=Path)


def run(args: argparse.Namespace) -> int:
    """Export; the exit code."""
    if args.doing == "import":
        return _say(_LATER, USAGE)
    folder = find_profile(args.profile)
    if not (folder / IDENTITY).exists():
        return _say("这台电脑还没启用，没有可导出的。请先打开窗口启用", FAULT)
    lock = hold_profile(folder)
    if lock is None:
        return _say("数据文件夹正被另一个窗口使用，没有导出。在那个窗口的待发页按 F7 导出", FAULT)
    try:
        return _export(folder, args)
    finally:
        lock.release()


def _export(folder: Path, args: argparse.Namespace) -> int:
    into = unlock(folder, SystemClock(), args.clerk)
    if isinstance(into, str):
        return _say(into, FAULT if into == NOBODY else PROBLEM)
    who = Clerk(into.slot.clerk, into.slot.name, into.slot.rights)
    counter = open_counter(folder, into.data_key, who)
    try:
        done = export_outgoing(counter, args.where)
    finally:
        counter.station.dispose()
        counter.reference.dispose()
    if isinstance(done, Problem):
        return _say(done.text, DONE if done.code == "nothing_waiting" else PROBLEM)
    if args.json:
        line = json.dumps({"file": str(done.path), "entries": done.entries}, ensure_ascii=False)
    else:
        line = f"{done.entries} 件封进 {done.path}。送到县医保中心；这边照旧待发，网通了也会自己发"
    sys.stdout.write(line + "\n")
    return DONE


def _say(text: str, code: int) -> int:
    sys.stderr.write(text + "\n")
    return code
