"""Whether a PC holds the lists as the centre does: every row too few, too many or of another time is found."""

import logging
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.bootstrap import Services
from counter_app.central import roster
from counter_app.store import disagreements, feed_digest, reference
from counter_app.store.transaction import read, write
from counter_app.sync import agree, cycle
from counter_app.sync.cycle import run_once
from counter_app.sync.pull import feeds_of
from counter_app.wire import digest
from counter_app.wire.messages import DigestReply
from tests.fakes import people
from tests.fakes.centre import FakeCentre, Line
from tests.sync import desk, real
from tests.unit.central import rig

PERSONS = f"persons.{people.AREA}"
Logs = list[logging.LogRecord]


def seen(services: Services, centre: FakeCentre) -> list[str]:
    line = Line(centre)
    assert run_once(services.counter, line).ok
    return line.seen


def rows(services: Services) -> list[tuple[object, ...]]:
    with read(services.counter.reference) as tx:
        found = tx.exec_driver_sql("select certno, tel, rev from person order by certno").all()
    return [tuple(row) for row in found]


@pytest.fixture
def centre() -> FakeCentre:
    made = FakeCentre()
    made.publish(PERSONS, *people.PEOPLE)
    return made


@pytest.fixture
def services(tmp_path: Path, centre: FakeCentre) -> Services:
    made = desk.enrolled(tmp_path, centre)
    with write(made.counter.reference) as tx:
        tx.exec_driver_sql("delete from cursor")
        tx.exec_driver_sql("delete from person")
    assert f"POST /digest/{PERSONS}" in seen(made, centre)
    return made


WRONG = {
    "of another time": "update person set rev = rev - 1, tel = '1' where certno = :one",
    "missing": "delete from person where certno = :one",
    "too many": "insert into person select 'x' || certno, cert_type, name, py, id4, tel, ph4, gend,"
    " naty, birth, area, village, household, relation, addr, standing, deceased_on, identity,"
    " identity_no, identity_until, former, years, rev from person where certno = :one",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_one_wrong_row_is_found_said_and_made_good(
    services: Services, centre: FakeCentre, wrong: str, unexpected_logs: Logs
) -> None:
    before = rows(services)
    with write(services.counter.reference) as tx:
        tx.execute(sa.text(WRONG[wrong]), {"one": str(people.HEAD[0])})
    assert rows(services) != before
    # the next change of the list is the occasion
    centre.publish(PERSONS, people.PEOPLE[-1])
    assert f"GET /boot/{PERSONS}" in seen(services, centre)
    (record,) = unexpected_logs
    unexpected_logs.clear()
    assert "1 of 256" in record.getMessage()
    assert str(people.HEAD[0]) not in record.getMessage()
    assert [row[:2] for row in rows(services)] == [row[:2] for row in before]
    with read(services.counter.station) as tx:
        assert not disagreements.differs_still(tx, PERSONS)
        assert disagreements.fetched_lately(tx, PERSONS, services.counter.clock.now_ms())


def test_a_centre_that_never_agrees_is_not_asked_for_everything_each_time(
    services: Services, centre: FakeCentre, unexpected_logs: Logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = DigestReply(state="different", buckets=(7,))
    for round_, fetched in enumerate((True, False)):
        centre.publish(PERSONS, people.PEOPLE[round_])
        monkeypatch.setattr(centre, "_digest", lambda *_: centre.json(never))
        assert (f"GET /boot/{PERSONS}" in seen(services, centre)) == fetched
    assert len(unexpected_logs) == 3
    unexpected_logs.clear()
    with read(services.counter.station) as tx:
        assert disagreements.differs_still(tx, PERSONS)


def test_both_databases_count_as_the_definition_says(services: Services) -> None:
    found = [[0, 0] for _ in range(digest.BUCKETS)]
    for certno, _, rev in rows(services):
        at = found[digest.bucket(str(certno))]
        at[0], at[1] = at[0] + 1, at[1] + digest.mix(int(str(rev)))
    with read(services.counter.reference) as tx:
        assert feed_digest.figures(tx, PERSONS) == [(n, total) for n, total in found]


def test_who_moves_between_two_areas_of_a_station_is_in_one(tmp_path: Path) -> None:
    """The tombstone of the area that was left must not take the row of the other one."""
    with write(reference.open_reference(tmp_path, bytes(32))) as tx:
        names = tuple(people.COLS)
        reference.apply_rows(tx, PERSONS, names, people.PEOPLE)
        tx.exec_driver_sql("update person set area = 'elsewhere' where certno = ?", MOVED)
        reference.apply_rows(tx, PERSONS, names, [[None, *MOVED]])
        assert tx.exec_driver_sql("select area from person where certno = ?", MOVED).scalar()


MOVED = (str(people.HEAD[0]),)


def verdicts(services: Services) -> set[str]:
    """What the centre says of every list of the PC."""
    counter, said = services.counter, set()
    with cycle.open_client(counter) as client:
        for feed in feeds_of(counter):
            reply = agree._asked(counter, client, feed)
            said.add(reply.state if reply else "none")
    return said


def test_the_real_centre_agrees_after_whatever_happened(town: real.Town, tmp_path: Path) -> None:
    services = real.station_pc(town, tmp_path)
    assert verdicts(services) == {"equal"}
    numbers = [town.someone()[1] for _ in range(4)]
    with town.centre.engine.begin() as tx:
        found = list(roster.people(tx, numbers).values())
        roster.put(tx, found[0] | {"tel": "13900001111"})
        roster.remove(tx, found[1])
        # moved away, and away and back again
        roster.remove(tx, found[2])
        roster.put(tx, found[2] | {"area": "990101199"})
        roster.remove(tx, found[3])
        roster.put(tx, found[3])
    rig.number_all(town.centre)
    assert run_once(services.counter).ok
    assert verdicts(services) == {"equal"}
    with read(services.counter.reference) as tx:
        query = sa.text("select certno from person where certno in (:a, :b, :c, :d)")
        left = tx.execute(query, dict(zip("abcd", numbers, strict=True))).scalars().all()
    assert sorted(left) == sorted([found[0]["certno"], found[3]["certno"]])
    with town.centre.engine.begin() as tx:
        roster.put(tx, found[1])
        roster.put(tx, found[2])
        roster.remove(tx, found[2] | {"area": "990101199"})
    services.counter.close()
