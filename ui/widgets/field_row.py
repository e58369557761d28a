"""Label left, box, and one line under it: help or problem."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import px, text_width
from ui.theme.tokens import CONTROL
from ui.widgets.box import Box
from ui.widgets.icons import IconLabel
from ui.widgets.label import Paragraph
from ui.widgets.paint import draw_text
from ui.widgets.painted import Painted


class NoteLine(Painted):
    """Help in a quiet tone, or a problem with its icon; no height where there is nothing to say."""

    def __init__(self, box: Box, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = box
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(4), 0, px(1))
        row.setSpacing(px(6))
        self._icon = IconLabel("circle-alert", 16, "bad")
        self._help = Paragraph("", "note", "ink3")
        self._problem = Paragraph("", "second", "bad")
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._help, 1)
        row.addWidget(self._problem, 1)
        box.noted.connect(self._read)
        self._read()

    def text(self) -> str:
        """What it says."""
        return self._box.note()[0]

    def _read(self) -> None:
        text, tone = self._box.note()
        self._icon.setVisible(bool(text and tone))
        self._help.setVisible(bool(text) and not tone)
        self._problem.setVisible(bool(text and tone))
        if tone:
            self._icon.set("triangle-alert" if tone == "warn" else "circle-alert", tone)
            self._problem.set_text(text)
            self._problem.set_tone(tone)
        else:
            self._help.set_text(text)
        if self.parentWidget() is not None or not text:
            # without a parent it would open a window of its own
            self.setVisible(bool(text))


class _FieldLabel(Painted):
    def __init__(self, text: str, width: int, *, required: bool) -> None:
        super().__init__()
        self._text, self._width, self._required = text, width, required
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_required(self, *, required: bool) -> None:
        self._required = required
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._width), px(CONTROL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        star = px(14) if self._required else 0
        place = QRectF(0, 0, self.width() - star, self.height())
        draw_text(painter, place, self._text, "body", "ink2")
        if self._required:
            left = min(text_width(self._text, "body"), place.width()) + px(5)
            draw_text(painter, QRectF(left, 0, px(12), self.height()), "*", "body", "bad")


class FieldRow(Painted):
    """A labelled box with its line under it."""

    def __init__(
        self,
        label: str,
        box: Box,
        *,
        required: bool = False,
        label_width: int = 84,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.box = box
        self._label = _FieldLabel(label, label_width, required=required)
        self._row = QHBoxLayout(self)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(box)
        self.note = NoteLine(box, self)
        column.addWidget(self.note)
        self._row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(column, 1)
        box.editor().setAccessibleName(label)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.restyle()

    def set_required(self, *, required: bool) -> None:
        """Show or take away the star."""
        self._label.set_required(required=required)

    def restyle(self) -> None:
        """Gaps of the design."""
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
