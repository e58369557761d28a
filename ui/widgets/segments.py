"""A choice of few in one track; the current one is a white pill."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import px, text_width
from ui.theme.tokens import CONTROL_RADIUS
from ui.widgets.box import Box
from ui.widgets.paint import draw_text, surface

HIGH, INSET, SIDE = 34, 3, 10


class Segments(Box):
    """`chosen(key)` for a click, or ← and → while it has the focus."""

    chosen = Signal(str)

    def __init__(
        self, options: tuple[tuple[str, str], ...], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._options = options
        self._current = ""
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_current("")

    def set_current(self, key: str) -> None:
        """Show which one is in force."""
        self._current = key
        words = dict(self._options).get(key, "")
        self.setAccessibleName(f"{self._name} {words}".strip())
        self.update()

    def current(self) -> str:
        """Which one is in force."""
        return self._current

    def sizeHint(self) -> QSize:
        """All of them in one row."""
        wide = sum(self._wide(words) for _, words in self._options)
        return QSize(round(wide) + 2 * px(INSET), px(HIGH))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The one before or after."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        keys = [key for key, _ in self._options]
        at = keys.index(self._current) if self._current in keys else 0
        if step and 0 <= at + step < len(keys):
            self.chosen.emit(keys[at + step])
        elif not step:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        for (key, _), place in zip(self._options, self._places(), strict=True):
            if place.contains(event.position()):
                self.chosen.emit(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and pill."""
        painter = QPainter(self)
        line, pen = ("accent", 2.0) if self.hasFocus() else ("line", 1.0)
        surface(painter, QRectF(self.rect()), "hover", line, CONTROL_RADIUS, pen=pen)
        for (key, words), place in zip(self._options, self._places(), strict=True):
            lit = key == self._current
            if lit:
                surface(painter, place, "surface", "accent_l", CONTROL_RADIUS - 1)
            role, tone = ("body_strong", "accent") if lit else ("body", "ink2")
            draw_text(painter, place, words, role, tone, align="center")

    def _ring(self) -> QRect:
        return self.rect()

    def _wide(self, words: str) -> float:
        return text_width(words, "body_strong") + 2 * px(SIDE)

    def _places(self) -> list[QRectF]:
        inset = px(INSET)
        places, x = [], float(inset)
        for _, words in self._options:
            wide = self._wide(words)
            places.append(QRectF(x, inset, wide, self.height() - 2 * inset))
            x += wide
        return places
