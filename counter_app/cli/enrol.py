"""`counter-app enrol CODE`: activate this PC without a window, set the first passphrase, fetch the first filling."""

import argparse
import getpass
import json
import platform
import sys
from dataclasses import asdict
from pathlib import Path

from counter_app.bootstrap import open_counter
from counter_app.kernel.clock import SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.claim_profile import claim_profile
from counter_app.services.context import Clerk
from counter_app.services.enrol_device import EnrolDevice, Enrolled, Refused, enrol_device
from counter_app.services.find_profile import find_profile
from counter_app.services.first_filling import first_filling
from counter_app.services.hold_profile import hold_profile
from counter_app.services.list_clerks import list_clerks
from counter_app.services.log_in import Denied, log_in
from counter_app.services.queries.outbox import WHY
from counter_app.sync.desk import Report

DONE, PROBLEM, USAGE, FAULT = 0, 1, 2, 3


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser(
        "enrol", help="不开窗口启用这台电脑：启用码、首位经办的口令、第一次取数据"
    )
    parser.add_argument("code", help="县里给的 16 位启用码")
    parser.add_argument("--centre", required=True, help="中心地址，https:// 开头")
    parser.add_argument("--ca", type=Path, required=True, help="中心的证书文件（PEM）")
    parser.add_argument("--clerk", default="", help="首位经办的工号，写了就和县里登记的核对")
    parser.add_argument("--profile", type=Path, help="数据文件夹")
    parser.add_argument("--json", action="store_true", help="按 JSON 打印")


def run(args: argparse.Namespace) -> int:
    """Go as far as the centre lets us; running it again goes on where it stopped.

    Raises:
        EnvironmentFault: no network, no such certificate file, or the disk refuses.
    """
    if not args.centre.startswith("https://"):
        return _say(USAGE, f"中心地址 {args.centre} 不对：要 https:// 开头，照县里给的纸写")
    try:
        ca_pem = args.ca.read_text("ascii")
    except (OSError, ValueError) as error:
        raise EnvironmentFault(
            "no_ca", f"证书文件 {args.ca.name} 读不出来，没有启用", "看看文件在不在，是不是县里给的"
        ) from error
    folder = find_profile(args.profile)
    held = hold_profile(folder)
    if held is None:
        return _say(FAULT, f"{folder} 正被另一个窗口使用，没有启用。先关掉那个窗口")
    try:
        return _enrol(folder, args, ca_pem)
    finally:
        held.release()


def _enrol(folder: Path, args: argparse.Namespace, ca_pem: str) -> int:
    machine = f"{platform.system()} {platform.machine()}"
    result = enrol_device(folder, EnrolDevice(args.centre, ca_pem, args.code, machine))
    if isinstance(result, Refused):
        return _say(PROBLEM, f"没有启用：{result.text}。{result.advice}")
    if not isinstance(result, Enrolled):
        return _say(PROBLEM, "县里收到了，还没批准。批准以后，用同一个码再来一次，就接着往下走")
    clerks = list_clerks(folder)
    first = clerks.first or Clerk(args.clerk or clerks.slots[0].clerk, "", ())
    if args.clerk and args.clerk != first.id:
        return _say(PROBLEM, f"县里登记的首位经办是 {first.id}，不是 {args.clerk}。请核对工号")
    phrase = _passphrase(first, new=clerks.first is not None)
    if clerks.first is not None:
        problems = claim_profile(folder, first, phrase)
        if problems:
            return _say(PROBLEM, *(problem.text for problem in problems))
    return _fill(folder, args, result, (first.id, phrase))


def _fill(folder: Path, args: argparse.Namespace, pc: Enrolled, who: tuple[str, str]) -> int:
    into = log_in(folder, SystemClock(), *who)
    if isinstance(into, Denied):
        return _say(PROBLEM, "电脑已经启用，口令不对，没有取数据。请用这位经办的口令再来一次")
    clerk = Clerk(into.slot.clerk, into.slot.name, into.slot.rights)
    counter = open_counter(folder, into.data_key, clerk)
    try:
        report = first_filling(counter, lambda _feed, _done, _all: None)
    finally:
        counter.station.dispose()
        counter.reference.dispose()
    _print(pc, report, as_json=args.json)
    return DONE if report.ok else FAULT


def _print(pc: Enrolled, report: Report, *, as_json: bool) -> None:
    if as_json:
        plain = {**asdict(report), "changed": sorted(report.changed), "ok": report.ok}
        told = {"device": pc.dev, "station": pc.station_name, "filling": plain}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n")
        return
    rows = sum(report.rows.values())
    sys.stdout.write(f"已启用：{pc.station_name}，这台电脑是 {pc.dev}，取回 {rows} 行\n")
    if not report.ok:
        why = WHY.get(report.why, report.why)
        sys.stdout.write(f"数据没有取完，{why}。再来一次或打开窗口都会接着取，取到的不用重来\n")


def _passphrase(first: Clerk, *, new: bool) -> str:
    """From the terminal unseen, a new one twice; or a line of standard input where a program calls."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    name = f"{first.name}（{first.id}）"
    phrase = getpass.getpass(f"给 {name} 设口令：" if new else f"{name} 的口令：")
    if new and getpass.getpass("再输一遍：") != phrase:
        raise EnvironmentFault("differs", "两遍口令不一样，没有设", "再来一次，启用码还能用")
    return phrase


def _say(code: int, *lines: str) -> int:
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    return code
