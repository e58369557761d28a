"""The screen after acceptance, without Qt: what is kept, what prints, what waits to be sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from counter_app.bootstrap import Services
from counter_app.domain.case.state import CaseState
from counter_app.kernel.clock import from_ms
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.services.queries.case_view import CaseView
from ui.ports import Navigator, Tasks
from ui.screens.accepted.preview import Picture, preview

_CHIPS = {
    "queued": ("排队", "neutral", "clock"),
    "printing": ("正在打印", "accent", "loader-circle"),
    "printed": ("已打印", "ok", "circle-check"),
    "failed": ("没打出来", "bad", "circle-alert"),
    "blocked": ("不再打印", "neutral", "circle-x"),
}
_OVER = frozenset({CaseState.VOIDED, CaseState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A print job as the screen shows it; `again` whether it can be printed once more."""

    job_id: str
    sheet: str
    title: str
    words: str
    chip: str
    tone: str
    icon: str
    again: bool


@dataclass(frozen=True, slots=True)
class AcceptedState:
    """Everything on the screen."""

    case_id: str = ""
    title: str = "正在打开"
    who: str = ""
    case_no: str = ""
    household: str = ""
    papers: tuple[PaperLine, ...] = ()
    sending: str = ""
    sending_note: str = ""
    sent: bool = False
    over: bool = False
    may_void: bool = False
    notice: tuple[str, str] = ("", "")
    picture: Picture | None = None


class AcceptedView(Protocol):
    """What the presenter asks of the window."""

    def show_state(self, state: AcceptedState) -> None:
        """Show this."""
        ...


class AcceptedPresenter:
    """Prints what waits, one sheet after the other, and says how the case stands."""

    def __init__(
        self, services: Services, tasks: Tasks, navigator: Navigator, view: AcceptedView
    ) -> None:
        self._services = services
        self._tasks = tasks
        self._navigator = navigator
        self._view = view
        self._drawing = ""
        self.state = AcceptedState()

    def open(self, case_id: str) -> None:
        """Show this case and print what of it waits."""
        self._drawing = ""
        self._show(AcceptedState(case_id=case_id))
        self._read(case_id, self._print_next)

    def refresh(self) -> None:
        """Read again: it may have been sent or decided meanwhile."""
        if self.state.case_id:
            self._read(self.state.case_id, lambda _case: None)

    def again(self, sheet: str = "") -> None:
        """Print a sheet once more (the receipt where none is named); it says 副本."""
        case_id = self.state.case_id
        wanted = sheet or next((p.sheet for p in self.state.papers), "")
        if not wanted or self.state.over:
            return
        self._tasks.db(
            lambda: self._services.request_print(case_id, wanted),
            lambda answer: self._requested(case_id, answer),
            self._fault,
        )

    def void(self) -> None:
        """To the screen where it is voided."""
        if self.state.may_void:
            self._navigator.void(self.state.case_id)

    def _read(self, case_id: str, then: Callable[[CaseView], None]) -> None:
        def work() -> tuple[CaseView | None, int]:
            case = self._services.case_view(case_id)
            before = sum(r.n < case.n for r in self._services.outbox()) if case else 0
            return case, before

        self._tasks.db(work, lambda found: self._take(case_id, found, then), self._fault)

    def _take(
        self, case_id: str, found: tuple[CaseView | None, int], then: Callable[[CaseView], None]
    ) -> None:
        case, before = found
        if case_id != self.state.case_id:
            return
        if case is None:
            self._show(replace(self.state, title="找不到这一件", who="请回查询页重新打开"))
            return
        self._show(self._drawn(case, before))
        then(case)

    def _drawn(self, case: CaseView, before: int) -> AcceptedState:
        over = case.state in _OVER
        title = "已受理，存好了" if not over else f"这一件{case.label}"
        sending, note = _sending(case, before)
        return replace(
            self.state,
            title=title,
            who="・".join(w for w in (case.applicant, case.summary, case.late) if w),
            case_no=case.case_no,
            household=case.answers.get("hh_no"),
            papers=tuple(
                _paper(j.job_id, j.sheet, _title(j.title, j.copy), j.state, j.changed_at, j.detail)
                for j in case.jobs
            ),
            sending=sending,
            sending_note=note,
            sent=case.sent,
            over=over,
            may_void=not over and case.own_device,
        )

    def _print_next(self, case: CaseView) -> None:
        """Show the receipt; print the first job that waits, then look again."""
        self._preview(case)
        waiting = next((j for j in case.jobs if j.state == "queued"), None)
        if waiting is None:
            return
        case_id, job_id = case.case_id, waiting.job_id
        self._tasks.io(
            lambda: self._services.run_print_job(job_id),
            lambda job: self._printed(case_id, job.state),
            self._fault,
        )

    def _printed(self, case_id: str, state: str) -> None:
        self._navigator.refresh()
        self._read(case_id, self._print_next if state == "printed" else self._preview)

    def _preview(self, case: CaseView) -> None:
        if self._drawing == case.case_id or self.state.picture is not None or not case.jobs:
            return
        case_id = self._drawing = case.case_id

        def keep(picture: Picture | None) -> None:
            if case_id == self.state.case_id:
                self._show(replace(self.state, picture=picture))

        self._tasks.io(lambda: preview(self._services.counter, case), keep, self._fault)

    def _requested(self, case_id: str, answer: "str | Problem") -> None:
        if isinstance(answer, Problem):
            self._show(replace(self.state, notice=("没有补打", answer.text)))
            return
        self._tasks.io(
            lambda: self._services.run_print_job(answer),
            lambda job: self._printed(case_id, job.state),
            self._fault,
        )

    def _fault(self, error: BaseException) -> None:
        if not isinstance(error, EnvironmentFault):
            raise error
        title, _, rest = error.text.partition("。")
        text = "。".join(p for p in (rest, error.advice) if p)
        self._show(replace(self.state, notice=(title, f"业务已受理，不用重办。{text}。")))

    def _show(self, state: AcceptedState) -> None:
        self.state = state
        self._view.show_state(state)


def _title(title: str, copy: int) -> str:
    return title if copy == 1 else f"{title} 副本"


def _paper(job_id: str, sheet: str, title: str, state: str, at_ms: int, detail: str) -> PaperLine:
    chip, tone, icon = _CHIPS.get(state, _CHIPS["queued"])
    at = f"{from_ms(at_ms):%H:%M:%S}"
    words = {
        "printed": f"{at} 出纸",
        "failed": detail or "装纸后按 F10 再打",
        "printing": detail or f"{at} 交给打印机",
        "blocked": "作废的单子不再打印",
    }.get(state, "等前面的打完")
    return PaperLine(job_id, sheet, title, words, chip, tone, icon, state in {"printed", "failed"})


def _sending(case: CaseView, before: int) -> tuple[str, str]:
    if case.sent:
        return "已送到中心", f"本机第 {case.n} 号，中心：{case.label}"
    ahead = f"前面还有 {before} 件。" if before else ""
    return "等着送往中心", f"本机第 {case.n} 号。{ahead}到了首页的待发会少一件"
