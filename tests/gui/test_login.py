"""Log-in, first start and the two questions: presenters without Qt, real profile files below them."""

import datetime as dt
from pathlib import Path

import pytest

from counter_app.kernel.clock import CHINA, to_ms
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.check_date import DateDoubt
from counter_app.services.context import Clerk
from counter_app.services.enrol_device import EnrolDevice, Enrolled, Refused, Waiting
from counter_app.services.log_in import Denied, log_in
from counter_app.services.queries.print_state import PaperState
from counter_app.services.queries.standing import Standing, standing
from tests.fakes.clock import FakeClock
from tests.fakes.tasks import FakeTasks
from tests.gui.profile import PASSPHRASE, make_profile
from ui.screens.first_start.presenter import FILLING, WAITING, FirstStartPresenter
from ui.screens.first_start.presenter import PASSPHRASE as FIRST
from ui.screens.login.presenter import LogInPresenter
from ui.screens.questions.presenter import DatePresenter, PaperPresenter, proposal
from ui.shell.outgoing import Outgoing


class Profile:
    """The gate over a real profile folder; opening the databases is not its affair here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.outgoing = Outgoing(folder, lambda: None)

    def standing(self) -> Standing:
        return standing(self.folder, self.clock)

    def log_in(self, clerk: str, passphrase: str, tell: object) -> object:
        answer = log_in(self.folder, self.clock, clerk, passphrase)
        return answer if isinstance(answer, Denied) else answer.slot.name

    def redeem(self, command: object) -> object:
        return Refused("code_unknown", "没有这个启用码", "看一看有没有抄错")


@pytest.fixture
def gate(tmp_path: Path) -> Profile:
    make_profile(tmp_path / "pc")
    return Profile(tmp_path / "pc")


def presenter_of(gate: Profile) -> tuple[LogInPresenter, list[object]]:
    done: list[object] = []
    presenter = LogInPresenter(gate, FakeTasks(), lambda _state: None, done.append)
    presenter.begin()
    return presenter, done


def test_the_right_passphrase_of_the_chosen_clerk_lets_in(gate: Profile) -> None:
    presenter, done = presenter_of(gate)
    assert [p.name for p in presenter.state.people] == ["李敏", "周建国", "陈晓燕"]
    assert presenter.digit(2)
    assert not presenter.digit(4)
    presenter.submit(PASSPHRASE)
    assert done == ["周建国"]


def test_what_takes_long_is_said_while_it_lasts(gate: Profile) -> None:
    said: list[str] = []

    class Upgrading(Profile):
        def log_in(self, clerk: str, passphrase: str, tell: object) -> object:
            tell("正在整理本机的数据")
            said.append(presenter.state.message)
            return super().log_in(clerk, passphrase, tell)

    presenter, done = presenter_of(Upgrading(gate.folder))
    presenter.submit(PASSPHRASE)
    assert said == ["正在整理本机的数据"]
    assert (presenter.state.message, done) == ("", ["李敏"])


def test_five_wrong_ones_wait_and_the_wait_survives_a_restart(gate: Profile) -> None:
    presenter, done = presenter_of(gate)
    presenter.submit("falsch")
    assert "错了 1 次" in presenter.state.message
    for _ in range(4):
        presenter.submit("falsch")
    assert presenter.state.wait_left == 60
    assert "还要等 1:00" in presenter.state.message
    presenter.submit(PASSPHRASE)
    assert done == []
    again, done = presenter_of(gate)
    assert again.state.wait_left == 60
    gate.clock.move(seconds=61)
    again.tick()
    assert again.state.wait_left == 0
    again.submit(PASSPHRASE)
    assert done == ["李敏"]


def test_two_different_new_passphrases_are_not_sent(gate: Profile) -> None:
    presenter, _ = presenter_of(gate)
    presenter.forgotten()
    presenter.redeem("0312", "QH7M4R2X9KAB1234", "lang-genug-1", "lang-genug-2")
    assert "不一样" in presenter.state.message
    presenter.redeem("0312", "QH7M4R2X9KAB1234", "lang-genug-1", "lang-genug-1")
    assert "没有这个启用码" in presenter.state.message
    assert presenter.back()
    assert not presenter.back()


def test_the_page_says_how_far_the_work_is_on_its_way(gate: Profile) -> None:
    presenter, _ = presenter_of(gate)
    presenter.heard()
    assert presenter.state.way == ""
    folder = gate.folder / "outgoing"
    folder.mkdir()
    (folder / "000000001-0192a000-0000-7000-8000-00000000000b.ylb").write_bytes(b"")
    presenter.heard()
    assert (presenter.state.way, presenter.state.way_tone) == (
        "1 条已办的正在送往中心，不用登录",
        "net",
    )
    presenter._silent(EnvironmentFault("outgoing_unreadable", "", ""))
    assert presenter.state.way == ""
    with pytest.raises(ZeroDivisionError):
        presenter._silent(ZeroDivisionError())


class County:
    """A gate whose county answers as the test says."""

    def __init__(self, *answers: object) -> None:
        self.clock = FakeClock()
        self.answers = list(answers)
        self.asked: list[EnrolDevice] = []
        self.claimed: list[str] = []
        self.fillings = ["network", ""]

    def standing(self) -> Standing:
        return Standing("new", centre_url="https://127.0.0.1:9", ca_pem="PEM")

    def enrol(self, command: EnrolDevice) -> object:
        self.asked.append(command)
        return self.answers.pop(0)

    def claim(self, clerk: Clerk, passphrase: str) -> tuple[object, ...]:
        self.claimed.append(clerk.id)
        return ()

    def log_in(self, clerk: str, passphrase: str) -> object:
        return f"services of {clerk}"

    def first_filling(self, progress: object) -> str:
        progress("persons.990101104", 500, 20000)
        return self.fillings.pop(0)


class PostingTasks(FakeTasks):
    def post(self, closure: object) -> None:
        closure()


def start_of(county: County) -> tuple[FirstStartPresenter, list[object]]:
    done: list[object] = []
    presenter = FirstStartPresenter(county, PostingTasks(), lambda _state: None, done.append)
    presenter.begin()
    presenter.code_typed("QH7M4R2X9KAB1234")
    return presenter, done


def test_first_start_goes_from_code_to_filling(tmp_path: Path) -> None:
    county = County(Waiting(), Enrolled("qinghe-02", "青禾镇", "0312", "李敏", ("accept",)))
    presenter, done = start_of(county)
    presenter.enrol()
    assert presenter.state.step == WAITING
    assert "14:30 起等着" in presenter.state.text
    for _ in range(10):
        presenter.tick()
    assert presenter.state.step == FIRST
    presenter.claim("0399", "lang-genug-1", "lang-genug-1")
    assert "李敏" in presenter.state.claim_problem
    presenter.claim("0312", "lang-genug-1", "lang-genug-1")
    assert county.claimed == ["0312"]
    assert presenter.state.step == FILLING
    assert presenter.state.title == "连不上县里，名单还没下完"
    assert done == []
    assert presenter.again()
    assert done == ["services of 0312"]


def test_a_used_code_is_said_in_plain_words() -> None:
    presenter, _ = start_of(County(Refused("code_used", "启用码已经用过", "换电脑请县里另给一个")))
    presenter.enrol()
    assert (presenter.state.tone, presenter.state.title) == ("bad", "启用码已经用过")


def test_a_short_code_asks_nobody() -> None:
    county = County()
    presenter, _ = start_of(county)
    presenter.code_typed("QH7M")
    presenter.enrol()
    assert county.asked == []
    assert presenter.state.missing == 12


def test_another_qr_is_no_activation_code() -> None:
    presenter, _ = start_of(County())
    assert not presenter.scanned("https://example.invalid/x")
    assert presenter.state.title == "这不是启用码"


def ms(*parts: int) -> int:
    return to_ms(dt.datetime(*parts, tzinfo=CHINA))


def test_a_pc_in_2010_is_offered_the_first_morning_after_the_last_entry() -> None:
    doubt = DateDoubt("before_last", ms(2010, 1, 1, 8, 3), ms(2026, 11, 23, 17, 5), None)
    said: list[tuple[int, bool]] = []
    presenter = DatePresenter(
        doubt, lambda _s: None, lambda at, changed: said.append((at, changed))
    )
    assert presenter.state.title == "今天是 2010年1月1日 吗"
    assert (presenter.state.day, presenter.state.clock) == ("2026-11-24", "08:03")
    assert presenter.state.answer == "用 11月24日"
    presenter.typed("2026-11-31", "08:03")
    assert presenter.state.problem
    assert not presenter.take()
    presenter.typed("20261125", "9:10")
    assert presenter.take()
    presenter.keep()
    assert said == [(ms(2026, 11, 25, 9, 10), True), (doubt.pc_ms, False)]


def test_the_centres_time_is_offered_where_it_is_known() -> None:
    server = ms(2026, 11, 24, 8, 0)
    doubt = DateDoubt("off_server", ms(2026, 11, 25, 10, 0), ms(2026, 11, 23, 17, 5), server)
    assert to_ms(proposal(doubt)) == server


def test_every_paper_is_asked_for_and_what_is_to_print_comes_out() -> None:
    papers = tuple(
        PaperState(
            f"j{n}",
            "c",
            "990101104000-261123-B-0031-C",
            "受理回执",
            "吴*芳",
            "printing",
            1,
            "16:57",
            "",
        )
        for n in (1, 2)
    )
    said: list[tuple[str, str]] = []
    done: list[tuple[str, ...]] = []

    def answer(job: str, words: str) -> str:
        said.append((job, words))
        return job if words == "not" else ""

    presenter = PaperPresenter(papers, FakeTasks(), answer, lambda _s: None, done.append)
    assert presenter.state.left == 1
    presenter.choose("not")
    presenter.take()
    presenter.take("came")
    assert said == [("j1", "not"), ("j2", "came")]
    assert done == [("j1",)]


@pytest.mark.gui
def test_the_code_is_grouped_while_it_is_typed_and_a_qr_is_taken_whole(qtbot) -> None:
    from PySide6.QtCore import Qt

    from ui.screens.first_start.code_entry import CodeEntry

    entry = CodeEntry()
    qtbot.addWidget(entry)
    scanned: list[str] = []
    entry.scanned.connect(scanned.append)
    qtbot.keyClicks(entry.box.line, "qh7m-4r2x 9kO")
    assert entry.box.text() == "QH7M-4R2X-9K0"
    entry.set_code("")
    text = "QHA1.QH7M4R2X9KAB1234.aHR0cHM6.abc-_D"
    qtbot.keyClicks(entry.box.line, text)
    qtbot.keyClick(entry.box.line, Qt.Key.Key_Return)
    assert scanned == [text]
    assert entry.code() == ""
