"""A presenter on a real station, with lanes, window and navigation faked."""

from collections.abc import Callable
from pathlib import Path

from counter_app.bootstrap import Services
from tests.fakes import people, station
from tests.fakes.clock import FakeClock
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from ui.filling.state import FieldState
from ui.screens.enrolment.presenter import EnrolmentPresenter
from ui.screens.enrolment.state import Candidate, EnrolmentState

HOUSE = str(people.HOUSEHOLD[0])
HEAD, MOTHER, SON, WIFE, DEAD = (str(p[0]) for p in people.PEOPLE)


class FakeView:
    """The window: remembers the last state and where the cursor was sent; timers run when told."""

    def __init__(self) -> None:
        self.state = EnrolmentState()
        self.cursor = ""
        self.timers: list[tuple[int, Callable[[], None]]] = []

    def show_state(self, state: EnrolmentState) -> None:
        self.state = state

    def go_to(self, where: str) -> None:
        self.cursor = where

    def later(self, ms: int, what: Callable[[], None]) -> None:
        self.timers.append((ms, what))

    def pass_time(self) -> None:
        due, self.timers = self.timers, []
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
        self.presenter = EnrolmentPresenter(self.services, self.tasks, self.went, self.view)

    @property
    def state(self) -> EnrolmentState:
        return self.view.state

    def type(self, where: str, text: str) -> None:
        """Into the field, every character, and out of it."""
        self.presenter.focus(where)
        self.presenter.edit(where, text)
        self.presenter.focus("")

    def field(self, where: str) -> FieldState:
        return next(f for f in (*self.state.fields, *self.state.applicant) if f.path == where)

    def codes(self) -> list[str]:
        return [s.text for s in self.state.verdict.problems]

    def add(self, kind: str, certno: str = "") -> None:
        self.presenter.act(lambda form: form.add(Candidate(kind, certno, "", "")))

    def see_all(self) -> None:
        """Every paper seen and given back."""
        for paper in self.state.materials:
            self.presenter.act(lambda form, p=paper: form.paper(p.id, "orig", "returned"))
