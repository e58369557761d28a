"""Backup files: sound or not there at all, refused where they are not this PC's, thinned by the day."""

import dataclasses
import datetime as dt
import json
import time
import zipfile
from pathlib import Path

import pytest

from counter_app.bootstrap import Services, open_counter, start_sync
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.back_up import back_up
from counter_app.services.back_up_daily import back_up_daily, spare
from counter_app.services.context import Identity
from counter_app.services.note_opened import note_opened
from counter_app.services.read_identity import StoredIdentity, read_identity, save_identity
from counter_app.services.restore import NotRestored, Restore, Restored, restore
from counter_app.services.save_draft import Draft
from counter_app.store import archive, journal, meta, profile, schema
from counter_app.store.engine import open_engine
from counter_app.store.survey import survey
from counter_app.store.transaction import read, write
from counter_app.wire import keys
from tests.fakes import people, station
from tests.fakes.clock import FakeClock
from tests.sync.desk import accept

KEY = bytes(range(32))
CENTRE = keys.new_sealing_key()


@pytest.fixture
def services(tmp_path: Path) -> Services:
    """A PC with a case and a draft, and the small files of an enrolled profile."""
    who = dataclasses.replace(
        station.identity(),
        centre_seal_key=keys.sealing_public(CENTRE),
        centre_url="https://127.0.0.1:1",
    )
    folder = tmp_path / "pc"
    counter = station.make_counter(folder, FakeClock(), identity=who, key=KEY)
    profile.save(folder, profile.IDENTITY, {"dev": who.dev})
    profile.save(folder, profile.KEYS, {"device_secret": "5ec2e7", "slots": {}})
    made = station.bind(counter)
    accept(made, people.HEAD[0])
    answers = station.ready(made, str(people.SON[0]))
    made.save_draft(Draft("kept", "resident-enrolment", answers))
    return made


def made(services: Services, out: Path) -> Path:
    counter = services.counter
    done = back_up(counter.profile, counter.station, counter.identity, out, counter.clock)
    assert (done.entries, done.unsent, done.keys_sealed) == (1, 1, True)
    return out


def restored(
    services: Services, file: Path, identity: Identity | None = None, key: bytes = KEY
) -> Restored | NotRestored:
    counter = services.counter
    command = Restore(file, "0312", key)
    return restore(counter.profile, identity or counter.identity, command, counter.clock)


def refusal(services: Services, file: Path, **more: object) -> str:
    before = (services.counter.profile / "station.db").read_bytes()
    done = restored(services, file, **more)
    assert isinstance(done, NotRestored), done
    assert "没有恢复" in done.text
    assert (services.counter.profile / "station.db").read_bytes() == before
    assert not list(services.counter.profile.glob("*.restoring*"))
    return done.code


def test_a_backup_holds_everything_and_gives_away_nothing(
    services: Services, tmp_path: Path
) -> None:
    file = made(services, tmp_path / "stick" / "a.bak")
    manifest = archive.read_archive(file)
    assert manifest.signed_by(keys.signing_public(services.counter.identity.sign_private))
    assert set(manifest.parts) == {"station.db", "identity.json", "keys.sealed"}
    archive.take_part(file, archive.STATION, tmp_path / "x.db")
    copy = open_engine(tmp_path / "x.db", KEY)
    with read(copy) as there, read(services.counter.station) as here:
        assert survey(there) == survey(here)
    data = file.read_bytes()
    for word in (b"5ec2e7", str(people.HEAD[0]).encode(), str(people.HEAD[2]).encode()):
        assert word not in data
    sealed = keys.unseal(CENTRE, archive.read_part(file, archive.SEALED_KEYS))
    assert json.loads(sealed)["device_secret"] == "5ec2e7"
    assert [p.name for p in file.parent.iterdir()] == ["a.bak"]


