"""The close of the day as widgets."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.bootstrap import Services
from counter_app.domain.day_close.reckon import DayClose
from counter_app.services.answer_paper import ANSWERS
from ui.ports import Bar, Hint, Navigator, Tasks
from ui.screens.dayclose import rows
from ui.screens.dayclose.cards import ChainCard, FiguresCard, LeavingCard
from ui.screens.dayclose.presenter import DayClosePresenter, DayCloseState
from ui.screens.dayclose.saying import (
    banner,
    before_leaving,
    day_title,
    primary,
    verdict,
)
from ui.theme import px
from ui.theme.tokens import ROW_TWO
from ui.widgets import Banner, Card, Chip, ChoiceBoxes, EmptyState, IconLabel, Label, TableView
from ui.widgets.filter_tabs import FilterTabs, Tab
from ui.widgets.scroll import Scroll

RIGHT = 372
NARROW = 1040
"""Under this width the cards at the right stand below."""
FEWEST, MOST = 3, 6
"""Differences seen at once, as the height allows; the rest scrolls within their card."""


class _Content(Scroll):
    """Takes what height is left: with a banner above, the window would else want to be as high as all of it."""

    def sizeHint(self) -> QSize:
        """No more than it must have."""
        return self.minimumSizeHint()


class DayCloseView(QWidget):
    """Receipts, records and the centre of a day, side by side."""

    rail = "dayclose"
    bar_changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._services, self._navigator = services, navigator
        self._drawn: object = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.day, self.chip = Label("", "body", "ink2"), Chip("正在算")
        self.tabs = FilterTabs()
        self.banner = Banner()
        self.figures, self.chain, self.leaving = FiguresCard(), ChainCard(), LeavingCard()
        self.named = Card(" ", ruled=True, flush=True)
        self.named_icon = IconLabel("circle-alert", 20, "bad")
        self.differences = TableView(rows.DIFFERENCES, headless=True, action_width=76)
        self.answers = ChoiceBoxes(tuple(ANSWERS.items()))
        self.question = QWidget()
        self.items = TableView(rows.ITEMS, framed=True)
        self.empty = EmptyState("calendar-check", "这一天没有业务", "按 PgUp 看前一天")
        self._build()
        self.presenter = DayClosePresenter(services, tasks, navigator, self.show_state)
        self.tabs.chosen.connect(self.presenter.show_scope)
        self.differences.current.connect(self._current)
        self.differences.activated.connect(self._activated)
        self.answers.chosen.connect(self.presenter.answer_paper)
        self.show_state(self.presenter.state)

    def open(self) -> None:
        """Show today."""
        self.presenter.open()

    def bar(self) -> Bar:
        """Keys that work now."""
        state = self.presenter.state
        hints = []
        if state.differences:
            hints += [Hint("↑↓", "选差异"), Hint("Enter", "打开")]
        if len(state.scopes) > 2:
            hints.append(Hint("Ctrl+←→", "按经办"))
        hints += [Hint("F5", "再核对"), Hint("F10", "打印日结单"), Hint("PgUp", "前一天")]
        if state.day is not None and state.day < self.presenter.today:
            hints.append(Hint("PgDn", "后一天"))
        second = ("纸出来了吗", "F7") if state.doubt and not state.asking else None
        return Bar((*hints, Hint("Esc", "返回")), primary(state), second)

    def press(self, key: str) -> bool:
        """Function keys."""
        does = {
            "F5": self.presenter.compare_again,
            "F9": self.presenter.close,
            "F10": self.presenter.print_sheet,
            "PgUp": lambda: self.presenter.turn_day(-1),
            "PgDn": lambda: self.presenter.turn_day(1),
            "F6": lambda: self._next_region(1),
            "Shift+F6": lambda: self._next_region(-1),
            "Esc": self._escape,
        }
        if key == "F7" and self.presenter.state.doubt:
            does["F7"] = self.presenter.ask_paper
        if key not in does:
            return False
        does[key]()
        return True

    def shown(self) -> None:
        """Read again; the focus goes to the differences."""
        self.presenter.refresh()
        self._focus()

    def left(self) -> bool:
        """Nothing here can be lost."""
        return True

    def refresh(self) -> None:
        """Something was written, or the centre answered."""
        self.presenter.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl and arrows change the clerk."""
        turned = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if turned and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.presenter.turn_scope(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In large print the right side stands below."""
        narrow = self.width() < px(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)
        self._side.setMinimumWidth(0 if narrow else px(RIGHT))
        self._side.setMaximumWidth(16_777_215 if narrow else px(RIGHT))
        self._fit_differences()

    def show_state(self, state: DayCloseState) -> None:
        """Draw the state."""
        self.day.set_text(day_title(state))
        self.chip.set(*verdict(state))
        self._show_scopes(state)
        self._show_banner(state)
        reading = state.reading
        for widget in (self.figures, self.chain, self.leaving):
            widget.setVisible(reading is not None)
        if reading is not None:
            self.figures.show_close(reading.close)
            self.chain.show_close(reading.close)
            self.leaving.show_lines(before_leaving(state))
        self._show_differences(state)
        self._show_items(reading.close if reading else None)
        self.bar_changed.emit()

    def _show_scopes(self, state: DayCloseState) -> None:
        scopes = state.scopes
        self.tabs.set(tuple(Tab(who, name, count) for who, name, count in scopes), state.clerk)
        self.tabs.setVisible(len(scopes) > 2)

    def _show_banner(self, state: DayCloseState) -> None:
        counter = self._services.counter
        said = banner(state, counter.clock.now_ms(), counter.network.since)
        self.banner.setVisible(said is not None)
        if said is not None:
            self.banner.set(said.tone, said.title, said.text)

    def _show_differences(self, state: DayCloseState) -> None:
        found = state.differences
        held = self.differences.table.hasFocus() or self.hasFocus()
        self.named.setVisible(bool(found))
        cases = len({d.line.case_id for d in found})
        places = f"，{len(found)} 处" if len(found) > cases else ""
        self.named.set_title(f"差 {cases} 件{places}，名字在这里")
        with QSignalBlocker(self.differences):
            if found != self._drawn:
                self._drawn = found
                self.differences.set_rows([rows.difference(d) for d in found])
                if held:
                    self._focus()
            if state.selected and self.differences.current_key() != state.selected:
                self.differences.select(state.selected)
        self._fit_differences()

        self._show_question(state)

    def _show_question(self, state: DayCloseState) -> None:
        opened = self.question.isHidden() and state.asking
        answered = not state.asking and self.answers.hasFocus()
        self.question.setVisible(state.asking)
        if opened:
            with QSignalBlocker(self.answers):
                self.answers.set_code("")
            self.answers.setFocus()
        if answered:
            self._focus()

    def _escape(self) -> None:
        if self.presenter.state.asking:
            self.presenter.ask_paper(asking=False)
        else:
            self._navigator.home()

    def _fit_differences(self) -> None:
        above = 250 + (76 if self.banner.isVisibleTo(self) else 0)
        above += 46 if self.tabs.isVisibleTo(self) else 0
        most = min(max((self.height() - px(above)) // px(ROW_TWO), FEWEST), MOST)
        self.differences.setFixedHeight(self.differences.content_height(most))

    def _show_items(self, close: DayClose | None) -> None:
        made = rows.items(close) if close else ()
        self.items.setVisible(bool(made))
        self.empty.setVisible(close is not None and not made)
        self.items.set_total(rows.total(close) if close else ())
        self.items.set_rows(made)
        # a table to read, not to choose from
        self.items.table.clearSelection()
        self.items.setFixedHeight(self.items.content_height() + px(8))

    def _current(self, key: str) -> None:
        self.presenter.select(key)
        self._reveal()

    def _reveal(self) -> None:
        """The selected row on the screen, with the figures where it is the first."""
        table, page = self.differences.table, self._content.widget()
        place = table.visualRect(table.currentIndex())
        top = table.viewport().mapTo(page, place.topLeft()).y()
        if table.currentIndex().row() == 0:
            self._content.ensureVisible(0, 0, 0, 0)
        self._content.ensureVisible(0, top, 0, 0)
        self._content.ensureVisible(0, top + place.height(), 0, px(8))

    def _next_region(self, step: int) -> None:
        stops = [w for w in (self.differences.table, self.items.table, self._side) if w.isVisible()]
        if stops:
            at = next((i for i, w in enumerate(stops) if w.hasFocus()), -1 if step > 0 else 0)
            stops[(at + step) % len(stops)].setFocus()

    def _activated(self, key: str) -> None:
        self.presenter.select(key)
        self.presenter.open_selected()

    def _focus(self) -> None:
        if self.presenter.state.differences:
            self.differences.focus_in()
        else:
            self.setFocus()

    def _build(self) -> None:
        self.named.head.insertWidget(0, self.named_icon)
        self.named.body.addWidget(self.differences)
        asked = QHBoxLayout(self.question)
        asked.setContentsMargins(px(17), px(10), px(17), px(2))
        asked.setSpacing(px(14))
        asked.addWidget(Label("纸出来了吗", "body_head"))
        asked.addWidget(self.answers, 1)
        self.named.body.addWidget(self.question)
        title = QHBoxLayout()
        title.setSpacing(px(14))
        title.addWidget(Label("日结", "title"))
        title.addWidget(self.day)
        title.addStretch(1)
        title.addWidget(self.chip)
        self._lay_out_columns()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(18), px(12))
        column.setSpacing(px(10))
        column.addLayout(title)
        column.addWidget(self.banner)
        column.addWidget(self.tabs)
        self._content = _Content(self._columns)
        column.addWidget(self._content, 1)

    def _lay_out_columns(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(px(12))
        for widget in (self.figures, self.named, self.items, self.empty):
            left.addWidget(widget)
        left.addStretch(1)
        self._side = QWidget()
        # a place for F6 and Tab: in large print it stands below and must be reached without a mouse
        self._side.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(px(12))
        right.addWidget(self.chain)
        right.addWidget(self.leaving)
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(px(16))
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self._side)


def make(services: Services, tasks: Tasks, navigator: Navigator) -> DayCloseView:
    """The close of the day."""
    return DayCloseView(services, tasks, navigator)
