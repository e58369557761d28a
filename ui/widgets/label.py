"""Text: one painted line, or a paragraph that wraps with the design's line height."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import colour, font, px, text_width
from ui.theme.tokens import ROLES
from ui.widgets.paint import draw_text
from ui.widgets.painted import Painted

Span = tuple[str, str, bool]
"""(text, tone, strong)"""


class Label(Painted):
    """One line of text in a role and a tone; cut with … only where its place is too narrow."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "ink",
        align: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._role, self._tone, self._align = text, role, tone, align
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        """What it says."""
        return self._text

    def set_text(self, text: str) -> None:
        """Say something else."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def set_tone(self, tone: str) -> None:
        """Say it in another tone."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def sizeHint(self) -> QSize:
        """The text's own size."""
        return QSize(round(text_width(self._text, self._role) + 1), self._line())

    def minimumSizeHint(self) -> QSize:
        """A few characters at least."""
        return QSize(min(self.sizeHint().width(), px(48)), self._line())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        place = QRectF(self.rect())
        draw_text(QPainter(self), place, self._text, self._role, self._tone, align=self._align)

    def _line(self) -> int:
        return round(ROLES[self._role].line * px(100) / 100)


class Paragraph(Painted):
    """Text that wraps; spans may differ in tone and weight."""

    def __init__(
        self, text: str = "", role: str = "body", tone: str = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._tone = tone
        self._spans: tuple[Span, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def text(self) -> str:
        """What it says."""
        return "".join(words for words, _, _ in self._spans)

    def set_text(self, text: str) -> None:
        """Say something else, in the paragraph's own tone."""
        self.set_spans([(text, self._tone, False)])

    def set_tone(self, tone: str) -> None:
        """Say all of it in another tone."""
        self._tone = tone
        self.set_spans([(words, tone, strong) for words, _, strong in self._spans])

    def set_spans(self, spans: list[Span]) -> None:
        """Say it in pieces of (text, tone, strong)."""
        self._spans = tuple(spans)
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Its height follows its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at that width."""
        return round(self._layout(width)[1])

    def sizeHint(self) -> QSize:
        """One line as wide as the text, at most 360."""
        wide = round(min(text_width(self.text(), self._role) + 2, px(360)))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column, high enough for the width it has."""
        return QSize(px(48), self.heightForWidth(max(self.width(), px(48))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setPen(colour(self._tone))
        self._layout(self.width())[0].draw(painter, QPointF(0, 0))

    def _layout(self, width: int) -> tuple[QTextLayout, float]:
        layout = QTextLayout(self.text(), font(self._role))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        line_height = ROLES[self._role].line * px(100) / 100
        size = px(ROLES[self._role].size)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, y + line_height / 2 + 0.37 * size - line.ascent()))
            y += line_height
        layout.endLayout()
        return layout, max(y, line_height)

    def _formats(self) -> list[QTextLayout.FormatRange]:
        formats, start = [], 0
        for words, tone, strong in self._spans:
            piece = QTextLayout.FormatRange()
            # Qt counts UTF-16 units: a rare character beyond the first plane is two
            length = len(words.encode("utf-16-le")) // 2
            look = QTextCharFormat()
            look.setForeground(QColor(colour(tone)))
            if strong:
                bold = font(self._role)
                bold.setWeight(bold.Weight.Medium)
                look.setFont(
                    bold, QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll
                )
            # the stubs leave the fields of FormatRange out
            piece.start = start  # type: ignore[attr-defined]  # the stubs leave FormatRange's fields out
            piece.length = length  # type: ignore[attr-defined]  # as above
            piece.format = look  # type: ignore[attr-defined]  # as above
            formats.append(piece)
            start += length
        return formats
