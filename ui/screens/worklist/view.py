"""The worklist as widgets: filters, lines, and the panel of the selected one."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.bootstrap import Services
from ui.models import work_rows
from ui.ports import Bar, Hint, Navigator, Tasks
from ui.screens.worklist.panel import WorklistPanel
from ui.screens.worklist.presenter import (
    FILTERS,
    SHOWN_SECONDS,
    WAYS,
    WorklistPresenter,
    WorklistState,
    action,
    primary,
)
from ui.theme import px
from ui.widgets import Banner, EmptyState, Label, TableView
from ui.widgets.filter_tabs import FilterTabs, Tab

_TONES = {
    "mine": "accent",
    "nobody": "warn",
    "rejected": "bad",
    "held": "warn",
    "overdue": "bad",
}


class WorklistView(QWidget):
    """What somebody of this station must do."""

    rail = "worklist"
    bar_changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._navigator = navigator
        self._drawn: object = None
        self._was_open = False
        self.tabs = FilterTabs()
        self.banner = Banner()
        self.table = TableView(work_rows.WORK, framed=True, action_width=76)
        self.empty = EmptyState(
            "circle-check", "没有等您处理的事", "退回、挂起和没打出来的会自己出现在这里"
        )
        self.presenter = WorklistPresenter(services, tasks, navigator, self.show_state)
        self.panel = WorklistPanel()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_SECONDS * 1000)
        self._build()
        self._connect()
        self.show_state(self.presenter.state)

    def open(self, case_id: str = "") -> None:
        """Show the list, this case selected."""
        self.presenter.open(case_id)

    def bar(self) -> Bar:
        """Keys that work now."""
        state = self.presenter.state
        hints = [Hint("↑↓", "选一件"), Hint("Ctrl+←→", "换类")] if state.items else []
        if state.detail is not None:
            hints += [Hint("F7", "记为已告知"), Hint("F10", "补正通知")]
        hints.append(Hint("Esc", "返回"))
        return Bar(tuple(hints), primary(state.item))

    def press(self, key: str) -> bool:
        """Function keys."""
        does = {
            "F9": self.presenter.act,
            "F7": self.presenter.start_telling,
            "F10": self.presenter.print_notice,
            "Esc": self._escape,
        }
        if key.isdigit() and self.presenter.state.telling:
            self.presenter.tell(WAYS[min(int(key), len(WAYS)) - 1][0])
        elif key in does:
            does[key]()
        else:
            return False
        return True

    def shown(self) -> None:
        """Read again; the focus goes to the list."""
        if self.presenter.state.loaded:
            self.presenter.load()
        self.table.focus_in()

    def left(self) -> bool:
        """A number shown doesn't stay behind."""
        self.presenter.hide()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl and arrows turn the filter."""
        turned = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if turned and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.presenter.turn(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def show_state(self, state: WorklistState) -> None:
        """Draw the state."""
        self.tabs.set(
            tuple(
                Tab(
                    n,
                    words,
                    state.count(n),
                    _TONES.get(n, "neutral") if state.count(n) else "neutral",
                )
                for n, words in FILTERS
            ),
            state.filter,
        )
        with QSignalBlocker(self.table):
            if state.rows != self._drawn:
                self._drawn = state.rows
                self.table.set_rows([work_rows.work(i, action(i)) for i in state.rows])
            if state.selected and self.table.current_key() != state.selected:
                self.table.select(state.selected)
        self.table.setVisible(bool(state.rows))
        self.empty.setVisible(state.loaded and not state.rows)
        self.banner.setVisible(bool(state.message))
        if state.message:
            title, _, rest = state.message.partition("。")
            self.banner.set("warn", title, rest)
        self.panel.show_state(state)
        self._show_timer(state)
        self.bar_changed.emit()

    def _show_timer(self, state: WorklistState) -> None:
        opened = state.asking or state.telling
        if self._was_open and not opened:
            self.table.focus_in()
        self._was_open = opened
        if state.phone and not self._timer.isActive():
            self._timer.start()
        elif not state.phone:
            self._timer.stop()

    def _escape(self) -> None:
        state = self.presenter.state
        if state.phone or state.asking or state.telling:
            self.presenter.hide()
        else:
            self._navigator.home()

    def _current(self, key: str) -> None:
        rows = [i.ref for i in self.presenter.state.rows]
        if key in rows:
            self.presenter.select(rows.index(key))

    def _activated(self, key: str) -> None:
        self._current(key)
        self.presenter.act()

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.presenter.show_filter)
        self.table.current.connect(self._current)
        self.table.activated.connect(self._activated)
        self.panel.told.connect(self.presenter.tell)
        self.panel.telling.connect(self.presenter.start_telling)
        self.panel.notice.connect(self.presenter.print_notice)
        self.panel.reveal.connect(self.presenter.ask_reveal)
        self.panel.given.connect(self.presenter.reveal)
        self.panel.reason_typed.connect(self.presenter.reason.write)
        self._timer.timeout.connect(self.presenter.hide)

    def _build(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(px(14))
        title.addWidget(Label("工作台", "title"))
        title.addWidget(Label("本站所有人的事，有权的都能接", "body", "ink3"), 1)
        column = QVBoxLayout()
        column.setSpacing(px(10))
        column.addLayout(title)
        column.addWidget(self.banner)
        column.addWidget(self.tabs)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(16), px(18), px(12))
        row.setSpacing(px(16))
        row.addLayout(column, 1)
        row.addWidget(self.panel)


def make(services: Services, tasks: Tasks, navigator: Navigator) -> WorklistView:
    """The worklist."""
    return WorklistView(services, tasks, navigator)
