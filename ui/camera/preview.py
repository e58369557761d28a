"""The camera's picture, with the code in view framed and a line of words on it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen

from counter_app.devices.camera.link import Corners, Frame
from ui.theme import colour, px, text_width
from ui.theme.tokens import CARD_RADIUS
from ui.widgets.icons import draw_icon
from ui.widgets.paint import draw_text, rounded
from ui.widgets.painted import Painted

WIDE, HIGH = 660, 440
_ARM = 0.22
"""Share of an edge that its corner's bracket takes."""
_ROOM = 1.14
"""The brackets stand that much outside of the code."""
_GLASS = 0.80


class Preview(Painted):
    """Fills its place with the middle of the picture; what is cut off is the same at both sides."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._corners: Corners = ()
        self._words = ""
        self._seen = False
        self.setAccessibleName("摄像头画面")

    def show_frame(self, frame: Frame) -> None:
        """Another picture."""
        kind = QImage.Format.Format_RGB888
        # the copy keeps the bytes alive with the image
        self._image = QImage(frame.rgb, frame.width, frame.height, frame.width * 3, kind).copy()
        self.update()

    def clear(self) -> None:
        """No picture; none is kept."""
        self._image = QImage()
        self.update()

    def say(self, words: str, corners: Corners) -> None:
        """The line of words, and the code in view."""
        self._words, self._corners, self._seen = words, corners, bool(corners)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As drawn."""
        return QSize(px(WIDE), px(HIGH))

    def minimumSizeHint(self) -> QSize:
        """Smaller where the window is."""
        return QSize(px(240), px(160))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture, brackets and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(rounded(QRectF(self.rect()), CARD_RADIUS))
        painter.fillRect(self.rect(), colour("sunken"))
        if not self._image.isNull():
            place = self._place()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
            if len(self._corners) >= 3:
                self._brackets(painter, place)
        if self._words:
            self._line(painter)

    def _place(self) -> QRectF:
        """Where the whole picture lies so that it covers this widget."""
        wide, high = self._image.width(), self._image.height()
        share = max(self.width() / wide, self.height() / high)
        wide_, high_ = wide * share, high * share
        return QRectF((self.width() - wide_) / 2, (self.height() - high_) / 2, wide_, high_)

    def _brackets(self, painter: QPainter, place: QRectF) -> None:
        points = [
            QPointF(place.left() + x * place.width(), place.top() + y * place.height())
            for x, y in self._corners
        ]
        x, y = (
            sum(axis) / len(points) for axis in zip(*(p.toTuple() for p in points), strict=True)
        )
        middle = QPointF(x, y)
        points = [middle + (point - middle) * _ROOM for point in points]
        # a dark edge keeps the bracket visible on paper and on a dark desk
        for tone, wide in (("scrim", 7), ("ok_l", 4)):
            pen = QPen(colour(tone), px(wide), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            for at, point in enumerate(points):
                for other in (points[at - 1], points[(at + 1) % len(points)]):
                    painter.drawLine(point, point + (other - point) * _ARM)

    def _line(self, painter: QPainter) -> None:
        icon = px(18 + 10) if self._seen else 0
        wide = min(text_width(self._words, "body_strong") + icon + px(36), self.width() - px(16))
        box = QRectF((self.width() - wide) / 2, self.height() - px(62), wide, px(42))
        glass = QColor(colour("scrim"))
        glass.setAlphaF(_GLASS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glass)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if self._seen:
            draw_icon(painter, box.left() + px(18), box.center().y(), "scan-line", (18, "ok_l"))
        words = box.adjusted(px(18) + icon, 0, -px(18), 0)
        draw_text(painter, words, self._words, "body_strong", "panel_ink")
