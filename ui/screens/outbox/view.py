"""The outbox as widgets."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.bootstrap import Services
from ui.models import work_rows
from ui.ports import Bar, Hint, Navigator, Tasks
from ui.screens.outbox.giving import Giving
from ui.screens.outbox.presenter import BACK, FILTERS, OutboxPresenter, OutboxState
from ui.theme import px
from ui.widgets import Banner, EmptyState, Label, TableView
from ui.widgets.filter_tabs import FilterTabs, Tab
from ui.widgets.folder_dialog import folder_dialog

if TYPE_CHECKING:
    from collections.abc import Callable

ROW = 58
_TONES = {"mine": "bad"}


class OutboxView(QWidget):
    """What is not settled with the centre."""

    rail = "outbox"
    bar_changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._navigator = navigator
        self._drawn: object = None
        self._gave = False
        self.banner = Banner()
        self.tabs = FilterTabs()
        self.giving = Giving()
        self.table = TableView(work_rows.OUTBOX, framed=True)
        self.table.set_two_line_height(ROW)
        self.empty = EmptyState(
            "circle-check", "都到中心了", "新受理的会先出现在这里，到了中心自己消失"
        )
        self._confirmed = Label("", "second", "ink2", "right")
        self._build()
        self.presenter = OutboxPresenter(services, tasks, navigator, self)
        self.tabs.chosen.connect(self.presenter.show_filter)
        self.table.current.connect(self.presenter.select)
        self.table.activated.connect(self._activated)
        self.giving.chosen.connect(self.presenter.give)
        self.show_state(self.presenter.state)

    def open(self) -> None:
        """Show what waits and what came back."""
        self.presenter.open()

    def refresh(self) -> None:
        """The centre answered, or did not."""
        self.presenter.load()

    def bar(self) -> Bar:
        """Keys that work now."""
        state = self.presenter.state
        hints = []
        if state.giving:
            hints = [Hint("1…9" if len(state.giving) > 1 else "1", "交给谁")]
        elif state.rows:
            hints = [Hint("↑↓", "选一件"), *self._of_row(state)]
        hints.append(Hint("F5", "现在重试"))
        if state.pending:
            hints.append(Hint("F7", "导出到 U 盘"))
        return Bar((*hints, Hint("Esc", "返回")))

    def press(self, key: str) -> bool:
        """Function keys; digits choose the colleague while that is asked."""
        does: dict[str, Callable[[], object]] = {
            "F4": self.presenter.ask_give,
            "F5": self.presenter.retry,
            "Shift+F5": self.presenter.retry_one,
            "F7": self.presenter.ask_export,
            "F8": self.presenter.look,
            "Esc": self._escape,
        }
        giving = self.presenter.state.giving
        if key.isdigit() and giving:
            if 0 < int(key) <= len(giving):
                self.presenter.give(giving[int(key) - 1].id)
        elif key in does:
            does[key]()
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl and arrows turn the filter."""
        turned = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if turned and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.presenter.turn(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def ask_folder(self, begin: Path) -> None:
        """Where the sealed file goes; the dialog lies over the window and blocks nothing."""
        dialog = folder_dialog(self, "待发的导出到哪里", begin)
        dialog.fileSelected.connect(lambda chosen: self.presenter.export(Path(chosen)))
        dialog.open()

    def show_state(self, state: OutboxState) -> None:
        """Draw the state."""
        self._show_rows(state)
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
        self.tabs.setVisible(bool(state.lines))
        self.empty.setVisible(state.loaded and not state.rows)
        self._show_banner(state)
        self.giving.show_people(state.giving, state.row.title if state.row else "")
        if state.giving and not self._gave:
            self.giving.boxes.setFocus()
        elif self._gave and not state.giving:
            self.table.focus_in()
        self._gave = bool(state.giving)
        self._confirmed.set_text(state.confirmed)
        self.bar_changed.emit()

    def _show_rows(self, state: OutboxState) -> None:
        rows = tuple(work_rows.waiting(row) for row in state.rows)
        with QSignalBlocker(self.table):
            if rows != self._drawn:
                self._drawn = rows
                self.table.set_rows(rows)
            if state.selected and self.table.current_key() != state.selected:
                self.table.select(state.selected)
        self.table.setVisible(bool(rows))

    def _show_banner(self, state: OutboxState) -> None:
        tone, title, text = state.banner
        self.banner.setVisible(bool(title))
        if not title:
            return
        retry = ("现在重试", "F5", self.presenter.retry)
        export = ("导出到 U 盘", "F7", self.presenter.ask_export)
        actions = [] if state.said[1] else [retry, export] if state.pending else [retry]
        self.banner.set(tone, title, text, actions)

    @staticmethod
    def _of_row(state: OutboxState) -> list[Hint]:
        row = state.row
        if row is None or not row.case_id:
            return []
        if row.kind in BACK:
            return [Hint("Enter", "改"), Hint("F4", "交给同事"), Hint("F8", "看凭据")]
        look = [Hint("Enter", "看这一件")]
        return [*look, Hint("Shift+F5", "只试这一件")] if row.kind == "apart" else look

    def _escape(self) -> None:
        if not self.presenter.dismiss():
            self._navigator.home()

    def _activated(self, key: str) -> None:
        self.presenter.select(key)
        self.presenter.act()

    def _build(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(px(14))
        title.addWidget(Label("待发与退回", "title"))
        title.addWidget(Label("没到中心的，和中心要您处理的", "body", "ink3"), 1)
        under = QHBoxLayout()
        under.addWidget(self.tabs, 1)
        under.addWidget(self._confirmed)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(18), px(12))
        column.setSpacing(px(10))
        column.addLayout(title)
        column.addWidget(self.banner)
        column.addLayout(under)
        column.addWidget(self.giving)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)


def make(services: Services, tasks: Tasks, navigator: Navigator) -> OutboxView:
    """The outbox."""
    return OutboxView(services, tasks, navigator)
