"""The doctor's looks at network and clock before the real centre: told rightly, nothing left behind."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.bootstrap import Services
from counter_app.central import stations
from counter_app.central.tables import metadata
from counter_app.doctor import clock, network
from counter_app.doctor.clock import true_now_ms
from counter_app.doctor.examine import examine
from counter_app.doctor.finding import Examination, Verdict
from counter_app.doctor.patient import OpenFiles, Patient
from counter_app.kernel.clock import CHINA
from counter_app.store import journal
from counter_app.store.transaction import read
from tests.fakes.clock import FakeClock
from tests.sync import real

pytestmark = pytest.mark.fault
PARTS = (network.PART, clock.PART)


@pytest.fixture(scope="module")
def pc(
    town: real.Town, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Services, Path]]:
    folder = tmp_path_factory.mktemp("looked-at")
    services = real.station_pc(town, folder)
    yield services, folder
    services.counter.station.dispose()
    services.counter.reference.dispose()


def patient(services: Services, folder: Path, at: FakeClock, *, files: bool = True) -> Patient:
    counter = services.counter
    opened = OpenFiles(counter.station, counter.reference) if files else None
    return Patient(folder, at, folder, "0.1.0", counter.identity, opened)


def rows(town: real.Town) -> dict[str, str]:
    """Everything in the centre, table by table."""
    with town.centre.engine.begin() as tx:
        return {
            table.name: str(sorted(map(str, tx.execute(sa.select(table)).all())))
            for table in metadata.sorted_tables
        }


def files(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm")
    }


def test_a_look_leaves_nothing_behind(town: real.Town, pc: tuple[Services, Path]) -> None:
    services, folder = pc
    with read(services.counter.station) as tx:
        tip = journal.tip(tx)
    centre, profile = rows(town), files(folder)
    assert centre["device"]
    seen = examine(patient(services, folder, FakeClock()), PARTS)
    assert seen.wrong == ()
    assert rows(town) == centre
    assert files(folder) == profile
    with read(services.counter.station) as tx:
        assert journal.tip(tx) == tip


def test_twenty_looks_at_a_way_that_is_well(town: real.Town, pc: tuple[Services, Path]) -> None:
    """Five at a time, so that they stand in each other's way as well."""
    who = patient(*pc, FakeClock())
    with ThreadPoolExecutor(5) as pool:
        seen = list(pool.map(lambda _: network.look(who, {}), range(20)))
    assert {(f.code, f.verdict) for f in seen} == {("", Verdict.FINE)}
    assert all([s.verdict for s in f.steps] == [Verdict.FINE] * 5 for f in seen)
    assert {f.facts["loss_percent"] for f in seen} == {0}
    assert all(set(f.facts) >= {"rtt_ms", "offset_ms", "min_app", "epoch", "reached"} for f in seen)


def years_off(year: int, town: real.Town) -> FakeClock:
    away = FakeClock(dt.datetime(year, 11, 23, 14, 30, tzinfo=CHINA))
    assert abs(away.at - town.clock.at) > 9 * 365 * 24 * 3600 * 1000
    return away


@pytest.mark.parametrize(
    ("year", "says"),
    [(2010, "这台电脑的时间慢了 16 年"), (2040, "这台电脑的时间快了 14 年")],
)
def test_a_clock_years_off_is_the_clocks_line_alone(
    town: real.Town, pc: tuple[Services, Path], year: int, says: str
) -> None:
    at = years_off(year, town)
    who = patient(*pc, at)
    seen = examine(who, PARTS)
    assert [(f.part, f.code) for f in seen.wrong] == [("clock", "clock_off")]
    assert seen.of("clock").says == says
    offset = seen.of("network").facts["offset_ms"]
    assert isinstance(offset, int)
    assert abs(offset - (town.clock.at - at.at)) < 1000
    now, known = true_now_ms(who, {f.part: f for f in seen.findings})
    assert known
    assert abs(now - town.clock.at) < 1000


def revoked(town: real.Town, tmp_path: Path, at: FakeClock) -> Examination:
    clerk = real.enrol(town, tmp_path)
    services = real.opened(tmp_path, clerk)
    with town.centre.engine.begin() as tx:
        assert stations.revoke(town.centre, tx, services.counter.identity.dev)
    seen = examine(patient(services, tmp_path, at, files=False), PARTS)
    services.counter.station.dispose()
    services.counter.reference.dispose()
    return seen


def test_a_revoked_pc_still_learns_the_time(town: real.Town, tmp_path: Path) -> None:
    seen = revoked(town, tmp_path, FakeClock())
    assert [(f.code, f.verdict) for f in seen.wrong] == [("revoked", Verdict.STOP)]
    assert [s.verdict.value for s in seen.of("network").steps] == [
        "fine",
        "fine",
        "fine",
        "stop",
        "fine",
    ]
    assert seen.of("clock").verdict is Verdict.FINE
    assert seen.of("clock").says.startswith("与中心相差 0.")
