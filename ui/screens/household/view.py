"""The household card as widgets: head, members × years, what to do."""

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from counter_app.bootstrap import Services
from counter_app.services.queries.household_card import HouseholdCard
from ui.ports import Bar, Hint, Navigator, Tasks
from ui.screens.household.panel import WIDTH, HouseholdPanel
from ui.screens.household.presenter import (
    REASONS,
    SHOWN_SECONDS,
    HouseholdPresenter,
    HouseholdState,
)
from ui.screens.household.table import HouseholdTable
from ui.theme import px
from ui.theme.tokens import CONTROL_RADIUS
from ui.widgets import (
    Banner,
    Card,
    Chip,
    EmptyState,
    KeyButton,
    Label,
    Painted,
    Paragraph,
    draw_text,
    surface,
)
from ui.widgets.reason_strip import ReasonStrip

NARROW, SLIM = 1100, 290
"""Under this width the right side is only that wide."""


class _Initial(Painted):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.setFixedSize(px(52), px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), "accent_s", "accent_l", CONTROL_RADIUS)
        draw_text(painter, QRectF(self.rect()), self.text, "name", "accent", align="center")


class HouseholdView(QWidget):
    """Most of the queue is served by this card alone."""

    rail = "home"
    bar_changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._navigator = navigator
        self.table = HouseholdTable()
        self.panel = HouseholdPanel()
        self._scroll = QScrollArea()
        self.banner = Banner()
        self.reasons = ReasonStrip(REASONS)
        self.reveal = KeyButton("显示全号", kind="quiet", icon="eye")
        self.empty = EmptyState(
            "users", "名单上没有这一户", "可能刚被中心更新，请回查询页再找一次", "ink3"
        )
        self._initial = _Initial()
        self._title, self._count = Label("", "name"), Label("", "body", "ink2")
        self._by = Chip("", "ok", "check")
        self._where = Paragraph("", "second", "ink2")
        self._head = Card()
        self._shown_card: HouseholdCard | None = None
        self._asked = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_SECONDS * 1000)
        self._build()
        self.presenter = HouseholdPresenter(services, tasks, navigator, self.show_state)
        self._connect()
        self.show_state(self.presenter.state)

    def open(self, number: str, certno: str = "") -> None:
        """Show this household, this member in service."""
        self.presenter.open(number, certno)

    def bar(self) -> Bar:
        """Keys that work now."""
        if self.presenter.state.card is None:
            return Bar((Hint("Esc", "返回"),))
        found = [a.digit for a in self.presenter.actions()]
        digits = f"{found[0]}–{found[-1]}" if len(found) > 1 else found[0]
        slip = () if self.presenter.state.card.beyond else (Hint("F10", "缴费提示单"),)
        return Bar((
            Hint("Esc", "返回"),
            Hint("↑↓", "换人"),
            Hint("空格", "勾上一起办"),
            Hint(digits, "选事项"),
            Hint("F8", "等待期怎么算"),
            *slip,
        ))

    def press(self, key: str) -> bool:
        """Digits act while no box has the focus."""
        if key == "Esc":
            self._escape()
        elif key == "F8":
            self.presenter.toggle_grounds()
        elif key == "F10":
            return self.presenter.press("5")
        elif key.isdigit() and not self.reasons.isVisible():
            return self.presenter.press(key)
        else:
            return False
        return True

    def shown(self) -> None:
        """Read again; the cursor goes to the members."""
        if self.presenter.state.loaded:
            self.presenter.refresh()
        self.table.setFocus()

    def left(self) -> bool:
        """Full numbers don't stay behind."""
        self.presenter.hide()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Bare digits choose what to do."""
        if not (event.text().isdigit() and self.press(event.text())):
            super().keyPressEvent(event)

    def show_state(self, state: HouseholdState) -> None:
        """Draw the state."""
        card = state.card
        self.empty.setVisible(state.loaded and card is None)
        for widget in (self._head, self.table, self.panel):
            widget.setVisible(card is not None)
        self.banner.setVisible(bool(state.message))
        if state.message:
            self.banner.set("warn", *_split(state.message))
        if card is not None:
            self._show_card(state, card)
        self._show_reveal(state)
        self.bar_changed.emit()

    def _show_card(self, state: HouseholdState, card: HouseholdCard) -> None:
        if card is not self._shown_card:
            self._shown_card = card
            self.table.set_card(card)
            self.panel.show_card(card)
            self._initial.text = card.title[:1]
            self._initial.update()
            self._title.set_text(card.title)
            count = (
                f"不在本镇，只看得到问过的 {card.count} 人" if card.beyond else f"{card.count} 人"
            )
            self._count.set_text(f"{count}    户号尾 {card.number[-4:]}")
        self._by.set(state.identified, "ok", "check")
        self._by.setVisible(bool(state.identified))
        self.table.model.mark(state.ticked, state.full)
        self.table.select(state.current)
        self.panel.show_actions(self.presenter.actions())
        self.panel.show_grounds(state.member, shown=state.grounds)
        self.panel.show_high_cost(state.member)
        tel = next((p.tel for p in state.full.values() if p.tel), "") or card.tel
        self._where.set_text("    ".join(p for p in (card.address, tel) if p))

    def _show_reveal(self, state: HouseholdState) -> None:
        self.reveal.set_words("收起全号" if state.full else "显示全号")
        self.reasons.setVisible(state.asking)
        if state.asking and not self._asked:
            self.reasons.ask(self.presenter.reason.words)
        if self._asked and not state.asking:
            self.table.setFocus()
        self._asked = state.asking
        if state.full and not self._timer.isActive():
            self._timer.start()
        elif not state.full:
            self._timer.stop()

    def _escape(self) -> None:
        if self.presenter.state.asking or self.presenter.state.full:
            self.presenter.hide()
        elif self.presenter.state.grounds:
            self.presenter.toggle_grounds()
        else:
            self._navigator.home()

    def _connect(self) -> None:
        self.table.ticked.connect(self.presenter.tick)
        self.table.chosen.connect(self.presenter.select)
        self.panel.pressed.connect(self.presenter.press)
        self.reveal.clicked.connect(self.presenter.ask_reveal)
        self.reasons.given.connect(self.presenter.reveal)
        self.reasons.typed.connect(self.presenter.reason.write)
        self._timer.timeout.connect(self.presenter.hide)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(px(10))
        top.addWidget(self._title)
        top.addWidget(self._count, 1)
        top.addWidget(self._by)
        top.addWidget(self.reveal)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(top)
        words.addWidget(self._where)
        row = QHBoxLayout()
        row.setSpacing(px(14))
        row.addWidget(self._initial, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._head.body.addLayout(row)
        self._head.body.addWidget(self.reasons)
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.addWidget(self.banner)
        left.addWidget(self._head)
        left.addWidget(self.table, 1)
        left.addWidget(self.empty, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(px(20), px(16), px(18), px(12))
        outer.setSpacing(px(16))
        outer.addLayout(left, 1)
        outer.addWidget(self._scrolling())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In large print the members keep the width."""
        narrow = self.width() < px(NARROW)
        self._scroll.setFixedWidth(px(SLIM if narrow else WIDTH + 2))

    def _scrolling(self) -> QScrollArea:
        """The right side scrolls by itself where a large family has much to pay."""
        area = self._scroll
        area.setWidget(self.panel)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area


def _split(words: str) -> tuple[str, str]:
    title, _, rest = words.partition("。")
    return title, rest


def make(services: Services, tasks: Tasks, navigator: Navigator) -> HouseholdView:
    """The household card."""
    return HouseholdView(services, tasks, navigator)
