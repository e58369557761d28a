"""F1 of a page before log-in: what matters there, on an overlay; the page below keeps all as it was."""

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.guide import Guide, Part
from ui.ports import Hint
from ui.theme import px
from ui.widgets.case_table import CaseTable
from ui.widgets.key_bar import Hints
from ui.widgets.label import Label, Paragraph
from ui.widgets.overlay import Overlay

WIDE, PARTS, NARROW = 1290, 330, 1000
_STEP = 60
_MOVES = {
    Qt.Key.Key_Up: -_STEP,
    Qt.Key.Key_Down: _STEP,
    Qt.Key.Key_Home: -1_000_000,
    Qt.Key.Key_End: 1_000_000,
}


class HelpSheet(Overlay):
    """The parts at the left, the table at the right; below each other where the print is large."""

    def __init__(self, page: QWidget, guide: Guide, met: str = "") -> None:
        super().__init__(page, guide.title, guide.note, WIDE)
        self.guide = guide
        self._line: QLineEdit | None = None
        self._cursor = 0
        self.table = CaseTable(guide.cases, met)
        self._keys = Hints()
        self._keys.set((Hint("↑↓", "上下看"),))
        self._keys.setFixedSize(self._keys.sizeHint())
        self.head.addWidget(self._keys)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(px(24))
        self._parts = QWidget()
        column = QVBoxLayout(self._parts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        for part in guide.parts:
            column.addLayout(_part(part))
        column.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(px(8))
        right.addWidget(Label(guide.table, "body_head"))
        right.addWidget(self.table)
        right.addStretch(1)
        self._row.addWidget(self._parts)
        self._row.addLayout(right, 1)
        self.body.addLayout(self._row)
        self.closed.connect(self.deleteLater)

    def open_overlay(self, focus: QWidget | None = None) -> None:
        """Remember the cursor too: a box that is left puts it at the beginning."""
        line = QApplication.focusWidget()
        if isinstance(line, QLineEdit):
            self._line, self._cursor = line, line.cursorPosition()
        super().open_overlay(focus)

    def close_overlay(self) -> None:
        """Give focus and cursor back."""
        super().close_overlay()
        if self._line is not None and isValid(self._line):
            self._line.setCursorPosition(self._cursor)

    def turn(self, pages: int) -> None:
        """Scroll by whole pages."""
        self._move(pages * (self._scroll.viewport().height() - px(_STEP)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows scroll, Esc closes; nothing reaches the page below."""
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        self._move(px(move))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Tab stays here: what lies below must not take typing."""
        return (event.type() is QEvent.Type.KeyPress and _is_tab(event)) or super().event(event)

    def restyle(self) -> None:
        """Another print size asks for another arrangement."""
        if self.isVisible():
            self._fit()

    def _move(self, by: int) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + by)

    def _fit(self) -> None:
        page = self.parentWidget()
        if page is not None:
            wide = min(px(WIDE), page.width() - px(48)) >= px(NARROW)
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._row.setDirection(across if wide else down)
            self._parts.setMinimumWidth(px(PARTS) if wide else 0)
            self._parts.setMaximumWidth(px(PARTS) if wide else page.width())
        super()._fit()
        # the rows have their places only after the layouts ran
        QTimer.singleShot(0, self._to_met)

    def _to_met(self) -> None:
        if not isValid(self):
            return
        self._keys.setVisible(self._scroll.verticalScrollBar().maximum() > 0)
        band = self.table.met()
        inside = self._scroll.widget()
        if band is None or not isinstance(inside, QWidget):
            return
        top = self.table.mapTo(inside, QPoint(0, band.top())).y()
        self._scroll.ensureVisible(0, top + band.height() // 2, 0, band.height() // 2 + px(40))


def _is_tab(event: QEvent) -> bool:
    tabs = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
    return isinstance(event, QKeyEvent) and Qt.Key(event.key()) in tabs


def _part(part: Part) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(px(6))
    column.addWidget(Label(part.title, "body_head"))
    for point in part.points:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Paragraph(point.title, "second_strong"))
        words.addWidget(Paragraph(point.text, "note", "ink2"))
        column.addLayout(words)
    return column
