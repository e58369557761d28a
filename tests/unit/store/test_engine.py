"""The files: encrypted, refused where they cannot be trusted, one transaction at a time."""

import secrets
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.save_draft import Draft
from counter_app.store import meta
from counter_app.store.engine import fault_of, open_engine
from counter_app.store.transaction import on_commit, on_rollback, read, write
from tests.fakes import people, station

ENCODINGS = ("utf-8", "utf-16-le", "gb18030")


def planted() -> list[bytes]:
    words = [str(cell) for row in people.PEOPLE for cell in (row[0], row[2])]
    words += ["示范县青禾镇杨桥村", "13900000418", "城乡居民参保登记", "CREATE TABLE"]
    return [w.encode(e) for w in words for e in ENCODINGS]


def found_in(folder: Path) -> list[tuple[str, bytes]]:
    files = [p for p in folder.rglob("*") if p.is_file()]
    assert files
    return [(p.name, w) for p in files for w in planted() if w in p.read_bytes()]


def test_nothing_planted_is_readable_in_any_file(tmp_path: Path) -> None:
    services = station.make_services(tmp_path / "p")
    answers = station.ready(services, str(people.HEAD[0]), str(people.MOTHER[0]))
    services.save_draft(Draft("d1", "resident-enrolment", answers))
    services.log_access("open", f"01:{people.HEAD[0]}", "")
    done = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(done, CaseAccepted)
    services.save_draft(Draft("d2", "resident-enrolment", answers))
    names = {p.name for p in (tmp_path / "p").iterdir()}
    assert {"station.db", "station.db-wal", "reference.db", "reference.db-wal"} <= names
    assert found_in(tmp_path / "p") == []
    services.counter.station.dispose()
    services.counter.reference.dispose()
    assert found_in(tmp_path / "p") == []


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le"])
def test_the_search_would_find_them_in_a_plain_file(tmp_path: Path, encoding: str) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute(f"PRAGMA encoding = '{encoding}'")
    plain.execute("CREATE TABLE t (name TEXT)")
    plain.execute("INSERT INTO t VALUES (?)", (people.HEAD[2],))
    plain.commit()
    plain.close()
    assert found_in(tmp_path)


def keyed(tmp_path: Path) -> tuple[Path, bytes]:
    path, key = tmp_path / "x.db", secrets.token_bytes(32)
    engine = open_engine(path, key)
    with write(engine) as tx:
        tx.exec_driver_sql("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
        meta.put(tx, "a", "1")
    engine.dispose()
    return path, key


def test_the_wrong_key_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    path, key = keyed(tmp_path)
    before = path.read_bytes()
    with pytest.raises(EnvironmentFault) as caught:
        open_engine(path, secrets.token_bytes(32))
    assert caught.value.code == "database_damaged"
    assert "不要重装" in caught.value.advice
    assert path.read_bytes() == before
    engine = open_engine(path, key)
    with read(engine) as tx:
        assert meta.get(tx, "a") == "1"


def first_value(path: Path, key: bytes) -> str:
    with read(open_engine(path, key)) as tx:
        return meta.get(tx, "a")


@pytest.mark.parametrize("at", [0, 100, 4096])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, at: int) -> None:
    path, key = keyed(tmp_path)
    torn = bytearray(path.read_bytes())
    torn[at : at + 200] = bytes(200)
    path.write_bytes(torn)
    with pytest.raises(EnvironmentFault) as caught:
        first_value(path, key)
    assert caught.value.code == "database_damaged"


def test_settings_every_connection_has(tmp_path: Path) -> None:
    path, key = keyed(tmp_path)
    engine = open_engine(path, key)
    with engine.connect() as connection:
        got = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "temp_store", "foreign_keys")
        }
    assert got == {"journal_mode": "wal", "synchronous": 2, "temp_store": 2, "foreign_keys": 1}
    with pytest.raises(sa.exc.DBAPIError) as caught, engine.connect() as connection:
        connection.execute(sa.text("INSERT INTO nowhere VALUES (:n)"), {"n": "赵国强"})
    assert "赵国强" not in str(caught.value)


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    path, key = keyed(tmp_path)
    engine = open_engine(path, key, read_only=True)
    with pytest.raises(EnvironmentFault) as caught, write(engine) as tx:
        meta.put(tx, "a", "2")
    assert caught.value.code == "not_writable"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        open_engine(tmp_path / "nowhere" / "x.db", secrets.token_bytes(32))
    assert caught.value.code == "not_writable"


def test_what_raises_inside_the_door_writes_nothing(tmp_path: Path) -> None:
    path, key = keyed(tmp_path)
    engine = open_engine(path, key)
    undone: list[str] = []

    def half() -> None:
        with write(engine) as tx:
            meta.put(tx, "a", "2")
            on_rollback(tx, lambda: undone.append("first"))
            on_rollback(tx, lambda: undone.append("second"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert undone == ["second", "first"]
    with read(engine) as tx:
        assert meta.get(tx, "a") == "1"
    with write(engine) as tx:
        on_rollback(tx, lambda: undone.append("never"))
        meta.put(tx, "a", "3")
    assert "never" not in undone


def test_what_follows_a_commit_comes_once_and_never_after_a_rollback(tmp_path: Path) -> None:
    path, key = keyed(tmp_path)
    engine = open_engine(path, key)
    heard: list[str] = []

    def seen() -> None:
        with read(engine) as tx:
            heard.append(meta.get(tx, "a"))

    def comes_to_nothing() -> None:
        with write(engine) as tx:
            on_commit(tx, seen)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        comes_to_nothing()
    with write(engine) as tx:
        meta.put(tx, "a", "5")
        on_commit(tx, seen)
        assert heard == []
    assert heard == ["5"]
    with write(engine) as tx:
        meta.put(tx, "a", "6")
    assert heard == ["5"]


def test_a_read_view_writes_nothing(tmp_path: Path) -> None:
    path, key = keyed(tmp_path)
    engine = open_engine(path, key)
    with read(engine) as tx:
        meta.put(tx, "a", "9")  # only by mistake
    with read(engine) as tx:
        assert meta.get(tx, "a") == "1"


def test_the_second_writer_is_told_that_the_file_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = keyed(tmp_path)
    monkeypatch.setattr("counter_app.store.engine.BUSY_MS", 50)
    first, second = open_engine(path, key), open_engine(path, key)
    with write(first) as tx:
        meta.put(tx, "a", "2")
        with pytest.raises(EnvironmentFault) as caught, write(second):
            pass
    assert caught.value.code == "database_busy"


def test_a_broken_rule_of_the_tables_is_a_bug_not_a_fault(tmp_path: Path) -> None:
    path, key = keyed(tmp_path)
    engine = open_engine(path, key)
    with pytest.raises(sa.exc.IntegrityError), write(engine) as tx:
        tx.exec_driver_sql("INSERT INTO meta VALUES ('a', '2')")


def test_an_unnamed_trouble_of_the_disk() -> None:
    error = sa.exc.OperationalError("", {}, OSError("disk I/O error"))
    assert fault_of(error).code == "disk_error"
