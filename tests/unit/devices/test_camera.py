"""The camera process: what it says and shows, and what happens when it dies, hangs, or has no camera."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from counter_app.devices.camera import camera_process, link
from counter_app.devices.camera.camera_process import CameraProcess
from counter_app.devices.camera.choose_camera import CameraChoice, choose_camera
from counter_app.devices.camera.sources import DeviceSource, FolderSource, Source, device_numbers
from counter_app.devices.camera.twice import FORGET, Twice
from counter_app.kernel.errors import EnvironmentFault
from tests.fakes import codes

TEXT = "01,32,,23442000000014209621,112,20230215,,74AE"
SECONDS = 20


class Looking:
    """A camera process and all it said."""

    def __init__(self, choice: CameraChoice) -> None:
        self.process = CameraProcess(choice)
        self.said: list[link.Message] = []
        self.process.start()

    def until(self, condition: Callable[[], bool], seconds: float = SECONDS) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"it did not come; said {self.said}"
            self.said += self.process.heard()
            # between two looks: the camera process needs the processor
            time.sleep(0.01)

    def states(self) -> list[str]:
        return [m.state for m in self.said if isinstance(m, link.Said)]

    def texts(self) -> list[str]:
        return [m.text for m in self.said if isinstance(m, link.Read)]


@pytest.fixture
def start() -> Iterator[Callable[[CameraChoice], Looking]]:
    begun: list[Looking] = []

    def make(choice: CameraChoice) -> Looking:
        begun.append(Looking(choice))
        return begun[-1]

    yield make
    for one in begun:
        one.process.stop()


Start = Callable[[CameraChoice], Looking]


def test_a_code_under_the_camera_is_seen_read_and_shown(tmp_path: Path, start: Start) -> None:
    camera = start(CameraChoice(folder=str(tmp_path)))
    camera.until(lambda: "live" in camera.states())
    frames: list[link.Frame] = []

    def shown() -> bool:
        frame = camera.process.frame()
        frames.extend([frame] if frame else [])
        return bool(frames)

    camera.until(shown)
    assert (frames[0].width, frames[0].height) == (960, 540)
    assert set(frames[0].rgb) == {96}
    codes.lay(tmp_path, TEXT)
    camera.until(lambda: bool(camera.texts()))
    assert camera.texts() == [TEXT]
    kinds = [type(m) for m in camera.said]
    assert kinds.index(link.Seen) < kinds.index(link.Read)
    read = next(m for m in camera.said if isinstance(m, link.Read))
    assert len(read.corners) == 4
    # it lies there on; nobody wants it told again
    # long enough for several more frames: what must not come has no event to wait for
    time.sleep(0.4)
    camera.said += camera.process.heard()
    assert camera.texts() == [TEXT]


def test_a_picture_file_is_read_whole(tmp_path: Path, start: Start) -> None:
    path = codes.lay(tmp_path, TEXT, "scan.png")
    camera = start(CameraChoice(still=True))
    read = camera.process.read_file(path)
    assert [c.text for c in read.codes] == [TEXT]
    assert camera.process.read_file(tmp_path / "none.png").why == "unreadable"
    (tmp_path / "words.png").write_bytes(b"no picture")
    assert camera.process.read_file(tmp_path / "words.png").why == "no_picture"


def test_a_killed_process_is_seen_at_once_and_a_new_one_goes_on(
    tmp_path: Path, start: Start
) -> None:
    camera = start(CameraChoice(folder=str(tmp_path)))
    camera.until(lambda: "live" in camera.states())
    os.kill(camera.process.pid, signal.SIGKILL)
    camera.until(lambda: not camera.process.alive(), 2)
    assert camera.process.heard() == []
    camera.process.ask(link.NextCamera())
    camera.process.stop()
    codes.lay(tmp_path, TEXT)
    again = start(CameraChoice(folder=str(tmp_path)))
    again.until(lambda: bool(again.texts()))


def test_a_hung_process_stops_beating_and_is_ended_by_force(tmp_path: Path, start: Start) -> None:
    camera = start(CameraChoice(folder=str(tmp_path)))
    camera.until(lambda: "live" in camera.states())
    pid = camera.process.pid
    os.kill(pid, signal.SIGSTOP)
    # a frame under way when it was stopped may still be counted
    time.sleep(0.2)
    before = camera.process.beats()
    # many frames long: that nothing is counted meanwhile is what is shown
    time.sleep(0.6)
    assert camera.process.beats() == before
    assert camera.process.alive()
    begun = time.monotonic()
    camera.process.stop()
    assert time.monotonic() - begun < 2
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_camera_somebody_else_has_is_busy_and_comes_when_it_is_free(
    tmp_path: Path, start: Start
) -> None:
    first = start(CameraChoice(folder=str(tmp_path)))
    first.until(lambda: "live" in first.states())
    second = start(CameraChoice(folder=str(tmp_path)))
    second.until(lambda: "busy" in second.states())
    first.process.stop()
    second.until(lambda: "live" in second.states())


def test_no_camera_and_one_that_is_unplugged(tmp_path: Path, start: Start) -> None:
    folder = tmp_path / "later"
    camera = start(CameraChoice(folder=str(folder)))
    camera.until(lambda: camera.states() == ["none"])
    folder.mkdir()
    camera.until(lambda: camera.states()[-1] == "live")
    (folder / ".camera").unlink()
    folder.rmdir()
    camera.until(lambda: camera.states()[-1] == "none")


def test_it_ends_with_the_window(tmp_path: Path) -> None:
    script = """
