"""A button with its key printed on it."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import px, text_width
from ui.theme.tokens import CONTROL, CONTROL_RADIUS
from ui.widgets.icons import draw_icon
from ui.widgets.paint import cap_width, draw_cap, draw_text, surface


class _Skin(NamedTuple):
    fill: str
    line: str
    text: str
    cap: str


_SKINS = {
    "primary": (
        _Skin("accent", "", "on", "filled"),
        _Skin("accent_hover", "", "on", "filled"),
        _Skin("accent_press", "", "on", "filled"),
    ),
    "secondary": (
        _Skin("surface", "line2", "ink", "plain"),
        _Skin("hover", "line2", "ink", "plain"),
        _Skin("line", "line2", "ink", "plain"),
    ),
    "quiet": (
        _Skin("", "", "ink2", "plain"),
        _Skin("hover", "", "ink", "plain"),
        _Skin("line", "", "ink", "plain"),
    ),
    "danger": (
        _Skin("surface", "bad_l", "bad", "plain"),
        _Skin("bad_s", "bad_l", "bad", "plain"),
        _Skin("bad_s", "bad", "bad", "plain"),
    ),
    "link": (
        _Skin("", "", "accent", "plain"),
        _Skin("accent_s", "", "accent", "plain"),
        _Skin("accent_s", "", "accent_press", "plain"),
    ),
}
_OFF = _Skin("hover", "line", "ink3", "off")


class KeyButton(QAbstractButton):
    """Words, perhaps an icon, and the cap of the key that does the same.

    kinds: primary, secondary, quiet, danger, link. One that is not available keeps its place and
    still tells when it is clicked, so that the screen can lead to the first problem.
    """

    def __init__(
        self,
        words: str,
        cap: str = "",
        kind: str = "secondary",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cap, self._kind, self._icon = cap, kind, icon
        self._available = True
        self._height = CONTROL
        self._role = "body_strong"
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(words)

    def set_words(self, words: str, cap: str | None = None) -> None:
        """Say something else."""
        self._cap = self._cap if cap is None else cap
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: str) -> None:
        """Look like another kind."""
        self._kind = kind
        self.update()

    def set_available(self, *, available: bool) -> None:
        """Whether pressing it does the thing or leads to what is missing."""
        self._available = available
        self.update()

    @property
    def available(self) -> bool:
        """Whether pressing it does the thing."""
        return self._available

    def set_height(self, height: int, role: str = "body_strong") -> None:
        """Higher for log-in, lower within a row."""
        self._height, self._role = height, role
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Words, icon and cap with their padding."""
        side = px(8 if self._kind == "link" else 14)
        width = 2 * side + text_width(self.text(), self._role)
        width += px(18 + 8) if self._icon else 0
        width += px(10) + cap_width(self._cap) if self._cap else 0
        return QSize(round(width), px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, words and cap in the middle."""
        painter = QPainter(self)
        skin = self._skin()
        surface(painter, QRectF(self.rect()), skin.fill, skin.line, CONTROL_RADIUS)
        wide = text_width(self.text(), self._role)
        whole = wide + (px(26) if self._icon else 0)
        whole += px(10) + cap_width(self._cap) if self._cap else 0
        x, middle = (self.width() - whole) / 2, self.height() / 2
        if self._icon:
            x += draw_icon(painter, x, middle, self._icon, (18, skin.text)) + px(8)
        place = QRectF(x, 0, wide + 1, self.height())
        draw_text(painter, place, self.text(), self._role, skin.text)
        if self._cap:
            draw_cap(painter, x + wide + px(10), middle, self._cap, skin.cap)

    def _skin(self) -> _Skin:
        if not (self._available and self.isEnabled()):
            return _OFF
        calm, hover, press = _SKINS[self._kind]
        if self.isDown():
            return press
        return hover if self.underMouse() else calm
