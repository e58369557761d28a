"""Small files whole or not at all, one process at a time, the key in slots."""

import json
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.log_in import Denied, LoggedIn, log_in
from counter_app.services.queries.standing import NEW, standing
from counter_app.store import key_slots, profile
from tests.fakes.clock import FakeClock
from tests.fakes.station import ROOT

HOUR = 60 * 60_000


def test_files_are_written_whole(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    profile.save(folder, "x.json", {"名": "李敏"})
    assert profile.read(folder, "x.json") == {"名": "李敏"}
    assert profile.read(folder, "y.json") == {}
    assert [p.name for p in folder.iterdir()] == ["x.json"]
    assert (folder / "x.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe"])
def test_a_damaged_file_is_said_to_be(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "x.json").write_bytes(damage)
    with pytest.raises(EnvironmentFault) as caught:
        profile.read(tmp_path, "x.json")
    assert caught.value.code == "profile_damaged"


def test_a_lock_that_cannot_be_made_is_said_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(EnvironmentFault) as caught:
        profile.ProfileLock(tmp_path).acquire()
    assert caught.value.code == "not_writable"
    assert "没有丢" in caught.value.text


def test_a_folder_that_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("in the way", "utf-8")
    with pytest.raises(EnvironmentFault) as caught:
        profile.save(tmp_path / "p", "x.json", {})
    assert caught.value.code == "not_writable"


LOCKER = """
import sys
from pathlib import Path
from counter_app.store.profile import ProfileLock
print(ProfileLock(Path(sys.argv[1])).acquire(), flush=True)
sys.stdin.readline()
"""


def test_a_second_process_waits_outside_until_the_first_is_gone(tmp_path: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", LOCKER, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with first:
        assert first.stdout is not None
        assert first.stdout.readline().strip() == "True"
        lock = profile.ProfileLock(tmp_path)
        assert not lock.acquire()
        lock.release()
        first.kill()
        first.wait()
    assert lock.acquire()
    assert not profile.ProfileLock(tmp_path).acquire()
    lock.release()
    assert profile.ProfileLock(tmp_path).acquire()


@pytest.fixture
def enrolled(tmp_path: Path) -> tuple[Path, bytes]:
    key = secrets.token_bytes(32)
    profile.save(tmp_path, profile.KEYS, {"device_secret": secrets.token_hex(32)})
    slot = key_slots.Slot("0312", "李敏", ("accept",), 0, 0)
    key_slots.put(tmp_path, slot, "青禾镇二号窗口", key)
    return tmp_path, key


def test_the_right_words_open_the_key_and_the_wrong_do_not(enrolled: tuple[Path, bytes]) -> None:
    folder, key = enrolled
    assert key_slots.unwrap(folder, "0312", "青禾镇二号窗口") == key
    assert key_slots.unwrap(folder, "0312", "青禾镇一号窗口") is None
    assert key_slots.unwrap(folder, "0315", "青禾镇二号窗口") is None
    assert key not in (folder / profile.KEYS).read_bytes()
    assert key.hex() not in (folder / profile.KEYS).read_text("utf-8")


def test_the_slot_opens_on_this_device_only(enrolled: tuple[Path, bytes]) -> None:
    folder, _ = enrolled
    plain = profile.read(folder, profile.KEYS)
    profile.save(folder, profile.KEYS, plain | {"device_secret": secrets.token_hex(32)})
    assert key_slots.unwrap(folder, "0312", "青禾镇二号窗口") is None


def test_a_slot_is_replaced_and_others_stay(enrolled: tuple[Path, bytes]) -> None:
    folder, key = enrolled
    key_slots.put(folder, key_slots.Slot("0315", "周建国", (), 0, 0), "另一个口令", key)
    key_slots.put(folder, key_slots.Slot("0312", "李敏", ("accept",), 0, 0), "换过的口令", key)
    assert [s.clerk for s in key_slots.slots(folder)] == ["0312", "0315"]
    assert key_slots.unwrap(folder, "0312", "换过的口令") == key
    assert key_slots.unwrap(folder, "0312", "青禾镇二号窗口") is None


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (99, 60)]
)
def test_the_delay_grows_and_ends_at_an_hour(failures: int, minutes: int) -> None:
    assert key_slots.delay_ms(failures) == minutes * 60_000


def test_five_wrong_ones_delay_and_the_delay_survives_a_restart(
    enrolled: tuple[Path, bytes],
) -> None:
    folder, key = enrolled
    clock = FakeClock()
    for count in range(1, 6):
        denied = log_in(folder, clock, "0312", "不对")
        assert isinstance(denied, Denied)
        assert (denied.why, denied.failures) == ("wrong", count)
    assert denied.wait_until == clock.now_ms() + 60_000
    # another process reads the same file
    kept = json.loads((folder / profile.KEYS).read_text("utf-8"))["slots"]["0312"]
    assert (kept["failures"], kept["wait_until"]) == (5, clock.now_ms() + 60_000)
    assert log_in(folder, clock, "0312", "青禾镇二号窗口") == Denied("wait", 5, denied.wait_until)
    clock.move(seconds=60)
    later = log_in(folder, clock, "0312", "还不对")
    assert later == Denied("wrong", 6, clock.now_ms() + 120_000)
    clock.move(seconds=120)
    right = log_in(folder, clock, "0312", "青禾镇二号窗口")
    assert isinstance(right, LoggedIn)
    assert right.data_key == key
    assert (right.slot.failures, right.slot.wait_until) == (0, 0)
    assert key.hex() not in repr(right)
    assert "青禾" not in repr(right)


def test_nobody_of_that_name(enrolled: tuple[Path, bytes]) -> None:
    folder, _ = enrolled
    assert log_in(folder, FakeClock(), "0999", "x") == Denied("unknown")
    assert key_slots.record_try(folder, "0999", 0, right=True) is None


def test_slots_of_another_shape_are_none(tmp_path: Path) -> None:
    profile.save(tmp_path, profile.KEYS, {"slots": ["x"]})
    assert key_slots.slots(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="accounts of another kind")
def test_what_an_administrator_makes_belongs_to_whose_folder_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(profile.os, "geteuid", lambda: 0)
    monkeypatch.setattr(
        profile.os, "fchown", lambda _file, user, group: given.append((user, group))
    )
    lock = profile.ProfileLock(tmp_path)
    assert lock.acquire()
    lock.release()
    profile.save(tmp_path, profile.KEYS, {})
    owner = tmp_path.stat()
    assert given == [(owner.st_uid, owner.st_gid)] * 2


def test_a_pc_with_data_and_no_identity_is_damaged_not_new(tmp_path: Path) -> None:
    assert profile.read_identity(tmp_path) == {}
    assert standing(tmp_path).state == NEW
    (tmp_path / "station.db").write_bytes(b"what was accepted")
    with pytest.raises(EnvironmentFault) as fault:
        standing(tmp_path)
    assert fault.value.code == "profile_damaged"
