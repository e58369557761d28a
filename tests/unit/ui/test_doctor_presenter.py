"""The doctor's screen without Qt: what a line says and does, the head, the bundle, the scanner."""

from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.doctor.finding import Finding, Verdict
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from tests.fakes import examiner
from tests.fakes.examiner import FakeExaminer
from tests.fakes.tasks import FakeTasks
from ui.places import place_for_bundle, plugged_in
from ui.rounds import Rounds
from ui.screens.doctor import lines
from ui.screens.doctor.presenter import DoctorPresenter, DoctorState


class Lanes(FakeTasks):
    def post(self, closure) -> None:
        closure()


class Hands:
    def __init__(self) -> None:
        self.states: list[DoctorState] = []
        self.did: list[str] = []

    def show_state(self, state: DoctorState) -> None:
        self.states.append(state)

    def show_detail(self) -> None:
        self.did.append("detail")

    def show_picture(self) -> None:
        self.did.append("picture")

    def ask_folder(self, begin: Path) -> None:
        self.did.append("folder")


class Desk:
    def __init__(self, fake: FakeExaminer, *, looks: bool = True, **how: bool) -> None:
        self.fake, self.tasks, self.hands = fake, Lanes(), Hands()
        self.rounds = Rounds(self.tasks)
        self.presenter = DoctorPresenter(
            lambda: fake.checkup(**how), self.rounds, self.tasks, self.hands, looks=looks
        )
        self.presenter.shown()

    def row(self, part: str) -> lines.Line:
        return next(row for row in self.presenter.state.lines if row.key == part)

    def enter(self, part: str) -> None:
        self.presenter.select(part)
        self.presenter.act()


def test_as_drawn() -> None:
    desk = Desk(FakeExaminer(examiner.picture()))
    head = desk.presenter.state.head
    assert head.title == "能正常办理。2 处需要留意"
    assert head.text == "小票机、网络到中心。没有影响数据安全的问题。"
    row = desk.row("roll_printer")
    assert (row.icon, row.tone, row.says) == ("circle-alert", "bad", "缺纸。有 1 张回执等着")
    assert row.under == "打开上盖换 58 毫米纸卷，热敏面朝上；合盖后自动接着打"
    assert (row.action, row.at) == ("换好了，再查", "14:30")
    net = desk.row("network")
    assert (net.icon, net.action) == ("triangle-alert", "查看五步")
    assert net.under == "办事不受影响。多半是无线信号弱，网线插上最稳"
    assert (desk.row("id_reader").icon, desk.row("id_reader").tone) == ("circle", "ink3")
    assert (desk.row("page_printer").action, desk.row("camera").action) == ("打测试页", "看画面")
    assert desk.row("disk").action == ""


def test_all_well_and_what_is_absent_is_counted_apart() -> None:
    head = Desk(FakeExaminer()).presenter.state.head
    assert head.title == "都正常，照常办"
    assert head.text == "查了 8 项。1 项没有装或没有查。没有影响数据安全的问题。"


def test_a_vital_part_that_is_out_stops_the_window_and_promises_nothing() -> None:
    desk = Desk(FakeExaminer(examiner.stopped()))
    head = desk.presenter.state.head
    assert (head.title, head.tone) == ("现在存不了东西，先别受理", "bad")
    assert "数据安全" not in head.text
    assert desk.row("database").says == "没有查：要先解决“磁盘”"
    assert desk.rounds.now.tone == "bad"


def test_data_are_called_safe_only_where_every_vital_part_was_looked_at() -> None:
    absent = Finding("database", "数据库", Verdict.ABSENT, "没有登录，没有查", "no_key")
    found = tuple(absent if f.part == "database" else f for f in examiner.picture())
    desk = Desk(FakeExaminer(found))
    head = desk.presenter.state.head
    assert (head.title, "数据安全" in head.text) == ("2 处需要留意", False)
    found = tuple(absent if f.part == "database" else f for f in examiner.HEALTHY)
    assert Desk(FakeExaminer(found)).presenter.state.head.title == "查过的都正常"
    warned = replace(examiner.DISK_FULL, verdict=Verdict.LOOK)
    found = tuple(warned if f.part == "disk" else f for f in examiner.HEALTHY)
    assert "数据安全" not in Desk(FakeExaminer(found)).presenter.state.head.text


def test_many_wrong_parts_are_counted_not_listed() -> None:
    text = Desk(FakeExaminer(examiner.worst())).presenter.state.head.text
    assert text.endswith("等 19 处。")
    assert text.count("、") == 2


