"""Lucide icons in the colour of the text beside them."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ui.theme import colour, px
from ui.theme.fonts import RESOURCES
from ui.widgets.painted import Painted


def icon(name: str, size: float, tone: str, dpr: float = 0.0) -> QPixmap:
    """The icon at that logical size in a token's colour, sharp on the screen in use."""
    app = QApplication.instance()
    ratio = dpr or (app.devicePixelRatio() if isinstance(app, QApplication) else 1.0)
    return _pixmap(name, px(size), colour(tone).name(), ratio)


def draw_icon(
    painter: QPainter, left: float, middle: float, name: str, look: tuple[float, str]
) -> float:
    """Draw an icon of look (size, tone) at its left edge and vertical middle; returns its width."""
    size, tone = look
    pixmap = icon(name, size, tone, painter.device().devicePixelRatio())
    painter.drawPixmap(round(left), round(middle - px(size) / 2), pixmap)
    return float(px(size))


@cache
def _source(name: str) -> bytes:
    return (RESOURCES / "icons" / f"{name}.svg").read_bytes()


@cache
def _pixmap(name: str, size: int, rgb: str, ratio: float) -> QPixmap:
    stroke = b'stroke-width="2"' if size <= 18 else b'stroke-width="1.75"'
    drawn = _source(name).replace(b"currentColor", rgb.encode())
    drawn = drawn.replace(b'stroke-width="2"', stroke)
    renderer = QSvgRenderer(QByteArray(drawn))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class IconLabel(Painted):
    """An icon as a widget."""

    def __init__(
        self, name: str, size: float = 20, tone: str = "ink2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._size, self._tone = name, size, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, name: str, tone: str) -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        """As large as the icon."""
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        if self._name:
            painter = QPainter(self)
            draw_icon(painter, 0, self.height() / 2, self._name, (self._size, self._tone))
