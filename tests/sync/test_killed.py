"""kill -9 at a statement of a round against the real centre: sent again, never doubled."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.kernel.clock import today
from counter_app.services.context import Clerk
from counter_app.services.queries.chain_head import chain_head
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store.transaction import write
from counter_app.sync.cycle import run_once
from counter_app.wire.case_body import NoteBody
from tests.fakes import station
from tests.sync import desk, real
from tests.sync.test_real_centre import accept, close, entries_of

NOTES = 60


def waiting(folder: Path, town: real.Town, star: str) -> tuple[Clerk, str]:
    """A closed profile with a case and notes to send."""
    clerk = real.enrol(town, folder)
    services = real.opened(folder, clerk)
    assert run_once(services.counter).ok
    case = accept(services, *town.star("singles", star))
    counter = services.counter
    with write(counter.station) as tx:
        for _ in range(NOTES):
            entry = Entry("note", "", 0, today(counter.clock))
            write_entry(counter, tx, entry, NoteBody(what="day_closed"))
    close(services)
    return clerk, case.case_id


def die(folder: Path, *statements: int) -> list[int]:
    """Rounds that are killed at a statement, one after the other; their exit codes."""
    words = [sys.executable, "-m", "tests.sync.dying_station", str(folder), *map(str, statements)]
    done = subprocess.run(
        words, cwd=station.ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=120
    )
    return [int(line) for line in done.stdout.split()]


def taken_up(folder: Path, clerk: Clerk, town: real.Town, case_id: str) -> None:
    """The next round brings everything to the centre once."""
    services = real.opened(folder, clerk)
    assert run_once(services.counter).ok
    run_once(services.counter)
    assert desk.pending(services) == 0
    assert entries_of(town, services) == NOTES + 1
    assert desk.state(services, case_id) == "accepted"
    assert chain_head(services.counter).equal
    close(services)


@pytest.mark.fault
def test_a_round_killed_at_some_statements_is_taken_up_again(
    town: real.Town, tmp_path: Path
) -> None:
    clerk, case_id = waiting(tmp_path, town, "徐燕")
    ended = die(tmp_path, 4, 9, 30, 150, 300, 450)
    assert ended.count(-signal.SIGKILL) >= 3
    taken_up(tmp_path, clerk, town, case_id)


@pytest.mark.soak
def test_a_round_killed_at_any_statement_is_taken_up_again(town: real.Town, tmp_path: Path) -> None:
    """The same PC sends the same entries at every try: the centre has each of them once."""
    clerk, case_id = waiting(tmp_path / "template", town, "刘小芳")
    for statement in range(1, 2000):
        folder = tmp_path / "pc"
        shutil.copytree(tmp_path / "template", folder)
        (ended,) = die(folder, statement)
        assert ended in {0, -signal.SIGKILL}
        taken_up(folder, clerk, town, case_id)
        shutil.rmtree(folder)
        if ended == 0:
            assert statement > NOTES
            return
    pytest.fail("a round has no end")