def test_what_is_no_sound_backup_of_this_pc_changes_nothing(
    services: Services, tmp_path: Path
) -> None:
    file = made(services, tmp_path / "a.bak")
    data = file.read_bytes()
    bad = tmp_path / "bad.bak"
    for spoilt in (data[: len(data) // 2], b"", b"x" * 5000):
        bad.write_bytes(spoilt)
        assert refusal(services, bad) == "backup_damaged"
    at = data.index(b"SQLite") if b"SQLite" in data else len(data) // 3
    bad.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    assert refusal(services, bad) == "backup_damaged"
    other = station.identity("qinghe-07", "G")
    assert refusal(services, file, identity=other) == "other_pc"
    stranger = station.identity()
    assert refusal(services, file, identity=stranger) == "not_signed"
    assert refusal(services, file, key=bytes(32)) == "other_key"


def test_a_newer_programs_backup_is_refused(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = made(services, tmp_path / "a.bak")
    monkeypatch.setattr(schema, "KNOWN", ("0001",))
    assert refusal(services, file) == "newer_database"


def test_a_changed_manifest_is_not_signed(services: Services, tmp_path: Path) -> None:
    file, forged = made(services, tmp_path / "a.bak"), tmp_path / "b.bak"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(forged, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == archive.MANIFEST:
                part = part.replace(b'"unsent": 1', b'"unsent": 0')
            new.writestr(name, part)
    assert refusal(services, forged) == "not_signed"


def test_a_restore_leaves_the_old_file_aside_and_counts_up(
    services: Services, tmp_path: Path
) -> None:
    file = made(services, tmp_path / "a.bak")
    counter = services.counter
    services.save_draft(Draft("newer", "resident-enrolment", station.ready(services)))
    counter.station.dispose()
    for epoch in (2, 3):
        done = restored(services, file)
        assert isinstance(done, Restored)
        assert (done.epoch, done.opened, done.entries, done.unsent) == (epoch, True, 1, 1)
        assert done.aside is not None
        assert done.drafts == (1 if epoch == 2 else 0)
        counter.clock.under.move(seconds=1)
    kept = sorted(counter.profile.glob("station.replaced-*.db"))
    assert len(kept) == 2
    with read(open_engine(kept[0], KEY)) as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM draft").scalar_one() == 2
    with read(counter.station) as tx:
        assert journal.broken_at(tx) is None
        assert meta.get(tx, "device_epoch") == "3"
        assert tx.exec_driver_sql("SELECT count(*) FROM draft").scalar_one() == 1


def test_entries_nobody_else_has_are_sealed_and_the_restore_refused(
    services: Services, tmp_path: Path
) -> None:
    file = made(services, tmp_path / "a.bak")
    accept(services, people.SON[0])
    done = restored(services, file)
    assert isinstance(done, NotRestored)
    assert (done.code, done.unsent) == ("unsent", 1)
    assert done.exported is not None
    with read(services.counter.station) as tx:
        assert journal.tip(tx).n == 2


def test_a_damaged_database_makes_no_backup(services: Services, tmp_path: Path) -> None:
    counter = services.counter
    counter.station.dispose()
    path = counter.profile / "station.db"
    data = bytearray(path.read_bytes())
    for at in range(5 * 4096 + 9, len(data), 4096):
        data[at] ^= 1
    path.write_bytes(data)
    out = tmp_path / "a.bak"
    with pytest.raises(EnvironmentFault) as caught:
        back_up(counter.profile, counter.station, counter.identity, out, counter.clock)
    assert caught.value.code == "database_damaged"
    assert not out.exists()


def test_one_a_day_and_old_ones_go(services: Services) -> None:
    clock = services.counter.clock.under
    for _ in range(3):
        assert back_up_daily(services.counter) is not None
        assert back_up_daily(services.counter) is None
        clock.move(days=1)
    names = sorted(p.name for p in (services.counter.profile / "backups").iterdir())
    assert names == [f"station-2026112{n}.bak" for n in (3, 4, 5)]


def test_seven_days_then_one_a_week_for_four_weeks() -> None:
    day = dt.date(2026, 11, 29)
    paths = [Path(f"station-{day - dt.timedelta(days=n):%Y%m%d}.bak") for n in range(60)]
    odd = [Path("station-mine.bak"), Path("station-20270101.bak")]
    gone = set(spare([*paths, *odd], day))
    left = [(day - dt.timedelta(days=n)) for n, p in enumerate(paths) if p not in gone]
    assert left[:7] == [day - dt.timedelta(days=n) for n in range(7)]
    assert [d.isocalendar().week for d in left[7:]] == [47, 46, 45, 44]
    assert not gone & set(odd)


def test_the_keys_stay_where_no_centre_is_known(services: Services, tmp_path: Path) -> None:
    counter = services.counter
    who = dataclasses.replace(counter.identity, centre_seal_key=b"")
    done = back_up(counter.profile, counter.station, who, tmp_path / "a.bak", counter.clock)
    assert not done.keys_sealed
    assert "keys.sealed" not in archive.read_archive(done.path).parts
    with write(counter.station) as tx:
        meta.put(tx, "centre_seal_key", keys.text(keys.sealing_public(CENTRE)))
    assert back_up(
        counter.profile, counter.station, who, tmp_path / "b.bak", counter.clock
    ).keys_sealed


def test_the_days_backup_is_made_on_the_syncs_thread(services: Services) -> None:
    folder = services.counter.profile / "backups"
    handle = start_sync(services.counter, lambda _: None)
    try:
        deadline = time.monotonic() + 30
        while not list(folder.glob("*.bak")) and time.monotonic() < deadline:
            # between two looks: the sync's thread needs the processor
            time.sleep(0.05)
    finally:
        assert handle.stop()
    assert [p.name for p in folder.iterdir()] == ["station-20261123.bak"]


def test_a_station_file_that_is_gone_is_not_begun_anew(services: Services) -> None:
    counter = services.counter
    note_opened(counter.profile, schema.HEAD, "0")
    who = counter.identity
    save_identity(
        counter.profile,
        StoredIdentity(
            dev=who.dev,
            letter=who.letter,
            station=who.station,
            scopes=tuple(who.scopes),
            cert_text="",
            cert_sig="",
            centre_sign_key=keys.text(who.centre_sign_key),
            centre_url="",
            ca_pem="",
            centre_seal_key=keys.text(who.centre_seal_key),
        ),
    )
    own = {"sign_private": who.sign_private.hex(), "seal_private": who.seal_private.hex()}
    profile.save(counter.profile, profile.KEYS, {**own})
    read_back = read_identity(counter.profile)
    assert read_back is not None
    assert read_back.centre_seal_key == who.centre_seal_key
    counter.close()
    path = counter.profile / "station.db"
    path.rename(path.with_suffix(".gone"))
    with pytest.raises(EnvironmentFault) as caught:
        open_counter(counter.profile, KEY, counter.clerk)
    assert caught.value.code == "station_missing"
    assert not path.exists()
    path.touch()
    with pytest.raises(EnvironmentFault, match="不见了"):
        open_counter(counter.profile, KEY, counter.clerk)
    assert path.read_bytes() == b""
    path.with_suffix(".gone").replace(path)
    open_counter(counter.profile, KEY, counter.clerk).close()
