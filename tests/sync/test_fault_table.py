"""The whole examination of a whole PC before the real centre: each fault is named, and nothing else.

The PC is enrolled, filled, has a case under way, a camera and a print service. Every fault is made for
real: small mounted disks, changed bytes, other servers on loopback, a real print service, real processes.
"""

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app import __version__
from counter_app.bootstrap import Services, resources
from counter_app.doctor.examine import examine
from counter_app.doctor.finding import Examination
from counter_app.doctor.open_files import close_files, open_files
from counter_app.doctor.parts import PARTS
from counter_app.doctor.patient import Patient
from counter_app.kernel.clock import SystemClock
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.hold_profile import hold_profile
from counter_app.services.log_in import LoggedIn, log_in
from counter_app.services.read_identity import read_identity
from counter_app.services.save_draft import Draft
from counter_app.store.engine import open_engine
from counter_app.store.transaction import write
from counter_app.sync.cycle import run_once
from tests.fakes import codes, cups, lines, station
from tests.fakes.clock import FakeClock
from tests.sync import real

pytestmark = pytest.mark.fault
BILL = "01,32,,23442000000014209621,112,20230215,,74AE"
TEN_SECONDS = 10_000


@dataclasses.dataclass
class Pc:
    """A closed profile of an enrolled PC, its key, and a clerk who knows the passphrase."""

    folder: Path
    key: bytes
    clerk: str

    def patient(self, **more: object) -> Patient:
        identity = read_identity(self.folder)
        found = Patient(
            self.folder,
            FakeClock(),
            resources(),
            __version__,
            identity,
            open_files(self.folder, self.key),
            holds_lock=True,
        )
        return dataclasses.replace(found, **more)

    def elsewhere(self, url: str = "", ca_pem: str = "") -> Patient:
        """The same PC, whose centre is another."""
        patient = self.patient()
        who = patient.identity
        assert who is not None
        who = dataclasses.replace(
            who, centre_url=url or who.centre_url, ca_pem=ca_pem or who.ca_pem
        )
        return dataclasses.replace(patient, identity=who)


@pytest.fixture(scope="module")
def whole(town: real.Town, tmp_path_factory: pytest.TempPathFactory) -> Pc:
    folder = tmp_path_factory.mktemp("table") / "青禾 一号机"
    clerk = real.enrol(town, folder)
    services = real.opened(folder, clerk)
    assert run_once(services.counter).ok
    accept_one(town, services)
    for engine in (services.counter.station, services.counter.reference):
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
    into = log_in(folder, SystemClock(), clerk.id, real.PHRASE)
    assert isinstance(into, LoggedIn)
    camera = folder / "camera"
    camera.mkdir()
    codes.lay(camera, BILL)
    plain = {"printer_folder": str(folder / "printed"), "camera_folder": str(camera)}
    (folder / "demo.json").write_text(json.dumps(plain), "utf-8")
    return Pc(folder, into.data_key, clerk.id)


def accept_one(town: real.Town, services: Services) -> None:
    household, certno = town.star("zhao", "李桂香")
    answers = services.start_case("resident-enrolment", household, (certno,))
    answers = station.seen_all(services, answers.put("members[0].psn_type", "15"))
    services.save_draft(Draft("d1", "resident-enrolment", answers))
    done = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(done, CaseAccepted), done


@pytest.fixture
def pc(whole: Pc, tmp_path: Path) -> Pc:
    """A copy each test may spoil."""
    return moved(whole, tmp_path / "这台 电脑")


def moved(pc: Pc, folder: Path, camera: Path | None = None) -> Pc:
    """The profile in another folder; its camera stands where the profile does, or apart."""
    shutil.copytree(pc.folder, folder)
    if camera is not None:
        shutil.move(folder / "camera", camera)
    plain = {
        "printer_folder": str(folder / "printed"),
        "camera_folder": str(camera or folder / "camera"),
    }
    (folder / "demo.json").write_text(json.dumps(plain), "utf-8")
    return dataclasses.replace(pc, folder=folder)


