"""The examination in the real window: at the gate with everything typed kept, the rail, the day's own, the look."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.fakes import examiner
from tests.fakes.examiner import FakeExaminer
from tests.gui.desk_window import Desk, open_desk
from tests.gui.profile import make_profile
from ui.app import Opened
from ui.screens.doctor.gate import DoctorGate
from ui.screens.doctor.view import DoctorView
from ui.screens.first_start.view import FirstStartView
from ui.screens.login.view import LogInView
from ui.shell import flow, session
from ui.theme import scale, scheme

pytestmark = pytest.mark.gui
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("template") / "pc"
    return folder, make_profile(folder)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeExaminer:
    """Every session examines with it."""
    made = FakeExaminer(examiner.picture())
    monkeypatch.setattr(session.Session, "checkup", lambda _s: made.checkup(logged_in=False))
    bound = session.Session._bind

    def bind(this: session.Session, *who: object) -> object:
        return replace(bound(this, *who), checkup=made.checkup())

    monkeypatch.setattr(session.Session, "_bind", bind)
    return made


@pytest.fixture
def desk(
    qapp: QApplication, template: tuple[Path, bytes], tmp_path: Path, fake: FakeExaminer
) -> Iterator[Desk]:
    shutil.copytree(template[0], tmp_path / "pc")
    made = open_desk(tmp_path / "pc", template[1])
    yield made
    made.close()


def examined(desk: Desk) -> bool:
    now = desk.opened.flow.rounds.now
    return now.whole and not now.running


def test_f7_at_the_log_in_and_esc_back_to_what_was_typed(desk: Desk, fake: FakeExaminer) -> None:
    desk.until(lambda: bool(desk.front().presenter.state.people))
    view = desk.front()
    assert isinstance(view, LogInView)
    assert "F7" in {h.cap for h in view.page.hints.hints()}
    desk.press(KEY.Key_2, CTRL)
    desk.type("guyu")
    desk.press(KEY.Key_F7)
    page = desk.front()
    assert isinstance(page, DoctorGate)
    desk.until(lambda: examined(desk))
    assert page.body.title.text() == "能正常办理。2 处需要留意"
    assert page.body.presenter.state.can == {"bundle"}
    desk.press(KEY.Key_Down)
    desk.type("6901234567892")
    desk.press(KEY.Key_Return)
    desk.until(lambda: bool(fake.heard))
    assert fake.heard[0][0] == "6901234567892"
    desk.press(KEY.Key_Escape)
    assert desk.front() is view
    assert (view.passphrase.text(), view.passphrase.has_focus()) == ("guyu", True)
    assert view.presenter.state.chosen == "0315"
    desk.press(KEY.Key_F7)
    desk.settle()
    assert fake.asked == ["all"]


def test_who_comes_in_meanwhile_is_not_held_up(desk: Desk) -> None:
    desk.until(lambda: bool(desk.front().presenter.state.people))
    desk.press(KEY.Key_F7)
    assert isinstance(desk.front(), DoctorGate)
    desk.opened.flow.log_in()
    assert isinstance(desk.front(), LogInView)
    desk.until(lambda: bool(desk.front().presenter.state.people))
    desk.opened.window.end_visit()
    assert isinstance(desk.front(), LogInView)


def test_f7_at_the_first_start_keeps_the_code(
    qapp: QApplication, tmp_path: Path, fake: FakeExaminer
) -> None:
    made = Desk(Opened(tmp_path / "new"), tmp_path / "new", b"")
    made.opened.show()
    made.window.activateWindow()
    made.until(made.window.isActiveWindow)
    view = made.front()
    assert isinstance(view, FirstStartView)
    made.settle()
    made.type("QH7M4R2")
    made.press(KEY.Key_F7)
    assert isinstance(made.front(), DoctorGate)
    made.until(lambda: examined(made))
    made.press(KEY.Key_Escape)
    assert made.front() is view
    assert view.code.code() == "QH7M4R2"
    assert view.code.box.has_focus()
    made.close()


def test_ctrl_7_the_rail_and_the_key_sheet_lead_there(desk: Desk, fake: FakeExaminer) -> None:
    desk.come_in()
    desk.press(KEY.Key_7, CTRL)
    view = desk.front()
    assert isinstance(view, DoctorView)
    rail = desk.opened.window.workplace.frame.rail
    assert rail.lit() == "doctor"
    desk.until(lambda: examined(desk))
    assert rail.badges()["doctor"] == (2, "bad")
    desk.type("6901234567892")
    desk.press(KEY.Key_Return)
    desk.until(lambda: bool(fake.heard))
    assert desk.front() is view
    desk.press(KEY.Key_Escape)
    assert rail.lit() == "home"
    desk.press(KEY.Key_7, CTRL)
    desk.settle()
    assert fake.asked == ["all"]


def test_the_examination_of_the_day_says_it_on_the_rail_only(
    desk: Desk, fake: FakeExaminer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "DAILY_MS", 1)
    fake.findings = tuple(examiner.SLOW_NET if f.part == "network" else f for f in examiner.HEALTHY)
    desk.come_in()
    home = desk.front()
    desk.until(lambda: examined(desk))
    assert desk.opened.window.workplace.frame.rail.badges()["doctor"] == (1, "warn")
    assert desk.front() is home
    assert home.scan.has_focus()
    assert not desk.opened.window.trouble()
    desk.press(KEY.Key_F12)
    desk.until(lambda: isinstance(desk.front(), LogInView))
    desk.log_in()
    desk.until(desk.opened.window.working)
    desk.settle()
    assert fake.asked == ["all"]


def test_the_look_survives_the_window(
    desk: Desk, template: tuple[Path, bytes], qapp: QApplication
) -> None:
    desk.come_in()
    desk.press(KEY.Key_Plus, CTRL)
    kept = desk.folder / "look.json"
    desk.until(kept.exists)
    assert json.loads(kept.read_text("utf-8")) == {"scale": 1.15, "scheme": "light"}
    desk.press(KEY.Key_7, CTRL)
    desk.front().panel.look.colours.chosen.emit("contrast")
    desk.until(lambda: "contrast" in kept.read_text("utf-8"))
    desk.press(KEY.Key_0, CTRL)
    desk.until(lambda: '"scale": 1.0' in kept.read_text("utf-8"))
    kept.write_text('{"scale": 1.3, "scheme": "dark"}', "utf-8")
    other = Opened(desk.folder)
    assert (scheme(), scale()) == ("dark", 1.3)
    other.close()
    kept.write_text('{"scale": 7, "scheme": "pink"}', "utf-8")
    Opened(desk.folder).close()
    assert (scheme(), scale()) == ("light", 1.0)
