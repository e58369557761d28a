"""One ring per window that follows the focus, so that nothing clips it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from ui.theme import colour, px, scheme
from ui.theme.tokens import CONTROL_RADIUS, SCAN_RADIUS
from ui.widgets.box import Box
from ui.widgets.painted import Painted
from ui.widgets.scan_box import ScanBox, SmallScanBox

HALO = 3
_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ZOrderChange,
}


class FocusRing(Painted):
    """A halo of 3 px around the widget with the focus; buttons get the 2 px line too, outside."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)
            self._moved(None, app.focusWidget())

    def target(self) -> QWidget | None:
        """What it surrounds."""
        return self._target

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target and everything it stands in."""
        if event.type() in _MOVES and watched is not self:
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the halo."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        halo = QColor(colour("accent"))
        if scheme() != "contrast":
            halo.setAlphaF(0.22)
        painter.setPen(QPen(halo, px(HALO)))
        half = px(HALO) / 2
        round_by = self._radius() + half
        ring = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(ring, round_by, round_by)
        if isinstance(self._target, QAbstractButton):
            painter.setPen(QPen(colour("accent"), 2))
            inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            painter.drawRoundedRect(inner, round_by - 1, round_by - 1)

    def _radius(self) -> int:
        large = isinstance(self._target, ScanBox) and not isinstance(self._target, SmallScanBox)
        return px(SCAN_RADIUS if large else CONTROL_RADIUS)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._let_go()
        if new is None or new.window() is not self.window() or not self._rings(new):
            self.hide()
            return
        parent = new.parentWidget()
        self._target = parent if isinstance(parent, Box) else new
        at: QWidget | None = self._target
        while at is not None and at is not self.window():
            at.installEventFilter(self)
            self._watched.append(at)
            at = at.parentWidget()
        self._target.destroyed.connect(self._gone)
        self._follow()

    @staticmethod
    def _rings(widget: QWidget) -> bool:
        return isinstance(widget, QAbstractButton | Box) or isinstance(widget.parentWidget(), Box)

    def _let_go(self) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        if self._target is not None:
            self._target.destroyed.disconnect(self._gone)
        self._watched = []
        self._target = None

    def _gone(self) -> None:
        self._watched = []
        self._target = None
        self.hide()

    def _follow(self) -> None:
        target = self._target
        if target is None or not target.isVisible():
            self.hide()
            return
        around = target.ring_rect() if isinstance(target, Box) else target.rect()
        place = around.translated(target.mapTo(self.window(), QPoint(0, 0)))
        area = self._scroll_area(target)
        if area is not None:
            port = area.viewport()
            seen = QRect(port.mapTo(self.window(), QPoint(0, 0)), port.size())
            if not seen.adjusted(-4, -4, 4, 4).contains(place):
                self.hide()
                return
        edge = px(HALO)
        self.setGeometry(place.adjusted(-edge, -edge, edge, edge))
        self.show()
        self.raise_()
        self.update()

    @staticmethod
    def _scroll_area(widget: QWidget) -> QScrollArea | None:
        at: QWidget | None = widget.parentWidget()
        while at is not None:
            if isinstance(at, QScrollArea):
                return at
            at = at.parentWidget()
        return None
