"""What the centre can send again never keeps a clerk out: a damaged file is set aside and filled anew."""

from pathlib import Path

from counter_app.services.renew_reference import renew_reference
from counter_app.store import reference, roster
from counter_app.store.transaction import read
from tests.fakes import station

KEY = bytes(range(32))


def filled(folder: Path) -> None:
    counter = station.make_counter(folder, key=KEY)
    with counter.reference.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    counter.station.dispose()
    counter.reference.dispose()


def people(folder: Path) -> int:
    engine = reference.open_reference(folder, KEY)
    with read(engine) as tx:
        count = roster.count(tx)
    engine.dispose()
    return count


def test_a_file_whose_first_page_is_damaged_is_begun_anew(tmp_path: Path) -> None:
    filled(tmp_path)
    path = tmp_path / "reference.db"
    data = bytearray(path.read_bytes())
    data[99] ^= 1
    path.write_bytes(data)
    assert people(tmp_path) == 0
    assert (tmp_path / "reference.damaged.db").read_bytes() == bytes(data)


def test_a_renewal_happens_once_at_the_next_opening(tmp_path: Path) -> None:
    filled(tmp_path)
    assert people(tmp_path) > 0
    renew_reference(tmp_path)
    assert people(tmp_path) == 0
    assert not (tmp_path / reference.RENEW).exists()
    station_file = (tmp_path / "station.db").read_bytes()
    assert people(tmp_path) == 0
    assert (tmp_path / "station.db").read_bytes() == station_file
