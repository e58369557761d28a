"""What fast hands and late answers do to the real window: nothing lost, nothing in the wrong place."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.gui.desk_window import Desk, open_desk
from tests.gui.profile import PASSPHRASE, make_profile
from ui.screens.login.view import LogInView
from ui.shell.keys import Keys
from ui.widgets import ChoiceBoxes, CodeBox, FieldBox, FocusRing

pytestmark = pytest.mark.gui
ADDRESS = "示范县青禾镇石坝村第三村民小组村口老槐树向西第二家院内北屋"


class Ears:
    """What the window's keys told."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def take(self, key: str) -> bool:
        self.taken.append(key)
        return True

    def scanned(self, text: str, ms: int) -> None:
        self.taken.append(text)

    def moved(self) -> None:
        """Nothing to do."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("template") / "pc"
    return folder, make_profile(folder)


@pytest.fixture
def desk(qapp: QApplication, template: tuple[Path, bytes], tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(template[0], tmp_path / "pc")
    made = open_desk(tmp_path / "pc", template[1])
    yield made
    made.close()


def two_choices(qtbot) -> tuple[QWidget, ChoiceBoxes, ChoiceBoxes]:
    window = QWidget()
    first = ChoiceBoxes((("1", "男"), ("2", "女")))
    second = ChoiceBoxes((("a", "是"), ("b", "否")))
    column = QVBoxLayout(window)
    column.addWidget(first)
    column.addWidget(second)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window, first, second


def test_a_digit_goes_to_the_field_it_was_typed_in_however_fast_the_next_key_is(qtbot) -> None:
    window, first, second = two_choices(qtbot)
    ears = Ears()
    keys = Keys(window, ears)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_2)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert (first.code(), second.code()) == ("2", "")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_1)
    QTest.keyClick(first, Qt.Key.Key_F9)
    assert (first.code(), ears.taken) == ("1", ["F9"])
    QTest.keyClick(first, Qt.Key.Key_2)
    second.setFocus()
    qtbot.waitUntil(lambda: first.code() == "2")
    assert second.code() == ""
    QApplication.instance().removeEventFilter(keys)


def test_the_ring_goes_around_the_boxes_not_around_the_empty_row(qtbot) -> None:
    window, first, _ = two_choices(qtbot)
    window.resize(900, 300)
    ring = FocusRing(window)
    first.setFocus()
    qtbot.waitUntil(ring.isVisible)
    assert ring.width() < first.width() / 2
    first.setFixedHeight(90)
    QApplication.processEvents()
    around = first.ring_rect()
    assert abs((around.top() + around.bottom()) / 2 - 45) <= 1


def test_words_come_before_their_code_where_both_have_no_room(qtbot) -> None:
    box = CodeBox(lambda _text: ())
    qtbot.addWidget(box)
    box.resize(180, 36)
    box.set_code("2303", "低保救助对象")
    asks = box.line.asks()
    assert box.line.width() >= asks
    box.resize(360, 36)
    assert box.line.width() < 360 - 90


def test_a_long_text_shows_its_beginning_once_the_cursor_went(qtbot) -> None:
    window, first, _ = two_choices(qtbot)
    box = FieldBox()
    window.layout().addWidget(box)
    box.setFixedWidth(200)
    box.line.setFocus()
    box.line.setText(ADDRESS)
    assert box.line.cursorPosition() == len(ADDRESS)
    first.setFocus()
    assert box.line.cursorPosition() == 0


def test_the_lock_is_there_at_once_and_an_answer_for_a_page_that_went_is_dropped(
    desk: Desk,
) -> None:
    desk.come_in()
    told: list[tuple[str, str]] = []
    desk.opened.border.tells(lambda title, text: told.append((title, text)))
    desk.press(Qt.Key.Key_F12)
    gate = desk.front()
    assert isinstance(gate, LogInView)
    desk.opened.flow.lock("key")
    assert desk.front() is gate
    desk.until(lambda: bool(gate.presenter.state.people))
    assert gate.presenter.state.people[0].note == "锁屏前在办，回来接着填"
    for _ in range(3):
        desk.opened.flow.log_in()
    desk.until(lambda: not desk.opened.tasks.busy())
    desk.settle(100)
    assert told == []
    desk.log_in(PASSPHRASE)
    desk.until(desk.opened.window.working)
