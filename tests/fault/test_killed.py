"""SIGKILL at every statement: a case with everything that belongs to it, or the draft as it was."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from counter_app.bootstrap import bind
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.save_draft import Draft
from counter_app.store import access, cases, drafts, journal
from counter_app.store.engine import open_engine
from counter_app.store.station_tables import metadata
from counter_app.store.transaction import read
from tests.fakes import people, station

pytestmark = pytest.mark.fault
TABLES = [t.name for t in metadata.sorted_tables]
Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One child's end and what its database held afterwards."""

    killed: bool
    reported: int
    counts: Counts
    active_years: int
    state: str
    memo: str
    sound: bool


def template(base: Path, *, accepted: bool) -> bytes:
    """A closed profile with a draft, and a case where one is to be voided."""
    counter = station.make_counter(base / "template", key=bytes(range(32)))
    services = bind(counter)
    answers = station.ready(services, str(people.HEAD[0]), str(people.MOTHER[0]))
    services.save_draft(Draft("d1", "resident-enrolment", answers))
    if accepted:
        done = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
        assert isinstance(done, CaseAccepted)
        services.save_draft(Draft("d1", "resident-enrolment", answers))
    counter.station.dispose()
    counter.reference.dispose()
    return bytes(range(32))


def look(folder: Path, key: bytes) -> tuple[Counts, int, str, str, bool]:
    engine = open_engine(folder / "station.db", key)
    with read(engine) as tx:
        counts = {
            name: int(tx.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one())
            for name in TABLES
        }
        active = int(tx.exec_driver_sql("SELECT count(*) FROM case_year WHERE active").scalar_one())
        rows = cases.on_day(tx, "2026-11-23")
        draft = drafts.get(tx, "d1")
        memo = draft.answers.partition("长" * 180)[2][:1] if draft else ""
        whole = tx.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        loose = tx.exec_driver_sql("PRAGMA foreign_key_check").all()
        chained = journal.broken_at(tx) is None and access.broken_at(tx) is None
    engine.dispose()
    return counts, active, rows[0].state if rows else "", memo, whole and not loose and chained


def kill_everywhere(base: Path, action: str, *, accepted: bool = False) -> list[Outcome]:
    key = template(base, accepted=accepted)
    done = subprocess.run(
        [sys.executable, "-m", "tests.fault.victim", str(base), key.hex(), action],
        cwd=station.ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = []
    for line in done.stdout.splitlines():
        n, killed, reported = map(int, line.split())
        folder = base / str(n)
        found.append(Outcome(bool(killed), reported, *look(folder, key)))
        shutil.rmtree(folder)
    assert all(o.killed for o in found[:-1])
    assert not found[-1].killed
    return found


def test_accepting_is_whole_or_nothing(tmp_path: Path) -> None:
    found = kill_everywhere(tmp_path, "accept")
    before, after = found[0], found[-1]
    assert len(found) > 30
    assert (before.counts["case_file"], before.counts["draft"]) == (0, 1)
    assert after.counts["draft"] == 0
    for table in ("case_file", "case_party", "case_year", "journal", "body", "delivery", "history"):
        assert before.counts[table] == 0, table
        assert after.counts[table] > 0, table
    assert (after.counts["print_job"], after.counts["journal"], after.active_years) == (2, 1, 2)
    for outcome in found:
        assert outcome.sound
        assert outcome.counts in (before.counts, after.counts)
        assert (outcome.counts["draft"] == 1) == (outcome.counts["case_file"] == 0)
        assert outcome.reported == 0 or outcome.counts == after.counts
    # one child dies after its COMMIT reached the disk and before it could say so
    assert any(o.killed and o.counts == after.counts for o in found)


def test_the_search_finds_an_acceptance_in_two_commits(tmp_path: Path) -> None:
    found = kill_everywhere(tmp_path, "accept_in_two_commits")
    before, after = found[0], found[-1]
    assert after.counts["case_file"] == after.counts["journal"] == 1
    assert any(o.counts not in (before.counts, after.counts) for o in found)


def test_voiding_is_whole_or_nothing(tmp_path: Path) -> None:
    found = kill_everywhere(tmp_path, "void", accepted=True)
    before, after = found[0], found[-1]
    assert len(found) > 15
    assert (before.state, before.active_years, before.counts["journal"]) == ("queued", 2, 1)
    assert (after.state, after.active_years, after.counts["journal"]) == ("voided", 0, 2)
    for outcome in found:
        assert outcome.sound
        assert outcome.counts["draft"] == 1
        seen = (outcome.state, outcome.active_years, outcome.counts)
        assert seen in (
            (before.state, before.active_years, before.counts),
            (after.state, after.active_years, after.counts),
        )


def test_the_last_draft_that_was_saved_comes_back(tmp_path: Path) -> None:
    found = kill_everywhere(tmp_path, "save")
    assert found[-1].memo == "3"
    for outcome in found:
        assert outcome.sound
        assert outcome.counts["draft"] == 1
        version = int(outcome.memo or 0)
        assert outcome.reported <= version <= outcome.reported + 1
