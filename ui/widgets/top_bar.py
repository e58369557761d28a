"""The top bar: whose window this is, the scan box, and how it stands with the centre."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import px
from ui.theme.tokens import TOP_BAR
from ui.widgets.chip import Chip
from ui.widgets.icons import IconLabel
from ui.widgets.label import Label
from ui.widgets.mark import Mark
from ui.widgets.paint import rule
from ui.widgets.painted import Painted
from ui.widgets.scan_box import SmallScanBox

NET = {"online": ("ok", "cloud"), "offline": ("warn", "cloud-off"), "clock": ("bad", "clock")}
NARROW = 1100


class TopBar(Painted):
    """Mark and station, scan box, net chip, unsent chip, clerk, clock."""

    unsent_pressed = Signal()

    def __init__(self, station: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scan = SmallScanBox()
        self.net = Chip("还没连上", "warn", "cloud-off")
        self.unsent = Chip("待发 0", "neutral", "send")
        self.clerk = Label("", "body_head")
        self.window_name = Label("", "second", "ink2")
        self.clock = Label("", "form_title")
        self._row = QHBoxLayout(self)
        self._row.addWidget(Mark(28, "accent", "on"))
        self._name = Label("医保基层窗口", "body_head")
        self._station = Label(station, "second", "ink2")
        self._row.addWidget(self._name)
        self._row.addWidget(self._station)
        self._row.addStretch(1)
        self._row.addWidget(self.scan)
        self._row.addStretch(1)
        for widget in (self.net, self.unsent):
            self._row.addWidget(widget)
        self._row.addSpacing(px(10))
        self._row.addWidget(IconLabel("user", 18, "ink2"))
        for label in (self.clerk, self.window_name, self.clock):
            self._row.addWidget(label)
        self.unsent.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_net(self, state: str, words: str) -> None:
        """How the net stands: online, offline or clock."""
        tone, icon = NET[state]
        self.net.set(words, tone, icon)

    def set_unsent(self, count: int) -> None:
        """How many entries wait."""
        self.unsent.set(f"待发 {count}", "neutral", "send")

    def set_clerk(self, name: str, window: str) -> None:
        """Who sits here."""
        self.clerk.set_text(name)
        self.window_name.set_text(window)

    def restyle(self) -> None:
        """Paddings of the design."""
        self._row.setContentsMargins(px(20), 0, px(19), 1)
        self._row.setSpacing(px(10))
        self.scan.setFixedWidth(px(330))

    def sizeHint(self) -> QSize:
        """As high as the design says."""
        return QSize(px(800), px(TOP_BAR))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In large print the mark stands for the name; who sits here stays."""
        wide = self.width() >= px(NARROW)
        for label in (self._name, self._station, self.window_name):
            label.setVisible(wide)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the unsent chip opens the outbox."""
        if self.unsent.geometry().contains(event.position().toPoint()):
            self.unsent_pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        rule(painter, QRectF(self.rect()), "surface")
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1))
