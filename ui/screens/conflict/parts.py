"""What stands around the sides: why it stopped, and the answers with their sentence."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.queries.conflict_view import ConflictView
from ui.screens.conflict.cards import AnswerCards
from ui.screens.conflict.grounds import rule_words
from ui.screens.conflict.presenter import ConflictState
from ui.theme import px
from ui.theme.tokens import CARD_RADIUS
from ui.widgets import FieldBox, FieldRow, IconLabel, Label, Painted, Paragraph, surface

LONGEST = 120


class Why(Painted):
    """Why it stopped, and the rule with where it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Paragraph("", "body")
        self.rule = Paragraph("", "note", "ink2")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.words)
        texts.addWidget(self.rule)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(8), px(14), px(8))
        row.setSpacing(px(10))
        row.addWidget(IconLabel("info", 20, "accent"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)

    def show_view(self, view: ConflictView) -> None:
        """Say it of this case."""
        self.words.set_spans([("为什么停下来  ", "ink", True), (view.why, "ink2", False)])
        rule = rule_words(view)
        self.rule.set_text(f"依据：{rule}" if rule else "")
        self.rule.setVisible(bool(rule))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint."""
        surface(QPainter(self), QRectF(self.rect()), "accent_s", "accent_l", CARD_RADIUS)


class Answers(QWidget):
    """What may be answered, the sentence of why, and what holds until then."""

    def __init__(self) -> None:
        super().__init__()
        self.cards = AnswerCards()
        self.words = FieldBox(longest=LONGEST)
        self.reason = FieldRow("写一句", self.words, label_width=64)
        self._none = Paragraph("还没选怎么办，按数字选一个", "second", "bad")
        self._until = Paragraph("", "note", "ink2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(2), 0, px(4))
        column.setSpacing(px(8))
        column.addWidget(Label("怎么办，按数字选", "section"))
        for widget in (self._none, self.cards, self.reason, self._until):
            column.addWidget(widget)

    def high(self, width: int) -> int:
        """Room for everything with the answers in a row, the sentence included."""
        return self.cards.high_beside(width) + px(150)

    def show_state(self, state: ConflictState, view: ConflictView) -> None:
        """Draw the answers; what F9 found missing is said at its place."""
        self.cards.show_choices(view.choices, state.choice)
        self._none.setVisible(state.blamed == "choice")
        chosen = state.chosen
        self.reason.setVisible(state.asks_words)
        self.reason.set_required(required=chosen is not None and chosen.reason)
        self.words.set_text(state.words)
        self.words.set_tick(ticked=bool(state.words.strip()))
        need = chosen is not None and chosen.reason
        self.words.set_help(
            "会留在记录里，中心和有关的站看得到" if need else "可以不写；写了中心和有关的站看得到"
        )
        if state.blamed == "reason":
            self.words.set_problem("还没写一句为什么")
        else:
            self.words.clear_problem()
        self._until.set_text(f"答复以前：{view.meanwhile}" if view.meanwhile else "")
        self._until.setVisible(bool(view.meanwhile))
