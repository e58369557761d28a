"""Steps below each other on the panel: numbers in circles, the current one filled."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import colour, px
from ui.widgets.paint import draw_text
from ui.widgets.painted import Painted

STEP, BALL = 74, 32


class StepsList(Painted):
    """Each step says what it is and what happens in it."""

    def __init__(self, steps: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, at: int) -> None:
        """Which step it is."""
        self._at = at
        self.setAccessibleName(f"第 {at + 1} 步：{self._steps[at][0]}")
        self.update()

    def sizeHint(self) -> QSize:
        """As high as all steps."""
        return QSize(px(300), px(STEP) * len(self._steps))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circles, lines and words."""
        painter = QPainter(self)
        for number, (what, why) in enumerate(self._steps):
            top = number * px(STEP)
            ball = QRectF(1, top, px(BALL), px(BALL))
            now = number <= self._at
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("panel_ink2"), 1.5))
            painter.setBrush(colour("panel_ink") if now else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(ball)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            tone = "panel" if now else "panel_ink"
            draw_text(painter, ball, str(number + 1), "body_strong", tone, align="center")
            if number + 1 < len(self._steps):
                line = QRectF(ball.center().x(), ball.bottom() + 4, 1, px(STEP - BALL) - 8)
                painter.fillRect(line, colour("panel_ink2"))
            words = QRectF(px(48), top - px(2), self.width() - px(48), px(24))
            role = "section" if number == self._at else "input"
            draw_text(painter, words, what, role, "panel_ink" if now else "panel_ink2")
            words.translate(0, px(23))
            draw_text(painter, words, why, "second", "panel_ink2")
