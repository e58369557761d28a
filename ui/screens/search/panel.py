"""The panel of the search: who is selected, how they differ from the next, what else can be done."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.queries.find import CaseHit, PersonHit
from ui.screens.search.presenter import Difference, SearchState
from ui.theme import px
from ui.theme.tokens import CARD_RADIUS, CONTROL_RADIUS
from ui.widgets import IconLabel, KeyButton, Label, Painted, Paragraph, draw_text, rule, surface

WIDTH = 330
LABEL = 76


class _Initial(Painted):
    """The family name on its tint."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setFixedSize(px(52), px(52))

    def set_text(self, text: str) -> None:
        self._text = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), "accent_s", "accent_l", CONTROL_RADIUS)
        draw_text(painter, QRectF(self.rect()), self._text, "name", "accent", align="center")


class _Section(Painted):
    """A part of the panel under its own rule."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(15), px(10), px(15), px(10))
        self.column.setSpacing(px(4))
        self.title = Label(title, "second", "ink3")
        if title:
            self.column.addWidget(self.title)

    def paintEvent(self, event: QPaintEvent) -> None:
        rule(QPainter(self), QRectF(0, 0, self.width(), 1))


class _Quote(Painted):
    """What to ask, in a box."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        self.words = Paragraph("", "body")
        column.addWidget(self.words)

    def paintEvent(self, event: QPaintEvent) -> None:
        surface(QPainter(self), QRectF(self.rect()), "sunken", "line", CONTROL_RADIUS)


class SearchPanel(Painted):
    """`enrol` for the button 新参保, `ask` for 问中心."""

    enrol = Signal()
    ask = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initial = _Initial()
        self._name = Label("", "title")
        self._who = Label("", "second", "ink3")
        self._difference = _Section("")
        self._ask = _Section("问一句就能定")
        self._quote = _Quote()
        self._lines = [_line() for _ in range(4)]
        self._missing = _Section("找不到")
        self.button = KeyButton("新参保", "F7")
        self.asking = KeyButton("问中心", "F5")
        self._build()

    def show_state(self, state: SearchState, difference: Difference | None) -> None:
        """Show the selected row."""
        row = state.row
        self.asking.set_available(available=bool(state.text) and not state.waiting)
        self._head.setVisible(row is not None)
        if isinstance(row, PersonHit):
            self._initial.set_text(row.masked_name[:1])
            self._name.set_text(row.masked_name)
            age = row.status if row.tone == "gone" else f"{row.age}岁"
            parts = (row.sex, age, f"尾号 {row.tail}")
            self._who.set_text("·".join(p for p in parts if p))
        elif isinstance(row, CaseHit):
            self._initial.set_text(row.masked_name[:1])
            self._name.set_text(row.masked_name)
            self._who.set_text(f"{row.summary}·{row.label}")
        self._difference.setVisible(difference is not None)
        self._ask.setVisible(difference is not None)
        if difference is not None:
            self._show_difference(difference)

    def restyle(self) -> None:
        """The panel's width."""
        self.setFixedWidth(px(WIDTH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        surface(QPainter(self), QRectF(self.rect()), "surface", "line", CARD_RADIUS)

    def _show_difference(self, difference: Difference) -> None:
        self._difference.title.set_text(f"和第 {difference.place} 位怎么分")
        for index, (widget, label, value) in enumerate(self._lines):
            shown = index < len(difference.lines)
            widget.setVisible(shown)
            if shown:
                label.set_text(difference.lines[index][0])
                value.set_text(difference.lines[index][1])
        self._quote.words.set_text(f"“{difference.question}”")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        self._difference.column.insertWidget(0, self._difference.title)
        for widget, _, _ in self._lines:
            self._difference.column.addWidget(widget)
        self._ask.column.addWidget(self._quote)
        words = "证件和名单对不上姓名，打开后会问是曾用名、异体字，还是找错了人。"
        self._ask.column.addWidget(Paragraph(words, "note", "ink3"))
        for words, button in (("不在本镇", self.asking), ("名单上没有", self.button)):
            row = QHBoxLayout()
            row.addWidget(Label(words, "body", "ink2"), 1)
            row.addWidget(button)
            self._missing.column.addLayout(row)
        self.asking.clicked.connect(self.ask)
        self.button.clicked.connect(self.enrol)
        for part in (self._difference, self._ask, self._missing):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self._build_foot())
        self.restyle()

    def _build_head(self) -> QWidget:
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(px(15), px(13), px(15), px(12))
        row.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._who)
        row.addWidget(self._initial, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return self._head

    @staticmethod
    def _build_foot() -> QWidget:
        foot = _Section("")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(IconLabel("eye", 18, "ink3"))
        row.addWidget(Label("打开谁、显示谁的全号，都记入查看记录", "note", "ink3"), 1)
        foot.column.addLayout(row)
        return foot


def _line() -> tuple[QWidget, Label, Paragraph]:
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    label, value = Label("", "second", "ink2"), Paragraph("", "second_strong")
    label.setFixedWidth(px(LABEL))
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(value, 1)
    return widget, label, value
