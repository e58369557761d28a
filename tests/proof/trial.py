"""One trial: a copy of a prepared PC, one round under a fault, rounds without, and what must then be true."""

import contextlib
import json
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import sqlalchemy as sa

from counter_app.services.context import Counter
from counter_app.store import cases, feed_cursors, journal, tasks
from counter_app.store.transaction import read
from counter_app.sync.cycle import run_once
from counter_app.sync.desk import Desk, Report
from counter_app.sync.push import told
from tests.proof.far import Far, Kept
from tests.proof.wire import Fault, Wire

FILES = ("station.db", "station.db-wal", "reference.db", "reference.db-wal")
Round = Callable[[Desk, httpx.BaseTransport], Report]
Opener = Callable[[Path], Counter]


class Crash(BaseException):
    """The process ends here: nothing above may catch it."""


@dataclass
class Pc:
    """A prepared PC: its closed files, how to open a copy of them, and the centre it talks to."""

    template: Path
    opener: Opener
    far: Far
    truth: dict[str, object] = field(default_factory=dict)
    earlier: bytes = b""

    def copied(self, folder: Path) -> Counter:
        if folder.exists():
            shutil.rmtree(folder)
        shutil.copytree(self.template, folder)
        return self.opener(folder)


@dataclass
class Outcome:
    """How a trial ended; `wrong` says what is not true, "" when all is."""

    what: str
    struck: bool
    wrong: str
    rounds: int = 0


def say(kind: str, where: str, outcome: Outcome, code: int) -> None:
    """A line of JSON about a process that died."""
    line = {"kind": kind, "where": where, "struck": outcome.struck, "code": code}
    sys.stdout.write(json.dumps({**line, "wrong": outcome.wrong}) + "\n")
    sys.stdout.flush()


def plain_round(desk: Desk, under: httpx.BaseTransport) -> Report:
    return run_once(desk, under)


def close(counter: Counter) -> None:
    counter.station.dispose()
    counter.reference.dispose()


def clean(pc: Pc, folder: Path) -> tuple[Wire, dict[str, object]]:
    """A round that nothing befalls: its trace, and the state it ends in."""
    pc.far.reset()
    counter = pc.copied(folder)
    wire = Wire(pc.far.handle)
    report = plain_round(counter, wire.transport())
    assert report.ok, report
    for _ in range(2):
        assert plain_round(counter, Wire(pc.far.handle).transport()).ok
    truth = state_of(counter)
    kept = pc.far.kept(counter.identity.dev, counter.identity.station.code)
    assert not wrong_now(counter, kept), wrong_now(counter, kept)
    close(counter)
    pc.truth, pc.earlier = truth, wire.trace[-1].down
    return wire, truth


def befall(pc: Pc, folder: Path, fault: Fault, once: Round = plain_round) -> Outcome:
    """A round under a fault of the wire, then recovery."""
    pc.far.reset()
    counter = pc.copied(folder)
    wire = Wire(pc.far.handle, fault, pc.earlier)
    try:
        once(counter, wire.transport())
        wrong = wrong_now(counter, _kept(pc, counter))
        return recover(pc, counter, Outcome(str(fault), wire.struck, wrong), wire, once)
    finally:
        close(counter)


def recover(
    pc: Pc, counter: Counter, sofar: Outcome, wire: Wire | None = None, once: Round = plain_round
) -> Outcome:
    """Rounds until all is well; then the truths."""
    wrong, rounds, report = sofar.wrong, 0, Report(why="none")
    while rounds < 4 and (not report.ok or report.pending or rounds < 2):
        if rounds == 1 and wire is not None:
            wire.deliver_late()
        report = once(counter, Wire(pc.far.handle).transport())
        rounds += 1
    wrong = wrong or wrong_at_the_end(pc, counter, report)
    return Outcome(sofar.what, sofar.struck, wrong, rounds)


def _kept(pc: Pc, counter: Counter) -> Kept:
    return pc.far.kept(counter.identity.dev, counter.identity.station.code)


def wrong_now(counter: Counter, kept: Kept) -> str:
    """What must hold at every moment: acked is there, byte for byte; no cursor is ahead of its rows."""
    with read(counter.station) as tx:
        rows = journal.entries(tx, only_pending=False, limit=10_000)
        broken = journal.broken_at(tx)
        bodies = {row.op_id: journal.body_text(tx, row.op_id) for row in rows}
        ahead = _ahead(tx, counter.identity.station.code, counter.identity.dev, kept)
    if broken is not None:
        return f"the chain is broken at {broken}"
    mine = {row.op_id: (row.header, bodies[row.op_id]) for row in rows}
    for row in rows:
        if row.state != journal.PENDING and kept.entries.get(row.op_id) != mine[row.op_id]:
            return f"entry {row.n} is acked, and not at the centre as it is here"
    strange = [i for i, op in kept.entries.items() if mine.get(i) != op]
    if strange:
        return f"{len(strange)} entries at the centre are not this PC's"
    doubled = [i for i, count in kept.known.items() if count != 1]
    return f"cases doubled: {doubled}" if doubled else ahead


