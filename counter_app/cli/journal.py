"""`counter-app journal verify [--clerk ID] [--json]`: whether the records are as they were written."""

import argparse
import json
import sys
from pathlib import Path

from counter_app.cli.unlock import NOBODY, unlock
from counter_app.kernel.clock import SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.find_profile import find_profile
from counter_app.services.hold_profile import hold_profile
from counter_app.services.queries.chain_check import ChainsChecked, chain_check
from counter_app.services.read_identity import read_identity
from counter_app.store import chain_faults as why
from counter_app.store.chain_faults import Walked
from counter_app.store.engine import open_engine

DONE, PROBLEMS, ENVIRONMENT = 0, 1, 3
_MEANING = {
    why.UNREADABLE: "读不出来",
    why.NUMBER: "编号不连着，中间少了或多了",
    why.PREV: "和前一条接不上，前一条被换过",
    why.HEAD: "存好以后被改过",
    why.BODY: "正文和当时存的不一样",
    why.DEVICE: "是别的电脑写的",
    why.EPOCH: "是恢复备份以前的编号，却排在后面",
    why.ANCHOR: "说它之前有一条查看记录，可是查看记录里没有",
}
_THEN = "这一条以前的都可信，以后的要县里核对。先照常办，打县医保中心电话，报这个号"


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser("journal", help="查业务记录和查看记录有没有被动过")
    parser.add_argument("do", choices=("verify",), help="从头到尾核对一遍")
    parser.add_argument("--profile", type=Path, help="数据文件夹")
    parser.add_argument("--clerk", default="", help="工号；只有一位经办时可不写")
    parser.add_argument("--json", action="store_true", help="按 JSON 打印")


def run(args: argparse.Namespace) -> int:
    """Check; 0 all as written, 1 the first bad entry is named, 3 it could not be looked at.

    Raises:
        EnvironmentFault: the profile or the database does not open.
    """
    folder = find_profile(args.profile)
    lock = hold_profile(folder) if folder.is_dir() else None
    if lock is None:
        busy = "数据文件夹正被另一个窗口使用，没有查。请先关掉那个窗口"
        return _say(busy if folder.is_dir() else NOBODY, ENVIRONMENT)
    try:
        into = unlock(folder, SystemClock(), args.clerk, only_prove=True)
        if isinstance(into, str):
            return _say(into, ENVIRONMENT if into == NOBODY else PROBLEMS)
        found = _checked(folder, into.data_key)
    finally:
        lock.release()
    _print(found, as_json=args.json)
    return DONE if found.ok else PROBLEMS


def _checked(folder: Path, data_key: bytes) -> ChainsChecked:
    identity, path = read_identity(folder), folder / "station.db"
    if identity is None or not path.exists():
        raise EnvironmentFault("empty", "这台电脑还没有业务数据", "请先打开窗口启用")
    engine = open_engine(path, data_key, read_only=True)
    try:
        return chain_check(engine, identity)
    finally:
        engine.dispose()


def lines(found: ChainsChecked) -> list[str]:
    """The findings, a line each."""
    said = [_walked("业务记录", "号", found.journal), _walked("查看记录", "条", found.access)]
    if found.signed.n:
        words = "对得上" if found.signed.ok else f"对不上：本机的记录被整个换过。{_THEN}"
        said.append(f"本机签过名的第 {found.signed.n} 号：{words}")
    if found.centre.n:
        words = "对得上" if found.centre.ok else f"对不上：中心和本机存的不是同一条。{_THEN}"
        said.append(f"中心说收到的第 {found.centre.n} 号：{words}")
    return said


def _walked(name: str, unit: str, walked: Walked) -> str:
    if walked.fault is None:
        return f"{name}：{walked.count} 条，一条接一条，没有改动"
    return f"{name}第 {walked.fault.at} {unit}{_MEANING[walked.fault.why]}。{_THEN}"


def plain(found: ChainsChecked) -> dict[str, object]:
    """The findings for who reads them by program; `first_bad` is null in a sound chain."""

    def chain(walked: Walked) -> dict[str, object]:
        fault = walked.fault
        return {
            "entries": walked.count,
            "head": walked.head,
            "first_bad": fault.at if fault else None,
            "why": fault.why if fault else "",
        }

    return {
        "ok": found.ok,
        "journal": chain(found.journal),
        "access": chain(found.access),
        "signed_head": {"n": found.signed.n, "ok": found.signed.ok},
        "centre_head": {"n": found.centre.n, "ok": found.centre.ok},
        "words": lines(found),
    }


def _print(found: ChainsChecked, *, as_json: bool) -> None:
    text = json.dumps(plain(found), ensure_ascii=False) if as_json else "\n".join(lines(found))
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _say(text: str, code: int) -> int:
    sys.stderr.write(text + "\n")
    return code
