"""Voiding without Qt: reason, one sentence, the papers, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from counter_app.bootstrap import Services
from counter_app.kernel import ids
from counter_app.kernel.problems import Problem
from counter_app.services.queries.case_view import CaseView
from counter_app.services.save_draft import Draft
from counter_app.services.void_case import JOTTED, REASONS, TAKEN_BACK, VoidCase
from ui.jotter import Jotter
from ui.ports import Navigator, Primary, Tasks

OUT = ("printed", "printing")
RECEIPT = "QH-HZ"


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet that came out: taken back, or why not."""

    sheet: str
    title: str
    note: str
    back: bool = False
    why: str = ""

    @property
    def coded(self) -> bool:
        """Whether it bears the code that tells every station it is void."""
        return self.sheet.startswith(RECEIPT)

    @property
    def settled(self) -> bool:
        """Whether it is said what became of it."""
        return self.back or bool(self.why.strip())


@dataclass(frozen=True, slots=True)
class VoidState:
    """Everything the screen shows."""

    case: CaseView | None = None
    loaded: bool = False
    reason: str = ""
    words: str = ""
    papers: tuple[Paper, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What the service found."""
    busy: bool = False
    done: bool = False

    @property
    def barred(self) -> bool:
        """Whether this case can't be voided here, whatever is filled in."""
        return self.case is None or not all(r.ok for r in self.case.void_rules)

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """(place, words) of what is still to be filled in."""
        found = []
        if not self.reason:
            found.append(("reason", "还没选为什么作废"))
        if not self.words.strip():
            found.append(("words", "还没写一句原因"))
        found.extend(
            (f"paper.{p.sheet}", f"{p.title}：勾已收回，或写为什么收不回")
            for p in self.papers
            if not p.settled
        )
        return tuple(found)

    @property
    def reminders(self) -> tuple[Paper, ...]:
        """Papers that stay outside."""
        return tuple(p for p in self.papers if not p.back and p.why.strip())

    @property
    def head(self) -> tuple[str, str]:
        """(tone, conclusion) of the verdict."""
        if self.done:
            return "ok", "已作废"
        if self.barred:
            return "bad", "不能作废"
        if self.missing:
            return "bad", f"还差 {len(self.missing)} 处"
        if self.reminders:
            return "warn", f"可以作废，{len(self.reminders)} 处提醒"
        return "ok", "可以作废"

    @property
    def ready(self) -> bool:
        """Whether F9 would void."""
        return not (self.barred or self.missing or self.busy or self.done)


class VoidShown(Protocol):
    """What the presenter asks of the window."""

    def show_state(self, state: VoidState) -> None:
        """Show this."""
        ...

    def later(self, ms: int, what: Callable[[], None]) -> None:
        """Call back on the same thread after some milliseconds."""
        ...


class VoidPresenter:
    """Holds the state; every change is shown and kept."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        navigator: Navigator,
        view: VoidShown,
    ) -> None:
        self._services, self._tasks, self._navigator, self._view = services, tasks, navigator, view
        self._jotter = Jotter(services, tasks, view.later, JOTTED)
        self._left: dict[str, str] = {}
        self.state = VoidState()

    def open(self, case_id: str) -> None:
        """Show a case; whatever was filled in for the same case stays."""
        if self.state.case is None or self.state.case.case_id != case_id or self.state.done:
            self._left = {}
            self._put(VoidState())
            self._jotter.open(case_id, self._found)
        self._tasks.db(lambda: self._services.case_view(case_id), self._opened)

    def choose(self, reason: str) -> None:
        """Why it is voided, a key of void_case.REASONS."""
        if reason in REASONS:
            self._put(replace(self.state, reason=reason, problems=()))

    def write(self, words: str) -> None:
        """The one sentence."""
        if words != self.state.words:
            self._put(replace(self.state, words=words, problems=()))

    def take_back(self, sheet: str) -> None:
        """The sheet is back, or is not after all."""
        self._paper(sheet, lambda p: replace(p, back=not p.back))

    def explain(self, sheet: str, why: str) -> None:
        """Why the sheet can't come back."""
        self._paper(sheet, lambda p: replace(p, why=why))

    def first_missing(self) -> str:
        """Where the cursor goes when F9 can't be pressed yet; "" where nothing is missing."""
        missing = self.state.missing
        return missing[0][0] if missing else ""

    def void(self) -> None:
        """Void it."""
        self._void(copy=False)

    def void_and_copy(self) -> None:
        """Void it and take everything that was filled in over into a new case."""
        self._void(copy=True)

    def leave(self) -> None:
        """The clerk goes elsewhere: what is filled in is kept at once."""
        self._jotter.save()

    def primary(self) -> Primary:
        """The danger button."""
        return Primary("作废", enabled=self.state.ready, tone="danger")

    def _void(self, *, copy: bool) -> None:
        case = self.state.case
        if case is None or not self.state.ready:
            return
        papers = tuple(
            (p.sheet, TAKEN_BACK if p.back else p.why.strip()) for p in self.state.papers
        )
        command = VoidCase(case.case_id, self.state.reason, self.state.words.strip(), papers)
        self._put(replace(self.state, busy=True))
        self._tasks.db(
            lambda: _void_case(self._services, command, case if copy else None),
            self._voided,
            self._failed,
        )

    def _voided(self, result: tuple[tuple[Problem, ...], str]) -> None:
        problems, draft = result
        self._put(replace(self.state, busy=False, problems=problems, done=not problems))
        if problems:
            return
        self._jotter.gone()
        self._navigator.refresh()
        if draft:
            self._navigator.draft(draft)

    def _failed(self, error: BaseException) -> None:
        self._put(replace(self.state, busy=False))
        raise error

    def _opened(self, case: CaseView | None) -> None:
        old = {p.sheet: p for p in self.state.papers}
        papers = tuple(old.get(p.sheet, p) for p in printed(case)) if case else ()
        self._put(replace(self.state, case=case, loaded=True, papers=papers))
        self._fill()

    def _found(self, left: dict[str, str]) -> None:
        self._left = left
        self._fill()

    def _fill(self) -> None:
        """What was left before the power went, once the case is there to take it."""
        if not self._left or not self.state.loaded or self.state.done:
            return
        left, self._left = self._left, {}
        papers = tuple(_as_left(p, left) for p in self.state.papers)
        reason = left.get("reason", "")
        self._put(
            replace(
                self.state,
                reason=reason if reason in REASONS else "",
                words=left.get("words", ""),
                papers=papers,
            )
        )

    def _paper(self, sheet: str, change: Callable[[Paper], Paper]) -> None:
        papers = tuple(change(p) if p.sheet == sheet else p for p in self.state.papers)
        if papers != self.state.papers:
            self._put(replace(self.state, papers=papers, problems=()))

    def _put(self, state: VoidState) -> None:
        self.state = state
        if state.loaded and not (state.barred or state.done or self._left):
            self._jotter.write(_jotted(state))
        self._view.show_state(state)


def _jotted(state: VoidState) -> dict[str, str]:
    """What is filled in, by plain names; nothing where nothing is."""
    found = {"reason": state.reason, "words": state.words}
    for paper in state.papers:
        found[f"back.{paper.sheet}"] = "1" if paper.back else ""
        found[f"why.{paper.sheet}"] = paper.why
    return {name: words for name, words in found.items() if words}


def _as_left(paper: Paper, left: dict[str, str]) -> Paper:
    back, why = left.get(f"back.{paper.sheet}", ""), left.get(f"why.{paper.sheet}", "")
    return replace(paper, back=back == "1", why=why) if back or why else paper


def printed(case: CaseView) -> tuple[Paper, ...]:
    """The sheets of a case that came out of the printer, each once."""
    sheets: dict[str, list[str]] = {}
    for job in case.jobs:
        if job.state in OUT:
            sheets.setdefault(job.sheet, []).append(job.title)
    return tuple(
        Paper(sheet, titles[-1], f"打印过 {len(titles)} 次") for sheet, titles in sheets.items()
    )


def _void_case(
    services: Services, command: VoidCase, copied: CaseView | None
) -> tuple[tuple[Problem, ...], str]:
    """Void; where a copy is wanted the draft is made first, so that no stop in between loses it."""
    if copied is None:
        return services.void_case(command), ""
    draft = ids.uuid7(services.counter.clock.now_ms())
    services.save_draft(Draft(draft, copied.item, copied.answers))
    problems = services.void_case(command)
    if problems:
        services.drop_draft(draft)
        return problems, ""
    return (), draft
