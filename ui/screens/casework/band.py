"""The person band above the form: who, number, cover of the year, and whether the draft is kept."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.screens.casework.revealing import REASONS
from ui.screens.casework.state import Band
from ui.theme import px
from ui.widgets import Chip, IconLabel, KeyButton, Label, Painted, draw_text, rule, surface
from ui.widgets.reason_strip import ReasonStrip

TALL, LOW = 66, 44
NARROW = 1100


class _Initial(Painted):
    def __init__(self) -> None:
        super().__init__()
        self.letter, self.low = "", False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        size = px(30 if self.low else 40)
        return QSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), "accent_s", "accent_l", 6)
        role = "body_head" if self.low else "form_title"
        draw_text(painter, QRectF(self.rect()), self.letter, role, "accent", align="center")


class PersonBand(Painted):
    """One line where the window is low or narrow, else two; `reveal` for 显示, `given(reason)`."""

    reveal = Signal()
    given = Signal(str)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._band, self._low = Band(), False
        self._tile = _Initial()
        self._name = Label("", "form_title")
        self._words, self._number = Label("", "body", "ink2"), Label("", "body", "ink2")
        self._show = KeyButton("显示", "", "link")
        self._show.set_height(30)
        self._insured = Chip("", "ok", "circle-check")
        self._identity = Chip("", "accent")
        self._place = Label("", "second", "ink3")
        self._by = Chip("", "ok", "check")
        self._tick = IconLabel("check", 18, "ok")
        self._saved = Label("", "second", "ink2", "right")
        self.reasons = ReasonStrip(REASONS)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        self._row, self._column = QHBoxLayout(), QVBoxLayout(self)
        self._build()
        self._show.clicked.connect(lambda _on=False: self.reveal.emit())
        self.reasons.given.connect(self.given)
        self.reasons.typed.connect(self.typed)
        self.restyle()

    def show_band(self, band: Band, saved: str, begun: str = "") -> None:
        """Show it; `begun` is what was written of a reason."""
        asks = band.asking and not self._band.asking
        self._band = band
        self._tile.letter = band.name[:1]
        self._tile.update()
        self._name.set_text(band.name)
        self._words.set_text(band.words)
        self._number.set_text(band.number)
        self._show.set_words("收起" if band.full else "显示", "")
        self._show.setVisible(band.reveal)
        self._insured.set(
            band.insured, band.insured_tone, "circle-check" if band.insured_tone == "ok" else ""
        )
        self._insured.setVisible(bool(band.insured))
        self._identity.set(band.identity, "accent")
        self._identity.setVisible(bool(band.identity))
        self._by.set(band.note, "ok", "check")
        self._by.setVisible(bool(band.note) and self.width() >= px(NARROW))
        self._place.set_text(band.place)
        self._saved.set_text(saved if self.width() >= px(NARROW) else "已存" if saved else "")
        self._tick.setVisible(bool(saved))
        self.reasons.setVisible(band.asking)
        if asks:
            self.reasons.ask(begun)

    def set_low(self, *, low: bool) -> None:
        """One line, as in a low window."""
        if low != self._low:
            self._low = self._tile.low = low
            for widget in (self._insured, self._identity, self._by, self._place):
                self._lower.removeWidget(widget)
                self._upper.removeWidget(widget)
            self._fill()
            self.restyle()

    def saved(self) -> str:
        """What it says of the draft."""
        return self._saved.text()

    def number(self) -> str:
        """The number as it stands there."""
        return self._number.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In large print the words of the draft are few."""
        self.show_band(self._band, self._saved.text())

    def restyle(self) -> None:
        """Paddings of the design."""
        self._row.setContentsMargins(px(20), 0, px(20), 0)
        self._row.setSpacing(px(13))
        self._upper.setSpacing(px(12))
        self._lower.setSpacing(px(9))
        self._column.setContentsMargins(0, 0, 0, 1)
        self.reasons.setContentsMargins(px(20), 0, px(20), px(6))
        self._tile.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), "surface", "", 0)
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1))

    def _build(self) -> None:
        for whole in (self._name, self._saved, self._number):
            whole.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for widget in (self._name, self._words, self._number, self._show):
            self._upper.addWidget(widget)
        self._upper.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(self._upper)
        words.addLayout(self._lower)
        self._row.addWidget(self._tile)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._tick)
        self._row.addWidget(self._saved)
        self._column.setSpacing(0)
        self._column.addLayout(self._row)
        self._column.addWidget(self.reasons)
        self.reasons.hide()
        self._fill()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _fill(self) -> None:
        chips = (self._insured, self._identity, self._by)
        if self._low:
            for widget in chips:
                self._upper.insertWidget(self._upper.count() - 1, widget)
            self._upper.insertWidget(self._upper.count() - 1, self._place, 20)
            return
        for widget in chips:
            self._lower.addWidget(widget)
        self._lower.addWidget(self._place, 1)

    def sizeHint(self) -> QSize:
        """As high as the design says, higher while a reason is asked for."""
        more = self.reasons.sizeHint().height() + px(10) if self._band.asking else 0
        return QSize(px(600), px(LOW if self._low else TALL) + more)