import os, sys, time
from counter_app.devices.camera.camera_process import CameraProcess
from counter_app.devices.camera.choose_camera import CameraChoice
if __name__ == "__main__":
    camera = CameraProcess(CameraChoice(folder=sys.argv[1]))
    camera.start()
    while not camera.beats():
        time.sleep(0.01)  # between two looks
    print(camera.pid, "cv2" in sys.modules, flush=True)
    os.kill(os.getpid(), 9)
"""
    path = tmp_path / "window.py"
    path.write_text(script, "utf-8")
    # the output goes to a file: the memory's keeper would hold a pipe open
    with (tmp_path / "out").open("wb") as out:
        subprocess.run(
            [sys.executable, str(path), str(tmp_path)],
            check=False,
            stdout=out,
            stderr=out,
            timeout=60,
        )
    pid, imported = (tmp_path / "out").read_text("utf-8").split()[:2]
    assert imported == "False"
    end = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        # between two looks at the process table
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()


def test_half_a_frame_is_never_shown() -> None:
    memory = memoryview(bytearray(link.SIZE))
    assert link.take_frame(memory, 0) is None
    link.put_frame(memory, b"\1\2\3" * 4, 2, 2)
    frame = link.take_frame(memory, 0)
    assert frame is not None
    assert (frame.width, frame.height, frame.rgb) == (2, 2, b"\1\2\3" * 4)
    assert link.take_frame(memory, frame.sequence) is None
    memory[0] += 1
    assert link.take_frame(memory, frame.sequence) is None
    link.beat(memory)
    assert link.beats(memory) == 1
    with pytest.raises(ValueError, match="960"):
        link.put_frame(memory, b"", 961, 1)
    link.wipe(memory)
    assert not any(memory)


def test_twice_before_it_counts() -> None:
    twice = Twice()
    assert [twice.see(t) for t in (["a"], ["b"], ["a"], ["a"], ["a"])] == ["", "", "", "a", ""]
    assert [twice.see(t) for t in ([], ["b"], [], ["b"])] == ["", "", "", "b"]
    for _ in range(FORGET):
        assert twice.see([]) == ""
    assert [twice.see(["b"]), twice.see(["b"])] == ["", "b"]


def test_two_codes_side_by_side_are_both_told_and_each_once() -> None:
    twice = Twice()
    both = ["a", "b"]
    assert [twice.see(both) for _ in range(5)] == ["", "a", "b", "", ""]
    assert [twice.see(t) for t in (["b"], ["a"], ["a"], ["b"], ["b"])] == [""] * 5
    assert [twice.see(t) for t in (["c", "c"], ["c"], [])] == ["", "c", ""]


def test_a_told_code_that_comes_back_later_is_told_again() -> None:
    twice = Twice()
    assert [twice.see(["a"]) for _ in range(3)] == ["", "a", ""]
    assert [twice.see(["b"]) for _ in range(FORGET)].count("b") == 1
    assert [twice.see(["a"]) for _ in range(2)] == ["", "a"]


def test_only_the_demo_of_an_invented_station_looks_at_a_folder(tmp_path: Path) -> None:
    assert choose_camera(tmp_path, "990101104000") == CameraChoice()
    (tmp_path / "demo.json").write_text(json.dumps({"printer_folder": "p"}), "utf-8")
    assert choose_camera(tmp_path, "990101104000") == CameraChoice()
    (tmp_path / "demo.json").write_text(json.dumps({"camera_folder": "c"}), "utf-8")
    assert choose_camera(tmp_path, "990101104000") == CameraChoice(folder="c")
    assert choose_camera(tmp_path, "410122104000") == CameraChoice()


def contract(source: Source) -> None:
    """What any source keeps, whether there is a camera or not."""
    state = source.open()
    assert state in {"live", "none", "busy"}
    if state == "live":
        frame = source.read()
        assert frame is not None
        assert frame.ndim == 3
        assert frame.shape[2] == 3
    assert source.label()
    source.close()
    source.close()


def test_the_pc_camera_keeps_the_contract() -> None:
    """On a machine without a camera: none, said at once."""
    numbers = device_numbers()
    source = DeviceSource((numbers or [0])[0])
    contract(source)
    if numbers == []:
        assert source.open() == "none"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Three frames as a camera would give them; after the last one it is gone."""
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 15, (640, 480))
    assert writer.isOpened()
    for _ in range(3):
        writer.write(np.full((480, 640, 3), 120, np.uint8))
    writer.release()
    return path


