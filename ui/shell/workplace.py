"""The workplace: one frame, a desk for each clerk, and the bars that follow what happens."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.bootstrap import Services
from counter_app.kernel.clock import moment
from counter_app.services.queries.home_summary import HomeSummary
from ui.camera.view import front_camera, open_camera
from ui.ports import SCANNED, Listening, Scanning
from ui.rounds import Round, Rounds
from ui.shell.frame import Frame
from ui.shell.key_sheet import key_sheet
from ui.shell.navigator import Desk
from ui.shell.registry import RAIL
from ui.shell.session import Session
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.widgets import Overlay

GATHER_MS = 150
MINE = {"rejected", "held", "unprinted"}
"""What counts as needing somebody on the worklist's badge."""


class Workplace(QObject):
    """Where the clerks work."""

    def __init__(
        self,
        session: Session,
        tasks: TaskRunner,
        services: Services,
        rounds: Rounds | None = None,
    ) -> None:
        super().__init__()
        self._session, self._tasks = session, tasks
        self._rounds = rounds or Rounds(tasks)
        station = services.counter.identity.station
        self._window_name = station.window
        self.frame = Frame(station.name)
        self.frame.looked_for.connect(self.look_for)
        self.frame.rail.chosen.connect(self._rail)
        self.frame.keys.pressed.connect(self.press)
        self.frame.top.unsent_pressed.connect(self._outbox)
        self._desks: dict[str, Desk] = {}
        self._sheet: Overlay | None = None
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self._read)
        self.desk: Desk = self._desk_of(services)
        self._rounds.listen(self._show_rounds)
        self._show_rounds(self._rounds.now)

    def sit_down(self, services: Services) -> None:
        """This clerk works now; comes back to what they left, home the first time."""
        self.desk = self._desk_of(services)
        self.frame.top.set_clerk(services.counter.clerk.name, self._window_name)
        self.frame.top.clock.set_text(f"{moment(services.counter.clock):%H:%M}")
        self._read()

    def leave(self) -> bool:
        """Keep everything of the screen in front."""
        if self._sheet is not None and self._sheet.isVisible():
            self._sheet.close_overlay()
        camera = front_camera(self.frame.window())
        if camera is not None:
            camera.close_overlay()
        return self.desk.leave()

    def bring(self, view: QWidget, name: str) -> None:
        """Put a screen in front."""
        self.frame.bring(view, name)

    def changed(self) -> None:
        """Something was written: bars read again, the sync tries."""
        self._session.kick()
        self._gather.start()

    def heard(self) -> None:
        """The centre answered, or did not: bars and the screen in front read again."""
        self._gather.start()

    def sync_now(self) -> None:
        """Ask the sync to try at once."""
        self._session.kick()

    def look_for(self, text: str, how: str = "") -> None:
        """What was typed or scanned goes to the search screen, wherever the clerk is."""
        self.desk.navigator.search(text, how)

    def scanned(self, text: str, ms: int = 0) -> None:
        """A scanner's burst outside of any text field; the camera's while it is open, then the screen's."""
        camera = front_camera(self.frame.window())
        front = self.frame.stack.currentWidget()
        if camera is not None:
            camera.presenter.take(text)
        elif isinstance(front, Listening) and front.heard(text, ms):
            return
        elif not (isinstance(front, Scanning) and front.scanned(text)):
            self.look_for(text, SCANNED)

    def press(self, key: str) -> bool:
        """A key: the camera's while it is open, the screen's, then those that work everywhere."""
        if self._sheet is not None and self._sheet.isVisible():
            return False
        camera = front_camera(self.frame.window())
        if camera is not None:
            return camera.press(key)
        screen = self.frame.front()
        if screen is not None and screen.press(key):
            self.frame.read_bar()
            return True
        return self._everywhere(key)

    def _everywhere(self, key: str) -> bool:
        if key.startswith("Ctrl+") and key[-1].isdigit():
            return self._digit(int(key[-1]))
        keys: dict[str, Callable[[], object]] = {
            "F1": self._show_sheet,
            "F2": self._find,
            "F3": self._look,
            "F5": self._session.kick,
            "Esc": self.desk.navigator.home,
            "F6": partial(self._next_region, 1),
            "Shift+F6": partial(self._next_region, -1),
        }
        if key not in keys:
            return False
        keys[key]()
        return True

    def _digit(self, digit: int) -> bool:
        for entry in RAIL:
            if entry.digit == digit:
                self._rail(entry.name)
                return True
        return False

    def _rail(self, name: str) -> None:
        navigator = self.desk.navigator
        places: dict[str, Callable[[], object]] = {
            "home": navigator.home,
            "worklist": navigator.worklist,
            "search": navigator.search,
            "outbox": navigator.outbox,
            "doctor": navigator.doctor,
            "dayclose": partial(self.desk.go, "dayclose", "open"),
        }
        places[name]()

    def _outbox(self) -> None:
        self.desk.navigator.outbox()

    def _find(self) -> None:
        if self.frame.top.scan.isVisible():
            self.frame.top.scan.focus_in()
        else:
            self.desk.navigator.home()

    def _look(self) -> None:
        open_camera(self.frame.window(), self._tasks, self.desk.services, self.scanned, self._find)

    def _next_region(self, step: int) -> None:
        view = self.frame.stack.currentWidget()
        stops = [w for w in view.findChildren(QWidget) if w.isVisible() and w.property("region")]
        if not stops:
            return
        focused = [i for i, w in enumerate(stops) if w.hasFocus() or _holds_focus(w)]
        at = focused[0] + step if focused else 0
        stops[at % len(stops)].setFocus()

    def _show_sheet(self) -> None:
        if self._sheet is None:
            self._sheet = key_sheet(self.frame.window())
        self._sheet.open_overlay()

    def _desk_of(self, services: Services) -> Desk:
        clerk = services.counter.clerk.id
        found = self._desks.get(clerk)
        if found is None:
            found = self._desks[clerk] = Desk(services, self._tasks, self, self._rounds)
        return found

    def _show_rounds(self, now: Round) -> None:
        """What is wrong with the PC stands on the rail; it interrupts nobody."""
        self.frame.rail.badge("doctor", len(now.wrong), now.tone or "grey")

    def _read(self) -> None:
        services = self.desk.services

        def read() -> tuple[HomeSummary, int]:
            waiting = sum(item.kind in MINE for item in services.worklist())
            return services.home_summary(), waiting

        self._tasks.db(read, lambda found: self.frame.show_summary(*found))
        view = self.desk.view()
        refresh: Callable[[], None] | None = getattr(view, "refresh", None)
        if refresh is not None:
            refresh()


def _holds_focus(widget: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return isinstance(focus, QWidget) and widget.isAncestorOf(focus)
