"""`counter-app form ITEM [DATA.json] --out X.pdf`: an item's form, blank or filled."""

import argparse
import hashlib
import json
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.bootstrap import resources
from counter_app.catalog.facts import Facts
from counter_app.catalog.item import ServiceItem
from counter_app.catalog.registry import items
from counter_app.domain.policy.pack import Pack, PackFault, from_plain
from counter_app.forms import answers as typed
from counter_app.forms.answers import Answers
from counter_app.forms.evaluate import evaluate, visible_answers
from counter_app.forms.spec import FormSpec
from counter_app.kernel import dates
from counter_app.kernel.clock import SystemClock, moment
from counter_app.kernel.errors import EnvironmentFault
from counter_app.printing.form_sheet import FormData, form
from counter_app.printing.marks import Imprint

if TYPE_CHECKING:
    from collections.abc import Iterator

DONE, PROBLEMS, USAGE = 0, 1, 2


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser("form", help="打印一个事项的表，不给数据就是空白表")
    parser.add_argument("item", help="事项，例如 resident-enrolment")
    parser.add_argument("data", nargs="?", type=Path, help='{"values": …, "rows": …}')
    parser.add_argument("--out", type=Path, required=True, help="写到哪个 PDF")
    parser.add_argument("--pack", default="", help="按哪个规则包算，例如 990101/2026；不给就不算")
    parser.add_argument("--on", default="", help="受理日期，例如 2026-11-23；不给就是今天")


def run(args: argparse.Namespace) -> int:
    """Write the form; 1 the data has problems, 2 unknown item, pack or day.

    Raises:
        EnvironmentFault: a file can't be read or written.
    """
    service = items().get(args.item)
    if service is None:
        return _say(USAGE, f"没有 {args.item} 这个事项。有的是：{'、'.join(items())}")
    try:
        facts = _facts(args.pack, args.on)
    except ValueError as error:
        return _say(USAGE, str(error))
    answers = None
    if args.data is not None:
        try:
            answers = typed.from_plain(json.loads(_read(args.data)))
        except ValueError:
            return _say(PROBLEMS, f"{args.data.name} 读不懂：要有 values 和 rows，里面都是文字")
        problems = list(_problems(service, answers, facts))
        if problems:
            return _say(PROBLEMS, *problems)
        answers = visible_answers(service.form, answers)
    _write(args.out, _draw(service, answers, facts))
    return DONE


def _draw(service: ServiceItem, answers: Answers | None, facts: Facts) -> bytes:
    at = f"{moment(SystemClock()):%Y-%m-%d %H:%M:%S}" if answers is not None else ""
    pack = facts.pack
    imprint = Imprint(
        station="",
        window="",
        phone="",
        printed_at=at,
        printed_by="",
        pc="",
        pack=pack.label if pack else "",
        invented=bool(pack and pack.invented),
        firm=answers is None or pack is None or service.outcome(answers, facts).firm,
    )
    return form(FormData(service.sheet(answers, facts), facts.context, imprint))


def _problems(service: ServiceItem, answers: Answers, facts: Facts) -> "Iterator[str]":
    yield from _strangers(service.form, answers)
    for problem in evaluate(service.form, answers, facts.context).problems:
        yield f"{problem.field}：{problem.text}"


def _strangers(spec: FormSpec, answers: Answers) -> "Iterator[str]":
    for name in answers.values:
        if spec.field(name) is None:
            yield f"{name}：表里没有这一项"
    for section, rows in answers.rows.items():
        known = spec.section(section)
        if known is None:
            yield f"{section}：表里没有这一节"
            continue
        names = {name for row in rows for name in row if known.field(name) is None}
        yield from (f"{section}.{name}：表里没有这一项" for name in sorted(names))


def _facts(pack: str, on: str) -> Facts:
    day = dates.iso(on) if on else moment(SystemClock()).date()
    if day is None:
        raise ValueError(f"没有 {on} 这一天。按 2026-11-23 这样写")
    codes = resources() / "codes"
    tables = json.loads(_read(codes / "tables.json"))["tables"]
    tables["admdvs"] = json.loads(_read(codes / "regions.json"))["regions"]
    return Facts(on=day, pack=_pack(pack) if pack else None, tables=tables)


def _pack(name: str) -> Pack:
    folder = resources() / "policy"
    path = (folder / f"{name}.toml").resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise PackFault(f"没有 {name} 这个规则包")
    text = _read(path)
    return from_plain(tomllib.loads(text), hashlib.sha256(text.encode("utf-8")).hexdigest())


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise EnvironmentFault("unreadable", f"{path.name} 打不开", "看看文件在不在") from error


def _write(path: Path, pdf: bytes) -> None:
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(pdf)
        part.replace(path)
    except OSError as error:
        raise EnvironmentFault(
            "not_writable", f"{path.name} 写不进去", "看看文件夹在不在、有没有权限"
        ) from error


def _say(code: int, *lines: str) -> int:
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    return code
