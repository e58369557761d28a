"""The papers of a case being voided: taken back, or why not."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout

from ui.screens.void.presenter import Paper
from ui.theme import px
from ui.widgets import Chip, FieldBox, Painted, draw_icon, draw_text, surface

LONGEST = 100


class _Tick(QAbstractButton):
    """A box to tick, with the sheet's name and what was printed."""

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper = paper
        self.setCheckable(True)
        self.setText(paper.title)
        self.setAccessibleName(f"{paper.title}，已收回")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(px(300), px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, name and note."""
        painter = QPainter(self)
        middle = self.height() / 2
        box = QRectF(px(1), middle - px(9), px(18), px(18))
        if self.isChecked():
            surface(painter, box, "accent", "", 4)
            draw_icon(painter, box.left() + px(1), middle, "check", (16, "on"))
        else:
            surface(painter, box, "surface", "fline", 4, pen=1.5)
        wide = self.width() - px(30)
        draw_text(
            painter, QRectF(px(29), middle - px(22), wide, px(22)), self.text(), "body", "ink"
        )
        note = QRectF(px(29), middle, wide, px(20))
        draw_text(painter, note, self._paper.note, "note", "ink3")


class PaperRow(Painted):
    """`back(sheet)` for a tick, `explained(sheet, why)` for words."""

    back = Signal(str)
    explained = Signal(str, str)

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self.sheet = paper.sheet
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.tick = _Tick(paper)
        self.why = FieldBox(longest=LONGEST)
        self.why.set_placeholder("收不回就写一句为什么，例如：本人已离开，电话说过作废")
        self.why.editor().setAccessibleName(f"{paper.title}为什么收不回")
        self._chip = Chip("", "neutral")
        row = QHBoxLayout()
        row.addWidget(self.tick, 1)
        row.addWidget(self._chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addLayout(row)
        inset = QHBoxLayout()
        inset.setContentsMargins(px(27), 0, 0, px(4))
        inset.addWidget(self.why)
        column.addLayout(inset)
        self.tick.clicked.connect(lambda _on: self.back.emit(self.sheet))
        self.why.edited.connect(lambda text: self.explained.emit(self.sheet, text))
        self.show_paper(paper)

    def show_paper(self, paper: Paper) -> None:
        """Draw how it stands."""
        self.tick.setChecked(paper.back)
        self.why.setVisible(not paper.back)
        self.why.set_text(paper.why)
        self.why.set_tick(ticked=bool(paper.why.strip()))
        if paper.settled:
            self.why.clear_problem()
        if paper.back:
            self._chip.set("已收回", "ok")
        elif paper.why.strip():
            self._chip.set("收不回", "warn")
        else:
            self._chip.set("还没说", "neutral")

    def set_problem(self, words: str) -> None:
        """Say at its place what is missing."""
        self.why.set_problem(words)
