"""The look at the camera, with real processes: each fault gives its code, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.devices.camera import camera_process
from counter_app.devices.camera.camera_process import CameraProcess
from counter_app.devices.camera.choose_camera import CameraChoice
from counter_app.doctor import camera as looking
from counter_app.doctor.camera import CAMERA, look_at_camera
from counter_app.doctor.finding import Finding, Verdict
from counter_app.domain.scanning.test_card import TEXT
from counter_app.kernel.errors import EnvironmentFault
from tests.fakes import codes
from tests.unit.doctor.device_patient import demo, patient

BILL = "01,32,,23442000000014209621,112,20230215,,74AE"


LOOK_S = looking.LOOK_S


@pytest.fixture(autouse=True)
def _patient_on_a_busy_pc(monkeypatch: pytest.MonkeyPatch) -> None:
    # a look ends when it has seen enough; only what never comes is waited for so long
    monkeypatch.setattr(looking, "LOOK_S", 20.0)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Numbers of the processes that were started; all have ended when the test ends."""
    pids: list[int] = []
    start = CameraProcess.start

    def keep(self: CameraProcess) -> None:
        start(self)
        pids.append(self.pid)

    monkeypatch.setattr(CameraProcess, "start", keep)
    yield pids
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = demo(tmp_path)
    folder.mkdir()
    return folder


def look(profile: Path) -> Finding:
    before = sorted(p for p in profile.rglob("*") if p.name != ".camera")
    finding = look_at_camera(patient(profile), {})
    assert sorted(p for p in profile.rglob("*") if p.name != ".camera") == before
    return finding


def test_a_camera_that_shows_something_reads_the_card(desk: Path, started: list[int]) -> None:
    codes.lay(desk, BILL)
    finding = look(desk.parent)
    assert (finding.verdict, finding.code) == (Verdict.FINE, "")
    assert finding.says.startswith("示例画面（图片文件夹），读测试卡 ")
    assert "镜头" not in finding.says
    assert BILL not in str(finding)
    assert len(started) == 1


def test_a_card_under_the_camera_is_said(desk: Path, started: list[int]) -> None:
    codes.lay(desk, TEXT)
    finding = look(desk.parent)
    assert finding.says.endswith("镜头下的测试卡也读到了")
    assert finding.facts["sees_card"] is True


def test_no_camera(desk: Path, started: list[int]) -> None:
    desk.rmdir()
    finding = look(desk.parent)
    assert (finding.verdict, finding.code) == (Verdict.ABSENT, "no_camera")
    assert "手输" in finding.means


def test_a_pc_that_is_nobody_yet_looks_at_its_own_camera(
    tmp_path: Path, started: list[int]
) -> None:
    if Path("/dev/video0").exists():
        pytest.skip("this PC has a camera")
    finding = look_at_camera(patient(tmp_path / "none", known=False), {})
    assert (finding.verdict, finding.code) == (Verdict.ABSENT, "no_camera")


def test_a_camera_another_process_holds(desk: Path, started: list[int]) -> None:
    other = CameraProcess(CameraChoice(folder=str(desk)))
    other.start()
    try:
        end = time.monotonic() + 20
        while other.frame() is None:
            assert time.monotonic() < end
            time.sleep(0.02)  # between two looks into its memory
        finding = look(desk.parent)
    finally:
        other.stop()
    assert (finding.verdict, finding.code) == (Verdict.LOOK, "camera_busy")
    assert "关掉" in finding.advice


@pytest.mark.skipif(os.name != "posix", reason="pipes in a folder are a matter of Linux")
def test_a_camera_that_opens_and_hangs(
    desk: Path, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "LOOK_S", 4.0)
    os.mkfifo(desk / "1.png")
    begun = time.monotonic()
    finding = look(desk.parent)
    assert (finding.verdict, finding.code) == (Verdict.LOOK, "camera_dead")
    # the process waits for ever: it was ended by force
    assert time.monotonic() - begun < 7


