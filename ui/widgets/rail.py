"""The rail: the screens that exist, with badges."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import px, text_width
from ui.theme.tokens import CARD_RADIUS, RAIL
from ui.widgets.icons import draw_icon
from ui.widgets.paint import draw_text, rule, surface
from ui.widgets.painted import Painted

BADGES = {"bad": ("bad", "surface"), "grey": ("ink2", "surface"), "warn": ("warn", "surface")}


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A place: its name, icon, words and the digit that goes there with Ctrl."""

    name: str
    icon: str
    words: str
    digit: int
    below: bool = False
    """Stands at the rail's foot."""


class Rail(Painted):
    """76 wide at the left; `chosen(name)` for a click."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[RailEntry, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = entries
        self._lit = entries[0].name
        self._over = -1
        self._badges: dict[str, tuple[int, str]] = {}
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def light(self, name: str) -> None:
        """Show where the clerk is."""
        self._lit = name
        self.update()

    def lit(self) -> str:
        """Where the clerk is."""
        return self._lit

    def badge(self, name: str, count: int, tone: str) -> None:
        """A count on a place: bad needs you, grey waits, warn offline; 0 takes it away."""
        self._badges[name] = (count, tone)
        self.update()

    def badges(self) -> dict[str, tuple[int, str]]:
        """The badges shown."""
        return {name: badge for name, badge in self._badges.items() if badge[0]}

    def sizeHint(self) -> QSize:
        """As wide as the design says."""
        return QSize(px(RAIL), px(64 * len(self.entries) + 16))

    def minimumSizeHint(self) -> QSize:
        """As wide as the design says."""
        return self.sizeHint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self._over = self._at(event.position().y())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went."""
        self._over = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        at = self._at(event.position().y())
        if event.button() is Qt.MouseButton.LeftButton and at >= 0:
            self.chosen.emit(self.entries[at].name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the places."""
        painter = QPainter(self)
        rule(painter, QRectF(self.width() - 1, 0, 1, self.height()))
        for index, entry in enumerate(self.entries):
            self._draw(painter, index, entry)

    def _draw(self, painter: QPainter, index: int, entry: RailEntry) -> None:
        lit = entry.name == self._lit
        place = self._place(index)
        if lit:
            surface(painter, place, "surface", "line", CARD_RADIUS)
        elif index == self._over:
            surface(painter, place, "hover", "", CARD_RADIUS)
        tone = "accent" if lit else "ink2"
        middle = place.center().x()
        draw_icon(painter, middle - px(11), place.top() + px(18), entry.icon, (22, tone))
        words = QRectF(place.left(), place.top() + px(33), place.width(), px(20))
        draw_text(painter, words, entry.words, "chip" if lit else "note", tone, align="center")
        count, kind = self._badges.get(entry.name, (0, "grey"))
        if count:
            self._draw_badge(painter, middle, place.top(), (str(min(count, 99)), kind))

    @staticmethod
    def _draw_badge(painter: QPainter, middle: float, top: float, badge: tuple[str, str]) -> None:
        words, kind = badge
        fill, ink = BADGES[kind]
        width = max(px(16), text_width(words, "cap") + px(8))
        rect = QRectF(middle + px(4), top + px(3), width, px(16))
        surface(painter, rect, fill, "", 8)
        draw_text(painter, rect, words, "cap", ink, align="center")

    def _place(self, index: int) -> QRectF:
        top = px(10 + 64 * index)
        if self.entries[index].below:
            last = len(self.entries) - 1 - index
            top = max(self.height() - px(10 + 58 + 64 * last), top)
        return QRectF(px(8), top, px(RAIL - 17), px(58))

    def _at(self, y: float) -> int:
        return next(
            (
                i
                for i in range(len(self.entries))
                if self._place(i).top() <= y <= self._place(i).bottom()
            ),
            -1,
        )
