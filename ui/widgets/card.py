"""A card: a rounded surface with a head and a body."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import px
from ui.theme.tokens import CARD_RADIUS
from ui.widgets.label import Label
from ui.widgets.paint import rule, surface
from ui.widgets.painted import Painted


class Card(Painted):
    """A surface on the window's ground.

    `head` is a row for more widgets beside the title, `tail` one at the right end; `body` is where the content goes.
    `ruled` draws a line under the head; `flush` lets the body touch the card's edges (tables).
    """

    def __init__(
        self,
        title: str = "",
        aside: str = "",
        *,
        ruled: bool = False,
        flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ruled, self._flush = ruled, flush
        self._outer = QVBoxLayout(self)
        self.title = Label(title, "section")
        self.aside = Label(aside, "second", "ink3", "right")
        self._top = QWidget(self)
        row = QHBoxLayout(self._top)
        self.head = QHBoxLayout()
        row.addWidget(self.title)
        row.addLayout(self.head)
        row.addStretch(1)
        row.addWidget(self.aside)
        self.tail = QHBoxLayout()
        row.addLayout(self.tail)
        self.body = QVBoxLayout()
        self._outer.addWidget(self._top)
        self._outer.addLayout(self.body, 1)
        self._top.setVisible(bool(title or aside))
        self.restyle()

    def set_title(self, title: str, aside: str | None = None) -> None:
        """Change the head."""
        self.title.set_text(title)
        if aside is not None:
            self.aside.set_text(aside)
        self._top.show()

    def restyle(self) -> None:
        """Paddings of the design."""
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._outer.setSpacing(0)
        row = self._top.layout()
        if row is not None:
            below = px(12) if self._ruled else px(4)
            row.setContentsMargins(px(17), px(11), px(17), below)
            row.setSpacing(px(10))
        self.head.setSpacing(px(8))
        side = 0 if self._flush else px(17)
        above = px(4) if self._top.isVisibleTo(self) else px(12)
        self.body.setContentsMargins(side, 0 if self._flush else above, side, px(12))
        self.body.setSpacing(px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw surface and rule."""
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), "surface", "line", CARD_RADIUS)
        if self._ruled and self._top.isVisible():
            rule(painter, QRectF(1, self._top.geometry().bottom(), self.width() - 2, 1))
