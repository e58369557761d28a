"""The real window over a real station, with lanes that run at once: a screen's state in a moment."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.bootstrap import Services, bind
from counter_app.kernel.clock import ShiftableClock
from counter_app.services.context import Clerk, Counter
from counter_app.services.print_day_close import print_day_close
from counter_app.services.print_slip import print_slip
from counter_app.services.print_test_page import print_test_page
from counter_app.services.print_told import print_told
from counter_app.services.run_print_job import run_print_job
from counter_app.store import reference
from counter_app.store.engine import open_engine
from counter_app.store.transaction import write
from tests.fakes import people, station
from tests.fakes.centre import URL
from tests.fakes.clock import FakeClock
from tests.fakes.printer import FakePrinter
from tests.fakes.tasks import FakeTasks
from tests.gui import townsfolk
from ui.shell.window import Window
from ui.shell.workplace import Workplace

KEY = b"\x07" * 32
IDENTITY = replace(
    station.identity(),
    sign_private=b"\x11" * 32,
    seal_private=b"\x12" * 32,
    centre_url=URL,
)
CLERK = Clerk("0312", "李敏", ("accept", "void_others"))


class Lanes(FakeTasks):
    """Both lanes, and the way back to the GUI thread: everything at once."""

    def post(self, closure: Callable[[], None]) -> None:
        closure()


class Quiet:
    """The session as the window needs it, with nothing behind it."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.kicks = 0

    def kick(self) -> None:
        self.kicks += 1


def template(folder: Path) -> Path:
    """The two databases, made once and copied for each state."""
    counter = station.make_counter(folder, roster=townsfolk.ROSTER, key=KEY, identity=IDENTITY)
    with write(counter.reference) as tx:
        columns = people.HOUSEHOLD_COLS
        reference.apply_rows(tx, f"households.{people.AREA}", columns, townsfolk.HOUSEHOLDS)
    counter.station.dispose()
    counter.reference.dispose()
    return folder


class Stage:
    """A window, and who works at it once `work` was called."""

    def __init__(self, made: Path, folder: Path) -> None:
        shutil.copytree(made, folder)
        self.folder = folder
        self.clock = FakeClock()
        self.printer = FakePrinter()
        self.tasks = Lanes()
        self.counter = Counter(
            folder,
            open_engine(folder / "station.db", KEY),
            reference.open_reference(folder, KEY),
            ShiftableClock(self.clock),
            IDENTITY,
            CLERK,
        )
        self.counter.network.set(online=True, at=self.clock.at)
        self.services = self._bound()
        self.session = Quiet(self.clock)
        self.window = Window(self.session, self.tasks)
        self._workplace: Workplace | None = None

    def offline(self, why: str = "network", **ago: float) -> None:
        """The centre cannot be reached, since a while."""
        now = self.clock.at
        self.clock.move(**{unit: -number for unit, number in ago.items()})
        self.counter.network.set(online=False, at=self.clock.at, why=why)
        self.clock.at = now

    def go(self, where: str, *args: object) -> None:
        """To a screen: it comes to the front, and what it reads arrives after that, as in the window."""
        navigator = self.workplace.desk.navigator
        self.tasks.held = True
        getattr(navigator, where)(*args)
        self.tasks.held = False
        self.settle()
        self.tasks.run()
        self.settle()

    @property
    def workplace(self) -> Workplace:
        if self._workplace is None:
            self._workplace = Workplace(self.session, self.tasks, self.services)
            self.window.show_workplace(self._workplace, 10)
            self.show()
            self._workplace.sit_down(self.services)
        return self._workplace

    @property
    def screen(self) -> QWidget:
        """The gate's page or the screen in front."""
        view = self.window.stack.currentWidget()
        if self._workplace is not None and view is self._workplace.frame:
            view = self._workplace.frame.stack.currentWidget()
        return view

    def gate(self, view: QWidget) -> None:
        """A page before log-in."""
        self.window.show_gate(view)

    def show(self) -> None:
        """In front and active, as on a clerk's screen."""
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def settle(self) -> None:
        for _ in range(10):
            QApplication.processEvents()

    def read_bars(self) -> None:
        """What a pause of 150 ms would do."""
        if self._workplace is not None:
            self._workplace._gather.stop()
            self._workplace._read()
            self.settle()

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        if self._workplace is not None:
            self._workplace._gather.stop()
            self._workplace.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.services.flush_access()
        self.counter.station.dispose()
        self.counter.reference.dispose()

    def _bound(self) -> Services:
        return replace(
            bind(self.counter),
            run_print_job=partial(run_print_job, self.counter, printer=self.printer),
            print_day_close=partial(print_day_close, self.counter, printer=self.printer),
            print_slip=partial(print_slip, self.counter, printer=self.printer),
            print_test_page=partial(print_test_page, self.counter, printer=self.printer),
            print_told=partial(print_told, self.counter, printer=self.printer),
        )
