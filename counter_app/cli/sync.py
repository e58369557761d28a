"""counter-app sync: send what waits and fetch what is new, without a window."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from counter_app.bootstrap import open_counter
from counter_app.bootstrap.sending import Sealing, send_once
from counter_app.cli.unlock import NOBODY, unlock
from counter_app.kernel.clock import SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.context import Clerk, Counter
from counter_app.services.find_profile import find_profile
from counter_app.services.log_in import LoggedIn
from counter_app.services.queries.outbox import WHY
from counter_app.store.profile import IDENTITY, ProfileLock
from counter_app.sync.cycle import run_once
from counter_app.sync.desk import Report
from counter_app.sync.loop import Loop
from counter_app.sync.send_sealed import ELSEWHERE
from counter_app.sync.worker import Worker

DONE, PROBLEM, FAULT = 0, 1, 3


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the word `sync`."""
    parser = subparsers.add_parser("sync", help="发送待发的，取回新的")
    parser.add_argument("--once", action="store_true", help="只走一轮")
    parser.add_argument(
        "--sealed", action="store_true", help="不用登录：只送封好的文件；窗口开着也可以用"
    )
    parser.add_argument("--profile", type=Path, help="数据文件夹")
    parser.add_argument("--clerk", default="", help="工号；只有一位经办时可不写")
    parser.add_argument("--json", action="store_true", help="按 JSON 打印")


def run(args: argparse.Namespace) -> int:
    """Log in, run one round or many; the exit code."""
    folder = find_profile(args.profile)
    if args.sealed:
        return _sealed(folder, args)
    lock = ProfileLock(folder)
    if not folder.is_dir() or not lock.acquire():
        words = "数据文件夹正被另一个窗口使用" if folder.is_dir() else "这台电脑还没启用"
        return _say(f"{words}，没有发送。已办的都在，没有丢", FAULT)
    try:
        return _logged_in(folder, args)
    except EnvironmentFault as fault:
        return _say(f"{fault.text}。{fault.advice}", FAULT)
    finally:
        lock.release()


def _logged_in(folder: Path, args: argparse.Namespace) -> int:
    into = unlock(folder, SystemClock(), args.clerk)
    if isinstance(into, str):
        return _say(into, FAULT if into == NOBODY else PROBLEM)
    counter = _open(folder, into)
    try:
        return _once(counter, args) if args.once else _until_stopped(counter, args)
    finally:
        counter.close()


def _open(folder: Path, into: LoggedIn) -> Counter:
    who = Clerk(into.slot.clerk, into.slot.name, into.slot.rights)
    return open_counter(folder, into.data_key, who)


def _once(counter: Counter, args: argparse.Namespace) -> int:
    report = _round(counter, Sealing(counter))
    _print(report, as_json=args.json)
    return DONE if report.ok else FAULT


def _round(counter: Counter, sealing: Sealing) -> Report:
    """Sealed before anything is sent, so that a cut in between loses no file; tidied after it."""
    sealing.once()
    report = run_once(counter)
    sealing.once()
    if report.ok:
        sealing.certify()
    return report


def _until_stopped(counter: Counter, args: argparse.Namespace) -> int:
    sealing = Sealing(counter)

    def once(_: object) -> Report:
        report = _round(counter, sealing)
        _print(report, as_json=args.json)
        return report

    return _run(Worker(counter, once=once))


def _sealed(folder: Path, args: argparse.Namespace) -> int:
    """Nobody logs in and no database is opened, so the profile is not held."""
    if not (folder / IDENTITY).exists():
        return _say("这台电脑还没启用，没有要送的", FAULT)

    def once() -> Report:
        report = send_once(folder)
        _print(report, as_json=args.json, words=sealed_words)
        return report

    if args.once:
        return DONE if once().ok else FAULT
    return _run(Loop(once, "sending"))


def _run(loop: Loop) -> int:
    loop.start()
    try:
        loop.join()
    except KeyboardInterrupt:
        loop.stop()
    return DONE


def _print(report: Report, *, as_json: bool, words: Callable[[Report], str] | None = None) -> None:
    if as_json:
        plain = {**asdict(report), "changed": sorted(report.changed), "ok": report.ok}
        sys.stdout.write(json.dumps(plain, ensure_ascii=False, sort_keys=True) + "\n")
    else:
        sys.stdout.write((words or round_words)(report) + "\n")
    sys.stdout.flush()


def round_words(report: Report) -> str:
    """The report of a whole round in a line."""
    rows = sum(report.rows.values())
    done = f"发送 {report.acked} 条，还待发 {report.pending} 条，取回 {rows} 行"
    kept_out = f"，{len(report.refused)} 项验签没有通过，没有用" if report.refused else ""
    if report.ok:
        return f"{done}{kept_out}"
    return f"没有走完，{WHY.get(report.why, report.why)}：{done}{kept_out}。待发的都在本机，没有丢"


def sealed_words(report: Report) -> str:
    """The report of a round of sealed files in a line."""
    if report.why == ELSEWHERE:
        return "另一个程序正在送封好的文件，这一次没有送"
    broken = f"，{len(report.refused)} 个文件坏了，登录后会重新封好" if report.refused else ""
    done = f"送到 {report.acked} 条，还没送到 {report.pending} 条{broken}"
    if report.ok:
        return done
    return f"没有送完，{WHY.get(report.why, report.why)}：送到 {report.acked} 条{broken}。都在本机，没有丢"


def _say(text: str, code: int) -> int:
    sys.stderr.write(text + "\n")
    return code
