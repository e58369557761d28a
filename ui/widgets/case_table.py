"""What can stand in the way, row by row: what is seen, what it means, what to do, the key."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.guide import Case
from ui.theme import px
from ui.widgets.chip import Chip
from ui.widgets.key_bar import Hints
from ui.widgets.label import Label, Paragraph
from ui.widgets.paint import rule
from ui.widgets.painted import Painted

_HEADS = ("看到什么", "是什么意思", "怎么办", "按")
_STRETCH = (4, 6, 6, 0)
NARROW = 640
_AIR = 4
_TOP = Qt.AlignmentFlag.AlignTop


class _Row(QWidget):
    """The title of a case, and under it the chip of the one that was just met."""

    def __init__(self, title: str, *, met: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(Paragraph(title, "second_strong"))
        if met:
            column.addWidget(Chip("刚才遇到的", "solid"), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)


class CaseTable(Painted):
    """`met` is the row that is marked; narrow tables put the cells of a row below each other."""

    def __init__(self, cases: tuple[Case, ...], met: str = "") -> None:
        super().__init__()
        self._met = next((n for n, case in enumerate(cases) if case.id == met), -1)
        self._stacked: bool | None = None
        heads = _HEADS if any(case.action for case in cases) else (*_HEADS[:3], "")
        self._heads = [Label(words, "head", "ink3") for words in heads]
        self._rows = [self._cells(case, met=n == self._met) for n, case in enumerate(cases)]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(px(12), 0, px(8), 0)
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(0)
        self._place(stacked=False)

    def met(self) -> QRect | None:
        """Where the marked row is, None where there is none."""
        return self._band(self._met) if self._met >= 0 else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below each other where the print leaves no room for columns."""
        self._place(stacked=self.width() < px(NARROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the head's ground, the rules and the marked row."""
        painter = QPainter(self)
        if not self._stacked:
            head = self._heads[0].geometry().adjusted(0, -px(5), 0, px(5))
            rule(painter, QRectF(0, 0, self.width(), head.bottom() + 1), "sunken")
        for number in range(len(self._rows)):
            band = self._band(number)
            if number == self._met:
                rule(painter, QRectF(band), "accent_s")
                rule(painter, QRectF(band.left(), band.top(), px(3), band.height()), "accent")
            rule(painter, QRectF(band.left(), band.bottom(), band.width(), 1))

    def _cells(self, case: Case, *, met: bool) -> tuple[QWidget, ...]:
        key = Hints()
        key.set((case.action,) if case.action else ())
        key.setFixedSize(max(key.sizeHint().width(), px(20)), key.sizeHint().height())
        return (
            _Row(case.title, met=met),
            Paragraph(case.means, "second", "ink2"),
            Paragraph(case.do, "second", "ink"),
            key,
        )

    def _place(self, *, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        self._stacked = stacked
        while self._grid.count():
            self._grid.takeAt(0)
        for column, stretch in enumerate(_STRETCH):
            self._grid.setColumnStretch(column, 0 if stacked else stretch)
            self._grid.addWidget(self._heads[column], 0, column)
            self._heads[column].setVisible(not stacked)
        self._grid.setColumnStretch(0, 1 if stacked else _STRETCH[0])
        self._grid.setRowMinimumHeight(0, 0 if stacked else px(30))
        for number, cells in enumerate(self._rows):
            self._place_row(1 + 5 * number, cells, stacked=stacked)
        self.updateGeometry()

    def _place_row(self, first: int, cells: tuple[QWidget, ...], *, stacked: bool) -> None:
        title, means, do, key = cells
        self._grid.setRowMinimumHeight(first, px(_AIR))
        self._grid.setRowMinimumHeight(first + 4, px(_AIR))
        if stacked:
            self._grid.addWidget(title, first + 1, 0, _TOP)
            self._grid.addWidget(key, first + 1, 3, _TOP)
            self._grid.addWidget(means, first + 2, 0, 1, 4)
            self._grid.addWidget(do, first + 3, 0, 1, 4)
            return
        for column, cell in enumerate((title, means, do, key)):
            self._grid.addWidget(cell, first + 1, column, _TOP)

    def _band(self, number: int) -> QRect:
        # by the cells: a grid that follows its width does not keep the places of its rows
        top = self._top(number)
        last = number + 1 == len(self._rows)
        bottom = self.height() - 1 if last else self._top(number + 1) - 1
        return QRect(QPoint(0, top), QPoint(self.width() - 1, bottom))

    def _top(self, number: int) -> int:
        return self._rows[number][0].y() - px(_AIR)
