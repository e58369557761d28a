"""Filters in a row, each with its count; the current one is a white pill."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import px, text_width
from ui.theme.tokens import CHIP, CONTROL_RADIUS
from ui.widgets.chip import TONES
from ui.widgets.paint import draw_text, surface
from ui.widgets.painted import Painted


@dataclass(frozen=True, slots=True)
class Tab:
    """A filter: its key, words, how many it lets through, and the tone of that number."""

    key: str
    words: str
    count: int
    tone: str = "neutral"


class FilterTabs(Painted):
    """`chosen(key)` for a click; Ctrl+← and Ctrl+→ belong to the screen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: tuple[Tab, ...] = ()
        self._current = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set(self, tabs: tuple[Tab, ...], current: str) -> None:
        """Show these, one of them current."""
        self._tabs, self._current = tabs, current
        self.setAccessibleName("，".join(f"{t.words} {t.count}" for t in tabs))
        self.updateGeometry()
        self.update()

    def tabs(self) -> tuple[Tab, ...]:
        """What is shown."""
        return self._tabs

    def sizeHint(self) -> QSize:
        """All of them in one row."""
        places = self._places()
        return QSize(round(places[-1].right()) + 1 if places else px(80), px(36))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        for tab, place in zip(self._tabs, self._places(), strict=True):
            if place.contains(event.position()):
                self.chosen.emit(tab.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the filters."""
        painter = QPainter(self)
        for tab, place in zip(self._tabs, self._places(), strict=True):
            self._draw(painter, tab, place)

    def _draw(self, painter: QPainter, tab: Tab, place: QRectF) -> None:
        lit = tab.key == self._current
        if lit:
            surface(painter, place, "surface", "accent_l", CONTROL_RADIUS)
        role, tone = ("body_strong", "accent") if lit else ("body", "ink2")
        words = QRectF(place.left() + px(11), place.top(), place.width(), place.height())
        x = words.left() + draw_text(painter, words, tab.words, role, tone) + px(6)
        fill, ink, _ = TONES[tab.tone]
        wide = text_width(str(tab.count), "chip") + px(12)
        box = QRectF(x, place.center().y() - px(10), wide, px(20))
        surface(painter, box, fill, "", CHIP)
        draw_text(painter, box, str(tab.count), "chip", ink, align="center")

    def _places(self) -> list[QRectF]:
        places = []
        x = 0.0
        for tab in self._tabs:
            wide = px(11 + 6 + 12 + 11) + text_width(tab.words, "body_strong")
            wide += text_width(str(tab.count), "chip")
            places.append(QRectF(x, 0, wide, px(35)))
            x += wide + px(4)
        return places
