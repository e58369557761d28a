"""counter-app dayclose [DATE]: receipts, records and the centre's answers of a day, item by item."""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from counter_app.bootstrap import open_counter
from counter_app.cli.unlock import NOBODY, unlock
from counter_app.kernel import dates
from counter_app.kernel.clock import SystemClock, today
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.close_day import close_day
from counter_app.services.context import Clerk, Counter
from counter_app.services.draw_day_close import draw_day_close
from counter_app.services.find_profile import find_profile
from counter_app.services.log_access import flush_access, log_access
from counter_app.services.log_in import LoggedIn
from counter_app.services.queries import day_words as words
from counter_app.services.queries.day_close import DayReading, day_close
from counter_app.store.profile import ProfileLock

EQUAL, DIFFERENCES, USAGE, FAULT = 0, 1, 2, 3


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser("dayclose", help="日结：回执、本机、中心逐件对，差的说出名字")
    parser.add_argument("day", nargs="?", default="", help="哪一天，例如 2026-11-23；不写就是今天")
    parser.add_argument("--only", default="", help="只算这个工号办的；不写就是全站")
    parser.add_argument("--close", action="store_true", help="对完记一笔日结；不写就只看")
    parser.add_argument("--out", type=Path, help="日结单写到哪个 PDF")
    parser.add_argument("--json", action="store_true", help="打印一个 JSON 对象")
    parser.add_argument("--profile", type=Path, help="数据文件夹")
    parser.add_argument("--clerk", default="", help="谁登录，工号；只有一位经办时可不写")


def run(args: argparse.Namespace) -> int:
    """Log in, reckon, say; 0 all equal, 1 differences, 2 used wrongly, 3 the environment is at fault."""
    day = dates.iso(args.day) if args.day else today(SystemClock())
    if day is None or day > today(SystemClock()):
        return _say(f"{args.day} 不能日结。请按 2026-11-23 这样写今天或以前的日子", USAGE)
    folder = find_profile(args.profile)
    lock = ProfileLock(folder)
    if not folder.is_dir() or not lock.acquire():
        said = "数据文件夹正被另一个窗口使用" if folder.is_dir() else "这台电脑还没启用"
        return _say(f"{said}，没有日结。已办的都在，没有丢", FAULT)
    try:
        return _logged_in(folder, args, day)
    finally:
        lock.release()


def _logged_in(folder: Path, args: argparse.Namespace, day: dt.date) -> int:
    into = unlock(folder, SystemClock(), args.clerk)
    if isinstance(into, str):
        return _say(into.replace("没有发送", "没有日结"), FAULT if into == NOBODY else USAGE)
    with _opened(folder, into) as counter:
        if args.close:
            close_day(counter, day, args.only)
        reading = day_close(counter, day, args.only)
        if args.out is not None:
            _write(args.out, draw_day_close(counter, reading))
            log_access(counter, "export", "", "QH-RJ-01")
            flush_access(counter)
    said = (
        json.dumps(plain(reading), ensure_ascii=False) if args.json else "\n".join(lines(reading))
    )
    sys.stdout.write(said + "\n")
    return EQUAL if reading.close.equal else DIFFERENCES


@contextmanager
def _opened(folder: Path, into: LoggedIn) -> Iterator[Counter]:
    who = Clerk(into.slot.clerk, into.slot.name, into.slot.rights)
    counter = open_counter(folder, into.data_key, who)
    try:
        yield counter
    finally:
        counter.station.dispose()
        counter.reference.dispose()


def lines(reading: DayReading) -> Iterator[str]:
    """The close for reading, people masked."""
    close, chain = reading.close, reading.close.chain
    yield f"日结 {words.day_said(reading)}·{words.scope_said(reading)}·{words.which_said(reading)}"
    columns = zip(words.COLUMNS, close.columns, words.column_notes(close), strict=True)
    yield "，".join(f"{name} {figure}（{note}）" for name, figure, note in columns)
    yield words.conclusion(reading)
    for found in close.differences:
        row = found.line
        who = f"{row.item_name} {row.who} 尾号 {row.tail}" if row.case_no else "没有内容"
        yield f"  {row.case_no or '没有编号'}  {who}：{found.said.words}。{found.said.advice}"
    for group in close.by_clerk:
        c = group.counts
        told = f"受理 {c.accepted}，改报 {c.amended}，作废 {c.voided}，回执 {c.issued}，副本 {c.copies}"
        yield f"  {reading.name(group.key)}：{told}，中心确认 {c.acked}"
    for pc in reading.others:
        yield f"  {pc.name} 机：中心有 {len(pc.cases)} 件，{pc.close_words}"
        for case in pc.cases:
            yield f"    {case.case_no}  {case.item_name} {case.who} 尾号 {case.tail}：{case.state}"
    yield f"链头：{words.chain_said(chain)}"
    yield f"  本机 第 {chain.n} 号 {chain.head}"
    yield f"  中心 第 {chain.centre_n} 号 {chain.centre_head}"


def plain(reading: DayReading) -> dict[str, object]:
    """The close for programs; no full number, no full name of a citizen."""
    close = reading.close
    return {
        "day": close.day.isoformat(),
        "clerk": close.clerk,
        "equal": close.equal,
        "columns": dict(zip(("receipts", "records", "centre"), close.columns, strict=True)),
        "differences": [
            {
                "case_no": d.line.case_no,
                "n": d.line.n,
                "clerk": d.line.clerk,
                "cause": d.cause,
                "words": d.said.words,
                "advice": d.said.advice,
            }
            for d in close.differences
        ],
        "total": asdict(close.total),
        "by_item": {g.key: asdict(g.counts) for g in close.by_item},
        "by_clerk": {g.key: asdict(g.counts) for g in close.by_clerk},
        "cases": [
            {"case_no": r.case_no, "n": r.n, "clerk": r.clerk, "state": r.state}
            for r in close.lines
        ],
        "chain": {**asdict(close.chain), "verdict": close.chain.verdict},
        "first_n": close.first.n if close.first else 0,
        "last_n": close.last.n if close.last else 0,
        "times": reading.closed.times,
        "since": reading.since,
        "others": [
            {
                "pc": pc.name,
                "closed_at": pc.closed.at if pc.closed else 0,
                "differences": pc.closed.differences if pc.closed else None,
                "more": pc.more,
                "cases": [{"case_no": c.case_no, "state": c.state} for c in pc.cases],
            }
            for pc in reading.others
        ],
    }


def _write(path: Path, pdf: bytes) -> None:
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(pdf)
        part.replace(path)
    except OSError as error:
        raise EnvironmentFault(
            "not_writable", f"{path.name} 写不进去", "看看文件夹在不在、有没有权限"
        ) from error


def _say(text: str, code: int) -> int:
    sys.stderr.write(text + "\n")
    return code
