"""Search as widgets: the box, people, cases, and the panel that tells homonyms apart."""

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.bootstrap import Services
from counter_app.services.queries.search_key import Key
from ui.models import search_rows
from ui.ports import Bar, Hint, Navigator, Tasks
from ui.screens.search.panel import SearchPanel
from ui.screens.search.presenter import SearchPresenter, SearchState
from ui.theme import px
from ui.widgets import Banner, Card, EmptyState, Label, ScanBox, TableView
from ui.widgets.filter_tabs import FilterTabs, Tab

PERSON_ROW, CASE_ROW, HEAD_OF_CARD = 50, 48, 56
NAMES = {"all": "全部", "people": "人", "cases": "业务"}


class SearchView(QWidget):
    """One box over one list; the panel says who it is."""

    rail = "search"
    bar_changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._navigator = navigator
        self._drawn: tuple[object, str] = (None, "")
        self.box = ScanBox()
        self.tabs = FilterTabs()
        self.banner = Banner()
        self.people = TableView(search_rows.PEOPLE, numbered=True, action_width=64)
        self.cases = TableView(search_rows.CASES, headless=True, action_width=64)
        self.empty = EmptyState(
            "search", "要找谁", "输姓名、拼音首字母、证件号、尾号或业务编号", "ink3"
        )
        self.panel = SearchPanel()
        self._alike = Label("", "second", "warn")
        self._people_card = Card("人", flush=True)
        self._cases_card = Card("业务", "本站受理的", flush=True)
        self._build()
        self.presenter = SearchPresenter(services, tasks, navigator, self.show_state)
        self._connect()
        self.show_state(self.presenter.state)

    def open(self, text: str = "", how: str = "") -> None:
        """Search for this, or go on with what stands in the box."""
        if text:
            self.presenter.brought(text, how)
        elif self.presenter.state.text:
            self.presenter.refresh()

    def bar(self) -> Bar:
        """Keys that work now."""
        hints = [Hint("↑↓", "选一个"), Hint("Enter", "打开")] if self.presenter.state.rows else []
        if self.presenter.state.findings.cases:
            hints.append(Hint("Ctrl+←→", "换类"))
        if self.presenter.state.text:
            hints.append(Hint("F5", "问中心"))
        hints.append(Hint("F7", "新参保"))
        hints.append(Hint("Esc", "清空" if self.presenter.state.text else "返回"))
        return Bar(tuple(hints))

    def press(self, key: str) -> bool:
        """Function keys, and digits while the list has the focus."""
        if key == "F7":
            self.presenter.new_enrolment()
        elif key == "F5" and self.presenter.state.text:
            self.presenter.ask_centre()
        elif key == "Esc":
            self._escape()
        elif key.isdigit() and not self.box.has_focus():
            return self.people.activate_digit(int(key))
        else:
            return False
        return True

    def shown(self) -> None:
        """The cursor goes into the box."""
        self.box.focus_in()

    def left(self) -> bool:
        """Nothing here can be lost, and nothing found later calls the clerk back."""
        self.presenter.leave()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the box move the selection; Ctrl and arrows turn the kind."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._arrow(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same arrows while a list has the focus."""
        if not self._arrow(event):
            super().keyPressEvent(event)

    def show_state(self, state: SearchState) -> None:
        """Draw the state."""
        if state.text != self.box.text():
            self.box.set_text(state.text)
        self._draw_lists(state)
        self._draw_counts(state)
        found = bool(state.people or state.cases)
        said = state.message or state.waiting
        words = state.words if state.asked == state.text or said else ""
        self.banner.setVisible(bool(words))
        if words:
            title, _, rest = words.partition("。")
            self.banner.set("accent" if found or state.waiting else "warn", title, rest)
        self.empty.setVisible(not found)
        self._draw_empty(state)
        self.panel.show_state(state, self.presenter.difference())
        self.bar_changed.emit()

    def _draw_lists(self, state: SearchState) -> None:
        drawn = (state.findings, state.kind)
        if drawn != self._drawn:
            self._drawn = drawn
            # filling a list selects its first row: that is not the clerk's choice
            with QSignalBlocker(self.people), QSignalBlocker(self.cases):
                rows = [search_rows.person(hit, n) for n, hit in enumerate(state.people)]
                self.people.set_rows(rows)
                self.cases.set_rows([search_rows.case(hit) for hit in state.cases])
            self._people_card.setVisible(bool(state.people))
            self._cases_card.setVisible(bool(state.cases))
            self._fit()
        self._mark(state)

    def _fit(self) -> None:
        """Both cards are as high as what they hold; cases show four rows at most."""
        head = px(HEAD_OF_CARD)
        people, cases = self.people.content_height(), self.cases.content_height()
        self._people_card.setMaximumHeight(people + head)
        self._cases_card.setFixedHeight(min(cases, px(CASE_ROW * 4)) + head)

    def _mark(self, state: SearchState) -> None:
        """Only one of the two lists shows a selected row."""
        at = state.selected
        count = len(state.people)
        for table, index in ((self.people, at), (self.cases, at - count)):
            rows = table.rows()
            with QSignalBlocker(table):
                if 0 <= index < len(rows):
                    table.select(rows[index].key)
                else:
                    table.table.clearSelection()

    def _draw_counts(self, state: SearchState) -> None:
        people, cases = len(state.findings.people), len(state.findings.cases)
        counts = {"all": people + cases, "people": people, "cases": cases}
        self.tabs.set(tuple(Tab(k, NAMES[k], n) for k, n in counts.items()), state.kind)
        self.tabs.setVisible(bool(people + cases))
        more = " 以上" if state.findings.more else ""
        self.box.set_aside(f"人 {people}{more}、业务 {cases}" if people + cases else "")
        self._alike.set_text(state.alike_words)
        self._alike.setVisible(bool(state.alike_words))
        self._people_card.set_title("人", "还有更多，再输几个字" if state.findings.more else "")

    def _draw_empty(self, state: SearchState) -> None:
        if state.findings.key is Key.EMPTY or not state.text:
            self.empty.set("search", "要找谁", "输姓名、拼音首字母、证件号、尾号或业务编号", "ink3")
        else:
            self.empty.set("search", "没有找到", "原因写在上面；输的内容没有丢，可以接着改", "ink3")

    def _arrow(self, event: QKeyEvent) -> bool:
        turned = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        steps = (
            {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
            if turned
            else {
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_Down: 1,
            }
        )
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            return False
        if turned:
            self.presenter.turn(step)
        else:
            self.presenter.move(step)
        return True

    def _escape(self) -> None:
        if self.presenter.state.text or self.presenter.state.waiting:
            self.box.set_text("")
            self.presenter.typed("")
            self.box.focus_in()
        else:
            self._navigator.home()

    def _submitted(self, text: str) -> None:
        self.presenter.typed(text)
        self.presenter.submitted()

    def _chosen(self, key: str) -> None:
        keys = [*(r.key for r in self.people.rows()), *(r.key for r in self.cases.rows())]
        if key in keys:
            self.presenter.select(keys.index(key))

    def _activated(self, key: str) -> None:
        self._chosen(key)
        self.presenter.open_selected()

    def _connect(self) -> None:
        self.box.line.installEventFilter(self)
        self.people.table.installEventFilter(self)
        self.cases.table.installEventFilter(self)
        self.box.typed.connect(self.presenter.typed)
        self.box.scanned.connect(self.presenter.scanned)
        self.box.submitted.connect(self._submitted)
        self.tabs.chosen.connect(self.presenter.show_kind)
        self.panel.enrol.connect(self.presenter.new_enrolment)
        self.panel.ask.connect(self.presenter.ask_centre)
        for table in (self.people, self.cases):
            table.current.connect(self._chosen)
            table.activated.connect(self._activated)

    def _build(self) -> None:
        self.people.set_two_line_height(PERSON_ROW)
        self.cases.set_two_line_height(CASE_ROW)
        self._people_card.head.addWidget(self._alike)
        self._people_card.body.addWidget(self.people)
        self._cases_card.body.addWidget(self.cases)
        column = QVBoxLayout()
        column.setSpacing(px(8))
        for widget in (self.box, self.banner, self.tabs):
            column.addWidget(widget)
        column.addWidget(self._people_card, 100)
        column.addWidget(self._cases_card)
        column.addWidget(self.empty, 100)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(16), px(18), px(12))
        row.setSpacing(px(16))
        row.addLayout(column, 1)
        row.addWidget(self.panel)


def make(services: Services, tasks: Tasks, navigator: Navigator) -> SearchView:
    """The search screen."""
    return SearchView(services, tasks, navigator)
