"""Names and amounts in rows and columns, each typed in its place; the sums below."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.theme import px
from ui.widgets import Box, FieldBox, Label, Painted, rule

HIGH = 30
LONGEST_NAME, LONGEST_AMOUNT = 60, 20


class AmountCell(Protocol):
    """A cell as a presenter gives it (read only)."""

    @property
    def path(self) -> str:
        """Where the answer stands."""
        ...

    @property
    def shown(self) -> str:
        """The answer in words."""
        ...

    @property
    def problem(self) -> str:
        """What may be said of it now."""
        ...


class _Amount(FieldBox):
    """A low box; a click or Tab into it selects all of it, as in a spreadsheet."""

    def __init__(self, *, name: bool) -> None:
        super().__init__(
            align="left" if name else "right",
            longest=LONGEST_NAME if name else LONGEST_AMOUNT,
            role="body",
        )
        self.set_height(HIGH)
        self.line.came.connect(self.line.selectAll)


class AmountGrid(Painted):
    """`edited(path, typed)`, `entered(path)`; cells that stay keep text and cursor."""

    edited = Signal(str, str)
    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._heads: tuple[str, ...] = ()
        self._boxes: dict[str, _Amount] = {}
        self._labels: list[Label] = []
        self._sums: list[Label] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_rows(
        self, heads: tuple[str, ...], rows: Sequence[Sequence[AmountCell]], sums: tuple[str, ...]
    ) -> None:
        """Show these; the sums stand under all columns but the first."""
        if heads != self._heads:
            self._begin(heads)
        wanted = [cell.path for row in rows for cell in row]
        for path in set(self._boxes) - set(wanted):
            box = self._boxes.pop(path)
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                self._show(cell, at + 1, column)
        for column, words in enumerate(("合计", *sums)):
            self._sums[column].set_text(words)
            self._grid.addWidget(self._sums[column], len(rows) + 1, column)

    def paths(self) -> tuple[str, ...]:
        """Paths in the order shown."""
        return tuple(self._boxes)

    def box(self, path: str) -> Box | None:
        """The box at a path."""
        return self._boxes.get(path)

    def path_of(self, widget: QWidget | None) -> str:
        """The path whose box is or holds the widget, "" for none."""
        return next((p for p, b in self._boxes.items() if widget in {b, b.line}), "")

    def focus_in(self, path: str) -> bool:
        """Put the cursor there; False where the cell is not shown."""
        box = self._boxes.get(path)
        if box is not None:
            box.focus_in()
        return box is not None

    def restyle(self) -> None:
        """Gaps of the design."""
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rule above the sums."""
        if self._sums:
            top = self._sums[0].geometry().top() - px(2)
            rule(QPainter(self), QRectF(0, top, self.width(), 1), "line2")

    def _begin(self, heads: tuple[str, ...]) -> None:
        for label in (*self._labels, *self._sums):
            self._grid.removeWidget(label)
            label.deleteLater()
        self._heads = heads
        aligned = ["left", *("right" for _ in heads[1:])]
        self._labels = [Label(h, "head", "ink3", a) for h, a in zip(heads, aligned, strict=True)]
        self._sums = [Label("", "body_head", "ink", a) for a in aligned]
        for column, label in enumerate(self._labels):
            self._grid.addWidget(label, 0, column)
            self._grid.setColumnStretch(column, 3 if column == 0 else 2)

    def _show(self, cell: AmountCell, row: int, column: int) -> None:
        box = self._boxes.get(cell.path)
        if box is None:
            box = self._boxes[cell.path] = _Amount(name=column == 0)
            path = cell.path
            box.edited.connect(lambda text: self.edited.emit(path, text))
            box.entered.connect(lambda: self.entered.emit(path))
            self._grid.addWidget(box, row, column, Qt.AlignmentFlag.AlignVCenter)
            box.setAccessibleName(self._heads[column])
        if not box.has_focus():
            box.set_text(cell.shown)
        box.set_problem(cell.problem)
        box.setToolTip(cell.problem)
