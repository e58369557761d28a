"""A chip: a state in a word or two, on its tint."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import px, scheme, text_width
from ui.theme.tokens import CHIP, CHIP_HEIGHT
from ui.widgets.icons import draw_icon
from ui.widgets.paint import draw_text, surface
from ui.widgets.painted import Painted

TONES = {
    "neutral": ("hover", "ink2", "line"),
    "accent": ("accent_s", "accent", "accent_l"),
    "ok": ("ok_s", "ok", "ok_l"),
    "warn": ("warn_s", "warn", "warn_l"),
    "bad": ("bad_s", "bad", "bad_l"),
    "solid": ("accent", "on", "accent"),
}


def chip_width(words: str, icon: str = "") -> float:
    """How wide a chip is."""
    return text_width(words, "chip") + px(16) + (px(15 + 5) if icon else 0)


def draw_chip(painter: QPainter, left: float, middle: float, chip: tuple[str, str, str]) -> float:
    """Draw a chip of (words, tone, icon); returns its width."""
    words, tone, icon = chip
    fill, text, line = TONES[tone]
    width, height = chip_width(words, icon), px(CHIP_HEIGHT)
    rect = QRectF(left, round(middle - height / 2), width, height)
    surface(painter, rect, fill, line if scheme() == "contrast" else "", CHIP)
    x = left + px(8)
    if icon:
        x += draw_icon(painter, x, rect.center().y(), icon, (15, text)) + px(5)
    place = QRectF(x, rect.top(), text_width(words, "chip") + 1, height)
    draw_text(painter, place, words, "chip", text)
    return width


class Chip(Painted):
    """A chip as a widget; tones neutral, accent, ok, warn, bad, solid."""

    def __init__(
        self, words: str, tone: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._chip = (words, tone, icon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def set(self, words: str, tone: str = "neutral", icon: str = "") -> None:
        """Say another state."""
        if self._chip != (words, tone, icon):
            self._chip = (words, tone, icon)
            self.setAccessibleName(words)
            self.updateGeometry()
            self.update()

    def words(self) -> str:
        """What it says."""
        return self._chip[0]

    def sizeHint(self) -> QSize:
        """Words and icon with their padding."""
        return QSize(round(chip_width(self._chip[0], self._chip[2]) + 0.5), px(CHIP_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        draw_chip(QPainter(self), 0, self.height() / 2, self._chip)
