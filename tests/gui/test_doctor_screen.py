"""The examination on the screen: keys, rows in their place, sheets, the look, the model."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from counter_app.bootstrap import Services
from tests.fakes import examiner, station
from tests.fakes.examiner import FakeExaminer
from tests.fakes.navigator import FakeNavigator
from tests.gui.conftest import Guard
from tests.gui.screens import press, settle, show, squeezed
from tests.gui.stage import Lanes
from ui.ports import Listening
from ui.rounds import Rounds
from ui.screens.doctor.body import DoctorBody, Ways
from ui.screens.doctor.lines import Line
from ui.screens.doctor.model import LinesModel
from ui.screens.doctor.view import DoctorView, make_with
from ui.tasks import TaskRunner
from ui.theme import scale, scheme
from ui.widgets import Overlay

KEY = Qt.Key
PARTS = [f.part for f in examiner.HEALTHY]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = station.make_services(tmp_path)
    yield made
    made.counter.station.dispose()
    made.counter.reference.dispose()


@pytest.fixture
def fake() -> FakeExaminer:
    return FakeExaminer(examiner.picture())


@pytest.fixture
def went() -> FakeNavigator:
    return FakeNavigator()


@pytest.fixture
def view(qtbot: QtBot, services: Services, fake: FakeExaminer, went: FakeNavigator) -> DoctorView:
    tasks = Lanes()
    made = make_with(replace(services, checkup=fake.checkup()), tasks, went, Rounds(tasks))
    qtbot.addWidget(made)
    show(made)
    made.shown()
    settle()
    return made


def hints(view: DoctorBody) -> dict[str, str]:
    return {h.cap: h.words for h in view.bar().hints}


def sheet(view: DoctorBody) -> Overlay | None:
    return next((o for o in view.window().findChildren(Overlay) if o.isVisible()), None)


def test_the_model_keeps_its_promises(qapp: QApplication) -> None:
    model = LinesModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    rows = tuple(Line(part, part) for part in PARTS)
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    model.set_lines(rows)
    assert changed == []
    model.set_lines((rows[0], replace(rows[1], says="满了", under="删一些"), *rows[2:]))
    assert changed == [1]
    assert model.data(model.index(1, 1)) == "满了。删一些"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "项目"
    assert model.row_of("none") == -1
    model.set_lines(())
    assert model.rowCount() == 0


def test_arrows_select_and_the_bar_says_what_works(view: DoctorView) -> None:
    assert view.table.table.hasFocus()
    # the worst stands selected when a round ends
    assert view.table.current_key() == "roll_printer"
    press(view, KEY.Key_Home)
    assert view.table.current_key() == PARTS[0]
    assert hints(view) == {
        "F5": "全部再查",
        "F7": "求助包",
        "↑↓": "选一项",
        "F8": "看全部",
        "Esc": "返回",
    }
    press(view, KEY.Key_Down, KEY.Key_Down, KEY.Key_Down)
    assert view.presenter.state.selected == "network"
    assert hints(view)["Enter"] == "处理"
    press(view, KEY.Key_End)
    assert view.presenter.state.selected == PARTS[-1]


def test_enter_shows_the_five_steps_and_esc_comes_back(view: DoctorView) -> None:
    view.presenter.select("network")
    press(view, KEY.Key_Return)
    shown = sheet(view)
    assert shown is not None
    assert view.press("F5")
    assert view.press("F9")
    assert sheet(view) is shown
    press(view, KEY.Key_Escape)
    assert sheet(view) is None
    assert view.table.table.hasFocus()
    assert view.presenter.state.selected == "network"


def test_f8_says_everything_and_closes_it_again(view: DoctorView) -> None:
    view.presenter.select("roll_printer")
    assert view.press("F8")
    assert sheet(view) is not None
    assert view.press("F8")
    assert sheet(view) is None
    view.press("F8")
    assert view.left()
    assert sheet(view) is None


def test_enter_looks_again_and_a_click_on_the_word_does_too(
    view: DoctorView, fake: FakeExaminer
) -> None:
    view.presenter.select("roll_printer")
    press(view, KEY.Key_Return)
    assert fake.asked == ["all", "roll_printer"]
    table, model = view.table.table, view.table.model
    row = model.row_of("page_printer")
    place = table.visualRect(model.index(row, 1))
    word = view.table.delegate.action_at(model.line(row), place)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert fake.asked == ["all", "roll_printer"]
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=word.center().toPoint())
    assert fake.asked == ["all", "roll_printer", "print"]
    assert model.line(row).under == "已送去打印，看看纸出来没有"


def test_esc_goes_home_once_the_banner_was_read(view: DoctorView, went: FakeNavigator) -> None:
    view.presenter.save_bundle(Path("U"))
    assert view.banner.isVisible()
    assert view.press("Esc")
    assert not view.banner.isVisible()
    assert went.went == []
    assert view.press("Esc")
    assert went.went == [("home",)]
    assert not view.press("F10")


def test_f7_asks_where_and_the_bundle_is_made_there(
    view: DoctorView, fake: FakeExaminer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.screens.doctor.presenter.place_for_bundle", lambda: tmp_path)
    assert view.press("F7")
    settle()
    dialog = view.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    view.press("F7")
    assert len(view.findChildren(QFileDialog)) == 1
    # nothing typed and nothing chosen: the folder that is shown
    dialog.accept()
    settle()
    assert fake.asked[-1] == f"bundle {tmp_path.name}"
    assert view.banner.title() == "求助包存好了：求助包-qinghe-02.zip"
    assert view.window().focusWidget() is view.table.table


def test_a_dialog_that_is_left_makes_nothing(view: DoctorView, fake: FakeExaminer) -> None:
    view.press("F7")
    settle()
    dialog = view.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()
    settle()
    assert fake.asked == ["all"]
    assert view.window().focusWidget() is view.table.table


def test_rows_keep_their_place_while_findings_come(
    qtbot: QtBot, services: Services, fake: FakeExaminer, gui_thread: Guard, tmp_path: Path
) -> None:
    """On real lanes, each look held until the screen was looked at; every look touches the disk."""
    gates = {part: threading.Event() for part in PARTS}

    def hold(part: str) -> None:
        sqlite3.connect(tmp_path / "looked.db").close()
        assert gates[part].wait(10)

    fake.hold = hold
    failures: list[BaseException] = []
    runner = TaskRunner(failures.append)
    view = make_with(
        replace(services, checkup=fake.checkup()), runner, FakeNavigator(), Rounds(runner)
    )
    qtbot.addWidget(view)
    show(view)
    gui_thread.on = True
    view.shown()
    qtbot.waitUntil(lambda: bool(view.table.model.lines()))
    table = view.table.table
    places = [table.rowViewportPosition(row) for row in range(len(PARTS))]
    for at, part in enumerate(PARTS):
        row = view.table.model.line(at)
        assert row.says in {"", "正在查"}
        assert not row.at
        gates[part].set()
        qtbot.waitUntil(lambda part=part: part in view.presenter.state.now.found)
        assert [table.rowViewportPosition(row) for row in range(len(PARTS))] == places
    qtbot.waitUntil(lambda: not view.presenter.state.now.running)
    gui_thread.on = False
    runner.close()
    assert not failures
    assert view.title.text() == "能正常办理。2 处需要留意"


def test_the_spinner_comes_late_and_rests_when_nobody_sees_it(view: DoctorView) -> None:
    rounds = view.presenter._rounds
    rounds._put(running=True, looking=frozenset({"fonts"}))
    assert view._slow.isActive()
    assert not view.table._turning.isActive()
    view.presenter.take_long()
    assert view.table.model.lines()[-1].spins
    assert view.table._turning.isActive()
    view.table._turn()
    view.hide()
    assert not view.table._turning.isActive()
    rounds._put(running=False, looking=frozenset())
    assert not view._slow.isActive()


def test_a_burst_goes_to_the_scanners_line(view: DoctorView, fake: FakeExaminer) -> None:
    assert isinstance(view, Listening)
    assert view.heard("6901234567892", 30)
    assert fake.heard == [("6901234567892", 30)]
    assert view.table.current_key() == "id_reader"


def test_size_and_colours_are_chosen_and_shown_wherever_they_were_chosen(
    view: DoctorView,
) -> None:
    look = view.panel.look
    look.colours.setFocus()
    press(view, KEY.Key_Right)
    assert scheme() == "dark"
    assert look.colours.current() == view.row_look.colours.current() == "dark"
    look.sizes.setFocus()
    press(view, KEY.Key_Right)
    assert scale() == 1.15
    place = look.sizes._places()[1].center().toPoint()
    QTest.mouseClick(look.sizes, Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert (scale(), look.sizes.current()) == (1.0, "1")
    QTest.mouseClick(look.sizes, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert scale() == 1.0


def test_without_a_log_in_there_is_no_picture_and_esc_goes_back(
    qtbot: QtBot, fake: FakeExaminer
) -> None:
    tasks = Lanes()
    back: list[str] = []
    body = DoctorBody(
        lambda: fake.checkup(logged_in=False),
        Rounds(tasks),
        tasks,
        Ways(lambda: back.append("back")),
    )
    qtbot.addWidget(body)
    show(body)
    body.shown()
    assert "F7" in hints(body)
    body.show_picture()
    body.press("Esc")
    assert back == ["back"]


def test_the_worst_fits_at_every_width(qtbot: QtBot, fake: FakeExaminer, cut: list[str]) -> None:
    tasks = Lanes()
    fake.findings = examiner.worst()
    body = DoctorBody(fake.checkup, Rounds(tasks), tasks, Ways(lambda: None))
    qtbot.addWidget(body)
    for width, height in ((1290, 587), (1204, 610), (910, 420)):
        body.resize(width, height)
        body.show()
        body.shown()
        settle()
        body.grab()
        assert not cut
        assert not squeezed(body)
        assert body.panel.isVisible() == (width > 1080)
        assert body.table.geometry().bottom() <= height
    rows = body.table.table
    assert rows.verticalScrollBar().maximum() > 0
