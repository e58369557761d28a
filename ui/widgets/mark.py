"""The program's mark: a scan frame around a cross."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import colour, px
from ui.widgets.painted import Painted


def draw_mark(painter: QPainter, rect: QRectF, tone: str) -> None:
    """Four corners and a cross in one tone, filling the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = rect.width() / 24
    painter.translate(rect.topLeft())
    painter.scale(unit, unit)
    pen = QPen(colour(tone), 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for turn in range(4):
        painter.save()
        painter.translate(12, 12)
        painter.rotate(90 * turn)
        corner = QPainterPath()
        corner.moveTo(-10, -4)
        corner.lineTo(-10, -5)
        corner.quadTo(-10, -10, -5, -10)
        corner.lineTo(-4, -10)
        painter.drawPath(corner)
        painter.restore()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tone))
    painter.drawRoundedRect(QRectF(10, 6.5, 4, 11), 1, 1)
    painter.drawRoundedRect(QRectF(6.5, 10, 11, 4), 1, 1)
    painter.restore()


class Mark(Painted):
    """The mark on its rounded ground."""

    def __init__(self, size: int, ground: str, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size, self._ground, self._tone = size, ground, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._ground))
        painter.drawRoundedRect(self.rect(), px(6), px(6))
        edge = self.width() * 0.2
        draw_mark(painter, QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), self._tone)
