"""First-run help: every refusal has words and a key, F1 opens the matching row, the page keeps all as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.kernel.errors import EnvironmentFault
from counter_app.services import enrol_device, redeem_code
from counter_app.services.enrol_device import Enrolled, Refused, Waiting
from counter_app.services.log_in import Denied
from counter_app.sync import faults
from counter_app.sync.faults import SyncFault
from counter_app.wire import activation_code
from tests.fakes.tasks import FakeTasks
from tests.gui import states_gate as gate
from tests.gui.judging import outside, overlapping, squeezed_texts
from tests.gui.stage import Stage, template
from tests.gui.test_login import County, start_of
from ui.guide import Case, Guide
from ui.screens.first_start import causes, guides
from ui.screens.first_start.presenter import CODE, FILLING, WAITING, FirstStartPresenter
from ui.screens.login import guides as login_guides
from ui.screens.login.presenter import LogInPresenter
from ui.theme import use

KEY = Qt.Key
WAYS = (
    faults.NETWORK,
    faults.PORTAL,
    faults.AUTH,
    faults.CLOCK,
    faults.SERVER,
    faults.VERSION,
)
REFUSALS = (*enrol_device._REFUSALS, "code_shape", "cert_forged", "another_code")
GUIDES = (
    guides.CODE,
    guides.WAITING,
    guides.PASSPHRASE,
    guides.FILLING,
    login_guides.LOG_IN,
    login_guides.FORGOTTEN,
)


class Faulty(County):
    """A county that is not reached."""

    def enrol(self, command: object) -> object:
        answer = super().enrol(command)
        if isinstance(answer, Exception):
            raise answer
        return answer


def refused(code: str) -> Refused:
    return enrol_device.refusal(SyncFault(faults.REFUSED, code), enrol_device._REFUSALS)


def said(presenter: FirstStartPresenter, key: str) -> None:
    state = presenter.state
    assert 0 < len(state.title) <= 20, state.title
    assert state.text.endswith("。")
    assert not {"！", "!"} & set(state.title + state.text)
    assert not any(w in state.title + state.text for w in ("错误", "失败", "异常", "非法"))
    assert state.action is not None
    assert state.action.cap == key


@pytest.mark.parametrize("code", REFUSALS)
def test_each_refusal_says_what_it_means_and_what_to_press(code: str) -> None:
    presenter, _ = start_of(County(refused(code)))
    presenter.enrol()
    typed_again = {"code_unknown", "code_used", "code_expired", "code_shape"}
    said(presenter, "F2" if code in typed_again else "F5")
    assert presenter.state.step == CODE
    assert presenter.state.code == "QH7M4R2X9KAB1234"
    assert guides.CODE.has(presenter.state.cause)


def test_a_refusal_nobody_knows_keeps_the_centres_code() -> None:
    presenter, _ = start_of(County(refused("another_code")))
    presenter.enrol()
    assert "another_code" in presenter.state.text


@pytest.mark.parametrize("why", WAYS)
def test_each_fault_says_what_it_means_for_a_pc_that_is_not_enrolled(why: str) -> None:
    presenter, _ = start_of(Faulty(SyncFault(why, "busy")))
    presenter.enrol()
    said(presenter, "F5")
    assert presenter.state.cause == why
    assert guides.CODE.has(why)
    assert "已办的" not in presenter.state.title + presenter.state.text


def test_the_titles_are_those_of_the_use_case() -> None:
    for code, (text, _) in enrol_device._REFUSALS.items():
        found = causes.case(code)
        assert found is not None
        assert found.title == text


def test_a_fault_nobody_foresaw_keeps_its_own_words() -> None:
    presenter, _ = start_of(Faulty(EnvironmentFault("disk_full", "磁盘满了", "腾出空间")))
    presenter.enrol()
    said(presenter, "F5")
    assert presenter.state.text == "磁盘满了。腾出空间。"


def test_a_short_code_is_said_and_not_sent() -> None:
    county = County()
    presenter, _ = start_of(county)
    presenter.code_typed("QH7M")
    presenter.enrol()
    said(presenter, "F2")
    presenter.code_typed("QH7M4")
    assert (presenter.state.title, presenter.state.cause) == ("", "")
    assert county.asked == []


def test_another_countys_qr_and_another_qr_are_told_apart() -> None:
    presenter, _ = start_of(County())
    code = activation_code.ActivationCode("QH7M4R2X9KAB1234", "https://other.example", b"\x01" * 32)
    assert not presenter.scanned(activation_code.write(code))
    assert presenter.state.cause == causes.OTHER_CENTRE
    said(presenter, "F2")
    assert not presenter.scanned("https://example.invalid/x")
    assert presenter.state.cause == causes.NO_CODE
    said(presenter, "F2")


def test_a_fault_while_waiting_gives_way_to_the_waiting_again() -> None:
    presenter, _ = start_of(Faulty(Waiting(), SyncFault(faults.NETWORK), Waiting()))
    for title in ("县里还没核准", "连不上县里", "县里还没核准"):
        presenter.enrol()
        assert (presenter.state.step, presenter.state.title) == (WAITING, title)
    assert "14:30 起等着" in presenter.state.text


@pytest.mark.parametrize("why", WAYS)
def test_a_download_that_stops_says_which_way(why: str) -> None:
    county = County(Enrolled("qinghe-02", "青禾镇", "0312", "李敏", ("accept",)))
    county.fillings = [why]
    presenter, _ = start_of(county)
    presenter.enrol()
    presenter.claim("0312", "lang-genug-1", "lang-genug-1")
    said(presenter, "F5")
    assert presenter.state.step == FILLING
    assert guides.FILLING.has(presenter.state.cause)


def test_what_is_wrong_with_a_passphrase_has_its_row() -> None:
    county = County(Enrolled("qinghe-02", "青禾镇", "0312", "李敏", ("accept",)))
    presenter, _ = start_of(county)
    presenter.enrol()
    presenter.claim("0312", "lang-genug-1", "lang-genug-2")
    assert presenter.state.cause == causes.DIFFER
    presenter.claim("0399", "lang-genug-1", "lang-genug-1")
    assert presenter.state.cause == "other_clerk"
    for code in (causes.DIFFER, "other_clerk", "short", "same", "number", "claimed"):
        assert guides.PASSPHRASE.has(code)


class Lost:
    """A profile whose county is not reached when a one-time code is used."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def redeem(self, command: object) -> object:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize("why", WAYS)
