"""The centre's database is restored from a backup: the station sends again what was lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.bootstrap import Services
from counter_app.central import backups, durable, roster
from counter_app.central.centre import get, put
from counter_app.central.ops import cases
from counter_app.central.ops.bench import AUTO, Bench
from counter_app.central.ops.ruling import Ruling
from counter_app.central.tables import enrol, ingest
from counter_app.kernel.errors import Refused
from counter_app.services.accept_case import CaseAccepted
from counter_app.store import journal, reference
from counter_app.store import roster as own_roster
from counter_app.store.station_tables import delivery
from counter_app.store.transaction import read
from counter_app.sync.cycle import run_once
from tests.sync import desk, real
from tests.sync.test_digest import verdicts
from tests.sync.test_real_centre import accept, close, entries_of
from tests.unit.central import rig


@pytest.fixture
def careful(town: real.Town) -> Iterator[real.Town]:
    """A centre for which only a backup makes anything safe."""
    with town.centre.engine.begin() as tx:
        durable.choose(tx, durable.BACKUP)
    yield town
    with town.centre.engine.begin() as tx:
        durable.choose(tx, durable.AT_ONCE)
        put(tx, AUTO, "on")


def decide(town: real.Town, case: CaseAccepted, kind: str) -> None:
    """A word of the county's clerk."""
    with town.centre.engine.begin() as tx:
        row = cases.find(tx, case.case_id)
        assert row is not None
        bench = Bench.open(town.centre, tx)
        if kind == "accepted":
            bench.grant(row, "中心已登记")
        else:
            bench.refuse(row, Ruling(kind, "CLERK", "户口页看不清"))
    rig.number_all(town.centre)


def turn_auto(town: real.Town, word: str) -> None:
    with town.centre.engine.begin() as tx:
        put(tx, AUTO, word)


def safe(services: Services) -> int:
    """How many entries the station knows to be in a backup."""
    query = sa.select(sa.func.count()).where(delivery.c.state == journal.DURABLE)
    with read(services.counter.station) as tx:
        return int(tx.execute(query).scalar_one())


def rounds(services: Services, count: int = 2) -> int:
    """Rounds until the station is quiet; how many entries went back."""
    back = 0
    for _ in range(count):
        report = run_once(services.counter)
        back += report.rolled_back
    assert report.ok, report
    return back


def kinds(services: Services, case: CaseAccepted) -> list[str]:
    return [task.kind for task in services.worklist() if task.case_id == case.case_id]


def test_a_restored_centre_gets_everything_again(careful: real.Town, tmp_path: Path) -> None:
    town, backup = careful, tmp_path / "centre.backup"
    (tmp_path / "pc").mkdir()
    services = real.station_pc(town, tmp_path / "pc")
    first, second, third, (lost_house, lost_person) = (town.someone() for _ in range(4))
    done = accept(services, *first)
    rounds(services)
    turn_auto(town, "off")
    open_case, held = accept(services, *second), accept(services, *third)
    rounds(services)
    decide(town, held, "held")
    rounds(services)
    assert (kinds(services, open_case), kinds(services, held)) == ([], ["held"])
    assert safe(services) == 0
    backups.dump(town.centre, backup)
    assert backup.stat().st_mode & 0o777 == 0o600
    rounds(services)
    assert safe(services) == 3

    # after the backup: one case is sent back, the held one accepted, another one comes
    turn_auto(town, "on")
    decide(town, open_case, "rejected")
    decide(town, held, "accepted")
    lost = accept(services, lost_house, lost_person)
    rounds(services)
    assert [desk.state(services, c.case_id) for c in (open_case, held, lost)] == [
        "rejected",
        "accepted",
        "accepted",
    ]
    assert (kinds(services, open_case), kinds(services, held)) == (["rejected"], [])
    assert (entries_of(town, services), safe(services)) == (4, 3)

    with town.centre.engine.begin() as tx:
        before = get(tx, "epoch")
    fresh = backups.bring_back(town.centre, backup)
    assert fresh != before
    assert int(fresh.partition("-")[0]) == int(before.partition("-")[0]) + 1
    assert entries_of(town, services) == 3
    turn_auto(town, "on")

    # the first answer may find the connections of before
    run_once(services.counter)
    assert rounds(services, 3) <= 1
    assert entries_of(town, services) == 4
    assert desk.pending(services) == 0
    assert desk.state(services, done.case_id) == "accepted"
    assert desk.state(services, lost.case_id) == "accepted"
    assert (desk.state(services, open_case.case_id), kinds(services, open_case)) == ("received", [])
    assert (desk.state(services, held.case_id), kinds(services, held)) == ("held", ["held"])
    assert safe(services) == 3
    assert one_each(town, services)
    same_feeds(town, services, fresh, lost_person)

    # what was lost is decided again, and comes as if for the first time
    decide(town, open_case, "rejected")
    decide(town, held, "accepted")
    rounds(services)
    assert (kinds(services, open_case), kinds(services, held)) == (["rejected"], [])
    assert desk.state(services, held.case_id) == "accepted"
    close(services)


def one_each(town: real.Town, services: Services) -> bool:
    """No entry twice, no year of a person twice."""
    with town.centre.engine.begin() as tx:
        mine = sa.select(ingest.c.n).where(ingest.c.dev == services.counter.identity.dev)
        numbers = sorted(tx.execute(mine).scalars())
        twice = (
            sa
            .select(enrol.c.subject_key)
            .where(enrol.c.active)
            .group_by(enrol.c.subject_key, enrol.c.year)
            .having(sa.func.count() > 1)
        )
        return numbers == [1, 2, 3, 4] and tx.execute(twice).first() is None


def same_feeds(town: real.Town, services: Services, fresh: str, certno: str) -> None:
    """The station's roster is the centre's of now, under the centre's epoch."""
    area = services.counter.identity.station.code[:9]
    with town.centre.engine.begin() as tx:
        count = "select count(*) from change where feed = %s and not dead"
        people = tx.exec_driver_sql(count, (f"persons.{area}",)).scalar_one()
        registered = roster.people(tx, [certno])[certno]["years"]
    with read(services.counter.reference) as tx:
        cursor = reference.get_cursor(tx, f"persons.{area}")
        assert cursor is not None
        assert cursor.epoch == fresh
        assert own_roster.count(tx) == people
        person = own_roster.people(tx, [certno]).get(certno)
    assert person is not None
    assert any(y.registered_on for y in person.years if y.year == 2027), registered
    assert verdicts(services) == {"equal"}


def test_what_is_no_backup_changes_nothing(town: real.Town, tmp_path: Path) -> None:
    (tmp_path / "none").write_bytes(b"PGDMP but nothing else")
    with town.centre.engine.begin() as tx:
        before = get(tx, "epoch")
    with pytest.raises(Refused, match="pg_restore"):
        backups.bring_back(town.centre, tmp_path / "none")
    with pytest.raises(Refused, match="写不了"):
        backups.dump(town.centre, tmp_path / "no" / "where")
    with town.centre.engine.begin() as tx:
        assert get(tx, "epoch") == before
