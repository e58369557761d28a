"""Who may come in and when: first start, log-in, the two questions, the workplace, the lock."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from counter_app.kernel.clock import moment, today
from ui.screens.login.view import LogInView
from ui.shell.session import Session
from ui.shell.window import IDLE_MINUTES, Window
from ui.tasks import TaskRunner
from ui.widgets.alive import while_alive

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_app.bootstrap import Services
    from counter_app.services.check_date import DateDoubt
    from counter_app.services.queries.print_state import PaperState
    from counter_app.services.queries.worklist import WorkItem
    from ui.rounds import Rounds
    from ui.shell.workplace import Workplace

DAILY_MS = 20_000
"""So long after a log-in the examination of the day begins: the clerk's first search comes before it."""
_KEPT = "做到一半的都在，没有丢"
_HERE = "锁屏前在办，回来接着填"


class Flow:
    """Leads from the first paint to the workplace and back to the lock."""

    def __init__(self, window: Window, session: Session, tasks: TaskRunner) -> None:
        self._window, self._session, self._tasks = window, session, tasks
        self._asked = False
        self._workplace: Workplace | None = None
        self._services: Services | None = None
        self._rounds: Rounds | None = None
        self._at_gate: Callable[[None], None] = _nobody
        window.on_lock(self.lock)

    def start(self) -> None:
        """The log-in of a PC that is set up, else its first start."""
        if self._session.enrolled():
            self.log_in()
        else:
            self.first_start()

    def first_start(self) -> None:
        """Code, approval, first passphrase, first filling."""
        from ui.screens.first_start.view import FirstStartView

        view = FirstStartView(self._session, self._tasks, self.entered, self.doctor)
        self._window.show_gate(view)
        view.begin()

    def log_in(self) -> None:
        """Who, and the passphrase."""
        view = LogInView(self._session, self._tasks, self.entered)
        view.on_doctor(self.doctor)
        self._window.show_gate(view)
        self._at_gate = while_alive(view, lambda _none: view.heard())
        view.begin()

    def lock(self, why: str) -> None:
        """Keep everything and ask who goes on."""
        if self._workplace is None or self._services is None or not self._window.working():
            return
        self._workplace.leave()
        services, clerk = self._services, self._services.counter.clerk
        how = f"{clerk.name}按 F12" if why == "key" else "有一阵没动，自动锁的"
        at = moment(self._session.clock)
        view = LogInView(
            self._session,
            self._tasks,
            self.entered,
            locked=f"{at:%H:%M} 起・{how}",
            kept=(_KEPT, "补传和打印不停。"),
            notes={clerk.id: _HERE},
        )
        view.on_doctor(self.doctor)
        self._window.show_gate(view)
        view.begin(clerk.id)
        self._at_gate = while_alive(view, lambda _none: view.heard())
        view.heard()

        def told(items: "tuple[WorkItem, ...]") -> None:
            view.keep(_kept(items), _notes(clerk.id, items))

        self._tasks.db(services.worklist, while_alive(view, told))

    def doctor(self) -> None:
        """What is wrong with this PC, over the page in front."""
        from ui.screens.doctor.gate import DoctorGate

        find, window = self._session.checkup, self._window
        inside = self._session.opened
        page = DoctorGate(find, self.rounds, self._tasks, window.end_visit, inside=inside)
        window.visit(page)

    @property
    def rounds(self) -> "Rounds":
        """The examinations of this run; loaded when first asked for, no start waits for them."""
        if self._rounds is None:
            from ui.rounds import Rounds

            self._rounds = Rounds(self._tasks)
        return self._rounds

    def end(self) -> None:
        """The window goes: what runs ends soon."""
        if self._rounds is not None:
            self._rounds.end()

    def entered(self, services: "Services") -> None:
        """Somebody is in: the questions come once, each alone."""
        self._services = services
        if self._asked:
            self._work()
            return
        self._asked = True

        def read() -> "tuple[DateDoubt | None, tuple[PaperState, ...]]":
            return services.check_date(), services.papers_in_doubt()

        self._tasks.db(read, lambda found: self._ask_date(*found))

    def _ask_date(self, doubt: "DateDoubt | None", papers: "tuple[PaperState, ...]") -> None:
        if doubt is None:
            self._ask_paper(papers)
            return
        from ui.screens.questions.view import DateView

        view = DateView(doubt, lambda at, changed: self._date_answered(at, papers, changed=changed))
        self._window.show_gate(view)
        view.begin()

    def _date_answered(
        self, at_ms: int, papers: "tuple[PaperState, ...]", *, changed: bool
    ) -> None:
        services = self._need()
        self._tasks.db(
            lambda: services.confirm_date(at_ms, changed), lambda _none: self._ask_paper(papers)
        )

    def _ask_paper(self, papers: "tuple[PaperState, ...]") -> None:
        if not papers:
            self._work()
            return
        from ui.screens.questions.view import PaperView

        view = PaperView(papers, self._tasks, self._need().answer_paper, self._papers_answered)
        self._window.show_gate(view)
        view.begin()

    def _papers_answered(self, to_print: tuple[str, ...]) -> None:
        services = self._need()
        for job in to_print:
            self._tasks.io(partial(services.run_print_job, job), lambda _job: self._heard())
        self._work()

    def _work(self) -> None:
        services = self._need()
        self._tasks.db(services.settings, lambda settings: self._open(services, settings))

    def _open(self, services: "Services", settings: dict[str, str]) -> None:
        from ui.shell.workplace import Workplace

        if self._workplace is None:
            self._workplace = Workplace(self._session, self._tasks, services, self.rounds)
        self._window.show_workplace(self._workplace, _minutes(settings))
        self._workplace.sit_down(services)
        self._workplace.desk.resume()
        self._tasks.io(self._session.start_sync, lambda _none: None)
        QTimer.singleShot(DAILY_MS, self._window, self._daily)

    def _daily(self) -> None:
        self.rounds.daily(self._need().checkup, today(self._session.clock))

    def _heard(self) -> None:
        if self._workplace is not None:
            self._workplace.heard()

    def heard(self) -> None:
        """The sync said something; on the GUI thread."""
        self._at_gate(None)
        self._heard()

    def _need(self) -> "Services":
        if self._services is None:
            raise RuntimeError("nobody is in")
        return self._services


def _nobody(_none: None) -> None:
    """No page of the gate was shown yet."""


def _minutes(settings: dict[str, str]) -> int:
    told = settings.get("idle_minutes", "")
    return max(1, int(told)) if told.isdigit() else IDLE_MINUTES


def _kept(items: "tuple[WorkItem, ...]") -> tuple[str, ...]:
    drafts = sum(i.kind in {"parked", "open_draft"} for i in items)
    return (_KEPT, f"草稿和挂起 {drafts} 件，都已存好。", "补传和打印不停。")


def _notes(last: str, items: "tuple[WorkItem, ...]") -> dict[str, str]:
    """Beside each clerk: what waits for them, without naming persons."""
    notes: dict[str, str] = {last: _HERE}
    for owner in {i.owner for i in items if i.owner} - {last}:
        theirs = [i for i in items if i.owner == owner]
        parked = sum(i.kind in {"parked", "open_draft"} for i in theirs)
        returned = len(theirs) - parked
        words = [f"挂起 {parked} 件"] if parked else []
        words += [f"手上退回 {returned} 件"] if returned else []
        notes[owner] = "，".join(words)
    return notes
