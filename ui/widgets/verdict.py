"""The verdict panel: the conclusion first, then why and what follows; always in view."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import colour, px
from ui.theme.tokens import CARD_RADIUS
from ui.widgets.chip import Chip
from ui.widgets.icons import IconLabel, draw_icon
from ui.widgets.label import Label, Paragraph
from ui.widgets.paint import draw_text, rounded, rule, surface
from ui.widgets.painted import Painted
from ui.widgets.tall import Tall

HEAD_HEIGHT = 44
ICONS = {"bad": "circle-alert", "warn": "triangle-alert", "ok": "circle-check", "accent": "info"}


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """A line: icon, label, value at the right, and a source or reason under it."""

    label: str
    value: str = ""
    second: str = ""
    icon: str = ""
    tone: str = "ink"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class VerdictSection:
    """A group of lines."""

    title: str
    lines: tuple[VerdictLine, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class VerdictHead:
    """The conclusion in at most twelve characters, on its tint."""

    words: str
    tone: str = "ok"
    icon: str = ""


class _Head(Painted):
    def __init__(self) -> None:
        super().__init__()
        self.head = VerdictHead("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(100, px(HEAD_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        tone = self.head.tone
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = rounded(rect, CARD_RADIUS - 1, bottom=False)
        painter.fillPath(ground, colour(f"{tone}_s"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        rule(painter, QRectF(0, rect.bottom() - 1, rect.width(), 1), f"{tone}_l")
        x = px(15)
        x += round(
            draw_icon(painter, x, rect.center().y(), self.head.icon or ICONS[tone], (22, tone))
        )
        place = QRectF(x + px(9), 0, rect.width() - x - px(20), rect.height())
        draw_text(painter, place, self.head.words, "form_title", "ink")


class _Line(Painted):
    def __init__(self, line: VerdictLine) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        top = Qt.AlignmentFlag.AlignTop
        if line.icon:
            row.addWidget(
                IconLabel(line.icon, 18, line.tone if line.tone != "ink" else "ok"), 0, top
            )
        words = QVBoxLayout()
        words.setSpacing(0)
        role = "body_strong" if line.strong else "body" if line.icon else "second"
        plain = "ink" if line.icon or line.strong or not line.value else "ink2"
        words.addWidget(
            Paragraph(
                line.label, role, plain if line.icon else line.tone if line.tone != "ink" else plain
            )
        )
        if line.value:
            # a source runs under both, not in the strip the value leaves
            tone = "ink" if line.icon else line.tone
            beside = QHBoxLayout()
            beside.setSpacing(px(8))
            beside.addLayout(words, 1)
            beside.addWidget(Label(line.value, "second_strong", tone, "right"), 0, top)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addLayout(beside)
        if line.second:
            words.addWidget(Paragraph(line.second, "note", "ink3"))
        row.addLayout(words, 1)


class VerdictPanel(Painted):
    """Head, sections that scroll, foot."""

    def __init__(self, width: int = 340, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide = width
        self._head = _Head()
        self._inside = Tall()
        self._column = QVBoxLayout(self._inside)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._inside)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._foot = Label("", "note", "ink3")
        self._foot_chip = Chip("", "warn")
        self._bottom = QHBoxLayout()
        self._bottom.addWidget(self._foot)
        self._bottom.addWidget(self._foot_chip)
        self._bottom.addStretch(1)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._head)
        self._outer.addWidget(self._area, 1)
        self._outer.addLayout(self._bottom)
        self._shown: tuple[VerdictSection, ...] = ()
        self._drawn: list[QWidget] = []
        self.set_foot("")
        self.restyle()

    def set(self, head: VerdictHead, sections: tuple[VerdictSection, ...]) -> None:
        """Show a judgement; redraws only what changed."""
        self._head.head = head
        self._head.setAccessibleName(head.words)
        self._head.update()
        if sections != self._shown:
            self._shown = sections
            self._rebuild()

    def set_foot(self, words: str, chip: str = "", tone: str = "warn") -> None:
        """Data date and where it comes from; the chip says 示例数据."""
        self._foot.set_text(words)
        self._foot_chip.set(chip, tone)
        self._foot_chip.setVisible(bool(chip))
        self._foot.setVisible(bool(words))
        self.restyle()

    def set_width(self, width: int) -> None:
        """Another width, in px of the design."""
        if width != self._wide:
            self._wide = width
            self.setFixedWidth(px(width))

    def head(self) -> VerdictHead:
        """The conclusion shown."""
        return self._head.head

    def sections(self) -> tuple[VerdictSection, ...]:
        """The sections shown."""
        return self._shown

    def add_widget(self, widget: QWidget) -> None:
        """A widget of the screen's own after the sections (it outlives them)."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def restyle(self) -> None:
        """Width and paddings of the look."""
        self.setFixedWidth(px(self._wide))
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._outer.setSpacing(0)
        foot = px(10) if self._foot.text() else 0
        self._bottom.setContentsMargins(px(15), foot, px(15), foot)
        self._column.setContentsMargins(px(15), px(10), px(15), px(10))
        self._column.setSpacing(px(10))
        if not self._column.count():
            self._column.addStretch(1)
        self._rebuild()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and the rule over the foot."""
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), "surface", "line", CARD_RADIUS)
        if self._foot.text():
            rule(painter, QRectF(1, self._area.geometry().bottom(), self.width() - 2, 1))

    def _rebuild(self) -> None:
        for widget in self._drawn:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._drawn = [_Section(s, first=i == 0) for i, s in enumerate(self._shown)]
        for index, widget in enumerate(self._drawn):
            self._column.insertWidget(index, widget)


class _Section(Painted):
    def __init__(self, section: VerdictSection, *, first: bool) -> None:
        super().__init__()
        self._first = first
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0 if first else px(10), 0, 0)
        column.setSpacing(px(5))
        if section.title:
            strong = "body_head" if section.strong else "second_strong"
            column.addWidget(Paragraph(section.title, strong, "ink" if section.strong else "ink3"))
        for line in section.lines:
            column.addWidget(_Line(line))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._first:
            rule(QPainter(self), QRectF(0, 0, self.width(), 1))
