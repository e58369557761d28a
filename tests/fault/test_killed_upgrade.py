"""SIGKILL at the steps of an upgrade and of a restore: the old file or the new one, whole."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.bootstrap import bind
from counter_app.services.back_up import back_up
from counter_app.services.read_identity import StoredIdentity, save_identity
from counter_app.store import access, journal, meta, profile, schema
from counter_app.store.engine import bad_pages
from counter_app.store.survey import Survey, survey
from counter_app.store.transaction import read, write
from counter_app.wire import keys, parcel
from tests.fakes import people, station
from tests.fault.upgrading import TREE
from tests.migrations import released
from tests.sync.desk import accept

pytestmark = pytest.mark.fault


def look(path: Path) -> tuple[str, Survey]:
    """What the next start finds."""
    engine = released.opened(path)
    with read(engine) as tx:
        assert journal.broken_at(tx) is None
        found = survey(tx)
    assert bad_pages(engine) == []
    at = schema.revision(engine)
    engine.dispose()
    return at, found


def started_again(path: Path) -> tuple[str, Survey]:
    engine = released.opened(path)
    schema.upgrade(engine, path, TREE)
    engine.dispose()
    return look(path)


def killed_everywhere(base: Path, what: str, every: int) -> list[list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fault.upgrading", str(base), what, str(every)],
        cwd=station.ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()]


def kill(base: Path, revision: str, every: int) -> None:
    """Kill at the steps and look at every folder."""
    was = look(released.put(revision, base / "was"))
    lines = killed_everywhere(base, revision, every)
    kinds, ends = {kind for _, _, kind in lines}, set()
    assert kinds == {"statement", "fsync", "replace", "link", "unlink"}
    for n, killed, kind in lines:
        assert killed == "1", (n, kind)
        path = base / n / "station.db"
        at, found = look(path)
        assert at in {revision, schema.HEAD}, (n, kind)
        assert found == was[1], (n, kind)
        if at == schema.HEAD:
            kept = base / n / f"station.before-{schema.HEAD}"
            assert look(kept) == was
            sealed = (base / n / f"unsent-{schema.HEAD}{parcel.SUFFIX}").read_bytes()
            ops = parcel.unpack(sealed, parcel.key_from(released.KEY))
            assert len(ops) == was[1]["unsent"].count
        ends.add(at)
        if every == 1 or int(n) % 2:
            assert started_again(path) == (schema.HEAD, was[1]), (n, kind)
            assert not path.with_name("station.db.migrating").exists()
        shutil.rmtree(base / n)
    # the search saw both sides of the one step that counts
    assert ends == {revision, schema.HEAD}


def test_killed_at_any_file_step_and_some_statements(tmp_path: Path) -> None:
    kill(tmp_path, "0002", 40)


@pytest.mark.soak
@pytest.mark.parametrize("revision", schema.KNOWN[:-1])
def test_killed_at_any_step(tmp_path: Path, revision: str) -> None:
    kill(tmp_path, revision, 1)


def a_pc_and_its_backup(base: Path) -> tuple[str, str]:
    """A closed profile whose newest entry the centre has, and a backup from before it; both heads."""
    who = station.identity()
    stored = StoredIdentity(
        dev=who.dev,
        letter=who.letter,
        station=who.station,
        scopes=tuple(who.scopes),
        cert_text=who.cert_text,
        cert_sig="",
        centre_sign_key=keys.text(who.centre_sign_key),
        centre_url="https://127.0.0.1:1",
        ca_pem="",
    )
    folder = base / "pc"
    counter = station.make_counter(folder, identity=who, key=released.KEY)
    save_identity(folder, stored)
    own = {"sign_private": who.sign_private.hex(), "seal_private": who.seal_private.hex()}
    profile.save(folder, profile.KEYS, {**own})
    services = bind(counter)
    heads = []
    for person in (people.HEAD, people.SON):
        accept(services, person[0])
        with write(counter.station) as tx:
            assert journal.ack(tx, journal.pending(tx, 1)[0].op_id, "accepted")
            heads.append(journal.tip(tx).head)
        if len(heads) == 1:
            back_up(folder, counter.station, who, base / "x.bak", counter.clock)
    counter.close()
    return heads[0], heads[1]


def head_and_epoch(path: Path) -> tuple[str, str]:
    engine = released.opened(path)
    with read(engine) as tx:
        assert journal.broken_at(tx) is None
        assert access.broken_at(tx) is None
        found = journal.tip(tx).head, meta.get(tx, "device_epoch", "1")
    assert bad_pages(engine) == []
    engine.dispose()
    return found


@pytest.mark.parametrize("every", [25, pytest.param(1, marks=pytest.mark.soak)])
def test_a_restore_killed_at_any_step_leaves_one_of_both(tmp_path: Path, every: int) -> None:
    backup, newer = a_pc_and_its_backup(tmp_path)
    ends = set()
    for n, killed, kind in killed_everywhere(tmp_path, "restore", every):
        assert killed == "1", (n, kind)
        folder = tmp_path / n
        end = head_and_epoch(folder / "station.db")
        assert end in {(newer, "1"), (backup, "2")}, (n, kind)
        ends.add(end)
        if end == (backup, "2"):
            (aside,) = folder.glob("station.replaced-*.db")
            assert head_and_epoch(aside) == (newer, "1")
        shutil.rmtree(folder)
    assert len(ends) == 2
