"""The section bar: the form's title and its steps."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import px, text_width
from ui.theme.tokens import CONTROL_RADIUS, SECTION_BAR
from ui.widgets.icons import draw_icon
from ui.widgets.paint import draw_text, rule, surface
from ui.widgets.painted import Painted

_ICONS = {
    "done": ("circle-check", "ok"),
    "stop": ("circle-alert", "bad"),
    "warn": ("triangle-alert", "warn"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A section: its words, a count beside it, and how it stands: open, done, stop, warn."""

    words: str
    count: str = ""
    state: str = "open"
    current: bool = False


class SectionBar(Painted):
    """Title and steps; `chosen(index)` for a click on one."""

    chosen = Signal(int)

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, title: str, steps: tuple[Step, ...]) -> None:
        """Show how the form stands."""
        self._title, self._steps = title, steps
        self.setAccessibleName(title)
        self.update()

    def steps(self) -> tuple[Step, ...]:
        """The steps shown."""
        return self._steps

    def sizeHint(self) -> QSize:
        """As high as the design says."""
        return QSize(px(400), px(SECTION_BAR))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a step."""
        if event.button() is Qt.MouseButton.LeftButton:
            for index, place in enumerate(self._places()):
                if place.contains(event.position()):
                    self.chosen.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw title and steps."""
        painter = QPainter(self)
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1))
        place = QRectF(px(20), 0, text_width(self._title, "form_title") + 1, self.height())
        draw_text(painter, place, self._title, "form_title", "ink")
        for index, (step, where) in enumerate(zip(self._steps, self._places(), strict=True)):
            self._draw(painter, index, step, where)

    def _draw(self, painter: QPainter, index: int, step: Step, where: QRectF) -> None:
        if step.current:
            surface(painter, where, "surface", "accent_l", CONTROL_RADIUS)
        x, middle = where.left() + px(10), where.center().y()
        if step.state in _ICONS and not step.current:
            name, tone = _ICONS[step.state]
            draw_icon(painter, x, middle, name, (18, tone))
        else:
            ball = QRectF(x, middle - px(9), px(18), px(18))
            surface(
                painter, ball, "accent" if step.current else "", "" if step.current else "fline", 9
            )
            tone = "on" if step.current else "ink2"
            draw_text(painter, ball, str(index + 1), "cap", tone, align="center")
        x += px(18 + 6)
        role, tone = ("body_strong", "accent") if step.current else ("body", "ink")
        tone = "ink2" if step.state == "open" and not step.current else tone
        words = QRectF(x, where.top(), text_width(step.words, role) + 1, where.height())
        x += draw_text(painter, words, step.words, role, tone) + px(6)
        count = QRectF(x, where.top(), text_width(step.count, "note") + 1, where.height())
        draw_text(
            painter,
            count,
            step.count,
            "note",
            _ICONS[step.state][1] if step.state in {"stop", "warn"} else "ink3",
        )

    def _places(self) -> list[QRectF]:
        places = []
        x = px(20) + text_width(self._title, "form_title") + px(20)
        for step in self._steps:
            width = px(10 + 18 + 6 + 10) + text_width(step.words, "body_strong")
            width += px(6) + text_width(step.count, "note") if step.count else 0
            places.append(QRectF(x, (self.height() - px(34)) / 2, width, px(34)))
            x += width + px(4)
        return places
