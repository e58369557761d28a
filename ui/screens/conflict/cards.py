"""The answers as cards: digit, words, and what it means for this citizen."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QWidget

from counter_app.services.queries.conflict_words import Choice
from ui.theme import px
from ui.theme.tokens import CARD_RADIUS, ROLES
from ui.widgets import cap_width, draw_cap, draw_text, surface
from ui.widgets.lines import lines_of

_SIDE, _TOP, _HEAD = 14, 10, 28
_LEADING = 1.45
_NARROW = 220
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class AnswerCard(QAbstractButton):
    """The chosen one on a tint with the accent's border; its height follows its text."""

    def __init__(self, digit: int, choice: Choice) -> None:
        super().__init__()
        self.choice = choice
        self._digit = str(digit)
        self.chosen = False
        self.setText(choice.label)
        self.setAccessibleName(f"{choice.label}。{choice.means}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_chosen(self, *, chosen: bool) -> None:
        """Show it as the answer, or not."""
        self.chosen = chosen
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are the row's: a button's own would stop at the last one."""
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Head and as many lines as the width asks for."""
        heads, lines = self._heads(width), self._means(width)
        more = max(len(heads) - 1, 0) * _line("body_head")
        return round(px(_TOP * 2 + _HEAD) + more + len(lines) * _line("second"))

    def sizeHint(self) -> QSize:
        """At a usual width."""
        return QSize(px(330), self.heightForWidth(px(330)))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for four in a row."""
        wide = px(_NARROW)
        return QSize(wide, self.heightForWidth(max(self.width(), wide)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw cap, words and what they mean."""
        painter = QPainter(self)
        fill, line = ("accent_s", "accent") if self.chosen else ("surface", "line2")
        pen = 2.0 if self.chosen else 1.0
        surface(painter, QRectF(self.rect()), fill, line, CARD_RADIUS, pen=pen)
        middle = px(_TOP) + px(_HEAD) / 2 - px(2)
        draw_cap(painter, px(_SIDE), middle, self._digit)
        left, top = self._text_left(), middle - _line("body_head") / 2
        for words in self._heads(self.width()):
            place = QRectF(left, top, self.width() - left, _line("body_head"))
            draw_text(painter, place, words, "body_head", "ink")
            top += _line("body_head")
        top = max(top, px(_TOP + _HEAD) - px(2))
        for words in self._means(self.width()):
            place = QRectF(px(_SIDE), top, self.width() - px(_SIDE), _line("second"))
            draw_text(painter, place, words, "second", "ink2")
            top += _line("second")

    def _text_left(self) -> float:
        return px(_SIDE) + cap_width(self._digit) + px(9)

    def _heads(self, width: int) -> tuple[str, ...]:
        return lines_of(self.choice.label, "body_head", width - self._text_left() - px(_SIDE))

    def _means(self, width: int) -> tuple[str, ...]:
        return lines_of(self.choice.means, "second", width - px(_SIDE) * 2)


class AnswerCards(QWidget):
    """`chosen(answer)`; beside each other, or below where they have a column of their own."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[AnswerCard] = []
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(10))

    def show_choices(self, choices: tuple[Choice, ...], answer: str) -> None:
        """Offer these, one of them chosen."""
        if choices != tuple(card.choice for card in self.cards):
            self._rebuild(choices)
        for card in self.cards:
            card.set_chosen(chosen=card.choice.answer == answer)

    def set_beside(self, *, beside: bool) -> None:
        """In a row, or in a column."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if beside else down)

    def high_beside(self, width: int) -> int:
        """The highest of them in a row."""
        count = max(len(self.cards), 1)
        each = (width - px(10) * (count - 1)) // count
        return max((card.heightForWidth(each) for card in self.cards), default=0)

    def focus_in(self) -> None:
        """To the chosen answer, else the first."""
        lit = [c for c in self.cards if c.chosen]
        for card in (lit or self.cards)[:1]:
            card.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from answer to answer without choosing."""
        step = _STEPS.get(Qt.Key(event.key()))
        at = next((n for n, c in enumerate(self.cards) if c.hasFocus()), -1)
        if step is None or at < 0:
            super().keyPressEvent(event)
        else:
            self.cards[(at + step) % len(self.cards)].setFocus()

    def _rebuild(self, choices: tuple[Choice, ...]) -> None:
        for card in self.cards:
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [AnswerCard(n, choice) for n, choice in enumerate(choices, 1)]
        for card in self.cards:
            self._row.addWidget(card)
            card.clicked.connect(lambda _on=False, c=card: self.chosen.emit(c.choice.answer))


def _line(role: str) -> float:
    return round(px(ROLES[role].size) * _LEADING)
