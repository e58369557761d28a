"""Widgets: what they tell, how they look at each state, and that no text is cut."""

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tests.gui.conftest import picture
from ui.ports import Bar, Hint, Primary
from ui.theme import SCHEMES, use
from ui.widgets import (
    Banner,
    Card,
    CellText,
    Chip,
    ChoiceBoxes,
    CodeBox,
    Column,
    EmptyState,
    FieldBox,
    FieldRow,
    FocusRing,
    KeyBar,
    KeyButton,
    Label,
    NoteLine,
    Overlay,
    Paragraph,
    Rail,
    RailEntry,
    Row,
    RowsModel,
    ScanBox,
    SectionBar,
    Step,
    TableView,
    Toast,
    TopBar,
    VerdictHead,
    VerdictLine,
    VerdictPanel,
    VerdictSection,
)

pytestmark = pytest.mark.gui
NATIONS = [("01", "汉族"), ("02", "蒙古族"), ("03", "回族"), ("12", "侗族")]
ROWS = (
    Row(
        (
            CellText("退回", chip="bad", icon="undo-2"),
            CellText("参保登记", "低保证号不符"),
            CellText("120.00"),
        ),
        "a",
        "接手",
    ),
    Row(
        (CellText("挂起", chip="neutral"), CellText("参保登记"), CellText("9.00", strike=True)),
        "b",
        "接着办",
    ),
    Row((CellText(""), CellText("新生儿登记"), CellText("")), "c", "看", muted=True),
)
COLUMNS = [Column("情况", 112), Column("事项", 0, 1), Column("金额 元", 90, 0, "right")]


def nations(typed: str) -> list[tuple[str, str]]:
    return [n for n in NATIONS if typed in n[0] or typed in n[1]]


KEPT: list[QWidget] = []


@pytest.fixture(autouse=True)
def let_go():
    yield
    KEPT.clear()


def window_of(qtbot, *widgets: QWidget, size: tuple[int, int] = (800, 400)) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(window)
    KEPT.append(window)
    window.resize(*size)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_a_button_that_is_not_available_still_tells(qtbot) -> None:
    button = KeyButton("受理", "F9", "primary")
    window_of(qtbot, button)
    button.set_available(available=False)
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.available


def test_typing_is_told_and_setting_is_not(qtbot) -> None:
    box = FieldBox()
    window_of(qtbot, box)
    heard: list[str] = []
    box.edited.connect(heard.append)
    box.set_text("张")
    qtbot.keyClicks(box.line, "ab")
    assert heard[-1].endswith("ab") or "ab" in heard[-1]
    assert len(heard) == 2


