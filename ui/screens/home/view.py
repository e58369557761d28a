"""Home as widgets."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.bootstrap import Services
from ui.ports import ENTERED, SCANNED, Bar, Hint, Navigator, Tasks
from ui.screens.home.cards import CentreCard, SeasonCard, TodayCard
from ui.screens.home.presenter import SHOWN, HomePresenter, HomeState
from ui.screens.home.rows import COLUMNS, row_of
from ui.theme import px
from ui.widgets import Banner, Card, Chip, EmptyState, KeyButton, Label, ScanBox, TableView
from ui.widgets.scroll import Scroll

RIGHT = 310
NARROW, SLIM = 1000, 230
"""Under this width the right side is only that wide."""


def make(services: Services, tasks: Tasks, navigator: Navigator) -> QWidget:
    """The home screen."""
    return HomeView(services, tasks, navigator)


class HomeView(QWidget):
    """Scan box, what needs somebody, three cards at the right."""

    rail = "home"

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._navigator = navigator
        self.banner = Banner("bad")
        self.scan = ScanBox()
        self.card = Card("需要您处理", "按数字打开，F6 进列表", ruled=True, flush=True)
        self.count = Chip("0", "bad")
        self.list = TableView(COLUMNS, numbered=True, headless=True)
        self.empty = EmptyState(
            "circle-check", "没有等您处理的事", "退回、待补材料和没打出来的回执会自己出现在这里。"
        )
        self._foot = Label("", "second", "ink2")
        self._all = KeyButton("全部工作台", "Ctrl+2", "link")
        self.centre, self.today, self.season = CentreCard(), TodayCard(), SeasonCard()
        self._build()
        self.presenter = HomePresenter(services, tasks, navigator, self.show_state)
        self.scan.typed.connect(lambda text: self._typed(text, ""))
        self.scan.submitted.connect(lambda text: self._typed(text, ENTERED))
        self.scan.scanned.connect(lambda text: self._typed(text, SCANNED))
        self.list.activated.connect(self.presenter.open)
        self.show_state(self.presenter.state)

    def bar(self) -> Bar:
        """Keys that work now."""
        hints = [Hint("F1", "按键表"), Hint("F2", "找人"), Hint("F3", "摄像头")]
        hints.append(Hint("F5", "马上补传"))
        if self.presenter.state.work:
            hints += [Hint("F6", "换区"), Hint("1…9", "打开")]
        return Bar((*hints, Hint("F12", "锁屏")))

    def press(self, key: str) -> bool:
        """F2 to the box, F5 sends now, F6 changes the region, digits open."""
        if key == "F2":
            self.scan.focus_in()
        elif key == "F5":
            self.presenter.sync_now()
        elif key in {"F6", "Shift+F6"} and self.presenter.state.work:
            self._change_region()
        elif key == "Esc":
            self.scan.set_text("")
            self.scan.focus_in()
        else:
            return key.isdigit() and self.presenter.open_number(int(key))
        return True

    def shown(self) -> None:
        """Read again; the cursor is in the scan box."""
        self.presenter.refresh()
        self.scan.focus_in()

    def left(self) -> bool:
        """Nothing is lost here."""
        self.scan.set_text("")
        return True

    def refresh(self) -> None:
        """Something changed."""
        self.presenter.refresh()

    def show_state(self, state: HomeState) -> None:
        """Show how it stands."""
        work = state.work[:SHOWN]
        self.count.set(str(len(state.work)), "bad")
        self.count.setVisible(bool(work))
        self.list.setVisible(bool(work))
        self.empty.setVisible(not work)
        self.list.set_rows(tuple(row_of(item, busy=item.ref in state.busy) for item in work))
        self.card.aside.set_text("按数字打开，F6 进列表" if work else "")
        self._foot.set_text(_foot(state))
        self._show_banner(state)
        if state.summary:
            self.centre.show_summary(state.summary)
            self.today.show_summary(state.summary)
            self.season.show_summary(state.summary)

    def _show_banner(self, state: HomeState) -> None:
        limit = state.limit
        self.banner.setVisible(state.clock_wrong or bool(state.problem or limit))
        if limit is not None and (limit.holds or not (state.clock_wrong or state.problem)):
            actions = [
                ("去待发", "Ctrl+4", self._navigator.outbox),
                ("以后再说", "", self.presenter.put_off),
            ]
            self.banner.set(
                "bad" if limit.holds else "warn",
                limit.title,
                limit.text,
                actions[:1] if limit.holds else actions,
            )
        elif state.clock_wrong:
            self.banner.set(
                "bad",
                "这台电脑的时间不准",
                "照常受理、打印和上传，中心按自己的时间核对。请管理员校准时间，不是网络问题。",
                [("再试", "F5", self.presenter.sync_now), ("以后再说", "", self.presenter.dismiss)],
            )
        elif state.problem:
            self.banner.set("warn", "没打出来", state.problem)

    def _change_region(self) -> None:
        if self.scan.has_focus():
            self.list.focus_in()
        else:
            self.scan.focus_in()

    def _typed(self, text: str, how: str) -> None:
        if self.isVisible() and text.strip():
            self.presenter.look_for(text, how)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In large print the list keeps the width."""
        self._right.setFixedWidth(px(RIGHT if self.width() >= px(NARROW) else SLIM))

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(16), px(18), px(12))
        row.setSpacing(px(16))
        left = QVBoxLayout()
        left.setSpacing(px(10))
        self.banner.hide()
        left.addWidget(self.banner)
        left.addWidget(self.scan)
        note = Label(
            "医保电子凭证联网时扫得出是谁；离线请刷身份证或输证件号", "second", "ink3", "right"
        )
        left.addWidget(note)
        self.card.head.addWidget(self.count)
        self.card.body.addWidget(self.list, 1)
        self.card.body.addWidget(self.empty, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(17), px(6), px(9), px(2))
        foot.addWidget(self._foot, 1)
        foot.addWidget(self._all)
        self.card.body.addLayout(foot)
        left.addWidget(self.card, 1)
        row.addLayout(left, 1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        for card in (self.centre, self.today, self.season):
            column.addWidget(card)
        column.addStretch(1)
        self._right = Scroll(column)
        row.addWidget(self._right)
        self._all.clicked.connect(lambda _on=False: self._navigator.worklist())


def _foot(state: HomeState) -> str:
    if not state.work:
        return ""
    nobody = sum(1 for i in state.work if not i.owner and i.kind != "unprinted")
    soon = sum(1 for i in state.work if i.days_left in {0, 1})
    return f"没人管 {nobody} 件・逾期 {state.overdue} 件・今明到期 {soon} 件"
