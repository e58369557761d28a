"""The shell on a real profile: keys, regions, lock, clerks, and a GUI thread that never waits."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.kernel.errors import EnvironmentFault
from tests.fakes import people
from tests.gui.conftest import Guard
from tests.gui.desk_window import Desk, open_desk
from tests.gui.profile import make_profile
from ui.screens.home.view import HomeView
from ui.screens.login.view import LogInView
from ui.screens.search.view import SearchView
from ui.shell.incident import Border, place_of

pytestmark = pytest.mark.gui
ROOT = Path(__file__).resolve().parent.parent.parent
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A set-up profile, made once: passphrases are slow on purpose."""
    folder = tmp_path_factory.mktemp("template") / "pc"
    return folder, make_profile(folder)


@pytest.fixture
def desk(qapp: QApplication, template: tuple[Path, bytes], tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(template[0], tmp_path / "pc")
    made = open_desk(tmp_path / "pc", template[1])
    yield made
    made.close()


def test_the_gui_thread_waits_for_nothing_from_log_in_to_lock(
    desk: Desk, gui_thread: Guard
) -> None:
    desk.settle(300)
    gui_thread.on = True
    desk.come_in()
    desk.press(Qt.Key.Key_F12)
    desk.until(lambda: isinstance(desk.front(), LogInView))
    desk.log_in()
    desk.until(desk.opened.window.working)
    desk.settle(200)
    gui_thread.on = False


def test_sealed_work_is_sent_at_the_log_in_page_and_the_sync_takes_over(
    qapp: QApplication, template: tuple[Path, bytes], tmp_path: Path, gui_thread: Guard
) -> None:
    shutil.copytree(template[0], tmp_path / "pc")
    lying = tmp_path / "pc" / "outgoing" / "000000001-0192a000-0000-7000-8000-00000000000b.ylb"
    lying.parent.mkdir()
    lying.write_bytes(b"sealed")
    desk = open_desk(tmp_path / "pc", template[1])
    view, sending = desk.front(), desk.opened.session.outgoing
    assert isinstance(view, LogInView)
    gui_thread.on = True
    desk.until(lambda: "1 条已办的还没到中心" in view._way.text())
    assert "没有丢" in view._way.text()  # the profile names no certificate: nothing could be sent
    desk.come_in()
    desk.until(lambda: not sending._sending._loop._thread.is_alive())
    desk.press(Qt.Key.Key_F12)
    desk.until(lambda: isinstance(desk.front(), LogInView))
    locked = desk.front()
    assert isinstance(locked, LogInView)
    desk.until(lambda: locked._way.text() == "已办的业务都到中心了")
    gui_thread.on = False
    desk.until(lambda: not lying.exists())  # it was no bundle: set aside, not deleted
    assert (lying.parent / "aside" / lying.name).read_bytes() == b"sealed"
    desk.close()


def test_the_cursor_is_in_the_passphrase_and_then_in_the_scan_box(desk: Desk) -> None:
    view = desk.front()
    assert isinstance(view, LogInView)
    assert view.passphrase.has_focus()
    desk.come_in()
    home = desk.front()
    assert isinstance(home, HomeView)
    assert home.scan.has_focus()
    assert desk.opened.window.ring.target() is home.scan


def test_typing_at_home_goes_on_in_the_search(desk: Desk) -> None:
    desk.come_in()
    desk.type("zgq")
    desk.until(lambda: isinstance(desk.front(), SearchView))
    search = desk.front()
    assert isinstance(search, SearchView)
    desk.until(lambda: search.box.text() == "zgq" and search.box.has_focus())
    desk.until(lambda: len(search.presenter.state.findings.people) == 1)


def test_the_same_number_looked_up_again_leaves_its_household_in_front(desk: Desk) -> None:
    desk.come_in()
    number = str(people.HEAD[0])
    for _ in range(2):
        desk.press(Qt.Key.Key_1, CTRL)
        desk.opened.window.workplace.look_for(number)
        desk.until(lambda: type(desk.front()).__name__ == "HouseholdView")
        desk.settle()
        assert type(desk.front()).__name__ == "HouseholdView"
        assert desk.opened.window.workplace.desk.current == "household"


def test_rail_digits_go_where_the_rail_says_and_reserved_ones_nowhere(desk: Desk) -> None:
    desk.come_in()
    rail = desk.opened.window.workplace.frame.rail
    for digit, name in (
        (2, "worklist"),
        (4, "outbox"),
        (5, "dayclose"),
        (3, "search"),
        (1, "home"),
    ):
        desk.press(Qt.Key(Qt.Key.Key_0.value + digit), CTRL)
        assert rail.lit() == name
    desk.press(Qt.Key.Key_6, CTRL)
    assert rail.lit() == "home"


def test_a_burst_outside_of_text_fields_is_looked_up_and_chooses_nothing(desk: Desk) -> None:
    desk.come_in()
    home = desk.front()
    opened: list[str] = []
    home.presenter.open = opened.append
    home.list.setVisible(True)
    home.list.focus_in()
    assert not home.scan.has_focus()
    desk.type("990101197103090419")
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: isinstance(desk.front(), SearchView))
    assert desk.front().box.text() == "990101197103090419"
    assert opened == []


def test_a_digit_outside_of_text_fields_reaches_the_screen_after_the_pause(desk: Desk) -> None:
    desk.come_in()
    home = desk.front()
    numbers: list[int] = []
    home.presenter.open_number = lambda number: numbers.append(number) or True
    home.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    home.setFocus()
    desk.type("2")
    desk.until(lambda: numbers == [2])


