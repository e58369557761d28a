"""`counter-app restore FILE [--profile DIR] [--clerk ID] [--code CODE]`: a backup into force."""

import argparse
import sys
from pathlib import Path

from counter_app.cli.held import DONE, PROBLEMS, NotHeld, held_profile, opened_by, say
from counter_app.kernel.clock import SystemClock, from_ms
from counter_app.services.adopt_backup import AdoptBackup, adopt_backup
from counter_app.services.context import Identity
from counter_app.services.restore import NotRestored, Restore, Restored, restore


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser("restore", help="从备份文件恢复本机的业务数据")
    parser.add_argument("file", type=Path, help="备份文件")
    parser.add_argument("--profile", type=Path, help="数据文件夹")
    parser.add_argument("--clerk", default="", help="工号；只有一位经办时可不写")
    parser.add_argument("--code", default="", help="原来的电脑没有了：县里当面给的一次性码")


def run(args: argparse.Namespace) -> int:
    """Restore; 0 done, 1 refused and nothing changed, 3 the environment is at fault.

    Raises:
        EnvironmentFault: the disk refuses; what was in force is in force.
    """
    if not args.file.is_file():
        return say(f"没有 {args.file.name} 这个文件，没有恢复。请核对文件名", PROBLEMS)
    try:
        with held_profile(args.profile, "没有恢复") as (folder, identity):
            done = _restored(folder, identity, args)
    except NotHeld as why:
        return say(why.text, why.code)
    if isinstance(done, NotRestored):
        return say(f"{done.text}。{done.advice}", PROBLEMS)
    sys.stdout.write(words(done) + "\n")
    return DONE


def _restored(folder: Path, identity: Identity, args: argparse.Namespace) -> Restored | NotRestored:
    if args.code:
        adopt = AdoptBackup(args.file, args.code, args.clerk)
        return adopt_backup(folder, identity, adopt, SystemClock())
    into = opened_by(folder, args.clerk)
    command = Restore(args.file, into.slot.clerk, into.data_key)
    return restore(folder, identity, command, SystemClock())


def words(done: Restored) -> str:
    """What is in force now, where the old file is, and what to do next."""
    made = f"{from_ms(done.made_at):%Y-%m-%d %H:%M}"
    held = f"{done.entries} 条记录，其中 {done.unsent} 条还没发"
    lines = [f"恢复好了：{made} 的备份，{held}。"]
    if done.aside is not None:
        lines.append(f"原来的数据没有删，在 {done.aside.name}。")
        if not done.opened:
            lines.append("原来的数据读不出来，备份以后没发出去的要对着纸单核一遍。")
        if done.drafts:
            lines.append(f"备份以后写的 {done.drafts} 份草稿在那个文件里，不在备份里。")
    lines.append("请连网打开窗口：备份以后已经到中心的会自己回来。")
    return "".join(lines)
