"""The card on the panel of the lock: what was under way is kept."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.theme import px
from ui.theme.tokens import CARD_RADIUS
from ui.widgets import IconLabel, Label, Painted, Paragraph, surface


class KeptCard(Painted):
    """A tick, what is kept, and the counts; not there before there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self._title = Label("", "body_strong", "panel_ink")
        self._text = Paragraph("", "second", "panel_ink2")
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(IconLabel("check", 18, "panel_ink"))
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(4))
        column.addLayout(head)
        column.addWidget(self._text)
        self.hide()

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """The first is the title."""
        self._title.set_text(lines[0] if lines else "")
        self._text.set_text("\u2028".join(lines[1:]))
        self.setVisible(bool(lines))

    def text(self) -> str:
        """Everything it says."""
        return f"{self._title.text()}\n{self._text.text()}"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card on the panel."""
        surface(QPainter(self), QRectF(self.rect()), "panel_mark", "panel_ink2", CARD_RADIUS)
