"""The examination before a log-in: its own top line and keys, and back to the page it was called from."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from counter_app.bootstrap import Checkup
from ui.ports import Poster
from ui.rounds import Rounds
from ui.screens.doctor.body import DoctorBody, Ways
from ui.theme import px
from ui.theme.tokens import TOP_BAR
from ui.widgets import KeyBar, Label, Mark, Painted, rule


class DoctorGate(Painted):
    """A page over the first start or the log-in."""

    def __init__(
        self,
        find: Callable[[], Checkup],
        rounds: Rounds,
        tasks: Poster,
        back: Callable[[], None],
        *,
        inside: bool = False,
    ) -> None:
        super().__init__()
        self.body = DoctorBody(find, rounds, tasks, Ways(back))
        self.keys = KeyBar()
        self._top = _Top("已锁屏" if inside else "还没有登录，上了锁的数据不查")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self.body, 1)
        column.addWidget(self.keys)
        self.body.bar_changed.connect(self._read_bar)
        self._read_bar()

    def begin(self) -> None:
        """Look, unless it was looked already."""
        self.body.shown()

    def press(self, key: str) -> bool:
        """The body's keys."""
        return self.body.press(key)

    def heard(self, text: str, ms: int) -> bool:
        """A scanner's burst."""
        return self.body.heard(text, ms)

    def close_page(self) -> None:
        """It goes for good."""
        self.body.left()
        self.body.presenter.close()

    def _read_bar(self) -> None:
        bar = self.body.bar()
        if bar != self.keys.bar():
            self.keys.set(bar)


class _Top(Painted):
    """Whose window this is, and that nobody is in."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.addWidget(Mark(28, "accent", "on"))
        self._row.addWidget(Label("医保基层窗口", "body_head"))
        self._row.addWidget(Label(words, "second", "ink2"))
        self._row.addStretch(1)
        self.restyle()

    def restyle(self) -> None:
        """Paddings of the design."""
        self._row.setContentsMargins(px(20), 0, px(19), 1)
        self._row.setSpacing(px(10))
        self.setFixedHeight(px(TOP_BAR))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rule(painter, QRectF(self.rect()), "surface")
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1))
