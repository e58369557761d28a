"""An item's form without Qt: edits become answers, every edit is judged, nothing typed is lost."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from counter_app.bootstrap import Services
from counter_app.catalog.facts import Facts
from counter_app.catalog.item import Asked
from counter_app.forms.answers import Answers
from counter_app.kernel.cleaning import clean
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import stops
from counter_app.services.accept_case import AcceptCase, CaseAccepted, NotAccepted
from counter_app.services.save_draft import Draft
from ui.filling.beginning import paper_day
from ui.filling.drafting import DraftKeeper, fault_notice
from ui.jotter import Sentence
from ui.ports import Navigator, Tasks
from ui.screens.casework import drawing, opening, rowwork, scanning
from ui.screens.casework.comparing import Comparing
from ui.screens.casework.concluding import next_open
from ui.screens.casework.filling import Filling
from ui.screens.casework.opening import REPLY, Opened
from ui.screens.casework.revealing import Revealing
from ui.screens.casework.sections import BILLS, row_of
from ui.screens.casework.state import CaseState
from ui.screens.casework.telling import Telling

if TYPE_CHECKING:
    import datetime as dt

    from ui.filling.state import Notice

PARKING = "park"
"""Place of the sentence why a case waits."""
GONE = "这份草稿已经受理，或者删掉了。请回工作台看看"


class CaseView(Protocol):
    """What the presenter asks of the window."""

    def show_state(self, state: CaseState) -> None:
        """Show this."""
        ...

    def go_to(self, where: str) -> None:
        """Put the cursor at a field's path, `materials.<id>` or a section's id."""
        ...

    def later(self, ms: int, what: Callable[[], None]) -> None:
        """Call back on the same thread after some milliseconds."""
        ...


class CasePresenter:
    """One case at a time, from opening to the screen after it."""

    def __init__(
        self, services: Services, tasks: Tasks, navigator: Navigator, view: CaseView
    ) -> None:
        self._services = services
        self._tasks = tasks
        self._navigator = navigator
        self._view = view
        self._form: Filling | None = None
        self._keeper: DraftKeeper | None = None
        self._asked: tuple[Asked, dt.date | None] = (Asked(), None)
        self._serial = 0
        self._busy = False
        self._fault: Notice | None = None
        self.waits_for = Sentence(services, tasks, PARKING, view.later)
        self.reveal = Revealing(services, tasks, view.later, self._render)
        self.telling = Telling(services, tasks, lambda: self._form, self._render)
        self.comparing = Comparing(lambda: self._form)
        self.state = CaseState()

    @property
    def answers(self) -> Answers:
        """What is filled in so far; nothing while no form is open."""
        return self._form.answers if self._form is not None else Answers()

    def open_new(
        self, item_id: str, household: str, certno: str, preset: Mapping[str, str] | None = None
    ) -> None:
        """A new case of this item for this member; `preset` are answers chosen already."""
        chosen = dict(preset or {})
        self._open(lambda: opening.new(self._services, item_id, household, certno, chosen))

    def open_draft(self, draft_id: str) -> None:
        """Go on with a draft, the cursor where it was."""
        self._open(lambda: opening.draft(self._services, draft_id))

    def open_amend(self, case_id: str, field: str = "") -> None:
        """Mend a case the centre returned or holds; `field` is where the centre points."""
        self._open(lambda: opening.amend(self._services, case_id, field))

    def edit(self, where: str, typed: str) -> None:
        """Something was typed or chosen: answers, judgement and draft follow."""
        at = row_of(where)
        if at is not None and at[0] == BILLS and scanning.is_bill(typed):
            self.follow(lambda form: rowwork.scan(form, typed, at[1]), BILLS)
        else:
            self._step(lambda form: form.edit(where, typed), now=False)

    def act(self, step: Callable[[Filling], object]) -> None:
        """Change the form otherwise (a row, a paper, what is shown); kept at once."""
        self._step(step, now=True)

    def focus(self, where: str, section: str = "") -> None:
        """The cursor went to this field ("" for none) of this section; the one it left is read."""
        form = self._form
        if form is not None and (where != form.focus or section not in {"", form.section}):
            self._step(lambda form: form.go(where, section), now=True)

    def go_on(self, where: str) -> bool:
        """From this field to the next unfinished one; False where none is left."""
        if self._form is None:
            return False
        self.act(lambda form: form.leave(where))
        following = next_open(self._form.reading, where)
        if following:
            self.go_to(following)
        return bool(following)

    def go_to(self, where: str) -> None:
        """To a problem's place, its section and row opened first."""
        if self._form is not None and where:
            self.act(lambda form: form.turn_to(where))
            self._render()
        self._view.go_to(where)

    def follow(self, step: Callable[[Filling], str], otherwise: str) -> None:
        """A step with a row; the cursor goes where it says, or `otherwise`."""
        found: list[str] = []
        self.act(lambda form: found.append(step(form)))
        where = next((w for w in found if w), otherwise)
        if where and self._form is not None:
            self.go_to(where)

    def accept(self) -> None:
        """Accept, or go to the first thing that is missing."""
        if self._form is None or self._keeper is None or self._busy:
            return
        form = self._form
        if form.focus:
            self.act(lambda f: f.leave(f.focus))
        if stops(form.reading.problems):
            self._blame(form)
            return
        self._busy, self._fault = True, None
        self._keeper.hold()
        self._render()
        command = AcceptCase(
            form.opened.draft_id,
            form.service.id,
            form.answers,
            form.opened.case_id,
            reply=form.answers.get(REPLY),
        )
        self._tasks.db(
            lambda: self._services.accept_case(command), self._accepted, self._not_written
        )

    def park(self, words: str) -> None:
        """Put the case aside with a sentence; it stands on the worklist."""
        if self._form is None or self._keeper is None:
            return
        self.act(lambda form: form.go(""))
        self._keeper.hold()
        draft = replace(_as_draft(self._form), words=clean(words, 200), parked=True)
        self._tasks.db(
            lambda: self._services.save_draft(draft), lambda _: self._parked(), self._not_written
        )

    def save(self) -> None:
        """Try again to keep what is on the screen (F5)."""
        self._fault = None
        if self._keeper is not None:
            self._keeper.save(always=True)
        self._render()

    def close(self) -> bool:
        """The clerk goes elsewhere: save; False where the disk refuses what is on the screen."""
        self.reveal.hide()
        if self._form is None or self._keeper is None:
            return True
        self.focus("")
        self._keeper.save()
        return not self._keeper.unsaved

    def _step(self, step: Callable[[Filling], object], *, now: bool) -> None:
        if self._form is None or self._keeper is None:
            return
        before = self._form.answers
        step(self._form)
        if self._form.answers != before:
            self._keeper.touch()
            self._ask(self._form)
        if now:
            self._keeper.save()
        self._render()

    def _open(self, read: Callable[[], Opened | None]) -> None:
        if self._keeper is not None and self._keeper.unsaved:
            self._render()
            return
        self._form = self._keeper = None
        self.reveal.turn_to("")
        self._serial += 1
        serial = self._serial
        self.state = CaseState()
        self._view.show_state(self.state)
        self._tasks.db(read, lambda opened: self._begin(opened, serial))

    def _begin(self, opened: Opened | None, serial: int) -> None:
        if serial != self._serial:
            return
        if opened is None:
            self.state = CaseState(loading=False, gone=GONE)
            self._view.show_state(self.state)
            return
        form = Filling(opened)
        self._form, self._busy, self._fault = form, False, None
        self._asked = form.service.asks(form.answers), paper_day(self._services, form.answers)
        self._keeper = DraftKeeper(
            self._services, self._tasks, self._view.later, partial(_as_draft, form), self._render
        )
        self.waits_for.open(opened.draft_id)
        if form.answers != opened.answers:
            self._keeper.touch()
        self._render()
        self.go_to(opened.place or drawing.first_place(form))

    def _ask(self, form: Filling) -> None:
        """Read the facts again where what the item's rules want to know is something else."""
        asked, on = form.service.asks(form.answers), paper_day(self._services, form.answers)
        if (asked, on) == self._asked:
            return
        self._asked = asked, on
        self._serial += 1
        serial, case_id = self._serial, form.opened.case_id
        self._tasks.db(
            lambda: self._services.load_facts(asked, case_id, on),
            lambda facts: self._take(facts, serial),
        )

    def _take(self, facts: Facts, serial: int) -> None:
        """Facts that are the same again change nothing: with 200 bills judging twice is felt."""
        if serial == self._serial and self._form is not None and facts != self._form.facts:
            self._step(lambda form: form.take(facts), now=False)

    def _accepted(self, result: CaseAccepted | NotAccepted) -> None:
        self._busy = False
        if self._form is None or self._keeper is None:
            return
        if isinstance(result, NotAccepted):
            self._keeper.release()
            self._form.refuse(result.problems)
            self._blame(self._form)
            return
        self._finish()
        self._navigator.accepted(result.case_id)

    def _parked(self) -> None:
        self._finish()
        self._navigator.home()

    def _finish(self) -> None:
        if self._keeper is not None:
            self._keeper.stop()
        self.waits_for.done()
        self._form = self._keeper = None
        self._navigator.refresh()

    def _not_written(self, error: BaseException) -> None:
        self._busy = False
        if self._keeper is not None:
            self._keeper.release()
        if not isinstance(error, EnvironmentFault):
            self._render()
            raise error
        self._fault = fault_notice(error)
        self._render()

    def _blame(self, form: Filling) -> None:
        where = form.blame()
        self._render()
        self._view.go_to(where)

    def _render(self) -> None:
        if self._form is None or self._keeper is None:
            return
        form = self._form
        notice = self._fault or self._keeper.notice or form.notice or form.opened.notice
        drawn = drawing.draw(form, busy=self._busy)
        self.reveal.turn_to(form.answers.get("certno") if drawn.band.reveal else "")
        band = self.reveal.over(drawn.band)
        self.state = replace(drawn, band=band, notice=notice, saved=self._keeper.saved)
        self._view.show_state(self.state)


def _as_draft(form: Filling) -> Draft:
    """The form as it stands; `place` brings the cursor back to where it is."""
    opened = form.opened
    place = form.focus or form.section
    return Draft(opened.draft_id, form.service.id, form.answers, opened.case_id, place)
