"""A process that dies: `python -m tests.fault.victim FOLDER KEY ACTION`.

For n = 1, 2, … it copies the profile FOLDER/template to FOLDER/n and forks a child that opens the
copy, does ACTION, and is killed with SIGKILL at the n-th statement it sends to station.db: at odd n
before the statement, at even n after it. It ends with the first child that gets through, and prints
a line for each: n, whether it was killed, the last number it had reported.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from counter_app.bootstrap import Services, bind
from counter_app.catalog.item import Asked
from counter_app.catalog.registry import item
from counter_app.kernel.clock import ShiftableClock
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.context import Clerk, Counter
from counter_app.services.save_draft import Draft
from counter_app.services.void_case import VoidCase
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import cases, drafts
from counter_app.store.engine import open_engine
from counter_app.store.reference import open_reference
from counter_app.store.transaction import read, write
from counter_app.wire.case_body import NoteBody
from tests.fakes import people, station
from tests.fakes.clock import FakeClock

Report = Callable[[int], None]
ITEM = "resident-enrolment"
DRAFT = "d1"


def open_services(folder: Path, key: bytes) -> Services:
    """An existing profile, opened as the program would."""
    counter = Counter(
        folder,
        open_engine(folder / "station.db", key),
        open_reference(folder, key),
        ShiftableClock(FakeClock()),
        station.identity(),
        Clerk("0312", "李敏", ("accept",)),
    )
    return bind(counter)


def accept(services: Services, report: Report) -> None:
    draft = services.open_draft(DRAFT)
    assert draft is not None
    services.log_access("open", f"01:{people.HEAD[0]}", "")
    done = services.accept_case(AcceptCase(DRAFT, ITEM, draft.answers))
    assert isinstance(done, CaseAccepted), done
    report(done.n)


def accept_in_two_commits(services: Services, report: Report) -> None:
    """How it must not be done: the entry first, the case afterwards."""
    counter = services.counter
    draft = services.open_draft(DRAFT)
    assert draft is not None
    with write(counter.station) as tx:
        entry = Entry("note", "c-naive", 0, services.load_facts(Asked(), "", None).on)
        written = write_entry(counter, tx, entry, NoteBody(what="naive"))
    with write(counter.station) as tx:
        row = cases.CaseRow(
            "c-naive", "n", ITEM, item(ITEM).summary(draft.answers), "queued", 1, written.op_id, "d",
            "2026-11-23", 1, "0312", "李敏", "", "", "", "", "", None, "{}", written.head,
        )  # fmt: skip
        cases.put(tx, row, [], [])
        drafts.remove(tx, DRAFT)
    report(written.n)


def void(services: Services, report: Report) -> None:
    with read(services.counter.station) as tx:
        (row,) = cases.on_day(tx, "2026-11-23")
    problems = services.void_case(VoidCase(row.case_id, "wrong_person", "找错了人"))
    assert problems == (), problems
    report(1)


def save(services: Services, report: Report) -> None:
    draft = services.open_draft(DRAFT)
    assert draft is not None
    for version in range(1, 4):
        answers = draft.answers.put("memo", "长" * 180 + str(version))
        services.save_draft(Draft(DRAFT, ITEM, answers))
        report(version)


ACTIONS: dict[str, Callable[[Services, Report], None]] = {
    "accept": accept,
    "accept_in_two_commits": accept_in_two_commits,
    "void": void,
    "save": save,
}


def die_at(engine: sa.Engine, n: int) -> None:
    """Arrange the SIGKILL: at odd n before statement (n + 1) / 2, at even n after statement n / 2."""
    seen = 0
    moment = "before_cursor_execute" if n % 2 else "after_cursor_execute"

    @sa.event.listens_for(engine, moment)
    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == (n + 1) // 2:
            os.kill(os.getpid(), signal.SIGKILL)


def child(folder: Path, key: bytes, action: str, n: int, pipe: int) -> None:
    services = open_services(folder, key)
    die_at(services.counter.station, n)
    ACTIONS[action](services, lambda number: os.write(pipe, bytes([number])) and None)


def run(base: Path, key: bytes, action: str) -> None:
    for n in range(1, 400):
        folder = base / str(n)
        shutil.copytree(base / "template", folder)
        out, into = os.pipe()
        pid = os.fork()
        if not pid:
            code = 1
            try:
                child(folder, key, action, n, into)
                code = 0
            finally:
                os._exit(code)
        os.close(into)
        status = os.waitpid(pid, 0)[1]
        with os.fdopen(out, "rb") as reports:
            said = reports.read()
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write(f"{n} {int(killed)} {said[-1] if said else 0}\n")
        sys.stdout.flush()
        if not killed:
            sys.exit(os.WEXITSTATUS(status))


if __name__ == "__main__":
    run(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3])
