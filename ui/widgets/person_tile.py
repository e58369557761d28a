"""A clerk to choose: the first character on a tile, name, a note, and the digit."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import px
from ui.theme.tokens import CARD_RADIUS, CONTROL_RADIUS
from ui.widgets.paint import cap_width, draw_cap, draw_text, surface


class PersonTile(QAbstractButton):
    """60 high; the chosen one on a tint with the accent's border."""

    def __init__(self, name: str, note: str, digit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        return QSize(px(200), px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw tile, words and cap."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        line, fill = ("accent", "accent_s") if self._chosen else ("line2", "surface")
        if self.underMouse() and not self._chosen:
            fill = "hover"
        surface(painter, rect, fill, line, CARD_RADIUS, pen=2.0 if self._chosen else 1.0)
        tile = QRectF(px(12), (rect.height() - px(40)) / 2, px(40), px(40))
        surface(painter, tile, "accent_s", "accent_l", CONTROL_RADIUS)
        draw_text(painter, tile, self._name[:1], "form_title", "accent", align="center")
        cap = cap_width(self._digit)
        left, width = px(64), rect.width() - px(64) - cap - px(24)
        height = rect.height() / 2 if self._note else rect.height()
        top = QRectF(left, px(4) if self._note else 0, width, height)
        draw_text(painter, top, self._name, "body_head", "ink")
        under = QRectF(left, height - px(3), width, height)
        draw_text(painter, under, self._note, "note", "ink3")
        if self._digit:
            draw_cap(painter, rect.right() - px(13) - cap, rect.center().y(), self._digit)
