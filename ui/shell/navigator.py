"""Navigation of one clerk: screens made when first opened, kept with everything in them."""

from collections.abc import Mapping
from typing import Protocol, cast

from PySide6.QtWidgets import QWidget

from counter_app.bootstrap import Services
from ui.ports import Poster, Screen
from ui.rounds import Rounds
from ui.shell.registry import CASEWORK, DOCTOR, ENROLMENT, OWN_FORMS, Making, make


class Shows(Protocol):
    """The frame as the navigator needs it."""

    def bring(self, view: QWidget, name: str) -> None:
        """Put a screen in front."""
        ...

    def changed(self) -> None:
        """Something was written: bars read again, the sync tries."""
        ...

    def sync_now(self) -> None:
        """Ask the sync to try at once."""
        ...


class _Rooms:
    """Where nothing is chosen on the way, and what concerns no screen."""

    def __init__(self, desk: "Desk", frame: Shows) -> None:
        self._desk, self._frame = desk, frame

    def home(self) -> None:
        """Home, scan box focused."""
        self._desk.go("home")

    def outbox(self) -> None:
        """What waits to be sent."""
        self._desk.go("outbox", "open")

    def doctor(self) -> None:
        """What is wrong with this PC."""
        self._desk.go(DOCTOR)

    def sync_now(self) -> None:
        """Ask the sync to try at once."""
        self._frame.sync_now()

    def refresh(self) -> None:
        """Something was written."""
        self._frame.changed()


class DeskNavigator(_Rooms):
    """Implements ui.ports.Navigator for one clerk's screens."""

    def search(self, text: str = "", how: str = "") -> None:
        """The search screen with the box filled."""
        self._desk.go("search", "open", text, how)

    def household(self, number: str, certno: str = "") -> None:
        """A household card, with this member in service."""
        self._desk.go("household", "open", number, certno)

    def enrol(self, household: str, certnos: tuple[str, ...]) -> None:
        """A new enrolment for these members."""
        self._desk.go("enrolment", "open_new", household, certnos)

    def start(
        self, item_id: str, household: str, certno: str, preset: Mapping[str, str] | None = None
    ) -> None:
        """A new case of another item for this member."""
        self._desk.go(CASEWORK, "open_new", item_id, household, certno, dict(preset or {}))

    def draft(self, draft_id: str) -> None:
        """A parked or half-typed draft, in the form of its item."""
        self._desk.form_of(draft_id, "open_draft")

    def amend(self, case_id: str, field: str = "") -> None:
        """A returned or held case, opened for mending in the form of its item."""
        self._desk.form_of(case_id, "open_amend", *((field,) if field else ()))

    def accepted(self, case_id: str) -> None:
        """The screen after acceptance."""
        self._desk.go("accepted", "open", case_id)

    def void(self, case_id: str) -> None:
        """Void a case of today."""
        self._desk.go("void", "open", case_id)

    def worklist(self, case_id: str = "") -> None:
        """The worklist, this case selected."""
        self._desk.go("worklist", "open", case_id)

    def conflict(self, case_id: str) -> None:
        """A held case: both sides, and the answer."""
        self._desk.go("conflict", "open", case_id)

    def receipt(self, text: str) -> None:
        """A scanned receipt's QR, verified offline."""
        self._desk.go("receipt", "open", text)


class Desk:
    """One clerk's screens, kept while somebody else sits here."""

    def __init__(self, services: Services, tasks: Poster, frame: Shows, rounds: Rounds) -> None:
        self.services, self._tasks = services, tasks
        self.navigator = DeskNavigator(self, frame)
        self.current = ""
        self._frame = frame
        self._making = Making(services, tasks, self.navigator, rounds)
        self._views: dict[str, QWidget] = {}

    def form_of(self, ref: str, method: str, *more: str) -> None:
        """To the form of a draft's or a case's item; one that is gone is said by the last form."""

        def known(item_id: str) -> None:
            own = OWN_FORMS.get(item_id)
            self.go(own or (CASEWORK if item_id else ENROLMENT), method, ref, *more)

        self._tasks.db(lambda: self.services.item_of(ref), known)

    def view(self) -> QWidget | None:
        """The screen in front."""
        return self._views.get(self.current)

    def resume(self) -> None:
        """Back to where this clerk was, home the first time."""
        view = self.view()
        if view is None:
            self.go("home")
        else:
            self._frame.bring(view, self.current)

    def leave(self) -> bool:
        """Let the screen in front keep everything."""
        view = self.view()
        return view is None or cast("Screen", view).left()

    def go(self, name: str, method: str = "", *args: object) -> None:
        """To a screen, made the first time, with what it is to show."""
        if not self.leave():
            return
        view = self._views.get(name)
        if view is None:
            view = self._views[name] = make(name, self._making)
        self.current = name
        if method and hasattr(view, method):
            getattr(view, method)(*args)
        if self.current == name:
            # opening may lead on at once: a whole number goes through search to its household
            self._frame.bring(view, name)