def seen(patient: Patient) -> Examination:
    try:
        return examine(patient, PARTS)
    finally:
        if patient.files is not None:
            close_files(patient.files)


def wrong(patient: Patient) -> dict[str, str]:
    found = seen(patient)
    assert found.ms < TEN_SECONDS
    return {f.part: f.code for f in found.wrong}


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir(parents=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    made = subprocess.run(words, capture_output=True, check=False)
    if made.returncode:
        pytest.skip("mounting a small disk needs root: " + made.stderr.decode()[:80])
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> None:
    with (folder / "film.mkv").open("wb") as file:
        try:
            while True:
                file.write(bytes(1 << 16))
                file.flush()
        except OSError:
            return


def test_a_healthy_pc_gives_no_alarm(pc: Pc) -> None:
    for _ in range(5):
        assert wrong(pc.patient()) == {}


@pytest.mark.soak
def test_a_healthy_pc_gives_no_alarm_in_a_hundred_examinations(pc: Pc) -> None:
    alarms = [found for _ in range(100) if (found := wrong(pc.patient()))]
    assert alarms == []


def test_a_full_disk(whole: Pc, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "300m") as small:
        pc = moved(whole, small / "p")
        patient = pc.patient()
        fill(small)
        assert wrong(patient) == {"disk": "disk_full"}


def test_a_read_only_disk(whole: Pc, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "300m") as small:
        # the lock of the folder that plays the camera is written there, too
        pc = moved(whole, small / "p", tmp_path / "desk")
        subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
        assert wrong(pc.patient()) == {"disk": "not_writable"}


def test_a_missing_font(pc: Pc, tmp_path: Path) -> None:
    shutil.copytree(resources() / "fonts", tmp_path / "r" / "fonts")
    (tmp_path / "r" / "fonts" / "NotoSansSC_500Medium.ttf").unlink()
    assert wrong(pc.patient(bundled=tmp_path / "r")) == {"fonts": "font_missing"}


@pytest.mark.parametrize(
    ("name", "page", "code"),
    [
        ("station", 5, "station_damaged"),
        ("station", 1, "station_damaged"),
        ("reference", 9, "reference_damaged"),
        ("reference", 1, "reference_damaged"),
    ],
)
def test_a_damaged_page(pc: Pc, name: str, page: int, code: str) -> None:
    path = pc.folder / f"{name}.db"
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 + 77] ^= 0x5A
    path.write_bytes(data)
    assert wrong(pc.patient()) == {"database": code}


def test_the_certificate_of_another_centre(pc: Pc, tmp_path: Path) -> None:
    assert wrong(pc.elsewhere(ca_pem=lines.certified(tmp_path / "tls"))) == {"network": "wrong_ca"}


def test_a_proxy_that_answers_pages(pc: Pc, tmp_path: Path) -> None:
    pem = lines.certified(tmp_path / "tls")
    page = lines.http("200 OK", b"<!DOCTYPE html><title>login</title>", "Content-Type: text/html")
    with lines.house(lambda _: page, lines.secure(tmp_path / "tls")) as proxy:
        assert wrong(pc.elsewhere(proxy.url)) == {"network": "portal"}
        assert wrong(pc.elsewhere(proxy.url, pem)) == {"network": "portal"}
    with lines.house(lambda _: page, None) as plain:
        assert wrong(pc.elsewhere(plain.url)) == {"network": "portal"}


def test_a_server_that_is_down(pc: Pc) -> None:
    url = f"https://127.0.0.1:{lines.free_port()}"
    assert wrong(pc.elsewhere(url)) == {"network": "server_down"}


def apart_from_time(found: dict[str, str]) -> dict[str, str]:
    """The command goes by the real clock, everything else here by the test's: ages differ with the day."""
    return {part: code for part, code in found.items() if part not in {"clock", "unsent", "feeds"}}


