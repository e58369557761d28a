"""SIGKILL at the steps of an upgrade: the old file or the new one, whole, and nothing unsent lost."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.store import journal, schema
from counter_app.store.engine import bad_pages
from counter_app.store.survey import Survey, survey
from counter_app.store.transaction import read
from counter_app.wire import parcel
from tests.fakes import station
from tests.fault.upgrading import TREE
from tests.migrations import released

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


def kill(base: Path, revision: str, every: int) -> None:
    """Kill at the steps and look at every folder."""
    was = look(released.put(revision, base / "was"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.fault.upgrading", str(base), revision, str(every)],
        cwd=station.ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
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
