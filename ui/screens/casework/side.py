"""The right side: the verdict, or the waterfall once a claim has nothing missing; a strip where it is narrow."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.forms.panel import Clicks, PanelWriter, VerdictStrip
from ui.screens.casework.state import CaseState, MoneyState
from ui.theme import px, scale
from ui.widgets import Card, Chip, Label, Painted, VerdictPanel
from ui.widgets.waterfall import Water, Waterfall, WaterRow

FILING, MONEY, SLIM = 330, 372, 310
ROOMY = 1240


class _Estimate(Card):
    """The amount in a line, while something is still missing."""

    def __init__(self) -> None:
        super().__init__()
        self._chip = Chip("", "warn", "info")
        self._words = Label("", "section")
        self._title = Label("预计报销", "second", "ink2")
        self.body.addWidget(self._title)
        self.body.addWidget(self._words)
        self.body.addWidget(self._chip)

    def show_money(self, money: MoneyState) -> None:
        """Amount and chip, always together."""
        self._words.set_text(f"{money.amount} 元")
        self._chip.set(money.chip, "warn", "info")


class Side(Painted):
    """`jump(words)` for a click on a problem."""

    jump = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.panel = VerdictPanel(FILING)
        self.estimate = _Estimate()
        self.waterfall = Waterfall()
        self._writer = PanelWriter(self.panel)
        self._clicks = Clicks(self)
        self._clicks.on.connect(self.jump)
        self.panel.installEventFilter(self._clicks)
        self._money = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        for widget in (self.estimate, self.panel, self.waterfall):
            column.addWidget(widget, 0 if widget is self.estimate else 1)

    def show_case(self, state: CaseState) -> None:
        """The verdict; a claim that may be accepted shows its waterfall instead."""
        money = state.money
        self._money = money is not None
        whole = money is not None and state.verdict.tone != "bad"
        self._writer.show_verdict(state.verdict)
        self.panel.setVisible(not whole)
        self.waterfall.setVisible(whole)
        self.estimate.setVisible(money is not None and not whole)
        if money is not None:
            self.estimate.show_money(money)
            self.waterfall.set(_water(money, state.verdict.head))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The waterfall knows how high the window is."""
        self.waterfall.set_room(self.window().height() / scale())

    def _fit(self) -> None:
        screen = self.parentWidget()
        slim = screen is not None and screen.width() < px(ROOMY)
        wide = MONEY if self._money else SLIM if slim else FILING
        self.panel.set_width(wide)


class CaseStrip(VerdictStrip):
    """The strip above the key bar, with the amount where there is one."""

    def show_case(self, state: CaseState) -> None:
        """Conclusion, and the estimate with its chip's word."""
        self.show_verdict(state.verdict)
        if state.money is not None:
            self.add_words(f"预计报销 {state.money.amount} 元，{state.money.chip}")


def _water(money: MoneyState, head: str) -> Water:
    axis = money.axis or 1
    rows = tuple(
        WaterRow(
            r.label,
            r.amount,
            r.kind,
            r.tone,
            r.formula,
            r.source,
            r.start / axis,
            r.end / axis,
            r.end - r.start if r.end else None,
        )
        for r in money.rows
    )
    parts = tuple((tone, fen / axis) for tone, fen in money.parts)
    notes = (head, *money.notes) if "提醒" in head else money.notes
    return Water(money.amount, money.own, money.total, money.chip, parts, rows, notes, money.foot)


def narrow(screen: QWidget) -> bool:
    """Whether the side gives way to the strip."""
    return screen.width() < px(1100)