def test_a_dead_name_server(pc: Pc, tmp_path: Path) -> None:
    """The command itself, in mounts and a network of its own, where nobody answers for names."""
    plain = json.loads((pc.folder / "identity.json").read_text("utf-8"))
    plain["centre_url"] = "https://centre.example:8443"
    (pc.folder / "identity.json").write_text(json.dumps(plain), "utf-8")
    resolv = tmp_path / "resolv.conf"
    resolv.write_text("nameserver 127.0.0.1\n")
    script = (
        "ip link set lo up && ip route add default dev lo &&"
        f" mount --bind {resolv} /etc/resolv.conf && exec"
        f' {sys.executable} -m ui.app doctor --json --clerk {pc.clerk} --profile "$1"'
    )
    done = subprocess.run(
        ["unshare", "-m", "-n", "sh", "-c", script, "sh", str(pc.folder)],
        input=real.PHRASE + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    if not done.stdout:
        pytest.skip("no mounts or network of one's own here: " + done.stderr[:120])
    told = json.loads(done.stdout)
    found = {f["part"]: f["code"] for f in told["findings"] if f["verdict"] in {"look", "stop"}}
    assert apart_from_time(found) == {"network": "name_server"}
    assert told["ms"] < TEN_SECONDS
    assert done.returncode == 1


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_ten_years_off(pc: Pc, years: int) -> None:
    clock = FakeClock()
    clock.move(days=years * 365.25)
    assert wrong(pc.patient(clock=clock)) == {"clock": "clock_off"}


def test_no_camera(pc: Pc) -> None:
    """Nothing to alarm about, but it is named."""
    shutil.rmtree(pc.folder / "camera")
    found = seen(pc.patient())
    assert found.wrong == ()
    assert found.of("camera").code == "no_camera"


_HOLDER = """
import sys, time
from pathlib import Path
from counter_app.devices.camera.choose_camera import CameraChoice
from counter_app.devices.camera.sources import source_of
source = source_of(CameraChoice(folder=sys.argv[1]), 0)
print(source.open(), flush=True)
sys.stdin.read()
"""


def test_a_camera_another_program_has(pc: Pc) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(pc.folder / "camera")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "live"
        found = wrong(pc.patient())
        other.communicate()
    assert found == {"camera": "camera_busy"}


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda service: service.run("cupsdisable", cups.QUEUE), "printer_stopped"),
        (lambda service: service.stop(), "print_service_stopped"),
    ],
)
def test_a_stopped_printer(
    pc: Pc, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[cups.Cups], object], code: str
) -> None:
    # the PC's own print service and camera instead of the demonstration's folders
    (pc.folder / "demo.json").unlink()
    with cups.serving(monkeypatch) as service:
        service.add()
        assert wrong(pc.patient()) == {}
        spoil(service)
        assert wrong(pc.patient()) == {"page_printer": code}


def test_a_second_window(pc: Pc) -> None:
    """The command beside a window that is open."""
    held = hold_profile(pc.folder)
    assert held is not None
    done = subprocess.run(
        [sys.executable, "-m", "ui.app", "doctor", "--json", "--profile", str(pc.folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    held.release()
    told = json.loads(done.stdout)
    found = {f["part"]: f["code"] for f in told["findings"] if f["verdict"] in {"look", "stop"}}
    assert apart_from_time(found) == {"profile": "another_window"}


def test_an_old_program_over_a_new_database(pc: Pc) -> None:
    engine = open_engine(pc.folder / "station.db", pc.key)
    with write(engine) as tx:
        tx.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert wrong(pc.patient()) == {"versions": "newer_database"}


def test_an_examination_sends_nothing_and_loses_nothing(pc: Pc) -> None:
    def waiting() -> list[object]:
        engine = open_engine(pc.folder / "station.db", pc.key)
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT n, state, tries FROM delivery").all()
        engine.dispose()
        return [tuple(row) for row in rows]

    before = waiting()
    assert [state for _, state, _ in before] == [0]
    wrong(pc.patient())
    assert waiting() == before