def playing(film: Path) -> Callable[[int, int], cv2.VideoCapture]:
    return lambda _number, _api: cv2.VideoCapture(str(film))


def test_a_camera_that_gives_frames_keeps_the_contract_and_is_seen_to_go(film: Path) -> None:
    source = DeviceSource(2, lambda: [0, 2], playing(film))
    contract(source)
    assert source.open() == "live"
    assert "摄像头 3" in source.label()
    assert "480" in source.label()
    left = [source.read() for _ in range(4)]
    assert [frame is not None for frame in left] == [True, True, False, False]
    source.close()
    assert source.read() is None


def test_a_camera_the_system_lists_but_does_not_give_is_busy(tmp_path: Path) -> None:
    nothing = playing(tmp_path / "nothing.avi")
    assert DeviceSource(0, lambda: [0], nothing).open() == "busy"
    assert DeviceSource(1, lambda: [0], nothing).open() == "none"
    assert DeviceSource(0, lambda: None, nothing).open() == "none"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system's list is Linux's")
def test_the_systems_list_leaves_out_nodes_without_pictures(tmp_path: Path) -> None:
    for name, index in (("video10", "0"), ("video2", "0"), ("video3", "1"), ("videox", "0")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index").write_text(index, "ascii")
    (tmp_path / "video4").mkdir()
    assert device_numbers(tmp_path) == [2, 10]
    assert device_numbers(tmp_path / "nowhere") == []


def test_no_memory_to_be_had_is_a_fault_with_the_way_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_how: object) -> object:
        raise OSError(28, "no room")

    monkeypatch.setattr(camera_process, "SharedMemory", full)
    with pytest.raises(EnvironmentFault) as fault:
        CameraProcess(CameraChoice(still=True)).start()
    assert "输号码" in fault.value.advice


def test_a_reader_that_died_is_a_fault_and_not_a_wait(tmp_path: Path, start: Start) -> None:
    camera = start(CameraChoice(still=True))
    os.kill(camera.process.pid, signal.SIGKILL)
    with pytest.raises(EnvironmentFault):
        camera.process.read_file(tmp_path / "a.png")


def test_the_other_camera_is_asked_for(tmp_path: Path, start: Start) -> None:
    camera = start(CameraChoice(folder=str(tmp_path)))
    camera.until(lambda: camera.states() == ["live"])
    camera.process.ask(link.NextCamera())
    camera.until(lambda: camera.states() == ["live", "live"])


def test_the_folder_keeps_the_contract(tmp_path: Path) -> None:
    codes.lay(tmp_path, TEXT)
    source = FolderSource(tmp_path)
    contract(source)
    assert FolderSource(tmp_path / "nowhere").open() == "none"


@pytest.mark.parametrize("half", [b"", b"\x89PNG\r\n\x1a\n", b"no picture"])
def test_half_a_picture_under_the_camera_is_an_empty_desk(tmp_path: Path, half: bytes) -> None:
    (tmp_path / "1.png").write_bytes(half)
    source = FolderSource(tmp_path)
    assert source.open() == "live"
    frame = source.read()
    assert frame is not None
    assert {int(frame.min()), int(frame.max())} == {96}
    source.close()
