"""Strokes shared by the painted widgets: text on its true baseline, rounded surfaces, key caps."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from ui.theme import colour, font, px, text_width
from ui.theme.tokens import CAP_HEIGHT, CHIP, ROLES


def shorten(text: str, role: str, width: float) -> str:
    """The text, cut with … where it is wider than its place."""
    if text_width(text, role) <= width + 0.5:
        return text
    return QFontMetricsF(font(role)).elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))


def draw_text(
    painter: QPainter, rect: QRectF, text: str, role: str, tone: str, *, align: str = "left"
) -> float:
    """Draw one line, vertically centred by its ink; returns its width."""
    shown = shorten(text, role, rect.width())
    width = text_width(shown, role)
    free = rect.width() - width
    x = rect.left() + {"left": 0.0, "right": free, "center": free / 2}[align]
    baseline = rect.center().y() + 0.37 * px(ROLES[role].size)
    painter.setFont(font(role))
    painter.setPen(colour(tone))
    painter.drawText(QPointF(x, baseline), shown)
    return width


def strike(painter: QPainter, rect: QRectF, width: float, tone: str, *, align: str) -> None:
    """A line through a text of that width."""
    left = rect.left() if align == "left" else rect.right() - width
    painter.fillRect(QRectF(left, rect.center().y() + 1, width, 1), colour(tone))


def surface(
    painter: QPainter, rect: QRectF, fill: str, line: str, radius: float, *, pen: float = 1.0
) -> None:
    """A filled shape with round corners and a border inside its edge; "" leaves one out."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = pen / 2 if line else 0.0
    painter.setPen(QPen(colour(line), pen) if line else Qt.PenStyle.NoPen)
    painter.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
    shape = rect.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(shape, px(radius) - inset, px(radius) - inset)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def rounded(rect: QRectF, radius: float, *, top: bool = True, bottom: bool = True) -> QPainterPath:
    """A path whose chosen corners are round."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(rect, px(radius), px(radius))
    half = rect.height() / 2
    if not bottom:
        path.addRect(rect.adjusted(0, half, 0, 0))
    if not top:
        path.addRect(rect.adjusted(0, 0, 0, -half))
    return path.simplified()


def rule(painter: QPainter, rect: QRectF, tone: str = "line") -> None:
    """A crisp line as thin as the rectangle says."""
    painter.fillRect(rect, colour(tone))


def cap_width(cap: str) -> float:
    """How wide the cap of a key is."""
    return max(float(px(CAP_HEIGHT)), text_width(cap, "cap") + px(10)) if cap else 0.0


def draw_cap(painter: QPainter, left: float, middle: float, cap: str, kind: str = "plain") -> float:
    """A key cap: plain, filled (on an accent ground) or off; returns its width."""
    width, height = cap_width(cap), float(px(CAP_HEIGHT))
    rect = QRectF(left, round(middle - height / 2), width, height)
    if kind == "filled":
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(colour("on"))
        ground.setAlphaF(0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, px(CHIP), px(CHIP))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        draw_text(painter, rect, cap, "cap", "on", align="center")
    else:
        surface(painter, rect, "" if kind == "off" else "surface", "line2", CHIP)
        tone = "ink3" if kind == "off" else "ink2"
        draw_text(painter, rect, cap, "cap", tone, align="center")
    return width
