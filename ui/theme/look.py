"""The look in use: scheme, scale, and what painting asks for."""

from dataclasses import dataclass, field

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from ui.theme.sheet import sheet
from ui.theme.tokens import FAMILIES, ROLES, SCHEMES


@dataclass(slots=True)
class _Look:
    scheme: str = "light"
    scale: float = 1.0
    colours: dict[str, QColor] = field(default_factory=dict)
    fonts: dict[str, QFont] = field(default_factory=dict)
    metrics: dict[str, QFontMetricsF] = field(default_factory=dict)


_look = _Look()


def scheme() -> str:
    """The colour scheme in use: light, dark or contrast."""
    return _look.scheme


def scale() -> float:
    """By how much every size is multiplied."""
    return _look.scale


def px(size: float) -> int:
    """A size of the design in logical pixels of the scale in use."""
    return round(size * _look.scale)


def colour(token: str) -> QColor:
    """The colour of a token."""
    found = _look.colours.get(token)
    if found is None:
        found = _look.colours[token] = QColor(SCHEMES[_look.scheme][token])
    return found


def font(role: str) -> QFont:
    """The font of a text role."""
    found = _look.fonts.get(role)
    if found is None:
        found = QFont()
        found.setFamilies(list(FAMILIES))
        found.setPixelSize(px(ROLES[role].size))
        found.setWeight(QFont.Weight(ROLES[role].weight))
        found.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        _look.fonts[role] = found
    return found


def text_width(text: str, role: str) -> float:
    """How wide a text of that role is."""
    found = _look.metrics.get(role)
    if found is None:
        found = _look.metrics[role] = QFontMetricsF(font(role))
    return found.horizontalAdvance(text)


def use(app: QApplication, name: str = "light", by: float = 1.0) -> None:
    """Dress the application; widgets hear it as a style change."""
    _look.scheme, _look.scale = name, by
    _look.colours.clear()
    _look.fonts.clear()
    _look.metrics.clear()
    if app.style().objectName() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette())
    app.setFont(font("body"))
    app.setStyleSheet(sheet(SCHEMES[name], by))


def _palette() -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for part, token in (
        (role.Window, "bg"),
        (role.WindowText, "ink"),
        (role.Base, "surface"),
        (role.AlternateBase, "sunken"),
        (role.Text, "ink"),
        (role.Button, "surface"),
        (role.ButtonText, "ink"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on"),
        (role.PlaceholderText, "ink3"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "ink"),
        (role.Link, "accent"),
    ):
        palette.setColor(part, colour(token))
    return palette
