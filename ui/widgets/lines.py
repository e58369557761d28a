"""A text broken into the lines its place has room for, to be painted one by one."""

from functools import lru_cache

from PySide6.QtGui import QTextLayout, QTextOption

from ui.theme import font, scale


def lines_of(text: str, role: str, width: float) -> tuple[str, ...]:
    """The lines of a text in that role at that width; () for none."""
    # the look's scale is part of the key: the same text breaks elsewhere in large print
    return _lines(text, role, round(width), scale())


@lru_cache(maxsize=256)
def _lines(text: str, role: str, width: int, _scale: float) -> tuple[str, ...]:
    if not text:
        return ()
    layout = QTextLayout(text, font(role))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        # Qt counts UTF-16 units
        raw = text.encode("utf-16-le")
        start = line.textStart() * 2
        found.append(raw[start : start + line.textLength() * 2].decode("utf-16-le").rstrip())
    layout.endLayout()
    return tuple(found)
