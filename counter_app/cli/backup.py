"""`counter-app backup FILE [--clerk ID]`: one file that brings this PC's work back."""

import argparse
import sys
from pathlib import Path

from counter_app.cli.held import DONE, PROBLEMS, NotHeld, held_profile, opened_by, say, station_file
from counter_app.kernel.clock import SystemClock
from counter_app.services.back_up import BackedUp, back_up
from counter_app.services.log_in import enter
from counter_app.store.engine import open_engine


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser("backup", help="把本机的业务数据备份成一个文件")
    parser.add_argument("file", type=Path, help="备份文件，原来没有的")
    parser.add_argument("--profile", type=Path, help="数据文件夹")
    parser.add_argument("--clerk", default="", help="工号；只有一位经办时可不写")


def run(args: argparse.Namespace) -> int:
    """Make it; the exit code.

    Raises:
        EnvironmentFault: the disk refuses, or the database is damaged.
    """
    if args.file.exists():
        return say(f"已经有 {args.file.name} 了，没有备份。请换一个文件名", PROBLEMS)
    try:
        with held_profile(args.profile, "没有备份") as (folder, identity):
            into = enter(folder, SystemClock(), opened_by(folder, args.clerk))
            engine = open_engine(station_file(folder), into.data_key)
            try:
                done = back_up(folder, engine, identity, args.file, SystemClock())
            finally:
                engine.dispose()
    except NotHeld as why:
        return say(why.text, why.code)
    sys.stdout.write(words(done) + "\n")
    return DONE


def words(done: BackedUp) -> str:
    """What was made, and what it is good for."""
    where = (
        "本机坏了也能在别的电脑上恢复，要县里配合"
        if done.keys_sealed
        else "只能在本机恢复：还没连过中心，钥匙没法托给县里"
    )
    return (
        f"备份好了：{done.entries} 条记录，其中 {done.unsent} 条还没发；已读回核对。{where}。"
        f"备份是加密的，请放在本机以外的地方"
    )