def test_a_one_time_code_without_the_county_promises_nothing(why: str) -> None:
    presenter = LogInPresenter(
        Lost(SyncFault(why, "busy")), FakeTasks(), lambda _state: None, lambda _services: None
    )
    presenter.forgotten()
    presenter.redeem("0312", "QH7M4R2X9KAB1234", "lang-genug-1", "lang-genug-1")
    assert presenter.state.cause == why
    assert login_guides.FORGOTTEN.has(why)
    assert presenter.state.message
    assert "自动" not in presenter.state.message


def test_every_refusal_of_a_one_time_code_has_its_row() -> None:
    for code in (*redeem_code._REFUSALS, "code_shape", "seal_broken", "short", "same", "number"):
        assert login_guides.FORGOTTEN.has(code), code


@pytest.mark.parametrize("guide", GUIDES, ids=lambda g: g.title)
def test_the_words_of_the_help_are_plain(guide: Guide) -> None:
    assert len(guide.parts) == 2
    assert len({c.id for c in guide.cases}) == len(guide.cases)
    lines = [w for c in guide.cases for w in (c.title, c.means, c.do)]
    lines += [w for p in guide.parts for q in p.points for w in (q.title, q.text)]
    for words in lines:
        assert words
        assert not words.endswith("。")
        assert not any(w in words for w in ("！", "错误", "失败", "异常", "非法"))
    assert all(len(c.title) <= 20 for c in guide.cases)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template(tmp_path_factory.mktemp("help") / "template")


