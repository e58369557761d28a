"""Decide a case, switch deciding by itself, or set a demonstration rule."""

import argparse
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from counter_app.central.centre import put
from counter_app.central.commands.session import work
from counter_app.central.ops import cases, filings
from counter_app.central.ops.bench import AUTO, Bench
from counter_app.central.ops.demo_rules import KINDS
from counter_app.central.ops.ruling import WHO, Ruling
from counter_app.central.tables import rule
from counter_app.domain.case.state import CaseState, may_move
from counter_app.kernel.errors import Refused

_STATES = {"accept": "accepted", "reject": "rejected", "hold": "held"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("case", nargs="?", default="", help="case number or id")
    parser.add_argument("do", nargs="?", default="", choices=("", *_STATES))
    parser.add_argument("--text", default="")
    parser.add_argument("--code", default="CLERK")
    parser.add_argument("--point", action="append", default=[], help="错在哪|怎么改|凭什么")
    parser.add_argument("--who", default=WHO)
    parser.add_argument("--meanwhile", default="")
    parser.add_argument("--until", default="", help="yyyy-mm-dd; else as the pack says")
    parser.add_argument("--broken-promise", default="", help="备案时的承诺查实不真，写查到了什么")
    parser.add_argument("--auto", choices=("on", "off"))
    parser.add_argument("--rule", nargs=3, metavar=("KIND", "VALUE", "WORDS"))


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Do it."""
    if given.auto:
        with work(given.data) as (_, tx):
            put(tx, AUTO, given.auto)
        return {"auto": given.auto}
    if given.rule:
        return _rule(given)
    return _broken(given) if given.broken_promise else _decide(given)


def _broken(given: argparse.Namespace) -> dict[str, Any]:
    with work(given.data) as (_, tx):
        row = cases.find_by_number(tx, given.case)
        if row is None:
            raise Refused("case", "中心没有这一件")
        if row.status != "accepted" or not filings.break_promise(tx, row, given.broken_promise):
            raise Refused("promise", "这一件不是凭承诺书办成的异地备案")
    return {"case": row.case_no, "kind": "broken_promise", "code": ""}


def _rule(given: argparse.Namespace) -> dict[str, Any]:
    kind, value, words = given.rule
    if kind not in KINDS:
        raise Refused("rule", f"规则只有：{'、'.join(KINDS)}")
    with work(given.data) as (_, tx):
        statement = insert(rule).values(kind=kind, value=value, words=words)
        tx.execute(
            statement.on_conflict_do_update(index_elements=["kind", "value"], set_={"words": words})
        )
    return {"rule": kind, "value": value}


def _decide(given: argparse.Namespace) -> dict[str, Any]:
    if given.do not in _STATES:
        raise Refused("decide", "写案件编号和 accept、reject 或 hold")
    with work(given.data) as (centre, tx):
        row = cases.find_by_number(tx, given.case)
        if row is None:
            raise Refused("case", "中心没有这一件")
        if not may_move(CaseState(row.status), CaseState(_STATES[given.do])):
            raise Refused("state", f"这一件是 {row.status}，不能再这样决定")
        ruling = _ruling(Bench.open(centre, tx), row, given)
    return {"case": row.case_no, "kind": ruling.kind, "code": ruling.code}


def _ruling(bench: Bench, row: cases.CaseRow, given: argparse.Namespace) -> Ruling:
    if given.do == "accept":
        return bench.grant(row, given.text)
    points = tuple(_point(words) for words in given.point)
    text = given.text or (points[0][0] if points else "")
    if not text:
        raise Refused("text", "要写清哪里不对（--point 或 --text）")
    ruling = Ruling(
        kind=_STATES[given.do],
        code=given.code,
        text=text,
        points=points,
        who_comes=given.who,
        meanwhile=given.meanwhile,
        until=given.until,
    )
    bench.refuse(row, ruling)
    return ruling


def _point(words: str) -> tuple[str, str, str]:
    what, _, rest = words.partition("|")
    mend, _, ground = rest.partition("|")
    return what, mend, ground
