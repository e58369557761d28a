"""The frame around the screens: top bar, rail, key bar."""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.services.queries.home_summary import HomeSummary
from ui.ports import ENTERED, SCANNED, Screen
from ui.shell.registry import RAIL
from ui.theme import px
from ui.widgets import KeyBar, Rail, TopBar

LARGE_SCAN = {"home", "search", "accepted"}
"""Screens with the scan box large in the page: the top bar leaves its own out."""
NARROW = 1100


class Frame(QWidget):
    """Bars around a stack of screens."""

    looked_for = Signal(str, str)
    """Something was typed or scanned in the top bar's box."""

    def __init__(self, station: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.top = TopBar(station)
        self.rail = Rail(RAIL)
        self.keys = KeyBar()
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        column.addWidget(self.keys)
        self.top.scan.scanned.connect(lambda text: self._looked(text, SCANNED))
        self.top.scan.submitted.connect(lambda text: self._looked(text, ENTERED))
        self.top.scan.typed.connect(lambda text: self._looked(text, ""))

    def bring(self, view: QWidget, name: str) -> None:
        """Put a screen in front and let it say what its keys do."""
        if self.stack.indexOf(view) < 0:
            self.stack.addWidget(view)
            told = getattr(view, "bar_changed", None)
            if told is not None:
                told.connect(self.read_bar)
        self.stack.setCurrentWidget(view)
        screen = cast("Screen", view)
        self.rail.light(screen.rail)
        self.top.scan.setVisible(name not in LARGE_SCAN)
        self.read_bar()
        screen.shown()

    def front(self) -> Screen | None:
        """The screen in front."""
        return cast("Screen", self.stack.currentWidget()) if self.stack.count() else None

    def read_bar(self) -> None:
        """Show the keys as they work now."""
        screen = self.front()
        if screen is not None:
            bar = screen.bar()
            if bar != self.keys.bar():
                self.keys.set(bar)

    def show_summary(self, summary: HomeSummary, waiting: int) -> None:
        """Chips, badges and the pack in force."""
        self.top.set_net(summary.net, summary.net_words)
        self.top.set_unsent(summary.pending)
        self.rail.badge("worklist", waiting, "bad")
        tone = "grey" if summary.net == "online" else "warn"
        self.rail.badge("outbox", summary.pending, tone)
        self.keys.set_pack(f"规则包 {summary.pack_label}", "示例数据" if summary.invented else "")

    def fit(self, width: int) -> None:
        """Under 1100 logical wide the rail goes; its keys stay."""
        self.rail.setVisible(width >= px(NARROW))

    def _looked(self, text: str, how: str) -> None:
        if text.strip():
            self.top.scan.set_text("")
            self.looked_for.emit(text, how)
