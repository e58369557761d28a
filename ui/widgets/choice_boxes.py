"""A choice of few: boxes with digits."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import px, text_width
from ui.theme.tokens import CONTROL, CONTROL_RADIUS
from ui.widgets.box import Box
from ui.widgets.paint import cap_width, draw_cap, draw_text, surface

Options = Sequence[tuple[str, str]]
"""(code, words)"""


class ChoiceBoxes(Box):
    """At most nine boxes in a row, wrapping where the row is too narrow; digits choose while it has the focus."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, options: Options = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        self._code = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # a fixed height would keep the first row's only
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_options(self, options: Options) -> None:
        """Offer others; the choice stays where it is among them."""
        self._options = tuple(options)
        self.updateGeometry()
        self.update()

    def options(self) -> tuple[tuple[str, str], ...]:
        """What is offered."""
        return self._options

    def code(self) -> str:
        """The choice, "" before one is made."""
        return self._code

    def set_code(self, code: str) -> None:
        """Show a choice without telling."""
        self._code = code
        self.update()

    def set_read_only(self, *, read_only: bool) -> None:
        """A choice that is given, not made."""
        self._read_only = read_only
        self.update()

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many rows as the width asks for."""
        return self._rows_high(self._places(width))

    def sizeHint(self) -> QSize:
        """All boxes in one row."""
        wide = sum(self._wide(i) + px(8) for i in range(len(self._options)))
        return QSize(round(wide), px(CONTROL))

    def minimumSizeHint(self) -> QSize:
        """The widest box."""
        wide = max((self._wide(i) for i in range(len(self._options))), default=0.0)
        height = self.heightForWidth(self.width()) if self.width() > wide else px(CONTROL)
        return QSize(round(wide), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose; arrows move the choice. With Alt or Ctrl a digit goes elsewhere, and chooses nothing."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = "" if held else event.text()
        codes = [code for code, _ in self._options]
        if digit.isascii() and digit.isdigit() and 0 < int(digit) <= len(codes):
            self._choose(codes[int(digit) - 1])
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} and codes:
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            at = codes.index(self._code) + step if self._code in codes else 0
            self._choose(codes[at % len(codes)])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        for (code, _), place in zip(self._options, self._middle_places(), strict=True):
            if place.contains(event.position()):
                self._choose(code)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus went."""
        super().focusOutEvent(event)
        self.update()
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes."""
        painter = QPainter(self)
        for index, place in enumerate(self._middle_places()):
            self._draw(painter, index, place)

    def _draw(self, painter: QPainter, index: int, place: QRectF) -> None:
        code, words = self._options[index]
        lit = code == self._code
        line, pen = ("accent", 2.0) if lit else (self._tone or "line2", 1.0)
        fill = "accent_s" if lit else "sunken" if self._read_only else "surface"
        surface(painter, place, fill, line, CONTROL_RADIUS, pen=pen)
        x = place.left() + px(10)
        x += draw_cap(painter, x, place.center().y(), str(index + 1)) + px(8)
        text = QRectF(x, place.top(), place.right() - x - px(6), place.height())
        draw_text(
            painter, text, words, "body_strong" if lit else "body", "accent" if lit else "ink"
        )

    def _choose(self, code: str) -> None:
        if self._read_only:
            return
        self._code = code
        self.clear_problem()
        self.update()
        self.chosen.emit(code)

    def _wide(self, index: int) -> float:
        words = text_width(self._options[index][1], "body_strong")
        return px(10) + cap_width(str(index + 1)) + px(8) + words + px(12)

    def _ring(self) -> QRect:
        """The boxes alone: the row may be wider and higher than they are."""
        around = QRectF()
        for place in self._middle_places():
            around = around.united(place)
        return around.toAlignedRect() if self._options else self.rect()

    def _middle_places(self) -> list[QRectF]:
        """The places at this width, in the middle of a row that is higher."""
        places = self._places(self.width())
        down = max(0.0, (self.height() - self._rows_high(places)) / 2)
        return [place.translated(0, round(down)) for place in places]

    @staticmethod
    def _rows_high(places: list[QRectF]) -> int:
        return round(places[-1].bottom()) if places else px(CONTROL)

    def _places(self, width: int) -> list[QRectF]:
        places: list[QRectF] = []
        x, y, height = 0.0, 0.0, float(px(CONTROL))
        for index in range(len(self._options)):
            wide = self._wide(index)
            if x and x + wide > width + 1:
                x, y = 0.0, y + height + px(6)
            places.append(QRectF(x, y, min(wide, max(width, 1)), height))
            x += wide + px(8)
        return places
