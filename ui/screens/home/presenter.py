"""Home without Qt."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from counter_app.bootstrap import Services
from counter_app.domain.limits import Limit
from counter_app.services.queries.home_summary import HomeSummary
from counter_app.services.queries.worklist import WorkItem
from ui.ports import Navigator, Tasks

SHOWN = 9


@dataclass(frozen=True, slots=True)
class HomeState:
    """Everything home shows."""

    summary: HomeSummary | None = None
    work: tuple[WorkItem, ...] = ()
    busy: frozenset[str] = frozenset()
    """Print jobs under way."""
    dismissed: bool = False
    """The banner of the wrong clock was sent away."""
    problem: str = ""
    put_off: str = ""
    """The limit whose banner was sent away; one that holds stays."""

    @property
    def limit(self) -> Limit | None:
        """The gravest limit that is passed, unless it was put off."""
        found = self.summary.limit if self.summary else None
        return None if found and not found.holds and found.code == self.put_off else found

    @property
    def clock_wrong(self) -> bool:
        """Whether the centre turns entries away because of the PC's clock."""
        return self.summary is not None and self.summary.net == "clock" and not self.dismissed

    @property
    def overdue(self) -> int:
        """How many tasks are past their day."""
        return sum(1 for i in self.work if i.days_left is not None and i.days_left < 0)


class HomePresenter:
    """Reads, and sends the clerk where the work is."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        navigator: Navigator,
        show: Callable[[HomeState], None],
    ) -> None:
        self._services, self._tasks = services, tasks
        self._navigator, self._show = navigator, show
        self.state = HomeState()

    def refresh(self) -> None:
        """Read again."""
        services = self._services

        def read() -> tuple[HomeSummary, tuple[WorkItem, ...]]:
            return services.home_summary(), services.worklist()

        self._tasks.db(read, self._found)

    def look_for(self, text: str, how: str = "") -> None:
        """What was typed or scanned; `how` as `Navigator.search` takes it."""
        if text.strip():
            self._navigator.search(text, how)

    def open(self, ref: str) -> None:
        """Do what the line asks for."""
        item = next((i for i in self.state.work if i.ref == ref), None)
        if item is None:
            return
        if item.kind in {"parked", "open_draft"}:
            self._navigator.draft(item.ref)
        elif item.kind == "unprinted":
            self._print(item.ref)
        else:
            self._navigator.worklist(item.ref)

    def open_number(self, number: int) -> bool:
        """The line with that digit; False where there is none."""
        if not 0 < number <= min(len(self.state.work), SHOWN):
            return False
        self.open(self.state.work[number - 1].ref)
        return True

    def dismiss(self) -> None:
        """Send the banner away."""
        self._put(dismissed=True)

    def put_off(self) -> None:
        """The clerk has read of this limit; another one is said again."""
        if self.state.limit is not None:
            self._put(put_off=self.state.limit.code)

    def sync_now(self) -> None:
        """Ask the sync to try at once."""
        self._navigator.sync_now()

    def _print(self, job: str) -> None:
        if job in self.state.busy:
            return
        self._put(busy=self.state.busy | {job}, problem="")
        self._tasks.io(
            lambda: self._services.run_print_job(job),
            lambda done: self._printed(job, done.detail if done.state == "failed" else ""),
        )

    def _printed(self, job: str, problem: str) -> None:
        self._put(busy=self.state.busy - {job}, problem=problem)
        self._navigator.refresh()
        self.refresh()

    def _found(self, found: tuple[HomeSummary, tuple[WorkItem, ...]]) -> None:
        self._put(summary=found[0], work=found[1])

    def _put(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # keyword by field name
        self._show(self.state)
