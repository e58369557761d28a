"""The outbox as widgets."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.bootstrap import Services
from ui.models import work_rows
from ui.ports import Bar, Hint, Navigator, Tasks
from ui.screens.outbox.presenter import OutboxPresenter, OutboxState
from ui.theme import px
from ui.widgets import Banner, EmptyState, Label, TableView


class OutboxView(QWidget):
    """What is not at the centre yet."""

    rail = "outbox"
    bar_changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._navigator = navigator
        self._drawn: object = None
        self.banner = Banner()
        self.table = TableView(work_rows.OUTBOX, framed=True)
        self.empty = EmptyState(
            "circle-check", "都到中心了", "新受理的会先出现在这里，到了中心自己消失"
        )
        self._confirmed = Label("", "second", "ink2", "right")
        self._build()
        self.presenter = OutboxPresenter(services, tasks, navigator, self.show_state)
        self.table.current.connect(self._current)
        self.table.activated.connect(self._activated)
        self.show_state(self.presenter.state)

    def open(self) -> None:
        """Show what waits."""
        self.presenter.load()

    def bar(self) -> Bar:
        """Keys that work now."""
        rows = (Hint("↑↓", "选一件"), Hint("Enter", "看这一件"))
        return Bar((
            *(rows if self.presenter.state.rows else ()),
            Hint("F5", "现在重试"),
            Hint("Esc", "返回"),
        ))

    def press(self, key: str) -> bool:
        """Function keys."""
        if key == "F5":
            self.presenter.retry()
        elif key == "Esc":
            self._navigator.home()
        else:
            return False
        return True

    def shown(self) -> None:
        """Read again; the focus goes to the list."""
        self.presenter.load()
        self.table.focus_in()

    def left(self) -> bool:
        """Nothing here can be lost."""
        return True

    def show_state(self, state: OutboxState) -> None:
        """Draw the state."""
        offline = state.net != "online"
        rows = tuple(work_rows.waiting(r, offline=offline) for r in state.rows)
        if rows != self._drawn:
            self._drawn = rows
            self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(state.loaded and not rows)
        self.banner.setVisible(bool(state.title) or state.asked)
        retry = ("现在重试", "F5", self.presenter.retry)
        if state.asked:
            self.banner.set("accent", "正在试着连中心", "连上了会自己发送，这一页会更新。", [retry])
        elif state.title:
            self.banner.set("warn", state.title, state.text, [retry])
        self._confirmed.set_text(state.confirmed)
        self.bar_changed.emit()

    def _current(self, key: str) -> None:
        numbers = [str(r.n) for r in self.presenter.state.rows]
        if key in numbers:
            self.presenter.select(numbers.index(key))

    def _activated(self, key: str) -> None:
        self._current(key)
        self.presenter.open_selected()

    def _build(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(px(14))
        title.addWidget(Label("待发", "title"))
        title.addWidget(Label("还没到中心的，都存在这台电脑上", "body", "ink3"))
        title.addStretch(1)
        title.addWidget(self._confirmed)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(18), px(12))
        column.setSpacing(px(10))
        column.addLayout(title)
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)


def make(services: Services, tasks: Tasks, navigator: Navigator) -> OutboxView:
    """The outbox."""
    return OutboxView(services, tasks, navigator)
