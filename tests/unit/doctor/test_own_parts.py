"""What each look says of its part, and nothing of any other."""

import dataclasses
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.bootstrap import resources
from counter_app.doctor import (
    chain,
    database,
    disk,
    fonts,
    memory,
    open_files,
    pack,
    profile_folder,
    versions,
)
from counter_app.doctor.finding import Finding, Verdict
from counter_app.doctor.patient import OpenFiles, Patient
from counter_app.kernel.clock import SystemClock
from counter_app.services.accept_case import AcceptCase
from counter_app.services.note_opened import note_opened
from counter_app.services.save_draft import Draft
from counter_app.store import profile, reference, schema
from counter_app.store.transaction import write
from tests.fakes import doctor, people, station

ALL = (profile_folder, disk, database, versions, chain, pack, fonts, memory)


def look(module: object, patient: Patient) -> Finding:
    return module.PART.look(patient, {})


def with_case(folder: Path) -> Patient:
    services, patient = doctor.at_home(folder)
    answers = station.ready(services, str(people.HEAD[0]))
    services.save_draft(Draft("d1", "resident-enrolment", answers))
    services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    services.log_access("find", "990101")
    services.flush_access()
    return patient


def test_a_healthy_profile_has_nothing_wrong(tmp_path: Path) -> None:
    patient = with_case(tmp_path)
    found = {module.ID: look(module, patient) for module in ALL}
    assert {name: f.verdict for name, f in found.items()} == dict.fromkeys(found, Verdict.FINE)
    assert "1 条记录" in found["journal"].says
    assert "示例数据" in found["pack"].says
    assert not (tmp_path / ".doctor-disk").exists()


def test_a_pc_before_its_first_start_has_nothing_wrong_and_nothing_is_made(tmp_path: Path) -> None:
    home = tmp_path / "nothing here"
    patient = Patient(home, SystemClock(), resources(), "1.0")
    found = [look(module, patient) for module in ALL]
    assert [f.part for f in found if f.wrong] == []
    assert not home.exists()


def test_encrypted_parts_say_that_nobody_logged_in(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path)
    locked = dataclasses.replace(patient, files=None)
    assert [look(m, locked).code for m in (database, chain, pack)] == ["locked"] * 3


def test_another_window_and_a_damaged_identity_are_named(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path)
    out = dataclasses.replace(patient, holds_lock=False, locked_out=True, files=None)
    assert look(profile_folder, out).code == "another_window"
    (tmp_path / "identity.json").write_text("{")
    found = look(profile_folder, patient)
    assert (found.verdict, found.code) == (Verdict.STOP, "profile_damaged")


def test_an_entry_somebody_changed_is_named_by_its_number(tmp_path: Path) -> None:
    patient = with_case(tmp_path)
    assert patient.files is not None
    assert patient.files.station is not None
    with write(patient.files.station) as tx:
        tx.execute(sa.text("DROP TRIGGER IF EXISTS journal_no_update"))
        tx.execute(sa.text("UPDATE journal SET header = replace(header, '0312', '0313')"))
    found = look(chain, patient)
    assert (found.code, found.facts) == ("chain_broken", {"at": 1})


def test_a_look_somebody_took_out_is_named(tmp_path: Path) -> None:
    patient = with_case(tmp_path)
    assert patient.files is not None
    assert patient.files.station is not None
    with write(patient.files.station) as tx:
        tx.execute(sa.text("UPDATE access_log SET text = replace(text, 'find', 'open')"))
    assert look(chain, patient).code == "access_chain_broken"


def test_without_a_pack_work_goes_on_without_estimates(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path)
    assert patient.files is not None
    assert patient.files.reference is not None
    row = ["990101/2026.1", "x = [", "0", "", True]
    with write(patient.files.reference) as tx:
        reference.apply_rows(tx, "policy", ("id", "text", "digest", "sig", "in_force"), [row])
    assert look(pack, patient).code == "pack_unusable"
    with write(patient.files.reference) as tx:
        tx.execute(sa.text("DELETE FROM policy"))
    assert look(pack, patient).code == "no_pack"


def test_a_missing_and_a_damaged_font_are_named(tmp_path: Path) -> None:
    shutil.copytree(resources() / "fonts", tmp_path / "r" / "fonts")
    _, patient = doctor.at_home(tmp_path / "p")
    patient = dataclasses.replace(patient, bundled=tmp_path / "r")
    assert look(fonts, patient).verdict is Verdict.FINE
    rare = tmp_path / "r" / "fonts" / "HanaMinB.ttf"
    data = bytearray(rare.read_bytes())
    data[5000] ^= 1
    rare.write_bytes(data)
    assert look(fonts, patient).code == "font_damaged"
    rare.unlink()
    found = look(fonts, patient)
    assert found.code == "font_missing"
    assert "HanaMinB" in found.says
    (tmp_path / "r" / "fonts" / fonts.SUMS).unlink()
    assert look(fonts, patient).code == "font_missing"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("MemTotal: 3900000 kB\nMemAvailable: 2000000 kB\n", ""),
        ("MemTotal: 3900000 kB\nMemAvailable:  90000 kB\n", "memory_low"),
        ("", "untold"),
    ],
)
def test_memory_is_judged_by_what_programs_may_still_take(told: str, code: str) -> None:
    assert memory.of(told).code == code


