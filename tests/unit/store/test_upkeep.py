"""Files and chains under hand: what the disk refuses is said in words, what was changed is named."""

import errno
import zipfile
from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import archive, chain_faults, durable, engine, journal, reference, restoring
from counter_app.store.engine import open_engine
from counter_app.store.transaction import read, write
from counter_app.wire import canonical, keys
from counter_app.wire.header import Header, head_of, header_text, read_header
from tests.fakes import people, station
from tests.sync.desk import accept

KEY = bytes(range(32))


@pytest.fixture
def services(tmp_path: Path) -> Services:
    made = station.bind(station.make_counter(tmp_path / "pc", key=KEY))
    made.log_access("open", "01:x", "")
    for person in (people.HEAD, people.SON):
        accept(made, person[0])
    return made


def rewrite(services: Services, at: int, change: dict[str, object]) -> None:
    """Another header in its place, with the head that belongs to it."""
    with write(services.counter.station) as tx:
        rows = {e.n: e for e in journal.entries(tx, only_pending=False)}
        plain = {f: getattr(read_header(rows[at].header), f) for f in Header.__struct_fields__}
        text = header_text(Header(**{**plain, **change}))
        tx.exec_driver_sql(
            "UPDATE journal SET header = ?, head = ? WHERE n = ?", (text, head_of(text), at)
        )


def walk(services: Services) -> tuple[int, str] | None:
    with read(services.counter.station) as tx:
        fault = chain_faults.walk_journal(tx, services.counter.identity.dev).fault
    return (fault.at, fault.why) if fault else None


@pytest.mark.parametrize(
    ("n", "change", "found"),
    [
        (2, {"dev": "other"}, (2, "device")),
        (2, {"ep": 0}, (2, "epoch")),
        (2, {"access_head": "f" * 64}, (2, "anchor")),
        (2, {"prev": "f" * 64}, (2, "prev")),
        (2, {"n": 7}, (2, "number")),
        (2, {"body_sha": "0" * 64}, (2, "body")),
        (1, {"clerk": "0999"}, (2, "prev")),
    ],
)
def test_each_change_has_its_name(
    services: Services, n: int, change: dict[str, object], found: tuple[int, str]
) -> None:
    assert walk(services) is None
    rewrite(services, n, change)
    assert walk(services) == found


def test_rows_that_cannot_be_read_are_named(services: Services) -> None:
    with write(services.counter.station) as tx:
        tx.exec_driver_sql("UPDATE journal SET header = '{' WHERE n = 2")
        tx.exec_driver_sql("UPDATE access_log SET text = '{' WHERE k = 1")
    assert walk(services) == (2, "unreadable")
    with read(services.counter.station) as tx:
        fault = chain_faults.walk_access(tx).fault
        assert chain_faults.entry_at(tx, 2) is None
    assert fault == chain_faults.ChainFault(1, "unreadable")


def test_a_row_of_another_branch_is_named(services: Services) -> None:
    text = canonical.encode({"k": 1, "prev": "f" * 64}).decode()
    with write(services.counter.station) as tx:
        tx.exec_driver_sql("UPDATE access_log SET text = ? WHERE k = 1", (text,))
    with read(services.counter.station) as tx:
        assert chain_faults.walk_access(tx).fault == chain_faults.ChainFault(1, "prev")


def test_a_file_system_without_second_names_gets_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"work")

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    durable.second_name(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"work"


def test_what_the_disk_refuses_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert durable.fault_of_disk(OSError(errno.ENOSPC, "")).code == "disk_full"
    assert durable.fault_of_disk(OSError(errno.EACCES, "")).code == "not_writable"
    with pytest.raises(EnvironmentFault):
        durable.write_whole(tmp_path / "none" / "x", b"")
    monkeypatch.setattr(durable, "put_in_place", lambda part, path: path.write_bytes(b"other"))
    with pytest.raises(EnvironmentFault) as caught:
        durable.write_whole(tmp_path / "x", b"work")
    assert caught.value.code == "disk_error"


def test_a_file_somebody_reads_is_not_closed(tmp_path: Path) -> None:
    one, other = open_engine(tmp_path / "x.db", KEY), open_engine(tmp_path / "x.db", KEY)
    with one.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x)")
    with other.connect() as reading:
        reading.exec_driver_sql("BEGIN")
        reading.exec_driver_sql("SELECT * FROM t").all()
        with one.begin() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 1")
            connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        with pytest.raises(EnvironmentFault) as caught:
            engine.close_whole(one)
        assert caught.value.code == "database_busy"
    engine.close_whole(one)
    other.dispose()
    assert [p.name for p in tmp_path.iterdir()] == ["x.db"]


