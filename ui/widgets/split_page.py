"""A page of the gate: the panel at the left says where we are, the right side asks one thing."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.ports import Hint
from ui.theme import colour, px
from ui.widgets.key_bar import Hints
from ui.widgets.label import Label, Paragraph
from ui.widgets.mark import Mark, draw_mark
from ui.widgets.painted import Painted
from ui.widgets.scroll import Scroll

PANEL, COLUMN = 480, 440
NARROW = 1100


class Panel(Painted):
    """The ground with the large mark."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and mark."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("panel"))
        size = px(430)
        place = QRectF(self.width() - px(370), self.height() / 2 - px(96), size, size)
        draw_mark(painter, place, "panel_mark")


class Ground(Painted):
    """The plain surface at the right."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the surface."""
        QPainter(self).fillRect(self.rect(), colour("surface"))


class SplitPage(Painted):
    """`panel_body` takes widgets below the panel's title, `body` those of the question, `foot` quiet ones."""

    def __init__(self, title: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel, self.ground = Panel(), Ground()
        self.title = Label(title, "figure", "panel_ink")
        self.note = Paragraph(note, "input", "panel_ink2")
        self.foot_left = Label("", "second", "panel_ink2")
        self.foot_right = Label("", "second", "panel_ink2", "right")
        self.hints = Hints()
        self.panel_body, self.body, self.foot = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._column = QWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addWidget(self.ground, 1)
        self._build_panel()
        self._build_ground()
        self.restyle()

    def set_hints(self, hints: tuple[Hint, ...]) -> None:
        """Keys that work here."""
        self.hints.set(hints)
        self.hints.setMinimumWidth(self.hints.sizeHint().width())

    def restyle(self) -> None:
        """Widths of the design."""
        self.panel.setFixedWidth(px(PANEL))
        self._column.setFixedWidth(px(COLUMN))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is narrow for its print the question has it alone."""
        self.panel.setVisible(self.width() >= px(NARROW))

    def _build_panel(self) -> None:
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(px(48), px(44), px(48), px(36))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(14))
        head.addWidget(Mark(44, "panel_ink", "panel"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label("医保基层窗口", "title", "panel_ink"))
        words.addWidget(Label("乡镇街道・村社区服务站", "second", "panel_ink2"))
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addSpacing(px(48))
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addSpacing(px(16))
        column.addLayout(self.panel_body)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.foot_left, 1)
        foot.addWidget(self.foot_right)
        column.addLayout(foot)

    def _build_ground(self) -> None:
        outer = QVBoxLayout(self.ground)
        outer.setContentsMargins(px(24), 0, px(24), px(18))
        middle = Qt.AlignmentFlag.AlignHCenter
        # between stretches, not aligned: only so is its height asked for at its own width
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._column)
        across.addStretch(1)
        high = QVBoxLayout()
        high.setContentsMargins(0, px(12), 0, px(12))
        high.addStretch(2)
        high.addLayout(across)
        high.addStretch(3)
        outer.addWidget(Scroll(high), 1)
        outer.addLayout(self.foot)
        outer.addWidget(self.hints, 0, middle)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._column.setLayout(self.body)
