"""reference.db of another schema: read as it is where it can be, while the new one fills beside it."""

from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.store import reference, roster
from counter_app.store.engine import open_engine
from counter_app.store.transaction import read, write
from counter_app.sync.cycle import run_once
from tests.sync import real

COMPATIBLE = "ALTER TABLE person ADD COLUMN future TEXT"
OTHER = "ALTER TABLE person RENAME COLUMN py TO pinyin"


def count(services: Services) -> int:
    with read(services.counter.reference) as tx:
        return roster.count(tx)


def of_another_program(town: real.Town, folder: Path, change: str) -> tuple[object, int, bytes]:
    """A filled profile whose reference.db another program's schema has."""
    clerk = real.enrol(town, folder)
    services = real.opened(folder, clerk)
    assert run_once(services.counter).ok
    people = count(services)
    with write(services.counter.reference) as tx:
        tx.exec_driver_sql(change)
        tx.exec_driver_sql("UPDATE schema SET version = 99")
    with services.counter.reference.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    services.counter.close()
    return clerk, people, (folder / reference.FILE).read_bytes()


def test_people_are_found_in_the_old_one_while_the_new_one_fills(
    town: real.Town, tmp_path: Path
) -> None:
    clerk, people, before = of_another_program(town, tmp_path, COMPATIBLE)
    household, certno = town.star("singles", "陈志远")
    # before the network is there
    services = real.opened(tmp_path, clerk)
    assert services.counter.filling is not None
    assert count(services) == people > 500
    assert services.find(certno).people
    assert run_once(services.counter).ok
    assert count(services) == people
    assert services.household_card(household) is not None
    services.counter.close()
    assert (tmp_path / reference.FILE).stat().st_size == len(before)
    services = real.opened(tmp_path, clerk)
    assert services.counter.filling is None
    assert count(services) == people
    assert services.find(certno).people
    assert not (tmp_path / reference.NEXT).exists()
    # the other program's file is kept
    kept = tmp_path / "reference.schema99.db"
    assert kept.stat().st_size == len(before)
    report = run_once(services.counter)
    assert report.ok
    assert not any(feed.startswith("persons") for feed in report.rows)
    services.counter.close()


def test_one_that_cannot_be_read_stays_untouched_until_the_new_one_is_complete(
    town: real.Town, tmp_path: Path
) -> None:
    clerk, people, before = of_another_program(town, tmp_path, OTHER)
    services = real.opened(tmp_path, clerk)
    assert (count(services), services.counter.filling) == (0, None)
    services.counter.close()
    assert (tmp_path / reference.FILE).read_bytes() == before
    services = real.opened(tmp_path, clerk)
    assert run_once(services.counter).ok
    assert count(services) == people
    services.counter.close()
    assert (tmp_path / reference.FILE).read_bytes() == before
    services = real.opened(tmp_path, clerk)
    assert count(services) == people
    assert (tmp_path / "reference.schema99.db").read_bytes() == before
    services.counter.close()


@pytest.mark.parametrize("moment", ["between the names", "a damaged file beside"])
def test_whatever_ends_the_swap_the_next_start_goes_on(tmp_path: Path, moment: str) -> None:
    key = bytes(range(32))
    engine = open_engine(tmp_path / reference.NEXT, key)
    engine.dispose()
    services = reference.open_reference(tmp_path, key)
    with write(services) as tx:
        tx.exec_driver_sql("UPDATE schema SET version = 99")
    beside = reference.open_filling(tmp_path, key, services)
    assert beside is not None
    with write(beside) as tx:
        done = reference.Cursor("decisions.990101104000", "e", 1, (), True, 1)
        reference.put_cursor(tx, done)
    services.dispose()
    beside.dispose()
    if moment == "between the names":
        (tmp_path / reference.FILE).rename(tmp_path / "reference.schema99.db")
    else:
        (tmp_path / reference.NEXT).write_bytes(b"x" * 8192)
    reference.swap_reference(tmp_path, key)
    engine = reference.open_reference(tmp_path, key)
    again = reference.open_filling(tmp_path, key, engine)
    assert (again is None) == (moment == "between the names")
    engine.dispose()
    if again is not None:
        again.dispose()
