"""The form screen of an item: person band, section bar, cards that fold, and the verdict or the money."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.bootstrap import Services
from ui.camera.view import open_camera
from ui.filling.again import Again
from ui.filling.state import Notice
from ui.forms.editor import Sources
from ui.forms.initials import Initials
from ui.ports import Bar, Hint, Navigator, Primary, Tasks
from ui.screens.casework import rowwork
from ui.screens.casework.band import PersonBand
from ui.screens.casework.card_column import SectionCards
from ui.screens.casework.overlays import Over
from ui.screens.casework.presenter import CasePresenter
from ui.screens.casework.sections import APPLICANT, BILLS
from ui.screens.casework.side import CaseStrip, Side, narrow
from ui.screens.casework.state import CaseState, SectionState
from ui.theme import px
from ui.widgets import Banner, EmptyState, Painted, SectionBar, Step
from ui.widgets.tall import Tall

LOADING = "名单和规则包读出来就好"
LOW = 760
"""Under this height of the window the band takes one line."""
_MARKS = {"done": "done", "alert": "stop", "look": "warn", "open": "open"}
_KEYS = {
    Qt.Key.Key_Insert: "Insert",
    Qt.Key.Key_Delete: "Del",
    **{Qt.Key(Qt.Key.Key_F1.value + n - 1): f"F{n}" for n in (3, 4, 5, 7, 8, 9, 10)},
}


class CaseScreen(Painted):
    """The view; forwards keys and edits, shows states."""

    rail = "home"
    bar_changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._services, self._tasks, self._navigator = services, tasks, navigator
        self._again = Again(services)
        self._sources = Sources(Initials(tasks))
        self._band, self._bar, self._banner = PersonBand(), SectionBar(""), Banner()
        self._side, self._strip = Side(), CaseStrip()
        self._nothing = EmptyState("file-text", "正在打开", LOADING, "ink3")
        self._area, self._column = QScrollArea(), QVBoxLayout()
        self.cards = SectionCards(self._sources)
        self._state = CaseState()
        self._notice: Notice | None = None
        self._last = ""
        self._drawing = self._stale = False
        self._over = Over(self)
        self._middle, self._body = QWidget(), QHBoxLayout()
        self._build()
        self.presenter = CasePresenter(services, tasks, navigator, self)
        self._connect()
        self.restyle()
        self.show_state(self._state)

    def open_new(
        self, item_id: str, household: str, certno: str, preset: Mapping[str, str] | None = None
    ) -> None:
        """A new case of this item for this member; `preset` are answers chosen already."""
        self.presenter.open_new(item_id, household, certno, preset)

    def open_draft(self, draft_id: str) -> None:
        """Go on with a draft."""
        self.presenter.open_draft(draft_id)

    def open_amend(self, case_id: str, field: str = "") -> None:
        """Mend a returned or held case, the cursor at a field the centre named."""
        self.presenter.open_amend(case_id, field)

    def bar(self) -> Bar:
        """The key bar as it stands now."""
        state = self._state
        if state.loading or state.gone:
            return Bar((Hint("Esc", "返回"),))
        hints = [Hint("Esc", "返回"), Hint("Enter", "下一项")]
        hints.append(Hint(f"Alt+1…{len(state.sections)}", "到第几节"))
        section = self._section()
        if section is not None and section.kind == "table":
            hints += [Hint("F3", "扫票据")] if section.scans else []
            hints += [Hint("Insert", "添加"), Hint("Del", "删除")]
        hints += [Hint("F7", "挂起"), Hint("F8", "依据和比较" if state.money else "依据")]
        if self._again.words(self.presenter.answers):
            hints.append(Hint("F4", "代办人同上"))
        if any(s.kind == "papers" and not s.done for s in state.sections):
            hints.append(Hint("F10", "一次性告知"))
        return Bar(tuple(hints), Primary(state.primary, enabled=state.may_accept))

    def press(self, key: str) -> bool:
        """A function key."""
        actions: dict[str, Callable[[], object]] = {
            "F4": lambda: self._again.take(self.presenter),
            "F5": self.presenter.save,
            "F7": lambda: self._over.park(self.presenter),
            "F8": lambda: self._over.grounds(self._state, self.presenter.comparing.lines()),
            "F9": self.presenter.accept,
            "F10": self.presenter.telling.tell,
            "Esc": self._back,
            "Insert": self._add,
            "Del": self._remove,
        }
        if any(s.scans for s in self._state.sections):
            actions["F3"] = self._scan
        act = actions.get(key)
        if act is None or ((self._state.loading or self._state.gone) and key != "Esc"):
            return False
        act()
        return True

    def scanned(self, text: str) -> bool:
        """A scanner's burst: for the section of bills while it is open, else not for this screen."""
        section = self._section()
        if section is None or not section.scans:
            return False
        self._read(text)
        return True

    def shown(self) -> None:
        """Came to the front: the cursor goes where it was."""
        if self._last and not self._state.loading:
            self.go_to(self._last)

    def left(self) -> bool:
        """The clerk goes elsewhere; nothing typed is lost."""
        return self.presenter.close()

    def show_state(self, state: CaseState) -> None:
        """Show this; what drawing itself sets off (a field that goes loses the cursor) waits its turn."""
        self._state = state
        self._stale = True
        if self._drawing:
            return
        self._drawing = True
        while self._stale:
            self._stale = False
            self._draw(self._state)
        self._drawing = False
        self.bar_changed.emit()

    def go_to(self, where: str) -> None:
        """Put the cursor at a field's path, `materials.<id>` or a section's id."""
        section = self._section()
        self.cards.go_to(where, section.id if section else "")
        QTimer.singleShot(0, self, self._reveal)

    def later(self, ms: int, what: Callable[[], None]) -> None:
        """Call back on this thread after some milliseconds."""
        timer = QTimer(self)
        timer.setSingleShot(True)

        def due() -> None:
            # holds `what`: Qt keeps no bound method of a plain object alive
            timer.deleteLater()
            what()

        timer.timeout.connect(due)
        timer.start(ms)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Alt+digit to a section, Ctrl+V pastes lines, the rest as the key bar says."""
        key, held = Qt.Key(event.key()), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = bool(held & Qt.KeyboardModifier.ShiftModifier)
            self.cards.step_back() if back else self._go_on(self.cards.place())
        elif held & Qt.KeyboardModifier.AltModifier and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._to_section(key - Qt.Key.Key_1)
        elif control and key == Qt.Key.Key_Z:
            self._over.undo(self.presenter)
        elif control and key == Qt.Key.Key_V:
            self._paste()
        elif not (key in _KEYS and self.press(_KEYS[key])):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Low and narrow windows take less for what is around the form."""
        super().resizeEvent(event)
        slim = narrow(self)
        self._side.setVisible(not slim)
        self._strip.setVisible(slim)
        self._band.set_low(low=slim or self.window().height() < px(LOW))

    def restyle(self) -> None:
        """Margins of the design."""
        self._body.setContentsMargins(px(20), px(10), px(18), px(10))
        self._body.setSpacing(px(14))
        self._column.setSpacing(px(8))
        self.cards.restyle()

    def _draw(self, state: CaseState) -> None:
        self._sources.tables = state.tables
        opened = not (state.loading or state.gone)
        self._nothing.setVisible(not opened)
        self._middle.setVisible(opened)
        if not opened:
            self._nothing.set("file-text", state.gone or "正在打开", "" if state.gone else LOADING)
            return
        self._band.show_band(state.band, state.saved, self.presenter.reveal.reason.words)
        self._show_notice(state.notice)
        self.cards.show_sections(self._offering(state.sections))
        self._side.show_case(state)
        self._strip.show_case(state)
        steps = tuple(
            Step(s.title, s.count, _MARKS[s.mark], current=index == state.current)
            for index, s in enumerate(state.steps)
        )
        self._bar.set(state.title, steps)

    def _offering(self, sections: tuple[SectionState, ...]) -> tuple[SectionState, ...]:
        """The agent of the case before is offered in the head of the agent's section."""
        words = self._again.words(self.presenter.answers)
        if not words:
            return sections
        said = f"{words}。按 F4 用上"
        return tuple(replace(s, hint=said) if s.id == APPLICANT else s for s in sections)

    def _build(self) -> None:
        inside = Tall()
        inside.setLayout(self._column)
        self._column.setContentsMargins(0, 0, px(2), 0)
        self._column.addWidget(self.cards)
        self._column.addStretch(1)
        self._area.setWidgetResizable(True)
        self._area.setWidget(inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = QVBoxLayout()
        left.setSpacing(px(8))
        # above what scrolls: a message is seen wherever the clerk is in the form
        left.addWidget(self._banner)
        left.addWidget(self._area, 1)
        self._body.addLayout(left, 1)
        self._body.addWidget(self._side)
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._band)
        middle.addWidget(self._bar)
        middle.addLayout(self._body, 1)
        middle.addWidget(self._strip)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._nothing, 1)
        outer.addWidget(self._middle, 1)

    def _connect(self) -> None:
        cards, presenter = self.cards, self.presenter
        cards.opened.connect(self._open)
        cards.selected.connect(
            lambda s, i: presenter.act(partial(rowwork.select, section=s, index=i))
        )
        cards.unfolded.connect(self._unfold)
        cards.added.connect(self._add_to)
        cards.removed.connect(lambda s: self._over.remove(presenter, s))
        cards.scan.connect(self._scan)
        cards.paste.connect(self._paste)
        cards.paper.connect(self._paper)
        cards.edited.connect(presenter.edit)
        cards.entered.connect(self._go_on)
        self._bar.chosen.connect(self._to_section)
        self._side.jump.connect(self._jump)
        self._band.reveal.connect(self.presenter.reveal.ask)
        self._band.given.connect(self.presenter.reveal.give)
        self._band.typed.connect(self.presenter.reveal.reason.write)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focused)

    def _focused(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The cursor moved; a window that goes behind another is no leaving, nor is a card that folds."""
        if new is None or self._drawing or not self.isAncestorOf(new):
            return
        where, section = self.cards.place(), self.cards.section_of(new)
        self._last = where or section or self._last
        self.presenter.focus(where, section)

    def _section(self) -> SectionState | None:
        state = self._state
        return state.sections[state.current] if state.sections else None

    def _show_notice(self, notice: Notice | None) -> None:
        self._banner.setVisible(notice is not None)
        if notice is not None and notice != self._notice:
            actions = [(notice.action, notice.cap, self.presenter.save)] if notice.action else []
            self._banner.set(notice.tone, notice.title, notice.text, actions)
        self._notice = notice

    def _to_section(self, index: int) -> None:
        if index < len(self._state.sections):
            self._open(self._state.sections[index].id)

    def _open(self, section: str) -> None:
        """To the first thing that is missing in it, else to its first field."""
        found = next((s for s in self._state.sections if s.id == section), None)
        if found is not None:
            self.presenter.go_to(found.first or section)

    def _unfold(self, section: str) -> None:
        self.presenter.act(lambda form: rowwork.unfold_row(form, section))
        self.cards.go_into_row(section)

    def _add(self) -> None:
        section = self._section()
        if section is not None and section.adds:
            self._add_to(section.id)

    def _add_to(self, section: str) -> None:
        self.presenter.follow(lambda form: rowwork.add(form, section), "")

    def _read(self, text: str) -> None:
        self.presenter.follow(lambda form: rowwork.scan(form, text), BILLS)

    def _remove(self) -> None:
        """The cursor goes to the table: it may have stood in a field of the row taken out."""
        section = self._section()
        if section is not None and section.kind == "table":
            self._over.remove(self.presenter, section.id)
            self.go_to(section.id)

    def _scan(self) -> None:
        section = next((s for s in self._state.sections if s.scans), None)
        if section is not None:
            self._open(section.id)
            open_camera(self.window(), self._tasks, self._services, self._read)

    def _paste(self) -> None:
        section = self._section()
        if section is not None and section.pastes:
            text = QApplication.clipboard().text()
            self.presenter.act(lambda form: rowwork.paste(form, text))

    def _paper(self, paper: str, field: str, value: str) -> None:
        self.presenter.act(lambda form: form.paper(paper, field, value))

    def _reveal(self) -> None:
        focus = QApplication.focusWidget()
        if focus is None or not self._area.isAncestorOf(focus):
            return
        section = self.cards.section_of(focus)
        card = self.cards.card(section) if section else focus
        if card.height() <= self._area.viewport().height():
            self._area.ensureWidgetVisible(card, 0, 0)
        else:
            self._area.ensureWidgetVisible(focus, 20, px(60))

    def _go_on(self, where: str) -> None:
        if not self.presenter.go_on(where):
            self.focusNextChild()

    def _jump(self, words: str) -> None:
        for said in self._state.verdict.problems:
            if said.text == words and said.path:
                self.presenter.go_to(said.path)
                return

    def _back(self) -> None:
        house = self.presenter.answers.get("hh_no")
        if self.presenter.close():
            if house:
                self._navigator.household(house)
            else:
                self._navigator.home()


def make(services: Services, tasks: Tasks, navigator: Navigator) -> QWidget:
    """The screen."""
    return CaseScreen(services, tasks, navigator)
