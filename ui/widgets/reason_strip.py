"""Why full numbers are to be shown: a digit, or a sentence of one's own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets.choice_boxes import ChoiceBoxes
from ui.widgets.field_box import FieldBox
from ui.widgets.label import Paragraph
from ui.widgets.painted import Painted


class ReasonStrip(Painted):
    """`given(reason)` once one was chosen or written, `typed(words)` meanwhile; narrow ones stack."""

    given = Signal(str)
    typed = Signal(str)

    def __init__(
        self, reasons: tuple[str, ...], *, stacked: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.boxes = ChoiceBoxes([(r, r) for r in reasons])
        self.own = FieldBox(longest=60)
        self.own.set_placeholder("或写一句，按 Enter")
        self._words = Paragraph("为什么要看全号？会记入查看记录，显示 30 秒", "note", "ink2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self._words)
        if stacked:
            column.addWidget(self.boxes)
            column.addWidget(self.own)
        else:
            row = QHBoxLayout()
            row.setSpacing(px(8))
            row.addWidget(self.boxes, 1)
            row.addWidget(self.own, 1)
            column.addLayout(row)
        self.boxes.chosen.connect(self._chosen)
        self.own.entered.connect(self._written)
        self.own.edited.connect(self.typed)

    def ask(self, begun: str = "") -> None:
        """Begin anew, the focus on the reasons; or with what was begun to be written."""
        self.boxes.set_code("")
        self.own.set_text(begun)
        if begun:
            self.own.focus_in()
        else:
            self.boxes.setFocus()

    def _chosen(self, reason: str) -> None:
        self.given.emit(reason)

    def _written(self) -> None:
        if self.own.text().strip():
            self.given.emit(self.own.text().strip())
        else:
            self.own.set_problem("还没写为什么")
