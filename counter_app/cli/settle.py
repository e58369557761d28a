"""`counter-app settle CASES.yaml --json`: a file of cases through the window's own engine.

The file has the shape of `settlement_cases.yaml`: `cases` with their own params, or settled by
`--pack REGION/YEAR`, and `non_money` checks. One line a case; 1 when one isn't as expected.
"""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import yaml

from counter_app.cli import pack_files
from counter_app.cli.settle_cases import Answer, CaseFault, ScopeFault, answer, table, yuan
from counter_app.cli.settle_checks import Packs, check
from counter_app.domain.policy.pack import Pack, PackFault
from counter_app.domain.settlement.trace import TraceRow
from counter_app.kernel.errors import EnvironmentFault

DONE, PROBLEMS, USAGE = 0, 1, 2
COUNTY, PROVINCE = "990101/2026", "320000/2023"


class _Exact(yaml.SafeLoader):
    """Reads a decimal number as written, never through a binary fraction."""


_Exact.add_constructor("tag:yaml.org,2002:float", lambda _, node: Decimal(node.value))


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser("settle", help="按案例文件试算，和写好的结果对一遍")
    parser.add_argument("cases", type=Path, help="案例文件（YAML）")
    parser.add_argument("--pack", default="", help="按哪个规则包算，例如 990101/2026")
    parser.add_argument("--json", action="store_true", help="一行一个 JSON")


def run(args: argparse.Namespace) -> int:
    """Print each case; 1 one is not as expected or not of the shape, 2 no such pack.

    Raises:
        EnvironmentFault: a file can't be read.
    """
    try:
        pack = read_pack(args.pack) if args.pack else None
    except PackFault as error:
        return _say(USAGE, str(error))
    try:
        plain = table(_parsed(_read(args.cases)))
    except (yaml.YAMLError, ArithmeticError, CaseFault):
        return _say(PROBLEMS, f"{args.cases.name} 读不懂：要有 cases 和 non_money 两列")
    good = True
    for line in results(plain, pack, _first_day(args.pack)):
        good &= line["ok"] is not False
        show(line, as_json=args.json)
    return DONE if good else PROBLEMS


def results(
    plain: Mapping[str, object], pack: Pack | None = None, on: dt.date | None = None
) -> Iterator[dict[str, object]]:
    """{id, got, expected, ok, trace} of every case and check, in the file's order."""
    for case in _rows(plain, "cases"):
        expected = table(case.get("expected"))
        try:
            found = answer(case, pack, on)
        except (CaseFault, ScopeFault) as error:
            found = Answer({"problem": str(error)})
        ok = None if case.get("compare") != "exact" else agrees(found.got, expected)
        yield _line(case, found, expected, ok=ok)
    checks = _rows(plain, "non_money")
    if not checks:
        return
    packs = Packs(read_pack(COUNTY), read_pack(PROVINCE))
    for case in checks:
        expected = table(case.get("expect"))
        try:
            got = check(str(case.get("check")), case.get("input"), packs)
        except CaseFault as error:
            got = {"problem": str(error)}
        yield _line(case, Answer(got), expected, ok=agrees(got, expected))


def agrees(got: Mapping[str, object], expected: Mapping[str, object]) -> bool:
    """Whether everything expected was got, to the fen; what was expected of nothing is not met."""
    return bool(expected) and all(
        name in got and got[name] == value for name, value in expected.items()
    )


def read_pack(name: str) -> Pack:
    """A shipped pack by region/year, with what it inherits.

    Raises:
        PackFault: there is none of that name, or it is not of the agreed shape.
    """
    return pack_files.load_whole(name).pack


def show(line: Mapping[str, object], *, as_json: bool) -> None:
    """One JSON object, or one line for the eye."""
    if as_json:
        sys.stdout.write(json.dumps(line, ensure_ascii=False, default=_number) + "\n")
        return
    mark = "不比" if line["ok"] is None else "相符" if line["ok"] else "不符"
    got = json.dumps(line["got"], ensure_ascii=False, default=_number)
    sys.stdout.write(f"{mark}  {line['id']}  {got}\n")


def _parsed(text: str) -> object:
    loader = _Exact(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _line(
    case: Mapping[str, object], found: Answer, expected: Mapping[str, object], *, ok: bool | None
) -> dict[str, object]:
    return {
        "id": str(case.get("id", "")),
        "got": found.got,
        "expected": dict(expected),
        "ok": ok,
        "trace": [_step(row) for row in found.trace],
    }


def _step(row: TraceRow) -> dict[str, object]:
    base = None if row.base is None else yuan(row.base)
    return {**asdict(row), "amount": yuan(row.amount), "base": base}


def _rows(plain: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    rows = plain.get(name) or []
    if not isinstance(rows, list):
        return []
    return [row for row in rows if isinstance(row, dict)]


def _number(value: object) -> object:
    """A decimal as a JSON number: what is shown, nothing is worked out with it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)


def _first_day(pack: str) -> dt.date | None:
    year = pack.rpartition("/")[2]
    return dt.date(int(year), 1, 1) if year.isascii() and year.isdecimal() else None


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault("unreadable", f"{path.name} 打不开", "看看文件在不在") from error


def _say(code: int, *lines: str) -> int:
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    return code
