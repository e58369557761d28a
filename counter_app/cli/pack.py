"""`counter-app pack check|diff|explain`: whether policy packs are right, what differs, what holds and why."""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator

from counter_app.cli import pack_files
from counter_app.domain.policy.check import check
from counter_app.domain.policy.compare import Difference, differences
from counter_app.domain.policy.inherit import Origin
from counter_app.domain.policy.pack import PackFault, Parameter
from counter_app.kernel import dates

DONE, PROBLEMS, USAGE = 0, 1, 2


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser("pack", help="核对、比较、查看规则包")
    does = parser.add_subparsers(dest="do", required=True)
    one = does.add_parser("check", help="查规则包写得对不对，说到文件、行和项")
    one.add_argument("packs", nargs="*", help="文件，或地区/年度；不写就查程序带的全部")
    two = does.add_parser("diff", help="两个规则包差在哪里")
    two.add_argument("old")
    two.add_argument("new")
    three = does.add_parser("explain", help="某天哪些参数有效、从哪一级来、出处在哪")
    three.add_argument("pack")
    three.add_argument("key", nargs="?", default="", help="只看以它开头的参数")
    three.add_argument("--on", default="", help="哪一天，例如 2026-01-01；不写就全部列出")
    for word in (one, two, three):
        word.add_argument("--json", action="store_true", help="一行一个 JSON")


def run(args: argparse.Namespace) -> int:
    """Do it; 0 nothing wrong or no difference, 1 faults or differences, 2 no such pack."""
    try:
        return {"check": _check, "diff": _diff, "explain": _explain}[args.do](args)
    except PackFault as error:
        sys.stderr.write(f"{error}\n")
        return USAGE


def _check(args: argparse.Namespace) -> int:
    codes, good = pack_files.codes(), True
    for name in args.packs or pack_files.shipped():
        chain, faults = pack_files.written_chain(name)
        if chain:
            faults.extend(check(chain, codes))
        good = good and not faults
        if args.json:
            rows = [{"line": f.line, "field": f.field, "text": f.text} for f in faults]
            _write([json.dumps({"pack": name, "faults": rows}, ensure_ascii=False)])
            continue
        _write([*(fault.words for fault in faults)] or [f"{name}：没有问题"])
    return DONE if good else PROBLEMS


def _diff(args: argparse.Namespace) -> int:
    old, new = pack_files.load_whole(args.old).pack, pack_files.load_whole(args.new).pack
    found = differences(old, new)
    if args.json:
        _write(json.dumps(_plain_difference(d), ensure_ascii=False) for d in found)
    else:
        _write(line for d in found for line in _difference_lines(d))
        _write([f"{old.label} 和 {new.label}：{len(found)} 个参数不同"])
    return PROBLEMS if found else DONE


def _explain(args: argparse.Namespace) -> int:
    on = dates.iso(args.on)
    if args.on and on is None:
        raise PackFault(f"{args.on} 不是日期，应当写成 2026-01-01")
    whole = pack_files.load_whole(args.pack)
    shown = [o for o in whole.origins if _wanted(o.parameter, args.key, on)]
    shown.sort(key=lambda o: (o.parameter.key, o.parameter.begins or dt.date.min))
    if args.json:
        _write(json.dumps(_plain_origin(o), ensure_ascii=False) for o in shown)
    else:
        _write([f"{whole.pack.label}，依次看 {' → '.join(whole.chain)}"])
        _write(line for o in shown for line in _origin_lines(o, args.pack))
    if not shown:
        sys.stderr.write(f"{args.pack} 里没有{f' {args.key}' if args.key else ''}有效的参数\n")
    return DONE if shown else PROBLEMS


def _wanted(parameter: Parameter, key: str, on: dt.date | None) -> bool:
    return parameter.key.startswith(key) and (on is None or parameter.holds_on(on))


def _origin_lines(origin: Origin, own: str) -> Iterator[str]:
    parameter = origin.parameter
    yield f"{parameter.key} = {parameter.value}{_days(parameter)}"
    by = f"，按{_BY[parameter.effective_by]}算" if parameter.effective_by else ""
    where = "" if origin.pack == own else f"，继承自 {origin.pack}"
    yield f"    {parameter.source}（{parameter.grade}{by}{where}）"
    if parameter.note:
        yield f"    {parameter.note}"
    for pack, other in origin.instead_of:
        yield f"    盖过 {pack} 的 {other.value}{_days(other)}（{other.source}）"


def _difference_lines(found: Difference) -> Iterator[str]:
    yield found.key
    for mark, side in (("-", found.old), ("+", found.new)):
        for parameter in side:
            yield f"  {mark} {parameter.value}{_days(parameter)}（{parameter.source}）"


def _days(parameter: Parameter) -> str:
    if parameter.begins is None and parameter.ends is None:
        return ""
    begins = parameter.begins.isoformat() if parameter.begins else ""
    ends = parameter.ends.isoformat() if parameter.ends else ""
    return f"，{begins} 至 {ends}".rstrip()


def _plain_difference(found: Difference) -> dict[str, object]:
    return {
        "key": found.key,
        "old": [_plain(p) for p in found.old],
        "new": [_plain(p) for p in found.new],
    }


def _plain_origin(origin: Origin) -> dict[str, object]:
    others = [{"pack": pack, **_plain(other)} for pack, other in origin.instead_of]
    return {**_plain(origin.parameter), "pack": origin.pack, "instead_of": others}


def _plain(parameter: Parameter) -> dict[str, object]:
    return {
        "key": parameter.key,
        "value": parameter.value,
        "unit": parameter.unit,
        "source": parameter.source,
        "grade": parameter.grade,
        "begins": parameter.begins.isoformat() if parameter.begins else None,
        "ends": parameter.ends.isoformat() if parameter.ends else None,
        "effective_by": parameter.effective_by,
        "note": parameter.note,
    }


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


_BY = {"admission": "入院日", "discharge": "出院日", "settlement": "结算日", "payment": "缴费日"}
