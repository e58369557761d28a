"""reference.db: feeds applied, tombstones, another schema set aside; roster and cases read back."""

import datetime as dt
import json
import secrets
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.domain.person.model import Standing
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.store import cases, hospitals, journal, print_jobs, reference, roster, tasks
from counter_app.store.reference_tables import BY_FEED, REV, SCHEMA, schema
from counter_app.store.transaction import read, write
from tests.fakes import people, station

PERSONS = f"persons.{people.AREA}"
KEYS = ("dev", "text", "sig")


@pytest.fixture
def ref(tmp_path: Path) -> sa.Engine:
    return reference.open_reference(tmp_path, secrets.token_bytes(32))


def test_rows_are_inserted_replaced_and_buried(ref: sa.Engine) -> None:
    with write(ref) as tx:
        reference.apply_rows(tx, "keys", KEYS, [["a", "1", "s"], ["b", "1", "s"]])
        reference.apply_rows(tx, "keys", KEYS, [["a", "2", "s"], [None, "b"], [None, "nobody"]])
        assert reference.device_cert(tx, "a") == ("2", "s")
        assert reference.device_cert(tx, "b") is None


def test_the_same_frame_twice_is_once(ref: sa.Engine) -> None:
    for _ in range(2):
        with write(ref) as tx:
            reference.apply_rows(tx, PERSONS, tuple(people.COLS), people.PEOPLE)
    with read(ref) as tx:
        assert roster.count(tx) == len(people.PEOPLE)


def test_a_newer_servers_columns_are_left_out(ref: sa.Engine) -> None:
    with write(ref) as tx:
        reference.apply_rows(tx, "control", ("key", "value", "since"), [["idle_minutes", "10", 7]])
        assert reference.controls(tx) == {"idle_minutes": "10"}


def test_a_key_of_two_columns_is_buried_by_both(ref: sa.Engine) -> None:
    cols = ("name", "code", "words")
    with write(ref) as tx:
        reference.apply_rows(tx, "codes", cols, [["naty", "1", "汉族"], ["naty", "11", "满族"]])
        reference.apply_rows(tx, "codes", cols, [[None, "naty", "11"]])
        assert reference.tables(tx) == {"naty": {"1": "汉族"}}


def test_clerks_packs_and_cursors(ref: sa.Engine) -> None:
    cols = ("clerk", "name", "rights", "active")
    with write(ref) as tx:
        reference.apply_rows(tx, "clerks.990101104000", cols, [["0312", "李敏", "accept x", True]])
        packs = [["old", "t", "d", "s", False], ["new", "t", "d", "s", True]]
        reference.apply_rows(tx, "policy", ("id", "text", "digest", "sig", "in_force"), packs)
        at = reference.Cursor("codes", "e1", 7, ("a", "b"), True, 100)
        reference.put_cursor(tx, at)
        reference.touch(tx, "codes", 200)
    with read(ref) as tx:
        assert reference.clerks(tx) == [reference.ClerkRow("0312", "李敏", ("accept", "x"), True)]
        assert [p.id for p in reference.packs(tx)] == ["new"]
        assert reference.get_cursor(tx, "nothing") is None
        moved = reference.get_cursor(tx, "codes")
        assert moved is not None
        assert (moved.seq, moved.cols, moved.pulled_at) == (7, ("a", "b"), 200)


def test_frames_are_kept_until_the_filling_is_complete(ref: sa.Engine) -> None:
    with write(ref) as tx:
        for _ in range(2):
            reference.spool_put(tx, PERSONS, "sha", b"bytes")
        assert reference.spool_get(tx, "sha") == b"bytes"
        reference.spool_clear(tx, PERSONS)
        assert reference.spool_get(tx, "sha") is None


def test_another_schemas_file_is_read_as_it_is_and_one_is_begun_beside_it(tmp_path: Path) -> None:
    key = secrets.token_bytes(32)
    old = reference.open_reference(tmp_path, key)
    with write(old) as tx:
        tx.execute(schema.update().values(version=0))
        reference.apply_rows(tx, "control", ("key", "value"), [["a", "1"]])
    old.dispose()
    again = reference.open_reference(tmp_path, key)
    with read(again) as tx:
        assert reference.controls(tx) == {"a": "1"}
    beside = reference.open_filling(tmp_path, key, again)
    assert beside is not None
    with read(beside) as tx:
        assert reference.controls(tx) == {}
    again.dispose()
    beside.dispose()
    # it is not complete: nothing is swapped
    reference.swap_reference(tmp_path, key)
    with read(reference.open_reference(tmp_path, key)) as tx:
        assert reference.controls(tx) == {"a": "1"}


