"""A receipt's verdict as widgets."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.bootstrap import Services
from ui.ports import Bar, Hint, Navigator, Primary, Tasks
from ui.screens.receipt.presenter import ReceiptPresenter, ReceiptState
from ui.theme import px
from ui.widgets import Banner, Card, Label, Paragraph

WIDTH = 720


class ReceiptView(QWidget):
    """Genuine, not verifiable here, changed, or voided; and what the code says."""

    rail = "search"
    bar_changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._navigator = navigator
        self.banner = Banner()
        self._card = Card("码里写的", "核验不用网络")
        self._rows: list[tuple[QWidget, Label, Paragraph]] = [_row() for _ in range(6)]
        self._build()
        self.presenter = ReceiptPresenter(services, tasks, navigator, self.show_state)
        self.show_state(self.presenter.state)

    def open(self, text: str) -> None:
        """Verify this code."""
        self.presenter.open(text)

    def bar(self) -> Bar:
        """Keys that work now."""
        verdict = self.presenter.state.verdict
        primary = Primary("打开这一件") if verdict is not None and verdict.case_id else None
        return Bar((Hint("F2", "再扫一张"), Hint("Esc", "返回")), primary)

    def press(self, key: str) -> bool:
        """Function keys."""
        if key == "F9":
            self.presenter.open_case()
        elif key == "Esc":
            self._navigator.search()
        else:
            return False
        return True

    def shown(self) -> None:
        """Nothing to type here."""
        self.setFocus()

    def left(self) -> bool:
        """Nothing here can be lost."""
        return True

    def show_state(self, state: ReceiptState) -> None:
        """Draw the state."""
        text = state.verdict.text if state.verdict is not None else ""
        if state.verdict is not None and state.verdict.voided:
            text = f"回执是真的，但{state.verdict.known}"
        self.banner.set(state.tone, state.head, text)
        facts = state.facts
        self._card.setVisible(bool(facts))
        for index, (widget, label, value) in enumerate(self._rows):
            widget.setVisible(index < len(facts))
            if index < len(facts):
                label.set_text(facts[index][0])
                value.set_text(facts[index][1])
        self.bar_changed.emit()

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for widget, _, _ in self._rows:
            self._card.body.addWidget(widget)
        inside = QWidget()
        inside.setMaximumWidth(px(WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(Label("核验回执", "title"))
        column.addWidget(self.banner)
        column.addWidget(self._card)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(16), px(18), px(12))
        row.addWidget(inside, 1)
        row.addStretch(0)


def _row() -> tuple[QWidget, Label, Paragraph]:
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    label, value = Label("", "body", "ink3"), Paragraph("", "body")
    label.setFixedWidth(px(96))
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(value, 1)
    return widget, label, value


def make(services: Services, tasks: Tasks, navigator: Navigator) -> ReceiptView:
    """The receipt check."""
    return ReceiptView(services, tasks, navigator)
