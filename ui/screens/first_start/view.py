"""First start as widgets: four steps at the left, one question at the right."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app import __version__
from ui.guide import Guide
from ui.ports import Hint, Poster
from ui.screens.first_start import causes
from ui.screens.first_start.code_entry import CodeEntry
from ui.screens.first_start.presenter import (
    CODE,
    FILLING,
    PASSPHRASE,
    STEPS,
    WAITING,
    FirstStartPresenter,
    FirstStartState,
    Gate,
)
from ui.theme import px
from ui.widgets import Banner, FieldBox, FieldRow, IconLabel, KeyButton, Label
from ui.widgets.alive import while_alive
from ui.widgets.page_help import PageHelp
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.split_page import SplitPage
from ui.widgets.steps_list import StepsList

if TYPE_CHECKING:
    from counter_app.bootstrap import Services

_STEPS = (
    ("输启用码", "向县里认这台电脑"),
    ("县里核准", "经办股点一下同意，等着即可"),
    ("第一位经办设口令", "钥匙封好，下载本镇名单"),
    ("就可以登录了", "以后断网也能登录"),
)
_AFTER = (
    ("monitor-cog", "把这台电脑登记成本站的一台", "中心能看到：站点、机器编号、启用的时间"),
    ("lock", "本机的数据加锁，钥匙同时封存到县里", "忘了口令、坏了主板，县里当面核对后能重新打开"),
    ("cloud", "下载本镇名单、规则包和代码表", "断了接着下，已下的不用重来"),
)
_HINT = "不分大小写，0 和 O、1 和 I 都认；纸上和手机上的二维码都能扫"
CA_LIMIT = 100_000


class FirstStartView(QWidget):
    """The gate of a PC that nobody has set up."""

    def __init__(
        self,
        gate: Gate,
        tasks: Poster,
        done: "Callable[[Services], None]",
        doctor: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._doctor = doctor
        self._tasks = tasks
        self.presenter = FirstStartPresenter(gate, tasks, while_alive(self, self.show_state), done)
        self.page = SplitPage("启用这台电脑", "县里给一个启用码，只做这一次，约 3 分钟")
        self.steps = StepsList(_STEPS)
        self.banner = Banner("warn")
        self._head, self._under = Label("", "name"), Label("", "body", "ink2")
        self.code = CodeEntry()
        self.url, self.ca = FieldBox(longest=300), FieldBox(longest=500)
        self.clerk = FieldBox("user", longest=20)
        self.first, self.second = FieldBox("lock", longest=128), FieldBox("lock", longest=128)
        self.bar = ProgressBar()
        self.button = KeyButton("启用", "F9", "primary")
        self.help = PageHelp(self, self._guide)
        self._parts: dict[str, QWidget] = {}
        self._step = ""
        self._build()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.presenter.tick)
        self._timer.start(1000)
        self.show_state(self.presenter.state)

    def begin(self) -> None:
        """Read how far this PC is and take typing."""
        self.code.focus_in()
        self.presenter.begin()

    def press(self, key: str) -> bool:
        """F1 explains, F9 goes on, F5 tries again, F2 goes to what is to be typed."""
        if self.help.press(key):
            return True
        if key == "F9":
            self._go()
        elif key == "F2":
            return self._retype()
        elif key == "F5":
            return self.presenter.again()
        elif key == "F7" and self._doctor is not None:
            self._doctor()
            return True
        return key == "F9"

    def show_state(self, state: FirstStartState) -> None:
        """Show how it stands."""
        self.steps.set(STEPS.index(state.step) if state.step != FILLING else 2)
        self._say(state)
        for name, part in self._parts.items():
            part.setVisible(name == state.step or (name == CODE and state.step == WAITING))
        self._centre.setVisible(not state.given and state.step in {CODE, WAITING})
        # a message and the county's address together need the room
        self._after.setVisible(state.given or not state.title)
        if state.code != self.code.code():
            self.code.set_code(state.code)
        if state.url and not self.url.text():
            # a QR brought it: leaving the box must not take it away
            self.url.set_text(state.url)
        self.page.foot_left.set_text(
            f"{state.station}・{state.device}" if state.device else "本机还没有编号"
        )
        self.second.set_problem(state.claim_problem, "bad" if state.claim_problem else "")
        self.bar.set(state.done_rows, state.all_rows)
        self._filling.set_text(_filling(state))
        self.button.set_words(_button(state))
        self.button.set_available(
            available=not state.busy and not (state.step == CODE and state.missing)
        )
        if state.step != self._step:
            self._step = state.step
            # its help belongs to the step before
            self.help.close()
            look = (Hint("F7", "设备自检"),) if self._doctor is not None else ()
            self.page.set_hints((*_hints(state.step), *look))
            self._focus(state)

    def _say(self, state: FirstStartState) -> None:
        head, under = {
            CODE: ("启用码", f"16 位，县医保中心给，24 小时内有效；还差 {state.missing} 位"),
            WAITING: ("等县里核准", "不用重输，每 10 秒自动问一次"),
            PASSPHRASE: (
                "第一位经办设口令",
                f"{state.first.name if state.first else ''}的口令，以后登录用",
            ),
            FILLING: ("下载本镇名单", "下完就能登录；断了接着下"),
        }[state.step]
        if state.step == CODE and not state.missing:
            under = "16 位齐了，按 F9 启用"
        self._head.set_text(head)
        self._under.set_text(under)
        self.banner.setVisible(bool(state.title))
        if state.title:
            key = state.action
            acts = [(key.words, key.cap, _pressing(self, key.cap))] if key else []
            self.banner.set(state.tone, state.title, state.text, acts)

    def _guide(self) -> tuple[Guide, str]:
        from ui.screens.first_start import guides

        state = self.presenter.state
        guide = {
            CODE: guides.CODE,
            WAITING: guides.WAITING,
            PASSPHRASE: guides.PASSPHRASE,
            FILLING: guides.FILLING,
        }[state.step]
        return guide, state.cause

    def _retype(self) -> bool:
        """To the code, marked so that typing replaces it; to the county's address where that is missing."""
        state = self.presenter.state
        if state.step not in {CODE, WAITING}:
            return False
        if state.cause == causes.ADDRESS:
            (self.ca if self.url.text() else self.url).focus_in()
        else:
            self.code.focus_in()
            if not state.missing:
                self.code.box.line.selectAll()
        return True

    def _focus(self, state: FirstStartState) -> None:
        if state.step == CODE:
            self.code.focus_in()
        elif state.step == PASSPHRASE:
            if state.first:
                self.clerk.set_text(state.first.id)
                self.clerk.set_read_only(read_only=bool(state.first.id))
            self.first.focus_in()

    def _go(self) -> None:
        step = self.presenter.state.step
        if step in {CODE, WAITING}:
            if self.presenter.state.missing:
                self.code.focus_in()
            self.presenter.enrol()
        elif step == PASSPHRASE:
            self.presenter.claim(self.clerk.text(), self.first.text(), self.second.text())
        elif not self.presenter.state.busy:
            self.presenter.skip()

    def _centre_typed(self) -> None:
        url, path = self.url.text(), Path(self.ca.text().strip())

        def read() -> str:
            return path.read_text("ascii")[:CA_LIMIT] if path.is_file() else ""

        def failed(_error: BaseException) -> None:
            self.ca.set_problem("这个文件读不出来，不是县里给的证书。请再看一看路径")

        def keep(pem: str) -> None:
            if self.ca.text() and "BEGIN CERTIFICATE" not in pem:
                failed(FileNotFoundError())
                pem = ""
            self.presenter.centre_typed(url, pem)

        self._tasks.io(read, while_alive(self, keep), while_alive(self, failed))

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.page)
        self.page.panel_body.addWidget(self.steps)
        self.page.foot_right.set_text(f"v{__version__}")
        body = self.page.body
        body.setSpacing(px(10))
        for widget in (self._head, self._under, self.banner):
            body.addWidget(widget)
        self._centre = self._centre_part()
        self._filling = Label("", "body", "ink2")
        self._parts = {
            CODE: self._code_part(),
            PASSPHRASE: self._passphrase_part(),
            FILLING: _column(self.bar, self._filling),
        }
        for part in (*self._parts.values(), self._centre):
            body.addWidget(part)
        self.button.set_height(46, "section")
        self.button.setSizePolicy(self.first.sizePolicy())
        body.addSpacing(px(6))
        body.addWidget(self.button)
        self.button.clicked.connect(lambda _on=False: self._go())
        self.code.changed.connect(self.presenter.code_typed)
        self.code.scanned.connect(self.presenter.scanned)
        self.code.entered.connect(self._go)

    def _code_part(self) -> QWidget:
        lines: list[QWidget] = [Label("按下启用以后", "second", "ink2")]
        for icon, what, why in _AFTER:
            words = (Label(what, "body_strong"), Label(why, "note", "ink3"))
            lines.append(_beside(icon, words, 20, "accent"))
        self._after = _column(*lines)
        looks = _beside("keyboard", (Label(_HINT, "note", "ink3"),), 16, "ink3")
        return _column(self.code, looks, self._after)

    def _centre_part(self) -> QWidget:
        self.url.set_placeholder("https://…")
        self.ca.set_help("县里给的证书文件在这台电脑上的位置")
        for box in (self.url, self.ca):
            box.left.connect(self._centre_typed)
            box.entered.connect(self._centre_typed)
        return _column(
            FieldRow("中心地址", self.url, required=True),
            FieldRow("证书文件", self.ca, required=True),
        )

    def _passphrase_part(self) -> QWidget:
        for box in (self.first, self.second):
            box.set_password(hidden=True)
        self.first.set_help("至少 8 位，不能就是工号。忘了口令，县里当面核对后能重设")
        self.first.entered.connect(self.second.focus_in)
        self.second.entered.connect(self._go)
        return _column(
            FieldRow("工号", self.clerk),
            FieldRow("口令", self.first, required=True),
            FieldRow("再输一遍", self.second, required=True),
        )


