"""A held case as widgets: why it stopped, the sides, the answers."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.bootstrap import Services
from counter_app.services.queries.conflict_view import ConflictView
from ui.ports import Bar, Hint, Navigator, Tasks
from ui.screens.conflict.grounds import ConflictGrounds
from ui.screens.conflict.parts import Answers, Why
from ui.screens.conflict.presenter import ConflictPresenter, ConflictState
from ui.screens.conflict.table import SidesTable
from ui.theme import px
from ui.widgets import Banner, Card, Chip, EmptyState, Label, Paragraph
from ui.widgets.scroll import Scroll

COLUMN, NARROW = 372, 1020
_STEP = 60


class _Region(Scroll):
    """Takes what height it is given: a page that asked for all of its content would be too high for the window."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())


class ConflictScreen(QWidget):
    """What the centre holds, shown on both sides and answered."""

    rail = "worklist"
    bar_changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._title, self._about = Label("", "title"), Label("", "body", "ink3")
        self._until, self._place = Chip("", "warn"), Chip("", "neutral")
        self._sample = Chip("示例数据", "warn")
        self.why, self.banner = Why(), Banner()
        self.table, self.points = SidesTable(), Paragraph("", "body")
        self._said = Card("中心问的")
        self._said.body.addWidget(self.points)
        self.answers = Answers()
        self.empty = EmptyState(
            "circle-check", "这一件不用答复了", "别的电脑刚答过，或中心已经决定；按 Esc 回工作台"
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._mode = ""
        self._choice = ""
        self._entering = False
        """Whether the focus still waits for the answers to come from the disk."""
        self._build()
        self.presenter = ConflictPresenter(services, tasks, navigator, self)
        self.answers.cards.chosen.connect(self.presenter.choose)
        self.answers.words.edited.connect(self.presenter.write)
        self.show_state(self.presenter.state)

    def open(self, case_id: str) -> None:
        """Show this case."""
        self.presenter.open(case_id)

    def refresh(self) -> None:
        """Another PC or the centre may have settled it."""
        self.presenter.load()

    def bar(self) -> Bar:
        """Keys that work now."""
        state = self.presenter.state
        back = Hint("Esc", "先放着，返回")
        if state.view is None:
            return Bar((back,))
        hints = (Hint(f"1–{len(state.view.choices)}", "选办法"), Hint("F8", "依据和经过"), back)
        fold = "收起相同的" if state.unfolded else f"看相同的 {state.same} 项"
        return Bar(hints, self.presenter.primary(), (fold, "F7") if state.same else None)

    def press(self, key: str) -> bool:
        """Function keys, and digits while the sentence has not the focus."""
        does: dict[str, Callable[[], object]] = {
            "F9": self._send,
            "F8": self._grounds,
            "F7": self.presenter.fold,
            "Esc": self.presenter.escape,
            "PgUp": lambda: self._scroll(-1),
            "PgDn": lambda: self._scroll(1),
        }
        if key.isdigit() and not self.answers.words.has_focus():
            self.presenter.digit(int(key))
        elif key in does:
            does[key]()
        else:
            return False
        return True

    def shown(self) -> None:
        """The focus goes to the sentence that is missing or the answer that is chosen."""
        self._entering = not self.presenter.state.loaded
        self._turn_to(self.presenter.state)

    def left(self) -> bool:
        """What is chosen and written stays, on the screen and on the disk."""
        self.presenter.leave()
        return True

    def later(self, ms: int, what: Callable[[], None]) -> None:
        """Call back after some milliseconds."""
        QTimer.singleShot(ms, self, what)

    def show_state(self, state: ConflictState) -> None:
        """Draw the state."""
        view = state.view
        self.empty.setVisible(state.loaded and view is None)
        for widget in (self._top, self.why, self._body):
            widget.setVisible(view is not None)
        self.banner.setVisible(bool(state.message) and view is not None)
        if state.message:
            title, _, rest = state.message.partition("。")
            self.banner.set("warn", title, rest)
        if view is not None:
            self._show_view(state, view)
        self.bar_changed.emit()

    def _show_view(self, state: ConflictState, view: ConflictView) -> None:
        self._title.set_text(view.title)
        self._about.set_text(view.about)
        self._until.set(view.until, "bad" if view.overdue else "warn")
        self._until.setVisible(bool(view.until))
        self._place.set(state.place, "neutral")
        self._place.setVisible(bool(state.place))
        self._sample.setVisible(view.invented and any(s.kind == "fen" for s in view.sides))
        self.why.show_view(view)
        self.table.set(state.lines, view.as_of)
        self.table.setVisible(bool(state.lines))
        told = ["。".join(p.rstrip("。") for p in point if p) for point in view.points]
        self.points.set_text("\u2028".join(told))
        self._said.setVisible(not state.lines)
        self.answers.show_state(state, view)
        self._arrange()
        if self._entering:
            self._entering = False
            self._turn_to(state)
        if state.choice != self._choice:
            self._choice = state.choice
            self._turn_to(state)

    def _turn_to(self, state: ConflictState) -> None:
        """To the sentence an answer needs, to the chosen answer; before a choice digits are free."""
        answers = self.answers
        if state.chosen is None:
            where: Callable[[], object] = self.setFocus
        else:
            where = answers.words.focus_in if state.missing == "reason" else answers.cards.focus_in
        if self.isVisible():
            # what was just shown has its place only after the layouts ran
            QTimer.singleShot(0, self, where)

    def _send(self) -> None:
        self.presenter.send()
        if self.presenter.state.blamed == "reason":
            self.answers.words.focus_in()
        elif self.presenter.state.blamed:
            self.answers.cards.focus_in()

    def _grounds(self) -> None:
        view = self.presenter.state.view
        if view is not None:
            sheet = ConflictGrounds(self.window(), view)
            sheet.closed.connect(sheet.deleteLater)
            sheet.open_overlay()

    def _scroll(self, pages: int) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + pages * max(self._area.viewport().height() - px(_STEP), 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size may ask for another arrangement."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Answers below where everything fits, at the right where it doesn't, in the scroll where it is narrow."""
        wide = self.width() - px(38)
        mode = "right"
        if self.width() < px(NARROW):
            mode = "narrow"
        elif self.table.heightForWidth(wide) + self.answers.high(wide) + px(120) <= self.height():
            mode = "below"
        if mode != self._mode:
            self._mode = mode
            self._put_answers(mode)

    def _put_answers(self, mode: str) -> None:
        focus = QApplication.focusWidget()
        (self._beside if mode == "right" else self._under).addWidget(self.answers)
        self.answers.cards.set_beside(beside=mode == "below")
        self._side.setVisible(mode == "right")
        if focus is not None and self.answers.isAncestorOf(focus):
            # it was lost on the way to another parent
            focus.setFocus()

    def _build(self) -> None:
        self._top, self._body = QWidget(), QWidget()
        self._build_top()
        self._build_body()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(20), px(14), px(18), px(10))
        outer.setSpacing(px(10))
        outer.addWidget(self._top)
        outer.addWidget(self.why)
        outer.addWidget(self.banner)
        outer.addWidget(self._body, 1)
        outer.addWidget(self.empty, 1)

    def _build_top(self) -> None:
        top = QHBoxLayout(self._top)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(px(12))
        top.addWidget(self._title)
        top.addWidget(self._about, 1)
        for chip in (self._sample, self._until, self._place):
            top.addWidget(chip)

    def _build_body(self) -> None:
        self._under, self._beside = QVBoxLayout(), QVBoxLayout()
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(10))
        inside.addWidget(self._said)
        inside.addWidget(self.table)
        inside.addLayout(self._under)
        inside.addStretch(1)
        self._area = _Region(inside)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, px(6), 0)
        right.addLayout(self._beside)
        right.addStretch(1)
        self._side = _Region(right)
        self._side.setFixedWidth(px(COLUMN))
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        row.addWidget(self._area, 1)
        row.addWidget(self._side)


def make(services: Services, tasks: Tasks, navigator: Navigator) -> ConflictScreen:
    """The screen of a held case."""
    return ConflictScreen(services, tasks, navigator)
