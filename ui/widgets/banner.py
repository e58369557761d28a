"""A banner: what happened, what it means, and at most two things to press."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import px
from ui.theme.tokens import CARD_RADIUS
from ui.widgets.icons import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.label import Label, Paragraph
from ui.widgets.paint import surface
from ui.widgets.painted import Painted

ICONS = {"bad": "circle-alert", "warn": "triangle-alert", "accent": "info", "ok": "circle-check"}
Action = tuple[str, str, Callable[[], None]]
"""(words, cap, what it does)"""


class Banner(Painted):
    """Stands at the top of the content until the matter is solved; tones bad, warn, accent, ok."""

    def __init__(
        self,
        tone: str = "accent",
        title: str = "",
        text: str = "",
        actions: Sequence[Action] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._icon = IconLabel("info", 20, "accent")
        self._title = Label("", "body_head")
        self._text = Paragraph("", "second", "ink2")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._text)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        self._buttons: list[KeyButton] = []
        self._tone = tone
        self.restyle()
        self.set(tone, title, text, actions)

    def set(self, tone: str, title: str, text: str, actions: Sequence[Action] = ()) -> None:
        """Say something else."""
        self._tone = tone
        self._icon.set(ICONS[tone], tone)
        self._title.set_text(title)
        self._text.set_text(text)
        self._text.setVisible(bool(text))
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(index, *action) for index, action in enumerate(actions[:2])]
        self.setAccessibleName(f"{title}。{text}")
        self.update()

    def title(self) -> str:
        """What it says first."""
        return self._title.text()

    def restyle(self) -> None:
        """Paddings of the design."""
        self._row.setContentsMargins(px(16), px(10), px(16), px(10))
        self._row.setSpacing(px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint and its border."""
        tint, line = f"{self._tone}_s", f"{self._tone}_l"
        surface(QPainter(self), QRectF(self.rect()), tint, line, CARD_RADIUS)

    def _button(self, index: int, words: str, cap: str, does: Callable[[], None]) -> KeyButton:
        button = KeyButton(words, cap, "quiet" if index else "secondary")
        button.clicked.connect(lambda _checked=False: does())
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return button