def test_lock_keeps_the_widgets_and_the_same_clerk_finds_them(desk: Desk) -> None:
    desk.come_in()
    desk.press(Qt.Key.Key_3, CTRL)
    desk.type("zlx")
    search = desk.front()
    desk.press(Qt.Key.Key_F12)
    desk.until(lambda: isinstance(desk.front(), LogInView))
    assert "李敏按 F12" in desk.front().page.note.text()
    desk.log_in()
    desk.until(desk.opened.window.working)
    assert desk.front() is search
    assert search.box.text() == "zlx"


def test_another_clerk_comes_in_with_one_step_and_a_desk_of_their_own(desk: Desk) -> None:
    desk.come_in()
    first = desk.front()
    desk.press(Qt.Key.Key_F12)
    desk.until(lambda: isinstance(desk.front(), LogInView))
    desk.until(lambda: bool(desk.front().presenter.state.people))
    desk.press(Qt.Key.Key_2, CTRL)
    assert desk.front().presenter.state.chosen == "0315"
    desk.log_in()
    desk.until(desk.opened.window.working)
    place = desk.opened.window.workplace
    assert place.desk.services.counter.clerk.name == "周建国"
    assert place.frame.top.clerk.text() == "周建国"
    assert desk.front() is not first


def test_idle_time_locks(desk: Desk) -> None:
    desk.come_in()
    window = desk.opened.window
    assert window._idle.interval() == 10 * 60_000
    window._idle.start(30)
    desk.until(lambda: isinstance(desk.front(), LogInView))
    assert "自动锁" in desk.front().page.note.text()


def test_the_key_sheet_opens_and_nothing_below_hears_keys(desk: Desk) -> None:
    desk.come_in()
    desk.press(Qt.Key.Key_F1)
    pressed: list[str] = []
    desk.front().presenter.sync_now = lambda: pressed.append("F5")
    desk.press(Qt.Key.Key_F5)
    assert pressed == []
    desk.press(Qt.Key.Key_Escape)
    assert desk.front().scan.has_focus()


@pytest.mark.parametrize("size", [(1366, 768), (1366, 697), (1280, 647)])
def test_no_text_is_cut_and_nothing_is_wider_than_the_window(
    desk: Desk, cut: list[str], size: tuple[int, int]
) -> None:
    desk.come_in()
    desk.window.resize(*size)
    desk.settle()
    assert desk.window.size() == QSize(*size)
    cut.clear()
    desk.window.grab()
    assert cut == []
    outside = [
        type(w).__name__
        for w in desk.window.findChildren(QWidget)
        if w.isVisible() and w.mapTo(desk.window, w.rect().topRight()).x() > size[0]
    ]
    assert outside == []


def test_print_size_grows_and_comes_back(desk: Desk) -> None:
    desk.come_in()
    before = desk.opened.window.workplace.frame.top.height()
    desk.press(Qt.Key.Key_Plus, CTRL)
    desk.settle()
    assert desk.opened.window.workplace.frame.top.height() > before
    desk.press(Qt.Key.Key_0, CTRL)
    desk.settle()
    assert desk.opened.window.workplace.frame.top.height() == before


def test_a_second_window_on_the_profile_says_so_and_leaves(desk: Desk, tmp_path: Path) -> None:
    from counter_app.services.hold_profile import hold_profile

    held = hold_profile(desk.folder)
    assert held is not None
    words = [sys.executable, "-m", "ui.app", "--profile", str(desk.folder)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, timeout=60, check=False)
    held.release()
    assert done.returncode == 3
    assert "已经在另一个窗口里打开了" in done.stderr.decode()


def test_headless_words_never_load_qt() -> None:
    script = (
        "import sys, ui.app\n"
        "try: ui.app.main(['form', '--help'])\n"
        "except SystemExit: pass\n"
        "print('PySide6' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=60, check=True
    )
    assert done.stdout.decode().split()[-1] == "False"


def test_an_incident_has_a_number_and_says_nothing_of_persons(
    caplog: pytest.LogCaptureFixture, unexpected_logs: list[object]
) -> None:
    border = Border()
    told: list[tuple[str, str]] = []
    border.tells(lambda title, text: told.append((title, text)))
    with pytest.raises(ValueError, match="王秀兰") as caught:
        raise ValueError("王秀兰 990101197103090419")
    with caplog.at_level("ERROR"):
        border.take(caught.value)
    assert "test_shell.py" in place_of(caught.value)
    assert border.numbers[0] in told[0][0]
    assert border.numbers[0] in caplog.text
    assert "王秀兰" not in caplog.text
    border.take(EnvironmentFault("disk_full", "没存上：磁盘满了", "腾出空间后按 F5 再存"))
    unexpected_logs.clear()
    assert told[1] == ("没存上：磁盘满了", "腾出空间后按 F5 再存")


def test_what_nobody_expected_is_shown_at_the_top(
    desk: Desk, unexpected_logs: list[object]
) -> None:
    desk.come_in()

    def broken() -> None:
        raise RuntimeError("boom")

    desk.opened.tasks.db(broken, lambda _none: None)
    desk.until(lambda: bool(desk.opened.window.trouble()))
    assert desk.opened.window.trouble().startswith("程序出了毛病，编号 ")
    unexpected_logs.clear()


def test_a_profile_that_is_new_starts_with_the_activation_code(
    qapp: QApplication, tmp_path: Path
) -> None:
    from ui.app import Opened
    from ui.screens.first_start.view import FirstStartView

    made = Desk(Opened(tmp_path / "new"), tmp_path / "new", b"")
    made.opened.show()
    assert isinstance(made.front(), FirstStartView)
    made.close()