def test_enter_does_what_the_word_says() -> None:
    desk = Desk(FakeExaminer(examiner.picture()))
    desk.enter("network")
    desk.enter("camera")
    assert desk.hands.did == ["detail", "picture"]
    desk.enter("roll_printer")
    assert desk.fake.asked == ["all", "roll_printer"]
    desk.enter("disk")
    desk.enter("id_reader")
    assert desk.fake.asked == ["all", "roll_printer"]


def test_before_a_log_in_nothing_is_printed_and_no_camera_opened() -> None:
    desk = Desk(FakeExaminer(examiner.picture()), looks=False, logged_in=False)
    assert (desk.row("page_printer").action, desk.row("camera").action) == ("", "")
    desk.enter("camera")
    desk.enter("page_printer")
    assert desk.hands.did == []
    assert desk.fake.asked == ["all"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("j1", "已送去打印，看看纸出来没有"),
        (Problem("busy", "", "打印机正忙。等它打完再试"), "打印机正忙。等它打完再试"),
    ],
)
def test_the_test_page_says_what_came_of_it(answer: str | Problem, words: str) -> None:
    desk = Desk(FakeExaminer(examiner.picture(), printed=answer))
    desk.enter("page_printer")
    assert desk.row("page_printer").under == words


def test_a_printer_that_does_not_answer_is_said_in_its_line() -> None:
    desk = Desk(FakeExaminer(examiner.picture()))

    def broken() -> str:
        raise EnvironmentFault("printer_not_ready", "打印机没有开", "打开再试")

    desk.presenter._checkup = replace(desk.presenter._checkup, print_test_page=broken)
    desk.enter("page_printer")
    assert desk.row("page_printer").under == "打印机没有开。打开再试"


def test_a_broken_printer_is_looked_at_again_before_it_prints() -> None:
    wrong = Finding("page_printer", "激光打印机", Verdict.STOP, "没有开", action="开了，再查")
    found = tuple(wrong if f.part == "page_printer" else f for f in examiner.HEALTHY)
    desk = Desk(FakeExaminer(found))
    assert desk.row("page_printer").action == "开了，再查"
    desk.enter("page_printer")
    assert desk.fake.asked == ["all", "page_printer"]


def test_a_line_that_asks_for_a_bundle_makes_one() -> None:
    wrong = replace(examiner.NO_PAPER, action="做求助包", key="F7")
    found = tuple(wrong if f.part == "roll_printer" else f for f in examiner.HEALTHY)
    desk = Desk(FakeExaminer(found))
    assert desk.row("roll_printer").action == "做求助包"
    desk.enter("roll_printer")
    assert desk.hands.did == ["folder"]


def test_rows_stand_in_their_place_before_anything_was_found() -> None:
    fake = FakeExaminer(examiner.picture())
    desk = Desk.__new__(Desk)
    desk.fake, desk.tasks, desk.hands = fake, Lanes(), Hands()
    desk.tasks.held = True
    desk.rounds = Rounds(desk.tasks)
    desk.presenter = DoctorPresenter(fake.checkup, desk.rounds, desk.tasks, desk.hands)
    desk.presenter.shown()
    desk.tasks.waiting.pop(0)()
    keys = [row.key for row in desk.presenter.state.lines]
    assert keys == [f.part for f in fake.findings]
    assert {row.says for row in desk.presenter.state.lines} == {""}
    assert desk.presenter.state.head.title == "正在查…"
    desk.presenter.take_long()
    assert {row.says for row in desk.presenter.state.lines} == {"正在查"}
    desk.tasks.run()
    filled = [s for s in desk.hands.states if s.now.running]
    assert [row.key for row in filled[-1].lines] == keys
    assert "查完 8 项，共 9 项" in [s.head.text[:12] for s in filled]
    assert not desk.presenter.state.slow
    desk.presenter.take_long()
    assert not desk.presenter.state.slow


def test_a_second_examination_waits_for_the_first() -> None:
    desk = Desk(FakeExaminer(examiner.picture()))
    desk.tasks.held = True
    desk.presenter.examine()
    desk.presenter.examine()
    desk.enter("roll_printer")
    desk.tasks.run()
    assert desk.fake.asked == ["all", "all"]


def test_another_page_shows_what_was_found_and_looks_at_nothing() -> None:
    desk = Desk(FakeExaminer(examiner.picture()))
    hands = Hands()
    again = DoctorPresenter(desk.fake.checkup, desk.rounds, desk.tasks, hands)
    again.shown()
    assert desk.fake.asked == ["all"]
    assert again.state.head.title == "能正常办理。2 处需要留意"
    again.close()
    before = len(hands.states)
    desk.presenter.examine()
    assert len(hands.states) == before


