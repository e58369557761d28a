"""The enrolment screen: band, section bar, four cards that scroll, and the verdict always in view."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from counter_app.bootstrap import Services
from ui.filling.again import Again
from ui.filling.state import Notice
from ui.forms.cards import FieldsCard, PapersCard
from ui.forms.editor import Sources
from ui.forms.grid import FieldGrid
from ui.forms.initials import Initials
from ui.forms.panel import Clicks, PanelWriter, VerdictStrip, Widths
from ui.ports import Bar, Hint, Navigator, Primary, Tasks
from ui.screens.enrolment.band import HouseholdBand
from ui.screens.enrolment.cards import MembersCard, show_head
from ui.screens.enrolment.filling import Filling
from ui.screens.enrolment.overlays import Over
from ui.screens.enrolment.presenter import EnrolmentPresenter
from ui.screens.enrolment.state import Candidate, EnrolmentState
from ui.theme import px
from ui.widgets import (
    Banner,
    Box,
    EmptyState,
    Painted,
    SectionBar,
    Step,
    VerdictPanel,
)
from ui.widgets.tall import Tall

TITLE = "城乡居民参保登记"
LOADING = "名单和规则包读出来就好"
_MARKS = {"done": "done", "alert": "stop", "look": "warn", "open": "open"}
_KEYS = {
    Qt.Key.Key_Insert: "Insert",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_PageUp: "PgUp",
    Qt.Key.Key_PageDown: "PgDn",
    **{Qt.Key(Qt.Key.Key_F1.value + n - 1): f"F{n}" for n in (4, 5, 7, 8, 9)},
}
_HINTS = (
    Hint("Esc", "返回"),
    Hint("Enter", "下一项"),
    Hint("Alt+1…4", "到第几节"),
    Hint("PgDn", "下一个人"),
    Hint("F7", "挂起"),
    Hint("F8", "依据"),
)


class EnrolmentScreen(Painted):
    """The view; forwards keys and edits, shows states."""

    rail = "home"
    bar_changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._navigator, self._again = navigator, Again(services)
        self._sources = Sources(Initials(tasks))
        self._band = HouseholdBand()
        self._bar = SectionBar(TITLE)
        self._banner = Banner()
        self._members = MembersCard()
        self._fields = FieldsCard(2, "", self._sources)
        self._papers = PapersCard()
        self._applicant = FieldsCard(4, "申请人和代办人", self._sources, ("是，用上", "F4"))
        self._panel = VerdictPanel()
        self._writer = PanelWriter(self._panel)
        self._strip = VerdictStrip()
        self._nothing = EmptyState("file-text", "正在打开", LOADING, "ink3")
        self._area = QScrollArea()
        self._column = QVBoxLayout()
        self._state = EnrolmentState()
        self._section = 1
        self._notice: Notice | None = None
        self._last = ""
        self._drawing = self._stale = False
        self._over = Over(self, self._added)
        self._clicks = Clicks(self)
        self._widths = Widths(self, self._panel, self._strip)
        self._middle, self._body = QWidget(), QHBoxLayout()
        self._build()
        self.presenter = EnrolmentPresenter(services, tasks, navigator, self)
        self._connect()
        self.restyle()
        self.show_state(self._state)

    def open_new(self, household: str, certnos: tuple[str, ...]) -> None:
        """A new acceptance for these members; ("", ()) for somebody on no list."""
        self.presenter.open_new(household, certnos)

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
        hints = (
            (*_HINTS, Hint("F4", "代办人同上"))
            if self._again.words(self.presenter.answers)
            else _HINTS
        )
        return Bar(hints, Primary(state.primary, enabled=state.may_accept))

    def press(self, key: str) -> bool:
        """A function key."""
        actions: dict[str, Callable[[], object]] = {
            "F4": self._take_agent,
            "F5": self.presenter.save,
            "F7": lambda: self._over.park(self.presenter),
            "F8": lambda: self._over.grounds(self._state),
            "F9": self.presenter.accept,
            "Esc": self._back,
            "Insert": lambda: self._over.add(self._state),
            "Del": self._remove,
            "PgUp": lambda: self._turn(-1),
            "PgDn": lambda: self._turn(1),
        }
        act = actions.get(key)
        if act is None or (self._state.loading and key != "Esc"):
            return False
        act()
        return True

    def shown(self) -> None:
        """Came to the front: the cursor goes where it was."""
        if self._last and not self._state.loading:
            self.go_to(self._last)

    def left(self) -> bool:
        """The clerk goes elsewhere; nothing typed is lost."""
        return self.presenter.close()

    def show_state(self, state: EnrolmentState) -> None:
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

    def _draw(self, state: EnrolmentState) -> None:
        self._sources.tables = state.tables
        opened = not (state.loading or state.gone)
        self._nothing.setVisible(not opened)
        self._middle.setVisible(opened)
        if not opened:
            self._nothing.set("file-text", state.gone or "正在打开", "" if state.gone else LOADING)
            return
        self._band.show_band(state.band, state.saved)
        self._show_notice(state.notice)
        self._members.show_members(state.members, state.current)
        show_head(self._fields, state)
        self._fields.setVisible(bool(state.members))
        self._fields.show_fields(state.fields, state.folded)
        self._papers.show_papers(state.materials, state.materials_words)
        self._applicant.show_fields(state.applicant, self._again.words(self.presenter.answers))
        self._writer.show_verdict(state.verdict)
        self._strip.show_verdict(state.verdict)
        self._show_steps()

    def go_to(self, where: str) -> None:
        """Put the cursor at a field's path, `materials.<id>` or `members`."""
        paper = self._papers.row(where.removeprefix("materials."))
        if where == "members" or not where:
            self._members.table.focus_in()
        elif paper is not None:
            paper.boxes.focus_in()
        elif not any(grid.focus_in(where) for grid in self._grids()):
            self._first_of(where)
        QTimer.singleShot(0, self, self._reveal)

    def box(self, where: str) -> Box | None:
        """The box at a path."""
        editor = next((e for g in self._grids() if (e := g.editor(where))), None)
        return editor.box if editor is not None else None

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
        """Enter goes on, Alt+digit to a section, the rest as the key bar says."""
        key, held = Qt.Key(event.key()), event.modifiers()
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._step_back() if shift else self._on()
        elif held & Qt.KeyboardModifier.AltModifier and Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self._to_section(key - Qt.Key.Key_1)
        elif held & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Z:
            self._over.undo(self.presenter)
        elif not (key in _KEYS and self.press(_KEYS[key])):
            super().keyPressEvent(event)

    def _focused(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The cursor moved; a window that goes behind another is no leaving."""
        if new is None or not self.isAncestorOf(new):
            return
        where = next((p for g in self._grids() if (p := g.path_of(new))), "")
        self._last = where or self._last
        self._mark_section(new)
        self.presenter.focus(where)

    def restyle(self) -> None:
        """Margins of the design."""
        self._body.setContentsMargins(px(20), px(10), px(18), px(10))
        self._body.setSpacing(px(14))
        self._column.setSpacing(px(8))

    def _build(self) -> None:
        inside = Tall()
        inside.setLayout(self._column)
        self._column.setContentsMargins(0, 0, px(2), 0)
        for widget in (self._banner, self._members, self._fields, self._papers, self._applicant):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._area.setWidgetResizable(True)
        self._area.setWidget(inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body.addWidget(self._area, 1)
        self._body.addWidget(self._panel)
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
        for grid in self._grids():
            grid.edited.connect(self.presenter.edit)
            grid.entered.connect(self._go_on)
        self._fields.unfold.connect(lambda: self.presenter.act(Filling.unfold))
        self._applicant.unfold.connect(self._take_agent)
        self._members.selected.connect(self._select)
        self._members.opened.connect(lambda _index: self._to_section(1))
        self._members.add.connect(lambda: self.press("Insert"))
        self._members.remove.connect(lambda: self.press("Del"))
        self._papers.changed.connect(
            lambda paper, field, value: self.presenter.act(lambda f: f.paper(paper, field, value))
        )
        self._bar.chosen.connect(self._to_section)
        self._clicks.on.connect(self._jump)
        self._panel.installEventFilter(self._clicks)
        self._middle.installEventFilter(self._widths)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focused)

    def _grids(self) -> tuple[FieldGrid, FieldGrid]:
        return self._fields.grid, self._applicant.grid

    def _cards(self) -> tuple[QWidget, ...]:
        return self._members, self._fields, self._papers, self._applicant

    def _show_notice(self, notice: Notice | None) -> None:
        self._banner.setVisible(notice is not None)
        if notice is not None and notice != self._notice:
            actions = [(notice.action, notice.cap, self.presenter.save)] if notice.action else []
            self._banner.set(notice.tone, notice.title, notice.text, actions)
        self._notice = notice

    def _show_steps(self) -> None:
        steps = tuple(
            Step(s.title, s.count, _MARKS[s.mark], current=index == self._section)
            for index, s in enumerate(self._state.steps)
        )
        if steps != self._bar.steps():
            self._bar.set(TITLE, steps)

    def _mark_section(self, widget: QWidget) -> None:
        for index, card in enumerate(self._cards()):
            if card.isAncestorOf(widget):
                self._section = index
                self._show_steps()

    def _select(self, index: int) -> None:
        self.presenter.act(lambda form: form.select(index))

    def _turn(self, step: int) -> None:
        self._select(self._state.current + step)
        self._to_section(1)

    def _to_section(self, index: int) -> None:
        self._section = index
        if index in {1, 3}:
            faces = self._state.fields if index == 1 else self._state.applicant
            wanted = next((f.path for f in faces if f.unfinished), faces[0].path if faces else "")
            self.go_to(wanted)
        elif index == 2 and self._state.materials:
            short = (m.id for m in self._state.materials if m.tone != "ok")
            self.go_to(f"materials.{next(short, self._state.materials[0].id)}")
        else:
            self.go_to("members")
        self._show_steps()

    def _first_of(self, where: str) -> None:
        faces = self._state.fields if where.startswith("members[") else self._state.applicant
        if faces:
            shown = next((f for f in faces if f.unfinished), faces[0])
            for grid in self._grids():
                grid.focus_in(shown.path)

    def _reveal(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self._area.isAncestorOf(focus):
            self._area.ensureWidgetVisible(focus, 20, px(60))

    def place(self) -> str:
        """Where the cursor is: a field's path or `materials.<id>`, "" for neither."""
        focus = QApplication.focusWidget()
        for paper, row in self._papers.rows().items():
            if row.boxes is focus:
                return f"materials.{paper}"
        return next((p for g in self._grids() if (p := g.path_of(focus))), "")

    def _go_on(self, where: str) -> None:
        if not self.presenter.go_on(where):
            self.focusNextChild()

    def _on(self) -> None:
        self._go_on(self.place())

    def _step_back(self) -> None:
        paths = [p for grid in self._grids() for p in grid.paths()]
        where = self.place()
        if where in paths and paths.index(where):
            self.go_to(paths[paths.index(where) - 1])
        else:
            self.focusPreviousChild()

    def _take_agent(self) -> None:
        self._again.take(self.presenter)

    def _jump(self, words: str) -> None:
        for said in self._state.verdict.problems:
            if said.text == words and said.path:
                self.presenter.go_to(said.path)
                return

    def _added(self, who: Candidate) -> None:
        self.presenter.act(lambda form: form.add(who))
        self._to_section(1)

    def _remove(self) -> None:
        """The cursor goes to the list: it may have stood in a field of the one taken out."""
        self._over.remove(self.presenter)
        self._to_section(0)

    def _back(self) -> None:
        house = self.presenter.household
        if self.presenter.close():
            if house:
                self._navigator.household(house)
            else:
                self._navigator.home()


def make(services: Services, tasks: Tasks, navigator: Navigator) -> QWidget:
    """The screen."""
    return EnrolmentScreen(services, tasks, navigator)
