"""Close a day: a note in the journal of what stood in it. Blocks nothing, needs no network, may be done again."""

import datetime as dt
import json
from dataclasses import asdict

from counter_app.domain.case.state import EntryKind
from counter_app.domain.day_close.reckon import DayClose, reckon
from counter_app.kernel import dates
from counter_app.kernel.clock import today
from counter_app.kernel.problems import Problem
from counter_app.services.context import Counter
from counter_app.services.queries.day_close import Closed, close_key, last_close
from counter_app.services.queries.day_facts import day_facts
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import meta
from counter_app.store.transaction import write
from counter_app.wire.case_body import DayClosedBody

DAY_CLOSED = "day_closed"


def close_day(counter: Counter, day: dt.date, clerk: str = "") -> Closed | Problem:
    """Note in the journal what the day stands at, of one clerk where given; says which time it is.

    What is entered after it belongs to the day's next close.

    Raises:
        EnvironmentFault: the disk refuses; nothing was closed.
    """
    on = today(counter.clock)
    if day > on:
        return Problem("day_to_come", "", "这一天还没到，不能日结。请选今天或以前的日子")
    with write(counter.station) as tx:
        close = reckon(day_facts(counter, tx, day), clerk)
        times = last_close(tx, day, clerk).times + 1
        written = write_entry(
            counter, tx, Entry(EntryKind.NOTE, "", 0, on), _body(close, times, counter)
        )
        closed = Closed(times, written.n, counter.clock.now_ms(), counter.clerk.name)
        meta.put(tx, close_key(day, clerk), json.dumps(asdict(closed), ensure_ascii=False))
    return closed


def _body(close: DayClose, times: int, counter: Counter) -> DayClosedBody:
    chain = close.chain
    scope = f"工号 {close.clerk}" if close.clerk else "全站"
    left = f"，差 {len(close.differences)} 处" if close.differences else "，三处相等"
    return DayClosedBody(
        what=DAY_CLOSED,
        words=f"{counter.clerk.name}日结 {dates.month_day(close.day)} {scope} 第 {times} 次{left}",
        day=close.day.isoformat(),
        scope=close.clerk,
        times=times,
        columns=close.columns,
        counts=asdict(close.total),
        differences=tuple((d.line.case_no, d.cause) for d in close.differences),
        first_n=close.first.n if close.first else 0,
        last_n=close.last.n if close.last else 0,
        n=chain.n,
        head=chain.head,
        centre_n=chain.centre_n,
        centre_head=chain.centre_head,
        verdict=chain.verdict,
    )
