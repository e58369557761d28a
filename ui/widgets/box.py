"""What every input box shares: states, the line under it, and where the focus ring goes."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QEnterEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import px
from ui.theme.tokens import CONTROL, CONTROL_RADIUS
from ui.widgets.paint import surface
from ui.widgets.painted import Painted


class Box(Painted):
    """A frame with a state: normal, hover, focus, bad, warn, read-only, disabled."""

    noted = Signal()
    """The line under the box changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._help = ""
        self._problem = ""
        self._tone = ""
        self._read_only = False
        self._hover = False
        self._height = CONTROL
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_help(self, text: str) -> None:
        """The line under the box while there is no problem."""
        self._help = text
        self.noted.emit()

    def set_problem(self, text: str, tone: str = "bad") -> None:
        """Say what is not right, in tone bad or warn."""
        if (text, tone) != (self._problem, self._tone):
            self._problem, self._tone = text, tone if text else ""
            self.noted.emit()
            self.update()

    def clear_problem(self) -> None:
        """It is right now."""
        self.set_problem("", "")

    def note(self) -> tuple[str, str]:
        """The line under the box: (text, tone), tone "" for help."""
        return (self._problem, self._tone) if self._problem else (self._help, "")

    def set_height(self, height: int) -> None:
        """Higher for log-in."""
        self._height = height
        self.restyle()
        self.updateGeometry()

    def editor(self) -> QWidget:
        """The widget that takes the focus."""
        return self

    def ring_rect(self) -> QRect:
        """What the focus ring goes around."""
        return self._ring()

    def has_focus(self) -> bool:
        """Whether the cursor is in it."""
        return self.editor().hasFocus()

    def focus_in(self) -> None:
        """Put the cursor into it."""
        self.editor().setFocus()

    def sizeHint(self) -> QSize:
        """As high as a control, as wide as the column."""
        return QSize(px(160), px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Room for a few digits."""
        return QSize(px(72), px(self._height))

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer came."""
        self._hover = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went."""
        self._hover = False
        self.update()

    def draw_frame(self, painter: QPainter, radius: float = CONTROL_RADIUS) -> None:
        """The frame in its state; the focus wins the border, the tint stays."""
        fill, line, pen = self._frame()
        surface(painter, QRectF(self.rect()), fill, line, radius, pen=pen)

    def _ring(self) -> QRect:
        return self.rect()

    def _frame(self) -> tuple[str, str, float]:
        tint = f"{self._tone}_s" if self._tone else "surface"
        if not self.isEnabled() or self._read_only:
            focused = self._read_only and self.has_focus()
            return ("sunken", "accent" if focused else "line", 2.0 if focused else 1.0)
        if self.has_focus():
            return (tint, "accent", 2.0)
        if self._tone:
            return (tint, self._tone, 2.0)
        return (tint, "ink2" if self._hover else "fline", 1.0)
