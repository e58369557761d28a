"""What lies over the form for a moment: whom to add, why it is parked, the grounds."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.forms.park import ParkOverlay
from ui.screens.enrolment.filling import Filling
from ui.screens.enrolment.presenter import EnrolmentPresenter
from ui.screens.enrolment.state import Candidate, EnrolmentState
from ui.theme import px
from ui.widgets import (
    CellText,
    Column,
    Overlay,
    Paragraph,
    Row,
    TableView,
    Toast,
)


class AddOverlay(Overlay):
    """Who joins this acceptance; Enter or the digit takes them."""

    def __init__(
        self, window: QWidget, people: tuple[Candidate, ...], take: Callable[[Candidate], None]
    ) -> None:
        super().__init__(window, "加人", "按数字或回车", 640)
        self._people = people
        self._take = take
        columns = [Column("是谁", 0, 3), Column("说明", 0, 4)]
        self.table = TableView(columns, numbered=True, headless=True, framed=True, action_width=72)
        self.table.set_rows([_candidate(i, who) for i, who in enumerate(people)])
        self.table.setFixedHeight(self.table.content_height() + px(10))
        self.table.activated.connect(self._chosen)
        self.body.addWidget(self.table)

    def _chosen(self, key: str) -> None:
        who = self._people[int(key)]
        if who.may:
            self.close_overlay()
            self._take(who)


class GroundsOverlay(Overlay):
    """How the waiting period and the problems are grounded."""

    def __init__(self, window: QWidget, state: EnrolmentState) -> None:
        super().__init__(window, "依据", state.verdict.pack, 760)
        for words in grounds(state):
            self.body.addWidget(Paragraph(words, "body", "ink2"))
        self.body.addStretch(1)


class Over:
    """Brings overlays and the toast over the screen's window."""

    def __init__(self, screen: QWidget, added: Callable[[Candidate], None]) -> None:
        self._screen = screen
        self._added = added
        self._toast: Toast | None = None

    def add(self, state: EnrolmentState) -> None:
        """Ask whom to add."""
        overlay = AddOverlay(self._screen.window(), state.candidates, self._added)
        self._bring(overlay, overlay.table.table)

    def park(self, presenter: EnrolmentPresenter) -> None:
        """Ask what the case waits for."""
        overlay = ParkOverlay(self._screen.window(), presenter.waits_for, presenter.park)
        self._bring(overlay, overlay.box.editor())

    def grounds(self, state: EnrolmentState) -> None:
        """Show what the verdict rests on."""
        self._bring(GroundsOverlay(self._screen.window(), state), None)

    def remove(self, presenter: EnrolmentPresenter) -> None:
        """Take the shown member out; for six seconds a toast takes it back."""
        state = presenter.state
        if not state.members:
            return
        presenter.act(Filling.remove)
        window = self._screen.window()
        if self._toast is None:
            self._toast = Toast(window)
        words = f"已移出 {state.members[state.current].name}"
        self._toast.say(words, lambda: self.undo(presenter), window.height() - px(64))

    def undo(self, presenter: EnrolmentPresenter) -> None:
        """Bring the last one taken out in again."""
        if presenter.state.may_undo:
            presenter.act(Filling.undo)

    @staticmethod
    def _bring(overlay: Overlay, focus: QWidget | None) -> None:
        overlay.closed.connect(overlay.deleteLater)
        overlay.open_overlay(focus)


def grounds(state: EnrolmentState) -> list[str]:
    """Everything the verdict says, and every source that spoke."""
    verdict = state.verdict
    found = [f"{s.text}（{s.where.partition('  ')[0]}）" for s in verdict.problems]
    found.extend(f"{row.label} {row.value}".strip() for row in verdict.waiting)
    if verdict.waiting_source:
        found.append(verdict.waiting_source)
    found.extend(dict.fromkeys(s.source for s in verdict.problems if s.source))
    found.extend(f"{m.name}：{m.ground}" for m in state.materials if m.ground)
    if verdict.invented:
        found.append("金额、日期、期限都是示例数据，不是任何地方的政策")
    return found


def _candidate(index: int, who: Candidate) -> Row:
    detail = who.detail if who.may else f"{who.detail}・不能加"
    return Row(
        (CellText(who.name, strong=True), CellText(detail, tone="ink2")),
        str(index),
        "加" if who.may else "",
        muted=not who.may,
    )