def test_an_older_file_gets_the_tables_it_lacks_and_keeps_what_was_pulled(tmp_path: Path) -> None:
    key = secrets.token_bytes(32)
    old = reference.open_reference(tmp_path, key)
    with write(old) as tx:
        for name in ("hospital", "beyond_person", "beyond_household"):
            tx.execute(sa.text(f"drop table {name}"))
        tx.execute(schema.update().values(version=1))
        reference.apply_rows(tx, PERSONS, tuple(people.COLS), people.PEOPLE)
        for table in {table.name for table in BY_FEED.values()} - {"hospital"}:
            tx.execute(sa.text(f"alter table {table} drop column {REV}"))
    old.dispose()
    new = reference.open_reference(tmp_path, key)
    with read(new) as tx:
        assert roster.count(tx) == len(people.PEOPLE)
        assert hospitals.as_table(tx) == {}
        assert roster.people(tx, ["nobody"]) == {}
        assert tx.execute(sa.select(schema.c.version)).scalar() == 1
    # it is read as it is; the numbers of its rows come with the file that fills beside it
    beside = reference.open_filling(tmp_path, key, new)
    assert beside is not None
    with read(beside) as tx:
        assert tx.execute(sa.select(schema.c.version)).scalar() == SCHEMA
    beside.dispose()
    kept = {i["name"] for i in sa.inspect(new).get_indexes("hospital")}
    assert kept == {"ix_hospital_name", "ix_hospital_py"}
    assert list(tmp_path.glob("reference.schema*")) == []


def test_people_come_back_as_they_were_sent(tmp_path: Path) -> None:
    counter = station.make_counter(tmp_path)
    numbers = [str(row[0]) for row in people.PEOPLE]
    with read(counter.reference) as tx:
        found = roster.people(tx, [*numbers, "nobody"])
        house = roster.find_household(tx, str(people.HOUSEHOLD[0]))
        assert roster.find_household(tx, "none") is None
        members = roster.members(tx, str(people.HOUSEHOLD[0]))
    assert set(found) == set(numbers)
    mother, dead = found[str(people.MOTHER[0])], found[str(people.DEAD[0])]
    assert mother.identity_until == dt.date(2027, 6, 30)
    assert mother.year(2026).paid == 12000
    assert (dead.standing, dead.deceased_on) == (Standing.DECEASED, dt.date(2025, 6, 18))
    assert house is not None
    assert house.head_name == "赵国强"
    assert members[0].name == "赵国强"
    assert len(members) == 5


def test_years_of_another_shape_are_a_bug_that_shows(tmp_path: Path) -> None:
    assert roster.years_of("[]") == ()
    with pytest.raises(json.JSONDecodeError):
        roster.years_of("x")


def test_a_case_its_jobs_and_its_task_through_their_states(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    answers = station.ready(services, str(people.HEAD[0]))
    done = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(done, CaseAccepted)
    key = f"01:{people.HEAD[0]}"
    with write(services.counter.station) as tx:
        assert cases.by_number(tx, done.case_no) == cases.get(tx, done.case_id)
        assert cases.get(tx, "none") is None
        assert [c.case_id for c in cases.of_subjects(tx, [key])] == [done.case_id]
        assert [c.case_id for c in cases.by_name_prefix(tx, "赵国")] == [done.case_id]
        assert cases.on_day(tx, "2026-11-23", "another") == []
        assert [p.role for p in cases.parties(tx, done.case_id)] == ["applicant", "insured"]
        assert cases.enrolled(tx, [key])[0][:3] == (key, 2027, done.case_no)
        assert cases.enrolled(tx, [key], done.case_id) == []
        tasks.put(tx, tasks.TaskRow("t", done.case_id, "held", "{}", 1, "", "", "", ""))
        tasks.own(tx, done.case_id, "0315", "周建国")
        tasks.tell(tx, done.case_id, "电话告知")
        tasks.put(tx, tasks.TaskRow("t", done.case_id, "rejected", "{}", 2, "", "", "", ""))
        task = tasks.of_case(tx, done.case_id)
        assert task is not None
        assert (task.kind, task.owner, task.told, task.since) == ("rejected", "0315", "电话告知", 1)
        assert [t.task_id for t in tasks.open_tasks(tx)] == ["t"]
        tasks.close(tx, done.case_id, 9)
        assert tasks.open_tasks(tx) == []
        first, second = print_jobs.of_case(tx, done.case_id)
        print_jobs.move(tx, first.job_id, print_jobs.PRINTED, 5, "ok")
        print_jobs.block(tx, done.case_id, 6)
        assert [j.state for j in print_jobs.of_case(tx, done.case_id)] == ["printed", "blocked"]
        assert print_jobs.get(tx, second.job_id) == print_jobs.in_state(tx, "blocked")[0]
        cases.set_state(tx, done.case_id, "voided", "{}")
        assert cases.enrolled(tx, [key]) == []
        assert [c.decision for c in cases.in_states(tx, ("voided",))] == ["{}"]
        assert cases.story(tx, done.case_id)[0][1] == "李敏受理"
        assert journal.last_moment(tx) == services.counter.clock.now_ms()
