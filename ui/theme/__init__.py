"""The look: tokens as data, fonts, palette and the one application sheet."""

from ui.theme.look import colour, font, px, scale, scheme, text_width, use
from ui.theme.tokens import ROLES, SCHEMES

__all__ = ["ROLES", "SCHEMES", "colour", "font", "px", "scale", "scheme", "text_width", "use"]
