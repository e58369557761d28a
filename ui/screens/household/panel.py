"""The right side of the household card: what to do, what is to be paid, where."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
)

from counter_app.kernel.money import format_yuan
from counter_app.services.queries.household_card import Due, HouseholdCard, MemberRow
from ui.screens.household.presenter import Action
from ui.theme import px
from ui.theme.tokens import CONTROL_RADIUS
from ui.widgets import Card, Chip, Label, Painted, Paragraph, draw_cap, draw_icon, draw_text, rule
from ui.widgets.paint import surface
from ui.widgets.tall import Tall

WIDTH = 364
NEW_LINE = "\u2028"
"""What a text layout breaks at."""


class ActionRow(QAbstractButton):
    """One thing to do, with its digit."""

    def __init__(self, action: Action) -> None:
        super().__init__()
        self._action = action
        self.setText(action.words)
        self.setAccessibleName(f"{action.digit} {action.words} {action.note}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_action(self, action: Action) -> None:
        """Say something else."""
        self._action = action
        self.setAccessibleName(f"{action.digit} {action.words} {action.note}")
        self.update()

    def sizeHint(self) -> QSize:
        """A row."""
        return QSize(px(300), px(42))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw cap, icon, words, and the note at the right."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            surface(painter, rect, "hover", "", CONTROL_RADIUS)
        middle = rect.center().y()
        x = px(2) + draw_cap(painter, px(2), middle, self._action.digit) + px(12)
        x += draw_icon(painter, x, middle, self._action.icon, (20, "accent")) + px(10)
        place = QRectF(x, 0, rect.width() - x, rect.height())
        x += draw_text(painter, place, self._action.words, "body_strong", "ink") + px(8)
        note = QRectF(x, 0, rect.width() - x - px(2), rect.height())
        draw_text(painter, note, self._action.note, "note", "ink3", align="right")


class _DueRow(Painted):
    def __init__(self, due: Due) -> None:
        super().__init__()
        self._due = due
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{due.masked_name} {due.words} {amount(due.amount)}")

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(27))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        value = amount(self._due.amount)
        right = rect.width() - draw_text(
            painter,
            rect,
            value,
            "body_strong",
            "ink" if self._due.amount else "ink3",
            align="right",
        )
        draw_text(
            painter, QRectF(0, 0, px(58), rect.height()), self._due.masked_name, "body", "ink"
        )
        words = QRectF(px(62), 0, right - px(70), rect.height())
        draw_text(painter, words, self._due.words, "note", "ink3")


class _Where(Painted):
    """Where to pay, in its box."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(2))
        column.addWidget(Label("去哪缴", "second", "ink3"))
        self.words = Paragraph("", "second")
        column.addWidget(self.words)

    def paintEvent(self, event: QPaintEvent) -> None:
        surface(QPainter(self), QRectF(self.rect()), "sunken", "line", CONTROL_RADIUS)


class _Rule(Painted):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(px(7))

    def paintEvent(self, event: QPaintEvent) -> None:
        rule(QPainter(self), QRectF(0, self.height() / 2, self.width(), 1), "line2")


class HouseholdPanel(Tall):
    """`pressed(digit)` for a click on something to do."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._what = Card("办什么", "按数字")
        self._pay = Card("还要缴多少")
        self._why = Card("等待期怎么算", "F8 收起")
        self._cost = Card("高额费用预警")
        self._chip = Chip("示例数据", "warn")
        self._rows: list[ActionRow] = []
        self._dues = QVBoxLayout()
        self._dues.setSpacing(0)
        self._total = Label("", "title", align="right")
        self._where = _Where()
        self._grounds = Paragraph("", "second", "ink2")
        self._costs = Paragraph("", "second", "ink2")
        self._nobody = Paragraph("没有见到要缴的", "second", "ink3")
        self._due_rows: list[_DueRow] = []
        self._drawn: tuple[Due, ...] | None = None
        self._beyond = False
        self._build()

    def show_actions(self, actions: tuple[Action, ...]) -> None:
        """What can be done now."""
        for action in actions[len(self._rows) :]:
            row = ActionRow(action)
            row.clicked.connect(partial(self.pressed.emit, action.digit))
            self._rows.append(row)
            self._what.body.addWidget(row)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(actions))
            if index < len(actions):
                row.set_action(actions[index])

    def show_card(self, card: HouseholdCard) -> None:
        """Amounts and where to pay; another township's household pays there."""
        self._beyond = card.beyond
        self._chip.set("示例数据" if card.invented else "仅供参考", "warn")
        self._chip.setVisible(card.invented or not card.firm)
        self._total.set_text(amount(card.total))
        by = f"{card.pay_by.month}月{card.pay_by.day}日 前缴清。" if card.pay_by else ""
        where = NEW_LINE.join(card.pay_where) or "规则包没有写缴费的地方，请打县医保中心电话"
        self._where.words.set_text(f"{by}{NEW_LINE}{where}".strip())
        self._nobody.setVisible(not card.due)
        if card.due != self._drawn:
            self._drawn = card.due
            for row in self._due_rows:
                self._dues.removeWidget(row)
                row.hide()
                row.deleteLater()
            self._due_rows = [_DueRow(due) for due in card.due]
            for row in self._due_rows:
                self._dues.addWidget(row)

    def show_high_cost(self, member: MemberRow | None) -> None:
        """What the year has cost the member in service, where it passes a line of the pack."""
        words = member.high_cost if member else ()
        self._cost.setVisible(bool(words))
        self._costs.set_text(NEW_LINE.join(words))

    def show_grounds(self, member: MemberRow | None, *, shown: bool) -> None:
        """How the waiting period of the member in service was worked out."""
        self._why.setVisible(shown)
        self._pay.setVisible(not shown and not self._beyond)
        if shown and member is not None:
            lines = member.grounds or ("不用等待",)
            self._grounds.set_text(NEW_LINE.join((member.masked_name, *lines)))

    def _build(self) -> None:
        self._pay.head.addStretch(1)
        self._pay.head.addWidget(self._chip)
        self._pay.body.addWidget(self._nobody)
        self._pay.body.addLayout(self._dues)
        self._pay.body.addWidget(_Rule())
        total = QHBoxLayout()
        total.addWidget(Label("全户合计", "body_head"))
        total.addWidget(self._total, 1)
        total.addWidget(Label("元", "second", "ink3"))
        self._pay.body.addLayout(total)
        self._pay.body.addWidget(self._where)
        self._why.body.addWidget(self._grounds)
        self._cost.head.addStretch(1)
        self._cost.head.addWidget(Chip("仅供参考", "warn"))
        self._cost.body.addWidget(self._costs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        for card in (self._what, self._cost, self._pay, self._why):
            column.addWidget(card)
        column.addStretch(1)


def amount(value: int | None) -> str:
    """An amount; what no source gives is said so."""
    return "标准未知" if value is None else format_yuan(value)
