"""Answering a held case without Qt: the sides, one answer, a sentence of why, and the next case."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from counter_app.bootstrap import Services
from counter_app.kernel.problems import Problem
from counter_app.services.answer_hold import JOTTED, AnswerHold
from counter_app.services.queries.conflict_view import ConflictView
from counter_app.services.queries.conflict_words import Choice
from counter_app.wire.conflict import Answer
from ui.jotter import Jotter
from ui.ports import Navigator, Primary, Tasks
from ui.screens.conflict.rows import Line, lines, same_count

_MOVED = "中心刚换了问题。填的那句还在，请看一遍现在问的再选"


@dataclass(frozen=True, slots=True)
class ConflictState:
    """Everything the screen shows. `blamed` names what F9 found missing."""

    view: ConflictView | None = None
    loaded: bool = False
    held: tuple[str, ...] = ()
    """Held cases of the station's worklist, in its order."""
    choice: str = ""
    words: str = ""
    unfolded: bool = False
    blamed: str = ""
    message: str = ""
    busy: bool = False

    @property
    def chosen(self) -> Choice | None:
        """The answer chosen so far."""
        found = self.view.choices if self.view else ()
        return next((c for c in found if c.answer == self.choice), None)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The table."""
        return lines(self.view, self.choice, unfolded=self.unfolded) if self.view else ()

    @property
    def same(self) -> int:
        """How many fields are the same on both sides."""
        return same_count(self.view) if self.view else 0

    @property
    def missing(self) -> str:
        """What F9 waits for: choice, reason, or nothing."""
        if self.chosen is None:
            return "choice"
        return "reason" if self.chosen.reason and not self.words.strip() else ""

    @property
    def asks_words(self) -> bool:
        """Whether there is room for a sentence: the form has its own."""
        return self.chosen is not None and self.chosen.answer is not Answer.AMEND

    @property
    def place(self) -> str:
        """第 2 件，共 5 件; "" where it stands alone."""
        if self.view is None or self.view.case_id not in self.held or len(self.held) < 2:
            return ""
        return f"第 {self.held.index(self.view.case_id) + 1} 件，共 {len(self.held)} 件"

    @property
    def following(self) -> str:
        """The held case after this one, the first again at the end."""
        case_id = self.view.case_id if self.view else ""
        if case_id not in self.held:
            return ""
        at = self.held.index(case_id)
        rest = (*self.held[at + 1 :], *self.held[:at])
        return rest[0] if rest else ""


class ConflictShown(Protocol):
    """What the presenter asks of the window."""

    def show_state(self, state: ConflictState) -> None:
        """Show this."""
        ...

    def later(self, ms: int, what: Callable[[], None]) -> None:
        """Call back on the same thread after some milliseconds."""
        ...


class ConflictPresenter:
    """Holds the state; every change is shown and kept."""

    def __init__(
        self, services: Services, tasks: Tasks, navigator: Navigator, view: ConflictShown
    ) -> None:
        self._services, self._tasks, self._navigator, self._view = services, tasks, navigator, view
        self._jotter = Jotter(services, tasks, view.later, JOTTED)
        self._case_id = ""
        self._left: dict[str, str] = {}
        self.state = ConflictState()

    def open(self, case_id: str) -> None:
        """Show a held case; what was begun to be answered on the same one stays."""
        if case_id != self._case_id or self.state.view is None:
            self._case_id, self._left = case_id, {}
            self._put(ConflictState())
            self._jotter.open(case_id, self._found)
        self.load()

    def load(self) -> None:
        """Read again: another PC or the centre may have settled it."""
        case_id = self._case_id
        if case_id:
            self._tasks.db(lambda: _read(self._services, case_id), self._loaded)

    def digit(self, digit: int) -> None:
        """Choose by the digit on an answer."""
        choices = self.state.view.choices if self.state.view else ()
        if 0 < digit <= len(choices):
            self.choose(choices[digit - 1].answer)

    def choose(self, answer: str) -> None:
        """This is the answer."""
        if not self.state.busy:
            self._put(replace(self.state, choice=answer, blamed="", message=""))

    def write(self, words: str) -> None:
        """The sentence of why, as it stands."""
        if words != self.state.words:
            self._put(replace(self.state, words=words, blamed=""))

    def fold(self) -> None:
        """Show what is the same on both sides, or put it away."""
        if self.state.same:
            self._put(replace(self.state, unfolded=not self.state.unfolded))

    def send(self) -> None:
        """F9: say what is missing, lead to the form, or write the answer."""
        state, chosen = self.state, self.state.chosen
        if state.view is None or state.busy:
            return
        if state.missing or chosen is None:
            self._put(replace(state, blamed=state.missing))
        elif chosen.answer is Answer.AMEND:
            self._jotter.save()
            self._navigator.amend(state.view.case_id)
        else:
            self._put(replace(state, busy=True))
            self._write(state.view, chosen)

    def leave(self) -> None:
        """The clerk goes elsewhere: what is chosen and written is kept at once."""
        self._jotter.save()

    def escape(self) -> None:
        """Back to the worklist, nothing changed."""
        self._navigator.worklist(self._case_id)

    def primary(self) -> Primary | None:
        """The primary button bears the answer's words."""
        state = self.state
        if state.view is None:
            return None
        if state.chosen is None:
            return Primary("先选一个办法", enabled=False)
        amend = state.chosen.answer is Answer.AMEND
        words = "打开表修改" if amend else state.chosen.label
        return Primary(words, enabled=not (state.missing or state.busy))

    def _write(self, view: ConflictView, chosen: Choice) -> None:
        words = self.state.words.strip()
        command = AnswerHold(view.case_id, chosen.answer, chosen.label, words, view.questions)
        self._tasks.db(lambda: self._services.answer_hold(command), self._answered, self._failed)

    def _answered(self, problems: tuple[Problem, ...]) -> None:
        following = self.state.following
        if problems:
            text = "；".join(p.text for p in problems)
            self._put(replace(self.state, busy=False, message=text))
            self.load()
            return
        self._jotter.gone()
        self._case_id = ""
        self._put(ConflictState())
        self._navigator.refresh()
        self._navigator.worklist(following)

    def _failed(self, error: BaseException) -> None:
        self._put(replace(self.state, busy=False))
        raise error

    def _loaded(self, found: tuple[ConflictView | None, tuple[str, ...]]) -> None:
        view, held = found
        if view is not None and view.case_id != self._case_id:
            return
        old = self.state.view
        state = replace(self.state, view=view, held=held, loaded=True)
        if old is not None and view is not None and old.questions != view.questions:
            state = replace(state, choice="", message=state.message or _MOVED)
        self._put(state)
        self._fill()

    def _found(self, left: dict[str, str]) -> None:
        self._left = left
        self._fill()

    def _fill(self) -> None:
        """What was left before the power went, once the case is there to take it."""
        view = self.state.view
        if not self._left or view is None:
            return
        left, self._left = self._left, {}
        choice = left.get("choice", "")
        same = left.get("asked", "") == ",".join(view.questions)
        known = same and choice in {c.answer for c in view.choices}
        self._put(replace(self.state, choice=choice if known else "", words=left.get("words", "")))

    def _put(self, state: ConflictState) -> None:
        self.state = state
        if state.view is not None and not (self._left or state.busy):
            self._jotter.write(_begun(state, state.view))
        self._view.show_state(state)


def _begun(state: ConflictState, view: ConflictView) -> dict[str, str]:
    """What is chosen and written, and to which questions; nothing where nothing is."""
    found = {"choice": state.choice, "words": state.words}
    found = {name: words for name, words in found.items() if words}
    return {**found, "asked": ",".join(view.questions)} if found else {}


def _read(services: Services, case_id: str) -> tuple[ConflictView | None, tuple[str, ...]]:
    held = tuple(i.case_id for i in services.worklist() if i.kind == "held")
    return services.conflict_view(case_id), held
