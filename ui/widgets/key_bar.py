"""The key bar: what works now, and the one primary button."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.ports import Bar, Hint, Primary
from ui.theme import px, text_width
from ui.theme.tokens import KEY_BAR, KEY_BAR_PRIMARY, PRIMARY
from ui.widgets.chip import Chip
from ui.widgets.key_button import KeyButton
from ui.widgets.label import Label
from ui.widgets.paint import cap_width, draw_cap, draw_text, rule
from ui.widgets.painted import Painted


class Hints(Painted):
    """Caps and their words in a row; those that find no room are left out, the last first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: tuple[Hint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set(self, hints: tuple[Hint, ...]) -> None:
        """Show others."""
        self._hints = hints
        self.setAccessibleName("，".join(f"{h.cap} {h.words}" for h in hints))
        self.update()

    def hints(self) -> tuple[Hint, ...]:
        """What it shows."""
        return self._hints

    def sizeHint(self) -> QSize:
        """Wide enough for all."""
        return QSize(round(sum(self._wide(h) for h in self._hints)), px(24))

    def minimumSizeHint(self) -> QSize:
        """May be squeezed."""
        return QSize(px(60), px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        x, middle = 0.0, self.height() / 2
        for hint in self._hints:
            if x + self._wide(hint) - px(18) > self.width() + 1:
                break
            left = x + draw_cap(painter, x, middle, hint.cap) + px(6)
            place = QRectF(left, 0, text_width(hint.words, "second") + 1, self.height())
            draw_text(painter, place, hint.words, "second", "ink2")
            x += self._wide(hint)

    @staticmethod
    def _wide(hint: Hint) -> float:
        return cap_width(hint.cap) + px(6) + text_width(hint.words, "second") + px(18)


class KeyBar(Painted):
    """At the bottom of the window; `pressed(key)` when a button is clicked."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = Bar(())
        self._row = QHBoxLayout(self)
        self.hints = Hints()
        self._words = Label("", "note", "ink3", "right")
        self._chip = Chip("", "warn")
        self._second = KeyButton("", "", "secondary")
        self._primary = KeyButton("", "F9", "primary")
        self._primary.set_height(PRIMARY, "input")
        self._row.addWidget(self.hints, 1)
        for widget in (self._words, self._chip, self._second, self._primary):
            self._row.addWidget(widget)
        self._second.clicked.connect(lambda _on=False: self._press(self._bar.secondary))
        self._primary.clicked.connect(lambda _on=False: self._press_primary())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._chip.hide()
        self.set(self._bar)
        self.restyle()

    def set(self, bar: Bar) -> None:
        """Show what works now."""
        self._bar = bar
        self.hints.set(bar.hints)
        primary, second = bar.primary, bar.secondary
        self._primary.setVisible(primary is not None)
        self._second.setVisible(second is not None)
        self._words.setVisible(primary is None)
        self._chip.setVisible(primary is None and bool(self._chip.words()))
        if primary:
            self._show_primary(primary)
        if second:
            self._second.set_words(second[0], second[1])
        self.updateGeometry()

    def set_pack(self, words: str, chip: str = "") -> None:
        """Which rules are in force, and whether they are invented."""
        self._words.set_text(words)
        self._chip.set(chip, "warn")
        self._chip.setVisible(bool(chip) and self._bar.primary is None)

    def bar(self) -> Bar:
        """What it shows."""
        return self._bar

    def restyle(self) -> None:
        """Paddings of the design."""
        self._row.setContentsMargins(px(20), 1, px(16), 0)
        self._row.setSpacing(px(8))

    def sizeHint(self) -> QSize:
        """44 high, 56 with a primary button."""
        return QSize(px(400), px(KEY_BAR_PRIMARY if self._bar.primary else KEY_BAR))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        rule(painter, QRectF(self.rect()), "surface")
        rule(painter, QRectF(0, 0, self.width(), 1))

    def _show_primary(self, primary: Primary) -> None:
        self._primary.set_words(primary.words, primary.cap)
        self._primary.set_kind(primary.tone)
        self._primary.set_available(available=primary.enabled)
        self._primary.setToolTip(primary.note)

    def _press(self, second: tuple[str, str] | None) -> None:
        if second:
            self.pressed.emit(second[1])

    def _press_primary(self) -> None:
        if self._bar.primary:
            self.pressed.emit(self._bar.primary.cap)
