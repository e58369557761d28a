"""The whole window by hand: a clock in 2010, scanned codes, a huge paste, papers an earlier run left."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from counter_app.bootstrap import Services
from counter_app.kernel.clock import CHINA, SystemClock, to_ms
from counter_app.services.accept_case import CaseAccepted
from counter_app.services.read_frozen import read_frozen
from counter_app.services.sign_code import sign_code
from counter_app.store import print_jobs
from counter_app.store.transaction import read, write
from tests.fakes import people, worklists
from tests.gui.desk_window import Desk, open_desk
from tests.gui.profile import make_profile
from ui.screens.home.view import HomeView
from ui.screens.login.view import LogInView
from ui.screens.questions.view import DateView
from ui.screens.receipt.view import ReceiptView
from ui.screens.search.view import SearchView

pytestmark = pytest.mark.gui
CTRL = Qt.KeyboardModifier.ControlModifier
EIGHT_IN_2010 = to_ms(dt.datetime(2010, 1, 1, 8, 3, tzinfo=CHINA))
NEXT_MORNING = "2026-11-24"


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


def services_of(desk: Desk) -> Services:
    place = desk.opened.window.workplace
    assert place is not None
    return place.desk.services


class PcClock:
    """The clock of the PC, as its battery left it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = 0
        monkeypatch.setattr(SystemClock, "now_ms", lambda _clock: self.at)


def accepted(desk: Desk) -> CaseAccepted:
    return worklists.accepted(services_of(desk), str(people.HEAD[0]))


def test_a_clock_in_2010_is_asked_once_and_the_answer_dates_the_next_case(
    qapp: QApplication,
    template: tuple[Path, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copytree(template[0], tmp_path / "pc")
    clock = PcClock(monkeypatch)
    clock.at = to_ms(dt.datetime(2026, 11, 23, 17, 5, tzinfo=CHINA))
    before = open_desk(tmp_path / "pc", template[1])
    before.come_in()
    accepted(before)
    before.close()
    clock.at = EIGHT_IN_2010
    desk = open_desk(tmp_path / "pc", template[1])
    desk.log_in()
    desk.until(lambda: isinstance(desk.front(), DateView))
    asked = desk.front()
    assert isinstance(asked, DateView)
    assert asked.presenter.state.title == "今天是 2010年1月1日 吗"
    assert asked.day.text() == NEXT_MORNING
    desk.press(Qt.Key.Key_F9)
    desk.until(desk.opened.window.working)
    second = worklists.accepted(services_of(desk), str(people.MOTHER[0]))
    assert "-261124-" in second.case_no
    desk.press(Qt.Key.Key_F12)
    assert isinstance(desk.front(), LogInView)
    desk.log_in()
    desk.until(desk.opened.window.working)
    desk.close()


def test_a_scanned_receipt_opens_its_check_and_a_foreign_code_is_told(desk: Desk) -> None:
    desk.come_in()
    services = services_of(desk)
    case = accepted(desk)
    text = sign_code(services.counter, read_frozen(services.counter, case.case_id))
    desk.type(text)
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: isinstance(desk.front(), ReceiptView))
    view = desk.front()
    assert isinstance(view, ReceiptView)
    desk.until(lambda: view.presenter.state.head == "核验通过")
    desk.press(Qt.Key.Key_F2)
    desk.type("https://example.invalid/pay?bill=20261123")
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: isinstance(desk.front(), SearchView))
    search = desk.front()
    assert isinstance(search, SearchView)
    desk.until(search.banner.isVisible)
    assert "别的码" in search.banner.title()


def test_five_megabytes_pasted_into_the_scan_box_find_nothing_and_say_so(desk: Desk) -> None:
    desk.come_in()
    home = desk.front()
    assert isinstance(home, HomeView)
    QGuiApplication.clipboard().setText("赵" * 2_500_000)
    desk.press(Qt.Key.Key_V, CTRL)
    desk.settle(400)
    view = desk.front()
    assert len(view.box.text() if isinstance(view, SearchView) else home.scan.text()) <= 4_000
    banner = view.banner
    assert banner.isVisible()
    assert "太长" in banner.title()
    QGuiApplication.clipboard().setText("")


def test_a_paper_that_an_earlier_run_left_is_offered_and_printed(desk: Desk) -> None:
    desk.come_in()
    services = services_of(desk)
    case = accepted(desk)
    assert not [i for i in services.worklist() if i.kind == "unprinted"]
    with write(services.counter.station) as tx:
        print_jobs.move(
            tx, case.jobs[0], print_jobs.QUEUED, services.counter.clock.now_ms() - 90_000
        )
    left = [i for i in services.worklist() if i.kind == "unprinted"]
    assert [i.ref for i in left] == [case.jobs[0]]
    assert "排着队" in left[0].cause
    with read(services.counter.station) as tx:
        job = print_jobs.get(tx, case.jobs[0])
    assert job is not None
    assert job.state == print_jobs.QUEUED
