"""The one-line household band above the form."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.screens.enrolment.state import Band
from ui.theme import px
from ui.widgets import Chip, IconLabel, Label, Painted, draw_text, rule, surface

HEIGHT = 44


class _Initial(Painted):
    """The family name on its tile."""

    def __init__(self) -> None:
        super().__init__()
        self.letter = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(30), px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), "accent_s", "accent_l", 6)
        draw_text(painter, QRectF(self.rect()), self.letter, "body_head", "accent", align="center")


class HouseholdBand(Painted):
    """Whose household, how many, who stands at the window, and whether the draft is kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tile = _Initial()
        self._title = Label("", "form_title")
        self._words = Label("", "body", "ink2")
        self._present = Chip("", "ok", "check")
        self._village = Label("", "second", "ink3")
        self._tick = IconLabel("check", 18, "ok")
        self._saved = Label("", "second", "ink2", "right")
        self._row = QHBoxLayout(self)
        # the name stays whole, the address gives way first
        for whole in (self._title, self._saved):
            whole.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._village.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for widget in (self._tile, self._title, self._words, self._present):
            self._row.addWidget(widget)
        self._row.addWidget(self._village, 1)
        self._row.addWidget(self._tick)
        self._row.addWidget(self._saved)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_band(self, band: Band, saved: str) -> None:
        """Show it."""
        self._tile.letter = band.initial
        self._tile.update()
        self._title.set_text(band.title)
        self._words.set_text("  ".join(band.words))
        self._present.set(
            band.present, "warn" if band.agent else "ok", "users" if band.agent else "check"
        )
        self._present.setVisible(bool(band.present))
        self._village.set_text(band.village)
        self._saved.set_text(saved)
        self._tick.setVisible(bool(saved))

    def saved(self) -> str:
        """What it says of the draft."""
        return self._saved.text()

    def sizeHint(self) -> QSize:
        """As high as the design says."""
        return QSize(px(600), px(HEIGHT))

    def restyle(self) -> None:
        """Paddings of the design."""
        self._row.setContentsMargins(px(20), 0, px(20), 0)
        self._row.setSpacing(px(11))
        self.setFixedHeight(px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), "surface", "", 0)
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1))
