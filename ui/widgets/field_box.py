"""The field: a painted frame with prefix, suffix, tag and tick around a frameless line editor."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import px, text_width
from ui.theme.tokens import CHIP
from ui.widgets.box import Box
from ui.widgets.icons import draw_icon
from ui.widgets.line_edit import LineEdit
from ui.widgets.paint import draw_text, surface


class FieldBox(Box):
    """A line of text in a box.

    Signals: `edited(text)` while the clerk types (never for `set_text`), `left()` when the cursor
    goes, `entered()` for Enter.
    """

    edited = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(
        self,
        prefix_icon: str = "",
        suffix: str = "",
        *,
        align: str = "left",
        longest: int = 200,
        role: str = "input",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._prefix, self._suffix = prefix_icon, suffix
        self._tag, self._tag_fits = "", True
        self._tick = False
        self._chevron = False
        self.line = LineEdit(role, longest, self)
        if align == "right":
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._edited)
        self.line.entered.connect(self.entered)
        self.line.left.connect(self._gone)
        self.line.came.connect(self.update)
        self.line.too_long.connect(self._too_long)

    def editor(self) -> QWidget:
        """The line editor."""
        return self.line

    def text(self) -> str:
        """What stands in the box."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put a text in; the cursor keeps its place where it can."""
        if text != self.line.text():
            at = self.line.cursorPosition()
            self.line.setText(text)
            self.line.setCursorPosition(min(at, len(text)) if self.has_focus() else 0)
            self._place()

    def set_placeholder(self, text: str) -> None:
        """What stands in the empty box."""
        self.line.setPlaceholderText(text)

    def set_password(self, *, hidden: bool) -> None:
        """Hide what is typed."""
        mode = QLineEdit.EchoMode
        self.line.setEchoMode(mode.Password if hidden else mode.Normal)

    def set_tick(self, *, ticked: bool) -> None:
        """Show that it is right."""
        self._tick = ticked
        self._place()

    def set_tag(self, tag: str) -> None:
        """A grey tag at the right: a code, or 自动."""
        self._tag = tag
        self._place()

    def set_suffix(self, suffix: str) -> None:
        """Words after the value: 元, 周一."""
        self._suffix = suffix
        self._place()

    def set_read_only(self, *, read_only: bool) -> None:
        """A value that is given, not typed."""
        self._read_only = read_only
        self.line.setReadOnly(read_only)
        self.set_tag("自动" if read_only else "")

    def restyle(self) -> None:
        """Take font and places of the look."""
        self.line.restyle()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the editor in its place."""
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the frame goes to the editor."""
        self.line.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and what stands beside the text."""
        painter = QPainter(self)
        self.draw_frame(painter)
        middle = self.height() / 2
        if self._prefix:
            tone = "accent" if self.has_focus() else "ink2"
            draw_icon(painter, px(11), middle, self._prefix, (20, tone))
        right = float(self.width() - px(12))
        if self._chevron:
            right -= px(16)
            draw_icon(painter, right, middle, "chevron-down", (16, "ink2"))
            right -= px(8)
        if self._tick and not self._tone:
            right -= px(18)
            draw_icon(painter, right, middle, "check", (18, "ok"))
            right -= px(8)
        if self._tag and self._tag_fits:
            right = self._draw_tag(painter, right) - px(8)
        if self._suffix:
            place = QRectF(0, 0, right, self.height())
            draw_text(painter, place, self._suffix, "second", "ink3", align="right")

    def _draw_tag(self, painter: QPainter, right: float) -> float:
        width, height = text_width(self._tag, "note") + px(10), px(20)
        rect = QRectF(right - width, (self.height() - height) / 2, width, height)
        surface(painter, rect, "hover", "", CHIP)
        draw_text(painter, rect, self._tag, "note", "ink2", align="center")
        return rect.left()

    def _place(self) -> None:
        left = px(11) + (px(28) if self._prefix else 0)
        right = px(12)
        right += px(24) if self._chevron else 0
        right += px(26) if self._tick and not self._tone else 0
        right += round(text_width(self._suffix, "second")) + px(8) if self._suffix else 0
        width = max(self.width() - left - right, 8)
        # the words before their code: what cannot stand beside them is left out
        tag = round(text_width(self._tag, "note")) + px(18) if self._tag else 0
        self._tag_fits = self.line.asks() <= width - tag
        width -= tag if self._tag_fits else 0
        self.line.setGeometry(left, 2, width, self.height() - 4)
        self.update()

    def _edited(self, text: str) -> None:
        self.edited.emit(text)

    def _gone(self) -> None:
        self.line.setCursorPosition(0)
        self._place()
        self.left.emit()

    def _too_long(self) -> None:
        self.set_problem(f"太长了，只放进前 {self.line.maxLength()} 个字，请照原件核对", "warn")
