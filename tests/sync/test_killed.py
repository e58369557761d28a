"""kill -9 at a statement of a round, again and again, against the real centre: resent, never doubled."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.kernel.clock import today
from counter_app.services.queries.chain_head import chain_head
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store.transaction import write
from counter_app.sync.cycle import run_once
from counter_app.wire.case_body import NoteBody
from tests.fakes import station
from tests.sync import desk, real
from tests.sync.test_real_centre import accept, close, entries_of

NOTES = 60


@pytest.mark.fault
def test_a_round_killed_at_any_statement_is_taken_up_again(town: real.Town, tmp_path: Path) -> None:
    clerk = real.enrol(town, tmp_path)
    services = real.opened(tmp_path, clerk)
    assert run_once(services.counter).ok
    case = accept(services, *town.star("singles", "徐燕"))
    counter = services.counter
    with write(counter.station) as tx:
        for _ in range(NOTES):
            entry = Entry("note", "", 0, today(counter.clock))
            write_entry(counter, tx, entry, NoteBody(what="day_closed"))
    close(services)
    ended = []
    for statement in (4, 9, 30, 150, 300, 450):
        command = [sys.executable, "-m", "tests.sync.dying_station", str(tmp_path), str(statement)]
        ended.append(subprocess.run(command, cwd=station.ROOT, check=False, timeout=120).returncode)
    assert ended.count(-signal.SIGKILL) >= 3
    services = real.opened(tmp_path, clerk)
    assert run_once(services.counter).ok
    run_once(services.counter)
    assert desk.pending(services) == 0
    assert entries_of(town, services) == NOTES + 1
    assert desk.state(services, case.case_id) == "accepted"
    assert chain_head(services.counter).equal
    close(services)