@pytest.fixture
def stage(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[Stage]:
    opened = Stage(made, tmp_path / "stage")
    opened.window.resize(1366, 697)
    yield opened
    opened.close()


def press(stage: Stage, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or stage.window, key)
    stage.settle()


@pytest.mark.gui
def test_f1_opens_esc_closes_and_the_code_is_as_it_was(stage: Stage) -> None:
    view = gate.first_start(stage, code="QH7M4R2")
    line = view.code.box.line
    line.setCursorPosition(3)
    press(stage, KEY.Key_F1)
    assert view.help.is_open()
    QTest.keyClicks(QApplication.focusWidget(), "9Z")
    press(stage, KEY.Key_Tab)
    press(stage, KEY.Key_Escape)
    assert not view.help.is_open()
    assert QApplication.focusWidget() is line
    assert (line.text(), line.cursorPosition()) == ("QH7M-4R2", 3)


@pytest.mark.gui
def test_the_help_opens_at_what_was_just_met(stage: Stage) -> None:
    view = gate.first_start(stage, gate.PORTAL)
    press(stage, KEY.Key_F1)
    sheet = view.help.sheet
    assert sheet is not None
    band = sheet.table.met()
    assert band is not None
    seen = sheet.table.visibleRegion().boundingRect()
    assert seen.contains(band)
    press(stage, KEY.Key_F1)
    assert not view.help.is_open()
    assert view.code.code() == gate.CODE


@pytest.mark.gui
def test_a_key_of_the_table_closes_the_help_and_does_its_work(stage: Stage) -> None:
    view = gate.first_start(stage, gate.USED)
    line = view.code.box.line
    press(stage, KEY.Key_F1)
    press(stage, KEY.Key_F2)
    assert not view.help.is_open()
    assert QApplication.focusWidget() is line
    assert line.selectedText() == line.text()
    view.presenter._gate.answer = Waiting()
    press(stage, KEY.Key_F1)
    press(stage, KEY.Key_F5)
    assert view.presenter.state.step == WAITING
    assert not view.help.is_open()


@pytest.mark.gui
def test_approval_while_reading_closes_the_help_and_the_passphrase_takes_typing(
    stage: Stage,
) -> None:
    view = gate.first_start(stage, Waiting())
    press(stage, KEY.Key_F1)
    view.presenter._gate.answer = gate.FIRST
    for _ in range(10):
        view.presenter.tick()
    stage.settle()
    assert not view.help.is_open()
    assert QApplication.focusWidget() is view.first.line


@pytest.mark.gui
@pytest.mark.parametrize("code", REFUSALS)
def test_the_page_shows_words_and_the_button_for_each_refusal(stage: Stage, code: str) -> None:
    view = gate.first_start(stage, refused(code))
    stage.settle()
    assert view.banner.isVisible()
    action = view.presenter.state.action
    assert action is not None
    assert [b.text() for b in view.banner._buttons] == [action.words]
    assert view.code.code() == gate.CODE
    assert not squeezed_texts(stage.window)


@pytest.mark.gui
def test_the_address_of_a_qr_stays_when_the_certificate_is_named(
    stage: Stage, tmp_path: Path
) -> None:
    view = gate.first_start(stage, given=False, code="")
    code = activation_code.ActivationCode(gate.CODE, "https://centre.example", b"\x01" * 32)
    assert view.presenter.scanned(activation_code.write(code))
    wrong, right = tmp_path / "letter.txt", tmp_path / "ca.pem"
    wrong.write_text("no certificate")
    right.write_text("-----BEGIN CERTIFICATE-----\n")
    press(stage, KEY.Key_F9)
    press(stage, KEY.Key_F2)
    assert QApplication.focusWidget() is view.ca.line
    for path, kept in ((wrong, ""), (right, right.read_text())):
        view.ca.set_text(str(path))
        view._centre_typed()
        assert (view.presenter.state.url, view.presenter.state.ca_pem) == (code.url, kept)


@pytest.mark.gui
def test_log_in_has_its_help_and_the_passphrase_keeps_the_focus(stage: Stage) -> None:
    view = gate.log_in(stage, Denied("wrong", 2))
    view.passphrase.set_text("halb")
    press(stage, KEY.Key_F1)
    assert view.help.sheet is not None
    assert view.help.sheet.guide is login_guides.LOG_IN
    assert view.help.sheet.table.met() is not None
    press(stage, KEY.Key_Escape)
    assert view.passphrase.text() == "halb"
    assert QApplication.focusWidget() is view.passphrase.line
    view._lost()
    press(stage, KEY.Key_F1)
    assert view.help.sheet.guide is login_guides.FORGOTTEN
    press(stage, KEY.Key_Escape)
    assert view.presenter.state.page == "forgotten"


@pytest.mark.gui
@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3, 1.5])
@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_the_help_fits_in_every_look_and_print(
    stage: Stage, qapp: QApplication, cut: list[str], look: str, scale: float
) -> None:
    use(qapp, look, scale)
    view = gate.first_start(stage, gate.PORTAL)
    stage.settle()
    press(stage, KEY.Key_F1)
    cut.clear()
    stage.window.grab()
    assert view.help.sheet is not None
    wrong = [*cut, *squeezed_texts(view.help.sheet), *outside(view.help.sheet)]
    assert not [*wrong, *overlapping(view.help.sheet)]


@pytest.mark.gui
def test_the_help_is_read_to_its_end_by_keys(stage: Stage) -> None:
    view = gate.first_start(stage)
    press(stage, KEY.Key_F1)
    sheet = view.help.sheet
    assert sheet is not None
    bar = sheet._scroll.verticalScrollBar()
    assert bar.maximum() > 0
    press(stage, KEY.Key_Down)
    assert bar.value() > 0
    press(stage, KEY.Key_PageDown)
    press(stage, KEY.Key_End)
    assert bar.value() == bar.maximum()
    press(stage, KEY.Key_Home)
    assert bar.value() == 0


def test_a_case_reads_as_what_it_means_and_what_to_do() -> None:
    assert Case("x", "甲", "乙", "丙").text == "乙。丙。"
