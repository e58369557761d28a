"""The form screen's presenter on a real station, with lanes, window and navigation faked."""

from collections.abc import Callable
from pathlib import Path

from counter_app.bootstrap import Services
from tests.fakes import people, station
from tests.fakes.clock import FakeClock
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from ui.filling.state import FieldState
from ui.screens.casework.presenter import CasePresenter
from ui.screens.casework.sections import BILLS
from ui.screens.casework.state import CaseState, SectionState

HOUSE = str(people.HOUSEHOLD[0])
HEAD, MOTHER, SON, WIFE, DEAD = (str(p[0]) for p in people.PEOPLE)
FILING, CLAIM, CHANGE = "offsite-filing", "manual-reimbursement", "resident-change"
FISCAL = "https://bills.example.cn/page/99060226/0003817265/a3f09c"
DIGITAL = "01,32,,26412000000318827460,1244.20,20261022,,ABCD"


class FakeView:
    """The window: remembers the last state and where the cursor was sent; timers run when told."""

    def __init__(self) -> None:
        self.state = CaseState()
        self.cursor = ""
        self.timers: list[tuple[int, Callable[[], None]]] = []

    def show_state(self, state: CaseState) -> None:
        self.state = state

    def go_to(self, where: str) -> None:
        self.cursor = where

    def later(self, ms: int, what: Callable[[], None]) -> None:
        self.timers.append((ms, what))

    def pass_time(self, most: int = 100_000) -> None:
        due = [t for t in self.timers if t[0] <= most]
        self.timers = [t for t in self.timers if t[0] > most]
        for _, what in due:
            what()


class Desk:
    """Everything a test touches."""

    def __init__(self, folder: Path, services: Services | None = None) -> None:
        self.clock = FakeClock()
        self.services = services or station.make_services(folder, self.clock)
        self.tasks = FakeTasks()
        self.went = FakeNavigator()
        self.view = FakeView()
        self.presenter = CasePresenter(self.services, self.tasks, self.went, self.view)

    @property
    def state(self) -> CaseState:
        return self.view.state

    def type(self, where: str, text: str) -> None:
        self.presenter.focus(where)
        self.presenter.edit(where, text)
        self.presenter.focus("")

    def fill(self, answers: dict[str, str]) -> None:
        for where, text in answers.items():
            self.type(where, text)

    def section(self, name: str) -> SectionState:
        return next(s for s in self.state.sections if s.id == name)

    def field(self, where: str) -> FieldState:
        return next(f for s in self.state.sections for f in s.fields if f.path == where)

    def problems(self) -> list[str]:
        return [s.path for s in self.state.verdict.problems]

    def see_all(self) -> None:
        for paper in self.section("materials").papers:
            self.presenter.act(lambda form, p=paper: form.paper(p.id, "orig", "returned"))

    def claim(self) -> None:
        """A local in-patient claim as far as the bills."""
        self.presenter.open_new(CLAIM, HOUSE, HEAD)
        level = next(iter(self.state.tables["hosp_lv"]))
        self.fill({
            "claim_kind": "inpatient",
            "manl_reim_rea": "local",
            "local_rea": "医院系统停用",
            "fixmedins_name": "外地人民医院（虚构）",
            "hosp_lv": level,
            "offsite": "local",
            "begndate": "20261009",
            "enddate": "20261028",
            "diag_name": "肺炎",
            "ipt_type": "1",
            "trum_flag": "0",
            "bank_name": "示范农商行（虚构）",
            "bankacct": "6200990101000000018",
        })
        self.presenter.go_to(BILLS)