def _column(*widgets: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(8))
    for widget in widgets:
        column.addWidget(widget)
    return part


def _beside(icon: str, lines: tuple[Label, ...], size: int, tone: str) -> QWidget:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(10))
    row.addWidget(IconLabel(icon, size, tone))
    words = QVBoxLayout()
    words.setSpacing(0)
    for line in lines:
        words.addWidget(line)
    row.addLayout(words, 1)
    return part


def _hints(step: str) -> tuple[Hint, ...]:
    here = {
        PASSPHRASE: (Hint("Enter", "下一项"), Hint("F9", "设好")),
        FILLING: (Hint("F5", "再下"), Hint("F9", "先进去")),
    }.get(step, (Hint("F9", "启用"), Hint("F5", "再试")))
    return (Hint("F1", "帮助"), *here, Hint("Ctrl +", "放大字号"))


def _pressing(view: FirstStartView, key: str) -> Callable[[], None]:
    def pressed() -> None:
        view.press(key)

    return pressed


def _button(state: FirstStartState) -> str:
    if state.step == FILLING:
        return "正在下载" if state.busy else "先进去"
    if state.step == PASSPHRASE:
        return "设好了，下载名单"
    return "正在问县里" if state.busy else "启用"


def _filling(state: FirstStartState) -> str:
    if not state.all_rows:
        return state.filling
    return f"{state.filling} {state.done_rows:,} / {state.all_rows:,}"
