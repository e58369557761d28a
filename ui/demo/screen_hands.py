"""What a clerk's hands do at the screens around the form: keys in, the screens' own words out."""

from typing import Any

from counter_app.bootstrap import Services
from counter_app.services.queries.case_view import CaseView
from ui.demo.driver import CTRL, Driver, Key, NotSeen
from ui.shell.window import Window


class ScreenHands:
    """One clerk at the window."""

    def __init__(self, window: Window, driver: Driver) -> None:
        self.window = window
        self.driver = driver

    @property
    def services(self) -> Services:
        """The services of whoever works now."""
        if self.window.workplace is None:
            raise NotSeen("还没有登录")
        return self.window.workplace.desk.services

    @property
    def at(self) -> str:
        """Which screen is in front, "" before log-in."""
        return self.window.workplace.desk.current if self.window.workplace else ""

    @property
    def screen(self) -> Any:
        """The screen in front."""
        view = self.window.workplace.desk.view() if self.window.workplace else None
        if view is None:
            raise NotSeen("没有屏幕")
        return view

    def come_home(self) -> None:
        """Ctrl+1: home, and let it read."""
        self.driver.key(Key.Key_1, CTRL)
        self.driver.need("回到首页", lambda: self.at == "home")
        self.driver.settle()

    def look_up(self, text: str) -> None:
        """Home, type into the scan box, Enter."""
        self.come_home()
        self.driver.scan(text)
        self.driver.need("离开首页", lambda: self.at in {"search", "household", "receipt"})
        self.driver.settle(400)

    def open_household(self, certno: str) -> None:
        """Look a number up and open the household."""
        self.look_up(certno)
        if self.at == "search":
            self.driver.need("找到 1 人", lambda: len(self.screen.presenter.state.people) >= 1)
            self.driver.key(Key.Key_Return)
        self.driver.need("打开户卡", lambda: self.at == "household")
        self.driver.need("户卡读出来", lambda: self.screen.presenter.state.card is not None)
        self.driver.settle()

    def tick(self, *certnos: str) -> None:
        """Tick members of the household card: arrow to each, space bar."""
        presenter = self.screen.presenter
        for index, member in enumerate(presenter.state.card.members):
            if member.certno in certnos and member.certno not in presenter.state.ticked:
                presenter.select(index)
                self.driver.settle(50)
                presenter.tick()
        self.driver.settle()

    def enrol(self) -> None:
        """Digit 1: the form for those ticked."""
        self.window.take("1")
        self._form()

    def add_member_key(self) -> None:
        """Digit 2: somebody new in this household."""
        self.window.take("2")
        self._form()

    def _form(self) -> None:
        self.driver.need("登记表打开", lambda: self.at == "enrolment")
        self.driver.need("表读好了", lambda: not self.screen.presenter.state.loading)
        self.driver.settle(300)

    def case(self) -> CaseView:
        """The case on the accepted screen."""
        view = self.services.case_view(self.screen.presenter.state.case_id)
        if view is None:
            raise NotSeen("没有这一件")
        return view

    def printed(self) -> None:
        """Wait until every sheet of the case in front came out."""

        def out() -> bool:
            return all(job.state == "printed" for job in self.case().jobs)

        self.driver.need("单子都出来了", out, 30)

    def open_parked(self, draft_id: str) -> None:
        """The worklist, the parked draft, F9."""
        self.driver.key(Key.Key_2, CTRL)
        self.driver.need("工作台在前", lambda: self.at == "worklist")
        self.choose(draft_id)
        self.driver.key(Key.Key_F9)
        self._form()

    def choose(self, ref: str) -> None:
        """Select a line of the worklist."""
        presenter = self.screen.presenter
        self.driver.need("这一件在工作台", lambda: any(r.ref == ref for r in presenter.state.rows))
        presenter.select(next(i for i, r in enumerate(presenter.state.rows) if r.ref == ref))
        self.driver.settle(250)

    def void(self, words: str) -> None:
        """From the accepted screen to voiding: reason, sentence, papers taken back."""
        case_id = self.screen.presenter.state.case_id
        self.driver.key(Key.Key_Z, CTRL)
        self.driver.need("作废页", lambda: self.at == "void")
        self.driver.need("这一件读出来", lambda: self.screen.presenter.state.case is not None)
        presenter = self.screen.presenter
        presenter.choose("wrong_content")
        presenter.write(words)
        for paper in presenter.state.papers:
            presenter.take_back(paper.sheet)
        self.voided_id = case_id
        self.driver.settle()

    voided_id: str = ""

    def press_danger(self) -> None:
        """F9 on the void screen."""
        self.driver.key(Key.Key_F9)
        self.driver.settle(300)

    def last_state(self) -> str:
        """The state of the case that was voided."""
        return self.state_of(self.voided_id)

    def state_of(self, case_id: str) -> str:
        """The state of a case, "" where there is none."""
        view = self.services.case_view(case_id)
        return view.state if view else ""

    def outbox(self) -> None:
        """Ctrl+4: what waits to be sent."""
        self.driver.key(Key.Key_4, CTRL)
        self.driver.need("待发在前", lambda: self.at == "outbox")
        self.driver.settle(300)