def test_five_megabytes_pasted_are_cut_at_once_and_said(qtbot) -> None:
    box = FieldBox(longest=100)
    window_of(qtbot, box)
    box.focus_in()
    QApplication.clipboard().setText("甲" * 2_500_000)
    began = time.perf_counter()
    qtbot.keyClick(box.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert time.perf_counter() - began < 1.0
    assert len(box.text()) == 100
    assert box.note() == ("太长了，只放进前 100 个字，请照原件核对", "warn")
    QApplication.clipboard().clear()


def test_the_line_under_a_box_is_help_or_problem_and_opens_no_window_of_its_own(qtbot) -> None:
    box = FieldBox()
    box.set_help("刷证会自动填")
    lone = NoteLine(box)
    assert not lone.isVisible()
    row = FieldRow("证件号", box, required=True)
    window_of(qtbot, row)
    assert row.note.isVisible()
    assert row.note.text() == "刷证会自动填"
    box.set_problem("校验不对，请照证件核对")
    assert row.note.text() == "校验不对，请照证件核对"
    box.clear_problem()
    assert row.note.text() == "刷证会自动填"
    lone.deleteLater()


class Hand:
    """A clock for the scan box that the test moves."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def type_at(qtbot, box: ScanBox, hand: Hand, text: str, gap: float) -> None:
    for character in text:
        hand.at += gap
        qtbot.keyClicks(box.line, character)
    hand.at += gap
    qtbot.keyClick(box.line, Qt.Key.Key_Return)


def test_a_burst_is_a_scan_and_leaves_what_was_typed_before(qtbot) -> None:
    hand = Hand()
    box = ScanBox(now=hand)
    window_of(qtbot, box)
    scanned, submitted = [], []
    box.scanned.connect(scanned.append)
    box.submitted.connect(submitted.append)
    qtbot.keyClicks(box.line, "wx")
    hand.at += 1
    type_at(qtbot, box, hand, "990101197103090419", 0.004)
    assert scanned == ["990101197103090419"]
    assert submitted == []
    assert box.text() == "wx"


def test_typing_by_hand_is_never_a_scan(qtbot) -> None:
    hand = Hand()
    box = ScanBox(now=hand)
    window_of(qtbot, box)
    scanned, submitted = [], []
    box.scanned.connect(scanned.append)
    box.submitted.connect(submitted.append)
    type_at(qtbot, box, hand, "990101197103090419", 0.08)
    assert scanned == []
    assert submitted == ["990101197103090419"]


def test_typing_is_told_once_it_pauses(qtbot) -> None:
    box = ScanBox()
    window_of(qtbot, box)
    heard: list[str] = []
    box.typed.connect(heard.append)
    qtbot.keyClicks(box.line, "wxl")
    qtbot.waitUntil(lambda: heard == ["wxl"], timeout=1000)


def test_a_code_is_found_by_words_and_taken_by_enter(qtbot) -> None:
    box = CodeBox(nations)
    window_of(qtbot, box, size=(400, 400))
    box.focus_in()
    chosen: list[str] = []
    box.chosen.connect(chosen.append)
    qtbot.keyClicks(box.line, "0")
    assert [c for c, _ in box.offered()] == ["01", "02", "03"]
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert chosen == ["02"]
    assert (box.code(), box.text()) == ("02", "蒙古族")
    assert not box.popup_open()


def test_a_code_of_our_own_is_not_shown(qtbot) -> None:
    box = CodeBox(nations)
    window_of(qtbot, box, size=(400, 400))
    box.set_code("heir", "继承人")
    plain = box.grab().toImage()
    box.set_code("01", "继承人")
    coded = box.grab().toImage()
    box.set_code("heir", "继承人")
    box.set_tag("")
    assert plain == box.grab().toImage()
    assert plain != coded


def test_what_is_in_no_table_is_not_taken_and_said(qtbot) -> None:
    box, other = CodeBox(nations), FieldBox()
    window_of(qtbot, box, other, size=(400, 400))
    box.set_code("01", "汉族")
    box.focus_in()
    box.line.selectAll()
    qtbot.keyClicks(box.line, "zzz")
    other.focus_in()
    assert box.code() == "01"
    assert box.text() == "汉族"
    assert "不在表里" in box.note()[0]


def test_digits_choose_while_the_choice_has_the_focus(qtbot) -> None:
    box = ChoiceBoxes([("1", "本人"), ("2", "监护人"), ("3", "代办人")])
    window_of(qtbot, box)
    box.focus_in()
    with qtbot.waitSignal(box.chosen) as told:
        qtbot.keyClick(box, Qt.Key.Key_2)
    assert told.args == ["2"]
    assert box.code() == "2"
    qtbot.keyClick(box, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClicks(box, "²")
    assert box.code() == "2"
    qtbot.keyClick(box, Qt.Key.Key_3, Qt.KeyboardModifier.KeypadModifier)
    assert box.code() == "3"


def test_the_rows_are_a_sound_model(qtmodeltester) -> None:
    model = RowsModel(COLUMNS)
    model.set_rows(ROWS)
    qtmodeltester.check(model)
    assert model.index_of("b") == 1


def test_a_list_keeps_its_selection_and_answers_to_keys(qtbot) -> None:
    table = TableView(COLUMNS, numbered=True)
    window_of(qtbot, table)
    table.set_rows(ROWS)
    activated: list[str] = []
    table.activated.connect(activated.append)
    table.focus_in()
    qtbot.keyClick(table.table, Qt.Key.Key_Down)
    assert table.current_key() == "b"
    table.set_rows((ROWS[2], ROWS[1]))
    assert table.current_key() == "b"
    qtbot.keyClick(table.table, Qt.Key.Key_Return)
    qtbot.keyClick(table.table, Qt.Key.Key_1)
    assert activated == ["b", "c"]
    assert not table.activate_digit(7)


def test_a_paragraph_grows_where_it_is_narrow(qtbot) -> None:
    text = Paragraph(
        "登记有效，先按 400.00 计；改好后按 120.00。委托书没签字，请代办人来补签一次。" * 2
    )
    assert text.heightForWidth(200) > text.heightForWidth(800) >= 22
    text.set_spans([("哪里不对 ", "ink2", False), ("委托书没签名𬎆", "ink", True)])
    assert text.text().endswith("𬎆")
    window_of(qtbot, text)
    picture(text)


def test_the_ring_follows_the_focus_and_leaves_with_it(qtbot) -> None:
    one, other = FieldBox(), KeyButton("查", "F2")
    window = window_of(qtbot, one, other)
    ring = FocusRing(window)
    one.focus_in()
    assert ring.target() is one
    assert ring.geometry().contains(one.geometry())
    other.setFocus()
    assert ring.target() is other
    window.layout().setContentsMargins(60, 60, 60, 60)
    qtbot.waitUntil(lambda: ring.geometry().contains(other.geometry()))
    other.hide()
    qtbot.waitUntil(lambda: ring.target() is not other or not ring.isVisible())


def test_an_overlay_gives_the_focus_back(qtbot) -> None:
    box = FieldBox()
    window = window_of(qtbot, box)
    box.focus_in()
    sheet = Overlay(window, "按键表")
    sheet.open_overlay()
    assert not box.has_focus()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert box.has_focus()


def test_a_toast_undoes_once(qtbot) -> None:
    window = window_of(qtbot, Label("页"))
    toast = Toast(window)
    undone: list[int] = []
    toast.say("移出了 1 人", lambda: undone.append(1), 380)
    assert toast.undo()
    assert not toast.undo()
    assert undone == [1]


def test_a_click_on_a_step_and_on_the_rail_is_told(qtbot) -> None:
    steps = SectionBar()
    steps.set("参保登记", (Step("成员", "3 人", "done"), Step("材料", current=True)))
    rail = Rail((RailEntry("home", "house", "首页", 1), RailEntry("outbox", "send", "待发", 4)))
    window_of(qtbot, steps, rail)
    with qtbot.waitSignal(steps.chosen) as told:
        qtbot.mouseClick(steps, Qt.MouseButton.LeftButton, pos=QPoint(160, 24))
    assert told.args == [0]
    with qtbot.waitSignal(rail.chosen) as went:
        qtbot.mouseClick(rail, Qt.MouseButton.LeftButton, pos=QPoint(30, 100))
    assert went.args == ["outbox"]


def gallery() -> QWidget:
    """Every widget in its states."""
    page = QWidget()
    column = QVBoxLayout(page)
    top = TopBar("示范县青禾镇便民服务中心")
    top.set_clerk("欧阳建国", "2号窗口")
    top.set_net("offline", "离线 14:32 起")
    top.set_unsent(1234)
    top.clock.set_text("14:32")
    bad, warn, code = FieldBox(), FieldBox(suffix="周一"), CodeBox(nations)
    bad.set_problem("校验不对，有一位看错了，请照证件核对")
    warn.set_problem("早于备案起始日", "warn")
    code.set_code("01", "汉族")
    given = FieldBox("user")
    given.set_text("王秀兰")
    given.set_read_only(read_only=True)
    table = TableView(COLUMNS, numbered=True, framed=True)
    table.set_rows(ROWS)
    panel = VerdictPanel()
    lines = (
        VerdictLine("固定等待", "3 个月"),
        VerdictLine("三人都没有重复参保", "", "本县名单", "circle-check"),
    )
    panel.set(VerdictHead("可以受理，1 处提醒", "warn"), (VerdictSection("能不能办", lines),))
    panel.set_foot("规则包 示范县 2026", "示例数据")
    keys = KeyBar()
    keys.set(Bar((Hint("F1", "按键表"), Hint("Esc", "返回")), Primary("受理 3 人"), ("挂起", "F7")))
    steps = SectionBar()
    steps.set("城乡居民参保登记", (Step("成员", "3 人", "done"), Step("材料", "差 1", "stop")))
    row = QHBoxLayout()
    for tone in ("neutral", "accent", "ok", "warn", "bad", "solid"):
        row.addWidget(Chip("待补材料", tone, "paperclip"))
    for kind in ("primary", "secondary", "quiet", "danger", "link"):
        row.addWidget(KeyButton("作废并另办", "F9", kind, "printer"))
    column.addWidget(top)
    column.addLayout(row)
    for widget in (
        steps,
        ScanBox(),
        FieldRow("证件号", bad),
        FieldRow("日期", warn),
        FieldRow("民族", code),
    ):
        column.addWidget(widget)
    middle = QHBoxLayout()
    middle.addWidget(table, 1)
    middle.addWidget(panel)
    column.addLayout(middle, 1)
    column.addWidget(FieldRow("姓名", given))
    column.addWidget(ChoiceBoxes([("1", "本人"), ("2", "监护人"), ("3", "其他代办人")]))
    column.addWidget(
        Banner(
            "bad", "没存上：磁盘满了", "这件还在屏幕上，没有丢。", [("再存一次", "F5", page.update)]
        )
    )
    column.addWidget(Card("需要您处理", "按数字打开"))
    column.addWidget(EmptyState("circle-check", "没有等您处理的事", "退回的会自己出现在这里。"))
    column.addWidget(keys)
    return page


@pytest.mark.parametrize(("name", "by"), [*((name, 1.0) for name in SCHEMES), ("light", 1.3)])
def test_no_text_is_cut_in_any_look(qtbot, qapp, cut: list[str], name: str, by: float) -> None:
    page = gallery()
    qtbot.addWidget(page)
    use(qapp, name, by)
    page.resize(round(1366 * by), round(1200 * by))
    page.show()
    picture(page)
    assert cut == []
    use(qapp)
