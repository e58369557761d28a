"""`counter-app doctor` beside disks and files that are really out: it names that one thing and nothing else."""

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.bootstrap import resources
from counter_app.doctor import disk, fonts
from counter_app.doctor.examine import examine
from counter_app.doctor.parts import PARTS
from counter_app.services.hold_profile import hold_profile
from counter_app.store.engine import open_engine
from counter_app.store.transaction import write
from tests.fakes import doctor

pytestmark = pytest.mark.fault
AROUND = frozenset({"network", "page_printer", "roll_printer", "camera", "clock", "feeds"})
"""What lies outside of the folder: examined in its own tests."""


@contextmanager
def small_disk(folder: Path, size: str = "24m") -> Iterator[Path]:
    """A disk of its own, by mount."""
    folder.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("mounting a small disk needs root: " + made.stderr.decode()[:80])
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def told(folder: Path, *words: str, clerk: bool = True) -> dict[str, dict[str, object]]:
    """What the command prints, part -> finding; only parts that are wrong and lie in the folder."""
    login = ("--clerk", doctor.CLERK) if clerk else ()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ui.app",
            "doctor",
            "--json",
            "--profile",
            str(folder),
            *login,
            *words,
        ],
        input=doctor.PHRASE + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout, done.stderr
    plain = json.loads(done.stdout)
    wrong = {f["part"]: f for f in plain["findings"] if f["verdict"] in {"look", "stop"}}
    assert done.returncode == (3 if not plain["can_accept"] else 1 if wrong else 0)
    return {name: f for name, f in wrong.items() if name not in AROUND}


def codes(wrong: dict[str, dict[str, object]]) -> dict[str, object]:
    return {name: f["code"] for name, f in wrong.items()}


def fill(folder: Path) -> None:
    with (folder / "film.mkv").open("wb") as file:
        try:
            while True:
                file.write(bytes(1 << 16))
                file.flush()
        except OSError:
            return


def test_a_healthy_profile(tmp_path: Path) -> None:
    doctor.with_passphrase(tmp_path / "p")
    assert told(tmp_path / "p") == {}


def test_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small") as small:
        doctor.with_passphrase(small / "p")
        fill(small)
        assert codes(told(small / "p")) == {"disk": "disk_full"}


def test_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small") as small:
        doctor.with_passphrase(small / "p")
        assert codes(told(small / "p")) == {"disk": "disk_full"}


def test_a_read_only_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "200m") as small:
        doctor.with_passphrase(small / "p")
        subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
        assert codes(told(small / "p")) == {"disk": "not_writable"}


@pytest.mark.parametrize(("name", "page"), [("station", 4), ("station", 1), ("reference", 5)])
def test_a_damaged_page(tmp_path: Path, name: str, page: int) -> None:
    doctor.with_passphrase(tmp_path)
    path = tmp_path / f"{name}.db"
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 + 77] ^= 0x5A
    path.write_bytes(data)
    assert codes(told(tmp_path)) == {"database": f"{name}_damaged"}


def test_a_second_window(tmp_path: Path) -> None:
    doctor.with_passphrase(tmp_path)
    mine = hold_profile(tmp_path)
    assert mine is not None
    assert codes(told(tmp_path)) == {"profile": "another_window"}
    mine.release()


def test_an_old_program_over_a_new_database(tmp_path: Path) -> None:
    doctor.with_passphrase(tmp_path)
    engine = open_engine(tmp_path / "station.db", bytes(range(32)))
    with write(engine) as tx:
        tx.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert codes(told(tmp_path)) == {"versions": "newer_database"}


def test_a_missing_font(tmp_path: Path) -> None:
    shutil.copytree(resources() / "fonts", tmp_path / "r" / "fonts")
    (tmp_path / "r" / "fonts" / "HanaMinB.ttf").unlink()
    _, patient = doctor.at_home(tmp_path / "p")
    patient = dataclasses.replace(patient, bundled=tmp_path / "r")
    parts = tuple(part for part in PARTS if part.id not in AROUND)
    assert [(f.part, f.code) for f in examine(patient, parts).wrong] == [(fonts.ID, "font_missing")]


def test_a_wrong_passphrase_leaves_the_rest_examined(tmp_path: Path) -> None:
    doctor.with_passphrase(tmp_path)
    assert told(tmp_path, "--clerk", "9999") == {}


def test_nothing_is_made_where_nothing_is(tmp_path: Path) -> None:
    assert told(tmp_path / "none", clerk=False) == {}
    assert list(tmp_path.iterdir()) == []


def test_a_slow_disk_is_said_and_work_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, patient = doctor.at_home(tmp_path)
    monkeypatch.setattr(disk, "SLOW_MS", -1)
    found = disk.look(patient, {})
    assert found.code == "disk_slow"
    monkeypatch.setattr(disk, "LOW", 1 << 60)
    assert disk.look(patient, {}).code == "disk_low"
