"""Log-in: into the access log, with the rights the county last gave, and whatever the clock says."""

import datetime as dt
import json
import secrets
from pathlib import Path

import pytest

from counter_app.bootstrap import open_counter
from counter_app.kernel.clock import CHINA
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.context import Clerk
from counter_app.services.log_in import Denied, LoggedIn, log_in
from counter_app.services.queries.standing import standing
from counter_app.services.read_identity import StoredIdentity, save_identity
from counter_app.store import access, key_slots, profile, reference, schema
from counter_app.store.engine import open_engine
from counter_app.store.transaction import read, write
from counter_app.wire import keys
from tests.fakes import station
from tests.fakes.clock import FakeClock

PHRASE = "青禾镇一号窗口"
KEY = secrets.token_bytes(32)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An enrolled PC with one clerk, its databases not made yet."""
    own = {"device_secret": secrets.token_hex(32)}
    own |= {"sign_private": keys.new_signing_key().hex()}
    own |= {"seal_private": keys.new_sealing_key().hex()}
    profile.save(tmp_path, profile.KEYS, own)
    key_slots.put(tmp_path, key_slots.Slot("0312", "李敏", ("accept",), 0, 0), PHRASE, KEY)
    save_identity(
        tmp_path,
        StoredIdentity(
            dev="qinghe-02",
            letter="B",
            station=station.STATION,
            scopes=("990101104",),
            cert_text="{}",
            cert_sig="s",
            centre_sign_key=keys.text(bytes(32)),
            centre_url="https://127.0.0.1:1",
            ca_pem="",
        ),
    )
    return tmp_path


def logged(folder: Path) -> list[tuple[str, str]]:
    engine = open_engine(folder / "station.db", KEY)
    with read(engine) as tx:
        rows = [json.loads(text) for _, text, _ in access.rows(tx)]
        assert access.broken_at(tx) is None
    engine.dispose()
    return [(row["what"], row["clerk"]) for row in rows]


def come_in(folder: Path, clock: FakeClock, phrase: str = PHRASE) -> LoggedIn:
    into = log_in(folder, clock, "0312", phrase)
    assert isinstance(into, LoggedIn), into
    return into


def first_day(folder: Path, clock: FakeClock) -> None:
    come_in(folder, clock)
    counter = open_counter(folder, KEY, Clerk("0312", "李敏", ("accept",)))
    with write(counter.station) as tx:
        access.append(tx, counter.access.take())
    counter.station.dispose()
    counter.reference.dispose()


def test_every_log_in_is_in_the_access_log_from_the_first(folder: Path, clock: FakeClock) -> None:
    first_day(folder, clock)
    assert logged(folder) == [("log_in", "0312")]
    come_in(folder, clock)
    assert isinstance(log_in(folder, clock, "0312", "不是这一句口令"), Denied)
    assert logged(folder) == [("log_in", "0312")] * 2


def test_a_database_of_a_newer_program_is_not_written(folder: Path, clock: FakeClock) -> None:
    first_day(folder, clock)
    engine = open_engine(folder / "station.db", KEY)
    with write(engine) as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    come_in(folder, clock)
    assert schema.HEAD != "9999"
    assert logged(folder) == [("log_in", "0312")]


def say(folder: Path, rights: str, *, active: bool) -> None:
    engine = reference.open_reference(folder, KEY)
    with write(engine) as tx:
        cols = ("clerk", "name", "rights", "active")
        reference.apply_rows(tx, "clerks.990101104000", cols, [["0312", "李敏", rights, active]])
    engine.dispose()


def test_the_rights_are_those_the_county_last_gave(folder: Path, clock: FakeClock) -> None:
    first_day(folder, clock)
    assert come_in(folder, clock).slot.rights == ("accept",)
    say(folder, "accept void_others", active=True)
    assert come_in(folder, clock).slot.rights == ("accept", "void_others")


def test_a_closed_account_does_not_come_in_and_nothing_is_lost(
    folder: Path, clock: FakeClock
) -> None:
    first_day(folder, clock)
    say(folder, "accept", active=False)
    with pytest.raises(EnvironmentFault) as caught:
        log_in(folder, clock, "0312", PHRASE)
    assert caught.value.code == "account_closed"
    assert "没有丢" in caught.value.text
    assert (folder / "station.db").exists()


def test_a_clock_set_back_does_not_lock_a_clerk_out_for_years(
    folder: Path, clock: FakeClock
) -> None:
    for _ in range(key_slots.FREE_TRIES):
        assert isinstance(log_in(folder, clock, "0312", "不是这一句口令"), Denied)
    assert isinstance(log_in(folder, clock, "0312", PHRASE), Denied)
    back = FakeClock(dt.datetime(2010, 1, 1, 8, 0, tzinfo=CHINA))
    shown = standing(folder, back).clerks[0].wait_until
    assert shown == back.at + key_slots.FIRST_DELAY_MS
    denied = log_in(folder, back, "0312", PHRASE)
    assert denied == Denied("wait", key_slots.FREE_TRIES, back.at + key_slots.FIRST_DELAY_MS)
    back.move(seconds=59)
    assert isinstance(log_in(folder, back, "0312", PHRASE), Denied)
    back.move(seconds=1)
    come_in(folder, back)
