"""The lines of a comparison under each other, amounts at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from ui.screens.casework.comparing import Compared
from ui.theme import px
from ui.widgets import Label, Painted, Paragraph

_HEADS = ("换个办法", "基金大约报", "自己大约付", "和现在比")
_TONES = {1: "ok", -1: "bad", 0: "ink2"}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CompareTable(Painted):
    """Made once; a line without a figure says what is missing instead."""

    def __init__(self, lines: tuple[Compared, ...]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, px(6))
        grid.setHorizontalSpacing(px(20))
        grid.setVerticalSpacing(px(9))
        grid.setColumnStretch(0, 1)
        for column, words in enumerate(_HEADS):
            grid.addWidget(Label(words, "second", "ink3"), 0, column, *_aligned(column))
        for row, line in enumerate(lines, 1):
            self._line(grid, row, line)

    def _line(self, grid: QGridLayout, row: int, line: Compared) -> None:
        strong = "body_head" if row == 1 else "body"
        grid.addWidget(Label(line.name, strong), row, 0)
        if line.missing:
            grid.addWidget(Paragraph(line.missing, "second", "ink3"), row, 1, 1, 3)
            return
        for column, words in ((1, line.funds), (2, line.own)):
            grid.addWidget(Label(words, strong), row, column, *_aligned(column))
        difference = Label(line.difference, "body", _TONES[line.more])
        grid.addWidget(difference, row, 3, *_aligned(3))


def _aligned(column: int) -> tuple[Qt.AlignmentFlag, ...]:
    return (_RIGHT,) if column else ()