def test_an_archive_is_whole_or_none(tmp_path: Path) -> None:
    private, part = keys.new_signing_key(), tmp_path / "part"
    part.write_bytes(b"work")
    about = {"dev": "d", "station": "s", "schema": "0003", "made_at": 1, "entries": 0, "unsent": 0}
    file = tmp_path / "a.bak"
    archive.write_archive(file, about, {"part": part}, private)
    assert archive.read_part(file, "part") == b"work"
    assert archive.read_part(file, "none") == b""
    with pytest.raises(archive.ArchiveBroken):
        archive.take_part(file, "none", tmp_path / "out")
    with pytest.raises(EnvironmentFault):
        archive.take_part(file, "part", tmp_path / "none" / "out")
    with pytest.raises(EnvironmentFault):
        archive.write_archive(tmp_path / "none" / "b.bak", about, {"part": part}, private)
    for name, old, new in (("part", b"work", b"else"), ("manifest.json", b'"v": 1', b'"v": 2')):
        with zipfile.ZipFile(file) as good, zipfile.ZipFile(tmp_path / "bad", "w") as bad:
            for member in good.namelist():
                data = good.read(member)
                bad.writestr(member, data.replace(old, new) if member == name else data)
        with pytest.raises(archive.ArchiveBroken):
            archive.read_archive(tmp_path / "bad")


def test_what_lies_beside_and_is_no_use_is_begun_anew(tmp_path: Path) -> None:
    def fill(name: str, version: int) -> None:
        made = reference.open_reference(tmp_path, KEY)
        with write(made) as tx:
            tx.exec_driver_sql(f"UPDATE schema SET version = {version}")
        engine.close_whole(made)
        if name != reference.FILE:
            (tmp_path / reference.FILE).rename(tmp_path / name)

    fill(reference.NEXT, 98)
    fill(reference.FILE, 99)
    # of a third schema: neither swapped in nor filled on
    reference.swap_reference(tmp_path, KEY)
    old = reference.open_reference(tmp_path, KEY)
    beside = reference.open_filling(tmp_path, KEY, old)
    assert beside is not None
    engine.close_whole(beside)
    (tmp_path / reference.NEXT).write_bytes(b"x" * 8192)
    again = reference.open_filling(tmp_path, KEY, old)
    assert again is not None
    again.dispose()
    with write(old) as tx:
        tx.exec_driver_sql(f"UPDATE schema SET version = {reference.SCHEMA}")
    old.dispose()
    # the one in force is this program's: what lies beside has no use any more
    reference.swap_reference(tmp_path, KEY)
    assert not (tmp_path / reference.NEXT).exists()


def test_a_replaced_files_log_goes_aside_where_it_cannot_be_brought_in(tmp_path: Path) -> None:
    path, copy, aside = tmp_path / "station.db", tmp_path / "copy", tmp_path / "aside.db"
    path.write_bytes(b"x" * 8192)
    (tmp_path / "station.db-wal").write_bytes(b"log")
    copy.write_bytes(b"new")

    def reopen(_: Path) -> object:
        raise EnvironmentFault("database_damaged", "", "")

    restoring.put_into_force(path, copy, aside, reopen)
    assert path.read_bytes() == b"new"
    assert aside.read_bytes() == b"x" * 8192
    assert (tmp_path / "aside.db-wal").read_bytes() == b"log"
    assert not (tmp_path / "station.db-wal").exists()
