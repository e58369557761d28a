"""The person's full number for a moment, with a reason; without Qt."""

from collections.abc import Callable
from dataclasses import replace

from counter_app.bootstrap import Services
from counter_app.kernel.problems import Problem
from counter_app.services.reveal_person import FullPerson
from ui.jotter import Sentence
from ui.ports import Tasks
from ui.screens.casework.state import Band

PLACE = "reveal.casework"
"""Place of the sentence why it is shown."""
REASONS = ("核对证件", "本人要看", "核对电话")
SHOWN_MS = 30_000


class Revealing:
    """Asks why, shows, and masks again after 30 seconds; `changed` is called when the band is another."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        later: Callable[[int, Callable[[], None]], None],
        changed: Callable[[], None],
    ) -> None:
        self._services, self._tasks = services, tasks
        self._later, self._changed = later, changed
        self._certno, self._full = "", ""
        self._asking = False
        self._shows = 0
        self.reason = Sentence(services, tasks, PLACE)

    def turn_to(self, certno: str) -> None:
        """Another person: nothing of the one before is shown."""
        if certno != self._certno:
            self._certno, self._full, self._asking = certno, "", False

    def ask(self) -> None:
        """Ask why; or hide it, where it is shown."""
        if self._full or self._asking:
            self.hide()
        elif self._certno:
            self.reason.open(self._certno)
            self._asking = True
            self._changed()

    def give(self, why: str) -> None:
        """Show the full number with this reason; the log is written first."""
        certno = self._certno
        self.reason.done()
        self._tasks.db(lambda: self._services.reveal_person((certno,), why), self._given)

    def hide(self) -> None:
        """Mask it again: after 30 s, on leaving, or at the clerk's wish."""
        if self._full or self._asking:
            self._full, self._asking = "", False
            self._changed()

    def over(self, band: Band) -> Band:
        """The band as it may be shown now."""
        shown = replace(band, asking=self._asking, full=bool(self._full))
        return replace(shown, number=self._full) if self._full else shown

    def _given(self, found: tuple[FullPerson, ...] | Problem) -> None:
        if isinstance(found, Problem) or not found or found[0].certno != self._certno:
            return
        self._full, self._asking = found[0].certno, False
        self._shows += 1
        shown = self._shows
        self._later(SHOWN_MS, lambda: self.hide() if shown == self._shows else None)
        self._changed()