def _ahead(tx: object, station: str, dev: str, kept: Kept) -> str:
    at = {f: feed_cursors.get(tx, f"{f}.{station}") for f in ("decisions", "cases")}
    decided, seen = at["decisions"], at["cases"]
    for case_id, said in kept.cases.items():
        passed = [one for one in said if decided and one[0] <= decided.seq]
        row = cases.get(tx, case_id)
        if passed and not _early(tx, case_id) and not _applied(row, *passed[-1][1:]):
            return f"the cursor of decisions is ahead of {passed[-1]}"
    for case_id, seq in kept.shown.items():
        if case_id and seen and seq <= seen.seq and cases.get(tx, case_id) is None:
            return f"the cursor of cases is ahead of {seq}"
    return ""


def _early(tx: object, case_id: str) -> bool:
    query = "select count(*) from meta where key like ?"
    return bool(tx.exec_driver_sql(query, (f"early:{case_id}%",)).scalar_one())


def _applied(row: cases.CaseRow | None, number: int, kind: str) -> bool:
    if row is None:
        return False
    told_of = json.loads(row.decision)["seq"] if row.decision else 0
    return int(told_of) >= number or row.state in {kind, "voided", "withdrawn"}


def wrong_at_the_end(pc: Pc, counter: Counter, report: Report) -> str:
    """What must hold once a round went well."""
    kept = _kept(pc, counter)
    if not report.ok or report.pending:
        return f"no round goes well any more: {report.why}, {report.pending} wait"
    wrong = wrong_now(counter, kept) or _unequal(counter, kept)
    now = state_of(counter)
    if wrong or now == pc.truth:
        return wrong
    return f"another state than without the fault: {_difference(pc.truth, now)}"


def _unequal(counter: Counter, kept: Kept) -> str:
    with read(counter.station) as tx:
        tip, centre = journal.tip(tx), told(tx)
        whole = tx.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        at = {f: c.seq for f in kept.heads if (c := feed_cursors.get(tx, f)) is not None}
    if not (tip.n, tip.head) == centre == (kept.n, kept.head) or len(kept.entries) != tip.n:
        return f"heads differ: {tip.n} here, {kept.n} there, {len(kept.entries)} entries"
    if kept.odd:
        return f"{kept.odd} oddities"
    behind = {feed: (at.get(feed, 0), n) for feed, n in kept.heads.items() if at.get(feed, 0) != n}
    if behind:
        # not compared with the clean round's: which entry a centre judges first after its database
        # came back is its own affair, and numbers are given in that order
        return f"cursors are not at the end of their feeds: {behind}"
    return "" if whole == "ok" else f"the file is damaged: {whole}"


def _difference(truth: dict[str, object], now: dict[str, object]) -> str:
    return "; ".join(f"{k}: {truth[k]!r} / {now[k]!r}" for k in truth if truth[k] != now[k])


def state_of(counter: Counter) -> dict[str, object]:
    """All that a clerk could see of the cases, and every entry with whether it is sent."""
    with read(counter.station) as tx:
        rows = tx.exec_driver_sql("select case_id, state, rev, op_id from case_file order by 1")
        state: dict[str, object] = {"cases": [tuple(r) for r in rows]}
        rows = tx.exec_driver_sql("select case_id, subject, year, active from case_year order by 1")
        state["years"] = sorted(tuple(r) for r in rows)
        ids = [c[0] for c in state["cases"]]
        open_tasks = [tasks.of_case(tx, case_id) for case_id in ids]
        state["tasks"] = [(t.case_id, t.kind) for t in open_tasks if t is not None]
        rows = tx.exec_driver_sql("select n, op_id, header from journal order by 1")
        state["journal"] = [tuple(r) for r in rows]
        rows = tx.exec_driver_sql("select n, min(state, 1) from delivery order by 1")
        state["delivery"] = [tuple(r) for r in rows]
    return state


def copy_files(folder: Path, after: Path) -> None:
    """What a power cut leaves: the databases and their logs, not the shared memory beside them."""
    shutil.rmtree(after, ignore_errors=True)
    after.mkdir()
    for name in FILES:
        if (folder / name).exists():
            shutil.copy2(folder / name, after / name)


@contextlib.contextmanager
def at_statement(k: int, then: Callable[[], None]) -> Iterator[list[str]]:
    """Do something before the k-th statement and all that follow (0: never); yields the statements."""
    seen: list[str] = []
    ours = threading.get_ident()

    def count(_: object, __: object, statement: str, *___: object) -> None:
        if threading.get_ident() != ours:
            # a centre that another test of this process keeps has statements of its own
            return
        seen.append(statement)
        if 0 < k <= len(seen):
            then()

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    try:
        yield seen
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", count)