def test_data_of_a_newer_program_is_named_with_and_without_the_key(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path)
    assert patient.files is not None
    assert patient.files.station is not None
    assert look(versions, patient).verdict is Verdict.FINE
    with write(patient.files.station) as tx:
        tx.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert look(versions, patient).code == "newer_database"
    closed = dataclasses.replace(patient, files=None)
    assert look(versions, closed).verdict is Verdict.FINE
    note_opened(tmp_path, "9999", "9.9")
    found = look(versions, closed)
    assert found.code == "newer_database"
    assert "9.9" in found.says


def test_an_upgrade_that_came_to_nothing_is_said(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path)
    profile.save(tmp_path, schema.UNDONE, {"from": "0002", "words": "磁盘满了"})
    found = look(versions, patient)
    assert (found.verdict, found.code) == (Verdict.LOOK, "upgrade_undone")
    assert "磁盘满了" in found.says


def damage(path: Path, page: int) -> None:
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 + 77] ^= 0x5A
    path.write_bytes(data)


def reopened(patient: Patient, key: bytes) -> Patient:
    return dataclasses.replace(patient, files=open_files.open_files(patient.profile, key))


def closed_profile(folder: Path) -> tuple[Patient, bytes]:
    key = bytes(range(32))
    counter = station.make_counter(folder, key=key)
    doctor.keep_identity(folder, counter)
    patient = doctor.patient_of(counter)
    for engine in (counter.station, counter.reference):
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
    return patient, key


@pytest.mark.parametrize(
    ("name", "page", "code", "pages"),
    [
        ("station", 4, "station_damaged", "4"),
        ("station", 1, "station_damaged", ""),
        ("reference", 5, "reference_damaged", "5"),
        ("reference", 1, "reference_damaged", ""),
    ],
)
def test_a_damaged_page_is_named(
    tmp_path: Path, name: str, page: int, code: str, pages: str
) -> None:
    patient, key = closed_profile(tmp_path)
    damage(tmp_path / f"{name}.db", page)
    patient = reopened(patient, key)
    found = look(database, patient)
    assert (found.code, found.facts["pages"]) == (code, pages)
    assert patient.files is not None
    open_files.close_files(patient.files)


def test_a_page_that_is_whole_but_wrong_is_found_by_the_second_check(tmp_path: Path) -> None:
    services, patient = doctor.at_home(tmp_path)
    with services.counter.station.connect() as connection:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'meta'")
    services.counter.station.dispose()
    found = look(database, patient)
    assert found.code == "station_damaged"


def test_files_that_are_not_there_yet_are_not_wrong(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path / "a")
    files = open_files.open_files(tmp_path, bytes(32))
    assert files == OpenFiles(None, None, {"station": "absent", "reference": "absent"})
    assert look(database, dataclasses.replace(patient, files=files)).verdict is Verdict.FINE
    assert list(tmp_path.glob("*.db")) == []


def test_an_empty_file_is_no_sound_database_and_stays_as_it_is(tmp_path: Path) -> None:
    patient, key = closed_profile(tmp_path)
    note_opened(tmp_path, "0003", "1.0")
    (tmp_path / "station.db").write_bytes(b"")
    (tmp_path / "station.db-wal").write_bytes(b"what may be saved of it")
    for one in (dataclasses.replace(patient, files=None), reopened(patient, key)):
        assert look(database, one).code == "station_missing"
        if one.files is not None:
            open_files.close_files(one.files)
    assert (tmp_path / "station.db").read_bytes() == b""
    assert (tmp_path / "station.db-wal").read_bytes() == b"what may be saved of it"


@pytest.mark.parametrize(
    ("why", "verdict"), [("not_writable", Verdict.STOP), ("database_busy", Verdict.LOOK)]
)
def test_a_file_that_did_not_open_is_not_called_sound(
    tmp_path: Path, why: str, verdict: Verdict
) -> None:
    _, patient = doctor.at_home(tmp_path)
    shut = dataclasses.replace(patient, files=OpenFiles(None, None, {"station": why}))
    found = look(database, shut)
    assert (found.verdict, found.code) == (verdict, why)


@pytest.mark.parametrize("name", ["lock", "station.db"])
def test_a_file_of_another_account_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    _, patient = doctor.at_home(tmp_path)
    (tmp_path / name).touch()
    monkeypatch.setattr(disk.os, "access", lambda path, _mode: Path(path).name != name)
    found = look(disk, patient)
    assert (found.verdict, found.code) == (Verdict.STOP, "not_writable")
    assert name in found.says


def test_a_pc_with_work_whose_identity_is_gone_is_not_a_new_one(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path)
    (tmp_path / "identity.json").unlink()
    found = look(profile_folder, dataclasses.replace(patient, identity=None))
    assert (found.verdict, found.code) == (Verdict.STOP, "profile_damaged")


def test_a_database_that_was_here_before_and_is_gone_is_named(tmp_path: Path) -> None:
    patient, key = closed_profile(tmp_path)
    note_opened(tmp_path, "0003", "1.0")
    (tmp_path / "station.db").unlink()
    for one in (dataclasses.replace(patient, files=None), reopened(patient, key)):
        assert look(database, one).code == "station_missing"
        if one.files is not None:
            open_files.close_files(one.files)
