"""The look: tokens as data, fonts, palette and the one application sheet."""

from ui.theme.look import colour, font, px, scale, scheme, text_width, use
from ui.theme.tokens import ROLES, SCHEMES, SIZES

__all__ = [
    "ROLES",
    "SCHEMES",
    "SIZES",
    "colour",
    "font",
    "px",
    "scale",
    "scheme",
    "text_width",
    "use",
]