def test_the_examination_of_the_day_is_made_once_a_day() -> None:
    desk = Desk(FakeExaminer())
    checkup = desk.fake.checkup()
    assert desk.rounds.daily(checkup, "23")
    assert not desk.rounds.daily(checkup, "23")
    assert desk.rounds.daily(checkup, "24")
    assert desk.fake.asked == ["all"] * 3


def test_a_window_that_closes_ends_the_examination_with_the_next_finding() -> None:
    tasks = Lanes()
    tasks.held = True
    rounds = Rounds(tasks)
    fake = FakeExaminer(hold=lambda part: rounds.end() if part == "disk" else None)
    rounds.examine(fake.checkup())
    tasks.run()
    assert set(rounds.now.found) == {"database"}
    assert not rounds.now.running
    assert not rounds.examine(fake.checkup())


def test_a_bug_of_an_examination_is_nobody_elses() -> None:
    tasks = Lanes()
    rounds = Rounds(tasks)

    def broken(_part: str) -> None:
        raise RuntimeError("boom")

    with pytest.raises(RuntimeError):
        rounds.examine(FakeExaminer(hold=broken).checkup())
    assert not rounds.now.running


def test_the_bundle_is_said_with_its_place() -> None:
    desk = Desk(FakeExaminer(examiner.picture()))
    desk.presenter.bundle()
    assert desk.hands.did == ["folder"]
    desk.presenter.save_bundle(Path("U"))
    tone, title, text = desk.presenter.state.said
    assert (tone, title) == ("ok", "求助包存好了：求助包-qinghe-02.zip")
    assert text == "U。里面没有群众的个人信息，可以交给县里"
    assert desk.presenter.dismiss()
    assert not desk.presenter.dismiss()


def test_a_bundle_that_cannot_be_kept_is_said() -> None:
    refusal = EnvironmentFault("disk_full", "U 盘满了，求助包没存上", "换个地方再存")
    desk = Desk(FakeExaminer(examiner.picture(), bundle=refusal))
    desk.presenter.save_bundle(Path("U"))
    assert desk.presenter.state.said == ("warn", "U 盘满了，求助包没存上", "换个地方再存")
    assert not desk.presenter.state.making
    assert desk.presenter.state.now.found


def test_damaged_lists_are_fetched_anew_on_enter_and_it_is_said() -> None:
    wrong = replace(
        examiner.HEALTHY[0],
        verdict=Verdict.LOOK,
        code="reference_damaged",
        action="重新下载名单",
        key="Enter",
    )
    desk = Desk(FakeExaminer((wrong, *examiner.HEALTHY[1:])))
    assert desk.row("database").action == "重新下载名单"
    desk.enter("database")
    assert desk.fake.asked == ["all", "renew"]
    assert "关掉程序再打开" in desk.row("database").under


def test_what_the_gate_could_not_see_is_looked_at_after_the_log_in() -> None:
    locked = replace(examiner.HEALTHY[0], verdict=Verdict.ABSENT, code="locked")
    desk = Desk(FakeExaminer((locked, *examiner.HEALTHY[1:])))
    assert desk.fake.asked == ["all"]
    desk.presenter.shown()
    assert desk.fake.asked == ["all", "all"]


def test_a_burst_says_something_of_the_scanner_and_its_line_is_selected() -> None:
    desk = Desk(FakeExaminer())
    assert desk.presenter.listens()
    desk.presenter.scanned("6901234567892", 35)
    assert desk.fake.heard == [("6901234567892", 35)]
    assert desk.row("id_reader").says == "13 个字，35 毫秒"
    assert desk.presenter.state.selected == "id_reader"


def test_figures_and_steps_in_plain_words() -> None:
    facts = {"free_mb": 41.25, "ok": True, "queue": "HP", "strange": 3}
    assert lines.fact_words(facts) == (
        ("还空着（MB）", "41.2"),
        ("ok", "是"),
        ("打印队列", "HP"),
        ("strange", "3"),
    )
    assert lines.step_words(examiner.FIVE[1]) == "查到 1 个，41 毫秒"


def test_a_bundle_goes_to_a_stick_that_is_plugged_in_else_where_the_clerk_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr("ui.places._MOUNTS", ())
    assert place_for_bundle() == tmp_path
    (tmp_path / "桌面").mkdir()
    assert place_for_bundle() == tmp_path / "桌面"
    stick = tmp_path / "media" / "somebody" / "STICK"
    stick.mkdir(parents=True)
    monkeypatch.setattr(Path, "is_mount", lambda self: self == stick)
    assert plugged_in([tmp_path / "media", tmp_path / "none"], "somebody") == [stick]
