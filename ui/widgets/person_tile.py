"""A clerk to choose: the first character on a tile, name, a note, and the digit."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import px, text_width
from ui.theme.tokens import CARD_RADIUS, CONTROL_RADIUS
from ui.widgets.paint import cap_width, draw_cap, draw_text, surface


class PersonTile(QAbstractButton):
    """60 high; the chosen one on a tint with the accent's border."""

    def __init__(
        self,
        name: str,
        note: str,
        digit: str,
        *,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._compact = compact
        self._name, self._note, self._digit = name, note, digit
        self._chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_chosen(self, *, chosen: bool) -> None:
        """Show that this is who logs in."""
        self._chosen = chosen
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the design says."""
        return QSize(px(120 if self._compact else 200), px(48 if self._compact else 60))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw tile, words and cap."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        line, fill = ("accent", "accent_s") if self._chosen else ("line2", "surface")
        if self.underMouse() and not self._chosen:
            fill = "hover"
        surface(painter, rect, fill, line, CARD_RADIUS, pen=2.0 if self._chosen else 1.0)
        cap = cap_width(self._digit)
        if self._digit:
            draw_cap(painter, rect.right() - px(13) - cap, rect.center().y(), self._digit)
        room = rect.width() - cap - px(24)
        if self._compact:
            self._draw_name(painter, QRectF(px(14), 0, room - px(20), rect.height()))
            return
        tile = QRectF(px(12), (rect.height() - px(40)) / 2, px(40), px(40))
        surface(painter, tile, "accent_s", "accent_l", CONTROL_RADIUS)
        draw_text(painter, tile, self._name[:1], "form_title", "accent", align="center")
        left, width = px(64), room - px(64)
        height = rect.height() / 2 if self._note else rect.height()
        top = QRectF(left, px(4) if self._note else 0, width, height)
        draw_text(painter, top, self._name, "body_head", "ink")
        under = QRectF(left, height - px(3), width, height)
        draw_text(painter, under, self._note, "note", "ink3")

    def _draw_name(self, painter: QPainter, place: QRectF) -> None:
        """The name alone; a long one in two lines, broken at its point."""
        if text_width(self._name, "body_head") <= place.width():
            draw_text(painter, place, self._name, "body_head", "ink")
            return
        half = len(self._name) // 2
        at = next((i for i, ch in enumerate(self._name) if ch in "·・"), half) + 1
        top = QRectF(place.left(), place.center().y() - px(19), place.width(), px(19))
        draw_text(painter, top, self._name[:at], "note", "ink")
        draw_text(painter, top.translated(0, px(18)), self._name[at:], "note", "ink")