def when_started(pids: list[int], act: Callable[[int], None]) -> threading.Thread:
    def wait() -> None:
        end = time.monotonic() + 10
        while not pids and time.monotonic() < end:
            time.sleep(0.001)  # until the look has started its process
        act(pids[0])

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def test_a_process_that_is_killed(desk: Path, started: list[int]) -> None:
    killer = when_started(started, lambda pid: os.kill(pid, signal.SIGKILL))
    finding = look(desk.parent)
    killer.join(10)
    assert (finding.verdict, finding.code) == (Verdict.LOOK, "camera_process")
    assert "停了" in finding.says


def test_a_process_that_does_not_come_up_in_time_is_no_alarm(
    desk: Path, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy PC it only needs longer; nobody has to install anything anew."""
    monkeypatch.setattr(looking, "LOOK_S", 1.0)
    stopper = when_started(started, lambda pid: os.kill(pid, signal.SIGSTOP))
    finding = look(desk.parent)
    stopper.join(10)
    assert (finding.verdict, finding.code) == (Verdict.ABSENT, "camera_slow")
    assert "还没起来" in finding.says
    assert "装" not in finding.advice


def test_no_process_to_be_had(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(camera_process, "SharedMemory", refuse)
    finding = look(desk.parent)
    assert (finding.verdict, finding.code) == (Verdict.LOOK, "camera_process")


def test_readers_that_are_missing(
    desk: Path, started: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "zxingcpp.py").write_text("raise ImportError('not installed')\n", "utf-8")
    # the new process takes over where this one looks for modules
    monkeypatch.syspath_prepend(str(broken))
    finding = look_at_camera(patient(desk.parent), {})
    assert (finding.verdict, finding.code) == (Verdict.LOOK, "camera_process")


BLIND = {
    "zxingcpp.py": """
class BarcodeFormat:
    QRCode = Code128 = Code39 = 1
class TextMode:
    Plain = 1
BarcodeFormats = tuple
def read_barcodes(*_args, **_more):
    return []
""",
    "pyzbar/__init__.py": "",
    "pyzbar/pyzbar.py": """
class ZBarSymbol:
    QRCODE = 1
def decode(*_args, **_more):
    return []
""",
}


def test_readers_that_read_nothing(
    desk: Path, started: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, text in BLIND.items():
        path = tmp_path / "blind" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "blind"))
    finding = look_at_camera(patient(desk.parent), {})
    assert (finding.verdict, finding.code) == (Verdict.LOOK, "decoder")


def test_a_setting_that_cannot_be_read(tmp_path: Path) -> None:
    demo(tmp_path)
    (tmp_path / "demo.json").write_text("{", "utf-8")
    finding = look_at_camera(patient(tmp_path), {})
    assert (finding.verdict, finding.code) == (Verdict.LOOK, "camera_setting")


def test_a_bug_on_the_way_ends_the_process_all_the_same(
    desk: Path, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_process: object) -> None:
        raise EnvironmentFault("planted", "planted")

    monkeypatch.setattr(looking, "_watch", refuse)
    with pytest.raises(EnvironmentFault):
        look_at_camera(patient(desk.parent), {})
    assert len(started) == 1


def test_the_readers_stay_out_of_the_process_that_looks(desk: Path, tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from tests.unit.doctor.device_patient import patient
from counter_app.doctor import camera
from counter_app.doctor.parts import PARTS
camera.LOOK_S = 20
if __name__ == "__main__":
    look = next(part.look for part in PARTS if part.id == "camera")
    finding = look(patient(Path(sys.argv[1])), {})
    print(finding.verdict, [m for m in ("cv2", "zxingcpp", "pyzbar") if m in sys.modules])
"""
    path = tmp_path / "look.py"
    path.write_text(script, "utf-8")
    done = subprocess.run(
        [sys.executable, str(path), str(desk.parent)],
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert done.stdout.decode().split(maxsplit=1) == ["fine", "[]\n"]


def test_nobody_waits_for_it_longer_than_the_round_does() -> None:
    longest = LOOK_S + 2 * camera_process.LEAVE_S
    assert CAMERA.seconds > longest
