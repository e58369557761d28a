"""`counter-app journal verify`: whether the records are as they were written, by themselves and by what was handed out."""

import argparse
import json
import sys
from pathlib import Path

from counter_app.cli.held import DONE, PROBLEMS, NotHeld, held_profile, opened_by, say, station_file
from counter_app.kernel.clock import SystemClock
from counter_app.services.queries import case_check
from counter_app.services.queries.case_check import CaseFault
from counter_app.services.queries.centre_said import centre_said
from counter_app.services.queries.chain_check import ChainsChecked, Papers, chain_check
from counter_app.services.queries.witnesses import Held, Witnessed
from counter_app.store import chain_faults as why
from counter_app.store.chain_faults import Walked
from counter_app.store.engine import open_engine

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
_CASES = {
    case_check.MISSING: "记录里有，业务里没有了",
    case_check.ENTRY: "和记录接不上，业务里的被换过",
    case_check.CONTENT: "内容和记录里存的不一样，业务里的被改过",
}
_HELD = {
    Held.AGREES: "对得上",
    Held.DIFFERS: "对不上：本机这一号的记录被换过",
    Held.GONE: "对不上：本机的记录里没有这一条，被换掉或删掉了",
    Held.RESTORED: "本机的记录里没有：这台电脑恢复过备份，或同一份数据在别处用过，不算被改动",
    Held.UNREAD: "读不出来，或签名不对，没有拿它核对。请照纸上的再输一遍",
    Held.STRANGER: "是另一台电脑打的，或印的是另一台电脑办的，本机核对不了",
}
_THEN = "这一条以前的都可信，以后的要县里核对。先照常办，打县医保中心电话，报这个号"


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser("journal", help="查业务记录和查看记录有没有被动过")
    parser.add_argument("do", choices=("verify",), help="从头到尾核对一遍")
    parser.add_argument("--profile", type=Path, help="数据文件夹")
    parser.add_argument("--clerk", default="", help="工号；只有一位经办时可不写")
    parser.add_argument("--receipt", action="append", default=[], help="回执方码里的文字，可写几次")
    parser.add_argument(
        "--sheet", action="append", default=[], help="日结单上的链头：号:16 位以上，可写几次"
    )
    parser.add_argument("--offline", action="store_true", help="不问中心，只查本机和纸上的")
    parser.add_argument("--json", action="store_true", help="按 JSON 打印")


def run(args: argparse.Namespace) -> int:
    """Check; 0 all as written, 1 the first bad entry is named, 3 it could not be looked at.

    Raises:
        EnvironmentFault: the profile or the database does not open.
    """
    try:
        with held_profile(args.profile, "没有查") as (folder, identity):
            into = opened_by(folder, args.clerk)
            engine = open_engine(station_file(folder), into.data_key, read_only=True)
            try:
                papers = Papers(tuple(args.receipt), tuple(args.sheet))
                asked = None if args.offline else centre_said(engine, identity, SystemClock())
                found = chain_check(engine, identity, papers, asked)
            finally:
                engine.dispose()
    except NotHeld as why_not:
        return say(why_not.text, why_not.code)
    _print(found, as_json=args.json)
    if asked is None and not args.offline:
        say("没有连上中心，只查了本机和纸上的。连上网再查一遍，能查到是哪一号", DONE)
    return DONE if found.ok else PROBLEMS


def lines(found: ChainsChecked) -> list[str]:
    """The findings, a line each."""
    said = [_walked("业务记录", "号", found.journal), _walked("查看记录", "条", found.access)]
    if found.signed.n:
        words = "对得上" if found.signed.ok else f"对不上：本机的记录被整个换过。{_THEN}"
        said.append(f"本机签过名的第 {found.signed.n} 号：{words}")
    if found.centre.n:
        words = "对得上" if found.centre.ok else f"对不上：中心和本机存的不是同一条。{_THEN}"
        said.append(f"中心说收到的第 {found.centre.n} 号：{words}")
    return [*said, *map(_case_words, found.cases), *map(_witness_words, found.witnessed)]


def _case_words(fault: CaseFault) -> str:
    return f"{fault.case_no or '没有编号的一件'}（记录第 {fault.n} 号）{_CASES[fault.why]}。{_THEN}"


def _witness_words(witness: Witnessed) -> str:
    then = f"。{_THEN}" if witness.against else ""
    at = f"（记录第 {witness.n} 号）" if witness.n else ""
    return f"{witness.name}{at}：{_HELD[witness.held]}{then}"


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
        "cases": [{"case_no": f.case_no, "n": f.n, "why": f.why} for f in found.cases],
        "witnesses": [{"name": w.name, "n": w.n, "held": w.held} for w in found.witnessed],
        "words": lines(found),
    }


def _print(found: ChainsChecked, *, as_json: bool) -> None:
    text = json.dumps(plain(found), ensure_ascii=False) if as_json else "\n".join(lines(found))
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
