"""An upgrade with unsent work: released files arrive whole, a migration that eats work is undone."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config

from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.log_in import _note
from counter_app.store import durable, journal, meta, schema, upgrading
from counter_app.store.access import Access
from counter_app.store.engine import bad_pages
from counter_app.store.survey import Survey, survey
from counter_app.store.transaction import read, write
from counter_app.wire import keys, parcel
from counter_app.wire.header import read_header
from tests.fakes import station
from tests.migrations import released

TREE = station.ROOT / "migrations" / "station"
BAD = """
from alembic import op
revision = "9001"
down_revision = "{head}"
def upgrade():
    op.execute({trouble!r})
def downgrade():
    pass
"""
EATS = {
    "an unsent entry": "DELETE FROM delivery WHERE n = 2",
    "a body": "UPDATE body SET text = NULL WHERE op_id = (SELECT op_id FROM journal WHERE n = 3)",
    "a header": "UPDATE journal SET header = replace(header, '0312', '0313') WHERE n = 4",
    "a draft": "DELETE FROM draft",
    "a paper": "DELETE FROM print_job WHERE state = 'queued'",
    "a look": "DELETE FROM access_log WHERE k = 2",
    "an answer": "UPDATE draft SET answers = '{}'",
    "the serial": "DELETE FROM meta WHERE key LIKE 'serial:%'",
}
Ahead = Callable[[str], Path]


@pytest.fixture
def ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ahead:
    """A program whose newest migration runs this statement."""

    def make(trouble: str) -> Path:
        folder = tmp_path / "ahead"
        shutil.copytree(TREE, folder, ignore=shutil.ignore_patterns("__pycache__"))
        text = BAD.format(head=schema.KNOWN[-1], trouble=trouble)
        (folder / "versions" / "9001_planted.py").write_text(text, "utf-8")
        monkeypatch.setattr(schema, "KNOWN", (*schema.KNOWN, "9001"))
        monkeypatch.setattr(schema, "HEAD", "9001")
        return folder

    return make


def taken(engine: sa.Engine) -> Survey:
    with read(engine) as tx:
        return survey(tx)


@pytest.mark.parametrize("revision", schema.KNOWN)
def test_every_released_file_arrives_whole(tmp_path: Path, revision: str) -> None:
    path = released.put(revision, tmp_path)
    engine = released.opened(path)
    assert schema.revision(engine) == revision
    before = taken(engine)
    assert (before["unsent"].count, before["drafts"].count) == (3, 1)
    assert before["papers"].count > 3
    assert before["access"].count == 3
    heard: list[int] = []
    schema.upgrade(engine, path, TREE, tell=heard.append)
    # whoever waits at the log-in page hears each step, and nothing where nothing is migrated
    assert heard == ([] if revision == schema.HEAD else list(range(len(upgrading.STEPS))))
    assert schema.revision(engine) == schema.HEAD
    assert taken(engine) == before
    assert bad_pages(engine) == []
    with read(engine) as tx:
        assert journal.broken_at(tx) is None
        assert [entry.n for entry in journal.pending(tx, 9)] == [2, 3, 4]
    if revision == schema.HEAD:
        return
    said = json.loads((tmp_path / f"unsent-{schema.HEAD}.json").read_text("utf-8"))
    assert said["unsent"] == {"count": 3, "sha256": before["unsent"].sha}
    kept = released.opened(upgrading.before_name(path, schema.HEAD))
    assert (schema.revision(kept), taken(kept)) == (revision, before)


def test_every_released_schema_has_a_file() -> None:
    assert sorted(p.stem for p in released.FOLDER.glob("*.db")) == list(schema.KNOWN)


def test_what_is_exported_are_the_exact_bytes_for_the_centre_alone(tmp_path: Path) -> None:
    path = released.put("0001", tmp_path)
    engine = released.opened(path)
    with read(engine) as tx:
        ops = [entry.op for entry in journal.pending(tx, 9)]
    centre, other = keys.new_sealing_key(), keys.new_sealing_key()
    schema.upgrade(engine, path, TREE, keys.sealing_public(centre))
    sealed = (tmp_path / f"unsent-{schema.HEAD}{parcel.SUFFIX}").read_bytes()
    assert parcel.unpack(sealed, centre) == ops
    with pytest.raises(keys.SealBroken):
        parcel.unpack(sealed, other)
    with pytest.raises(keys.SealBroken):
        parcel.unpack(sealed[:-1] + bytes([sealed[-1] ^ 1]), centre)
    assert read_header(ops[0].header).id.encode() not in sealed


def test_the_key_a_hello_told_is_taken_before_the_data_key(tmp_path: Path) -> None:
    path = released.put("0001", tmp_path)
    engine = released.opened(path)
    centre = keys.new_sealing_key()
    with write(engine) as tx:
        meta.put(tx, upgrading.SEAL_KEY, keys.text(keys.sealing_public(centre)))
    schema.upgrade(engine, path, TREE)
    sealed = (tmp_path / f"unsent-{schema.HEAD}{parcel.SUFFIX}").read_bytes()
    assert len(parcel.unpack(sealed, centre)) == 3


@pytest.mark.parametrize("what", EATS)
def test_a_migration_that_eats_work_is_undone(tmp_path: Path, ahead: Ahead, what: str) -> None:
    path = released.put(schema.KNOWN[-1], tmp_path)
    engine = released.opened(path)
    before, bytes_before = taken(engine), path.read_bytes()
    schema.upgrade(engine, path, ahead(EATS[what]))
    assert schema.revision(engine) == schema.KNOWN[-2]
    assert taken(engine) == before
    engine.dispose()
    assert path.read_bytes() == bytes_before
    assert schema.upgrade_undone(tmp_path) != ""
    # the work goes on with the old file, log-ins are written down
    assert schema.usable(released.opened(path))
    _note(tmp_path, released.KEY, Access(1, "0312", "log_in", ""))
    assert taken(released.opened(path))["access"].count == before["access"].count + 1


def in_place(engine: sa.Engine, tree: Path) -> None:
    """How it was done before: in one transaction, nothing compared."""
    from alembic import command

    config = Config()
    config.set_main_option("script_location", str(tree))
    with write(engine) as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "head")


def test_the_way_of_before_loses_what_this_one_keeps(tmp_path: Path, ahead: Ahead) -> None:
    engine = released.opened(released.put(schema.KNOWN[-1], tmp_path))
    before = taken(engine)
    in_place(engine, ahead(EATS["an unsent entry"]))
    assert taken(engine)["unsent"].count == before["unsent"].count - 1


def test_a_program_that_cannot_work_with_the_old_file_says_so(tmp_path: Path, ahead: Ahead) -> None:
    path = released.put("0001", tmp_path)
    engine = released.opened(path)
    before = taken(engine)
    with pytest.raises(EnvironmentFault) as caught:
        schema.upgrade(engine, path, ahead(EATS["a draft"]))
    assert caught.value.code == "upgrade_undone"
    assert "没有丢" in caught.value.text
    assert (schema.revision(engine), taken(engine)) == ("0001", before)
    # the next start, with a program that is mended
    (tmp_path / "ahead" / "versions" / "9001_planted.py").write_text(
        BAD.format(head=schema.KNOWN[-2], trouble="SELECT 1"), "utf-8"
    )
    schema.upgrade(engine, path, tmp_path / "ahead")
    assert (schema.revision(engine), taken(engine)) == ("9001", before)
    assert schema.upgrade_undone(tmp_path) == ""


def test_a_file_changed_by_the_disk_after_the_switch_brings_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = released.put("0002", tmp_path)
    engine = released.opened(path)
    before = taken(engine)
    plain = durable.put_in_place

    def spoil(part: Path, to: Path) -> None:
        if part.name.endswith(".migrating"):
            data = bytearray(part.read_bytes())
            for at in range(4096 + 100, len(data), 4096):
                data[at] ^= 1
            part.write_bytes(data)
        plain(part, to)

    monkeypatch.setattr(durable, "put_in_place", spoil)
    with pytest.raises(EnvironmentFault) as caught:
        schema.upgrade(engine, path, TREE)
    assert caught.value.code == "upgrade_undone"
    assert (schema.revision(engine), taken(engine)) == ("0002", before)


@pytest.fixture
def small_disk() -> Iterator[Callable[[int], Path]]:
    """A file system of so many bytes; only root may make one."""
    # not below pytest's own folder, which another run may move away while it is mounted
    place = Path(tempfile.mkdtemp(prefix="disk-"))

    def mount(size: int) -> Path:
        subprocess.run(["umount", str(place)], check=False, capture_output=True)
        how = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        if subprocess.run(how, check=False, capture_output=True).returncode:
            pytest.skip("a small file system needs root and a mount")
        return place

    yield mount
    subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)
    place.rmdir()


def full(work: Callable[[], None]) -> bool:
    """Whether it came to nothing for want of room."""
    try:
        work()
    except EnvironmentFault as fault:
        if fault.code != "disk_full":
            raise
        return True
    return False


@pytest.mark.fault
def test_a_disk_that_fills_up_on_the_way_changes_nothing(
    small_disk: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    size = (released.FOLDER / "0002.db").stat().st_size
    faults = 0
    for extra in range(40_000, 20 * size, 48_000):
        folder = small_disk(size + extra)
        path = released.put("0002", folder)
        engine = released.opened(path)
        before = taken(engine)
        with pytest.raises(EnvironmentFault) as refused:
            schema.upgrade(engine, path, TREE)
        assert refused.value.code == "disk_full"
        assert "MB" in refused.value.text
        # and where the room is eaten by somebody else after it was looked at
        monkeypatch.setattr(upgrading, "MARGIN", -(10**9))
        faults += full(partial(schema.upgrade, engine, path, TREE))
        at, after = schema.revision(engine), taken(engine)
        engine.dispose()
        monkeypatch.undo()
        assert after == before
        assert not path.with_name("station.db.migrating").exists()
        if at == schema.HEAD:
            break
        assert at == "0002"
    else:
        pytest.fail("never enough")
    assert faults > 3
