"""F3 in the real window: the picture, a code, and a camera that is killed or hangs in mid scan."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from counter_app.devices.camera.camera_process import CameraProcess
from tests.architecture.sources import ROOT
from tests.fakes import codes, people
from tests.gui.conftest import Guard
from tests.gui.desk_window import Desk, open_desk
from tests.gui.profile import make_profile
from ui.camera.presenter import BUSY, LIVE, LOST, NONE
from ui.camera.view import CameraOverlay, front_camera
from ui.screens.home.view import HomeView
from ui.screens.household.view import HouseholdView

pytestmark = pytest.mark.gui


@pytest.fixture
def under(tmp_path: Path) -> Path:
    """What lies under the demo's camera."""
    folder = tmp_path / "camera"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(tmp_path: Path, under: Path, qapp: QApplication) -> Iterator[Desk]:
    folder = tmp_path / "profile"
    key = make_profile(folder)
    plain = {"printer_folder": str(tmp_path / "paper"), "camera_folder": str(under)}
    (folder / "demo.json").write_text(json.dumps(plain), "utf-8")
    opened = open_desk(folder, key)
    opened.come_in()
    yield opened
    opened.close()


def camera(desk: Desk) -> CameraOverlay:
    found = front_camera(desk.window)
    assert found is not None
    return found


def look(desk: Desk, stage: str = LIVE) -> CameraOverlay:
    desk.press(Qt.Key.Key_F3)
    found = camera(desk)
    desk.until(lambda: found.presenter.state.stage == stage)
    return found


def process(overlay: CameraOverlay) -> CameraProcess:
    found = overlay.presenter._camera
    assert isinstance(found, CameraProcess)
    return found


def test_a_number_under_the_camera_opens_the_household(
    desk: Desk, under: Path, gui_thread: Guard
) -> None:
    gui_thread.on = True
    overlay = look(desk)
    pid = process(overlay).pid
    codes.lay(under, str(people.HEAD[0]))
    desk.until(lambda: isinstance(desk.front(), HouseholdView))
    gui_thread.on = False
    assert front_camera(desk.window) is None
    desk.until(lambda: not Path(f"/proc/{pid}").exists())


def test_killed_in_mid_scan_it_comes_back_once_and_then_says_so(desk: Desk, under: Path) -> None:
    overlay = look(desk)
    os.kill(process(overlay).pid, signal.SIGKILL)
    desk.until(lambda: overlay.presenter.state.again, 2)
    desk.until(lambda: overlay.presenter.state.stage == LIVE)
    os.kill(process(overlay).pid, signal.SIGKILL)
    desk.until(lambda: overlay.presenter.state.stage == LOST, 2)
    assert overlay.isVisible()
    assert "F2" in overlay.presenter.state.words[2]
    desk.press(Qt.Key.Key_F5)
    desk.until(lambda: overlay.presenter.state.stage == LIVE)
    desk.press(Qt.Key.Key_F2)
    assert front_camera(desk.window) is None
    front = desk.front()
    assert isinstance(front, HomeView)
    assert front.scan.has_focus()


def test_a_hung_camera_is_noticed_within_two_seconds(desk: Desk, under: Path) -> None:
    overlay = look(desk)
    pid = process(overlay).pid
    os.kill(pid, signal.SIGSTOP)
    begun = time.monotonic()
    desk.until(lambda: overlay.presenter.state.again, 2)
    assert time.monotonic() - begun < 2
    codes.lay(under, str(people.HEAD[0]))
    desk.until(lambda: isinstance(desk.front(), HouseholdView))
    desk.until(lambda: not Path(f"/proc/{pid}").exists())


def test_busy_and_none_and_back_again(desk: Desk, under: Path) -> None:
    overlay = look(desk)
    other = CameraOverlay(
        desk.window, desk.opened.tasks, desk.opened.flow._need(), lambda _text: None
    )
    other.open_overlay()
    other.presenter.begin()
    desk.until(lambda: other.presenter.state.stage == BUSY)
    other.close_overlay()
    (under / ".camera").unlink()
    under.rmdir()
    desk.until(lambda: overlay.presenter.state.stage == NONE)
    under.mkdir()
    desk.until(lambda: overlay.presenter.state.stage == LIVE)
    desk.press(Qt.Key.Key_Escape)
    assert front_camera(desk.window) is None


def test_a_scanner_used_meanwhile_is_the_cameras(desk: Desk) -> None:
    look(desk)
    desk.type(str(people.HEAD[0]))
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: isinstance(desk.front(), HouseholdView))
    assert front_camera(desk.window) is None


def test_a_picture_file_instead_of_the_camera(desk: Desk, tmp_path: Path) -> None:
    overlay = look(desk)
    desk.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = overlay.findChild(QFileDialog)
    assert dialog is not None
    empty = tmp_path / "empty.png"
    Image.new("L", (200, 200), 255).save(empty)
    dialog.fileSelected.emit(str(empty))
    dialog.close()
    desk.until(lambda: "没有读到码" in overlay.presenter.state.note)
    assert overlay.preview.accessibleDescription() == overlay.presenter.state.note
    overlay.presenter.read_picture(str(codes.lay(tmp_path, str(people.HEAD[0]), "own.png")))
    desk.until(lambda: isinstance(desk.front(), HouseholdView))


def test_tab_takes_the_other_camera_only_where_there_may_be_one(desk: Desk) -> None:
    overlay = look(desk)
    assert not overlay.next.isVisible()
    desk.press(Qt.Key.Key_Tab)
    assert overlay.presenter.state.stage == LIVE
    overlay.show_state(replace(overlay.presenter.state, cameras=2))
    assert "2 个" in overlay.next.text()
    overlay.setFocus()
    desk.press(Qt.Key.Key_Tab)
    assert overlay.presenter.state.stage != LIVE
    desk.until(lambda: overlay.presenter.state.stage == LIVE)


def test_leaving_the_workplace_lets_the_camera_go(desk: Desk) -> None:
    pid = process(look(desk)).pid
    desk.press(Qt.Key.Key_F12)
    assert front_camera(desk.window) is None
    desk.until(lambda: not Path(f"/proc/{pid}").exists())


def test_the_window_never_imports_opencv(tmp_path: Path) -> None:
    script = """
import importlib, pkgutil, sys, time
import counter_app.bootstrap, ui
from counter_app.devices.camera.camera_process import CameraProcess
from counter_app.devices.camera.choose_camera import CameraChoice
if __name__ == "__main__":
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    camera = CameraProcess(CameraChoice(folder=sys.argv[1]))
    camera.start()
    while camera.frame() is None:
        time.sleep(0.01)  # between two looks
    camera.stop()
    print(sorted({"cv2", "numpy", "zxingcpp", "pyzbar"} & set(sys.modules)))
"""
    path = tmp_path / "window.py"
    path.write_text(script, "utf-8")
    done = subprocess.run(
        [sys.executable, str(path), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
