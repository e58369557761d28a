"""The main window: the gate before log-in, the frame after it, keys and idle time for both."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from counter_app.kernel.clock import moment
from ui.shell.keys import Keys, name_of
from ui.shell.session import Session
from ui.tasks import TaskRunner
from ui.theme import SIZES, px, scale, scheme, use
from ui.widgets.banner import Banner
from ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from ui.screens.doctor.gate import DoctorGate
    from ui.shell.workplace import Workplace

IDLE_MINUTES = 10
MINUTE_MS = 60_000
SMALLEST = (800, 480)


class Window(QWidget):
    """One window; what stands in it is the gate's or the workplace's affair."""

    def __init__(self, session: Session, tasks: TaskRunner) -> None:
        super().__init__()
        self.session, self.tasks = session, tasks
        self.setObjectName("ground")
        self.setWindowTitle("医保基层窗口")
        self.stack = QStackedWidget()
        self._trouble = Banner("bad")
        self._trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # what is higher than the window scrolls inside of it
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(*SMALLEST)
        column.addWidget(self._trouble)
        column.addWidget(self.stack, 1)
        self.workplace: Workplace | None = None
        self._gate: QWidget | None = None
        self._visit: DoctorGate | None = None
        self._left_off: QWidget | None = None
        self.ring = FocusRing(self)
        self._keys = Keys(self, self)
        self._lock: Callable[[str], None] = lambda _why: None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(lambda: self._lock("idle"))
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(1000)
        self.resize(px(1366), px(768))

    def on_lock(self, lock: Callable[[str], None]) -> None:
        """What locking does: by F12 ("key") or by idle time ("idle")."""
        self._lock = lock

    def show_gate(self, view: QWidget) -> None:
        """Put a gate page in front; the workplace keeps everything behind it."""
        self._idle.stop()
        self._front(view)
        before, self._gate = self._gate, view
        if before is not None and before is not view:
            self.stack.removeWidget(before)
            before.deleteLater()

    def visit(self, page: "DoctorGate") -> None:
        """A page over the gate, which keeps what is typed in it."""
        self._visit, self._left_off = page, QApplication.focusWidget()
        self._front(page)
        page.begin()

    def end_visit(self) -> None:
        """Back to the gate, the cursor where it was."""
        page, self._visit = self._visit, None
        if page is None:
            return
        if self._gate is not None:
            self.stack.setCurrentWidget(self._gate)
        self.stack.removeWidget(page)
        page.close_page()
        page.deleteLater()
        if self._left_off is not None and isValid(self._left_off):
            self._left_off.setFocus()

    def show_workplace(self, workplace: "Workplace", idle_minutes: int) -> None:
        """The frame in front; the idle time begins to count."""
        self.workplace = workplace
        self._front(workplace.frame)
        workplace.frame.fit(self.width())
        self._idle.setInterval(idle_minutes * MINUTE_MS)
        self._idle.start()

    def working(self) -> bool:
        """Whether the workplace is in front."""
        return self.workplace is not None and self.stack.currentWidget() is self.workplace.frame

    def tell(self, title: str, text: str) -> None:
        """Say what went wrong, at the top, until the clerk has read it."""
        self._trouble.set("bad", title, text, [("知道了", "", self._trouble.hide)])
        self._trouble.show()

    def trouble(self) -> str:
        """What is being said of something gone wrong, "" for nothing."""
        return self._trouble.title() if self._trouble.isVisible() else ""

    def moved(self) -> None:
        """The clerk is there: the idle time begins anew."""
        if self._idle.isActive():
            self._idle.start()

    def scanned(self, text: str, ms: int) -> None:
        """A scanner's burst outside of any text field, and how long it took."""
        if self._visit is not None:
            self._visit.heard(text, ms)
        elif self.working() and self.workplace is not None:
            self.workplace.scanned(text, ms)

    def take(self, key: str) -> bool:
        """A key no widget wanted, or one that works everywhere."""
        if key in {"Ctrl++", "Ctrl+-", "Ctrl+0"}:
            return self._print_size(key[-1])
        if not self.working() or self.workplace is None:
            view = self.stack.currentWidget()
            press: Callable[[str], bool] | None = getattr(view, "press", None)
            return press(key) if press is not None else False
        if key == "F12":
            self._lock("key")
            return True
        return self.workplace.press(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the widgets left over."""
        name = name_of(event)
        if not (name and self.take(name)):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the rail out where there is no room."""
        if self.workplace is not None:
            self.workplace.frame.fit(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is half-typed, then let everything end in order."""
        if self.workplace is not None:
            self.workplace.leave()
        self._idle.stop()
        self._clock.stop()
        event.accept()

    def _print_size(self, step: str) -> bool:
        """Larger, smaller, or as designed; everything is drawn anew by the tokens."""
        at = SIZES.index(min(SIZES, key=lambda size: abs(size - scale())))
        at = {"+": min(at + 1, len(SIZES) - 1), "-": max(at - 1, 0), "0": SIZES.index(1.0)}[step]
        app = QApplication.instance()
        if isinstance(app, QApplication) and SIZES[at] != scale():
            use(app, scheme(), SIZES[at])
        return True

    def _front(self, view: QWidget) -> None:
        if view is not self._visit:
            self.end_visit()
        if self.stack.indexOf(view) < 0:
            self.stack.addWidget(view)
        self.stack.setCurrentWidget(view)

    def _tick(self) -> None:
        if self.workplace is not None:
            self.workplace.frame.top.clock.set_text(f"{moment(self.session.clock):%H:%M}")
