"""Voiding as widgets: case head, reason, papers, and the verdict."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.bootstrap import Services
from counter_app.services.queries.case_view import CaseView
from counter_app.services.void_case import REASONS
from ui.ports import Bar, Hint, Navigator, Tasks
from ui.screens.void.papers import PaperRow
from ui.screens.void.presenter import VoidPresenter, VoidState
from ui.screens.void.verdict import head, sections
from ui.theme import px
from ui.widgets import (
    Banner,
    Card,
    Chip,
    ChoiceBoxes,
    EmptyState,
    FieldBox,
    FieldRow,
    IconLabel,
    Label,
    Paragraph,
    VerdictPanel,
)
from ui.widgets.tall import Tall

LONGEST = 120


class VoidView(QWidget):
    """The clerk's slip is taken back; the citizen's wish is another act."""

    rail = "search"
    bar_changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._navigator = navigator
        self._drawn: tuple[str, ...] = ()
        self.banner = Banner()
        self.reasons = ChoiceBoxes(tuple(REASONS.items()))
        self.words = FieldBox(longest=LONGEST)
        self.rows: dict[str, PaperRow] = {}
        self.panel = VerdictPanel(330)
        self.empty = EmptyState("file-text", "找不到这一件", "请回查询页重新打开", "ink3")
        self._title = Label("作废今天受理的这一件", "form_title")
        self._case = Paragraph("", "second", "ink2")
        self._chip = Chip("", "neutral")
        self._why = Card("1  为什么作废", "录错了才作废；本人不想办了，找县医保中心")
        self._paper_card = Card("2  纸收回来")
        self._no_paper = Paragraph("这一件没有打印过纸，不用收", "body", "ink3")
        self._build()
        self.presenter = VoidPresenter(services, tasks, navigator, self)
        self._connect()
        self.show_state(self.presenter.state)

    def open(self, case_id: str) -> None:
        """Show this case."""
        self.presenter.open(case_id)

    def bar(self) -> Bar:
        """Keys that work now."""
        state = self.presenter.state
        if state.case is None or state.done:
            return Bar((Hint("Esc", "返回"),))
        if state.barred:
            return Bar((Hint("Esc", "返回"),))
        hints = (Hint("Esc", "不作废，返回"), Hint("1–5", "选原因"))
        return Bar(hints, self.presenter.primary(), ("作废并抄成新件", "F7"))

    def press(self, key: str) -> bool:
        """Function keys, and digits while no box has the focus."""
        if key == "F9":
            self._go(copy=False)
        elif key == "F7":
            self._go(copy=True)
        elif key == "Esc":
            self._escape()
        elif key.isdigit() and 0 < int(key) <= len(REASONS) and not self.words.has_focus():
            self._choose(list(REASONS)[int(key) - 1])
        else:
            return False
        return True

    def shown(self) -> None:
        """The focus goes to the reasons."""
        self.reasons.setFocus()

    def left(self) -> bool:
        """What was filled in stays, on the screen and on the disk."""
        self.presenter.leave()
        return True

    def later(self, ms: int, what: Callable[[], None]) -> None:
        """Call back after some milliseconds."""
        QTimer.singleShot(ms, self, what)

    def show_state(self, state: VoidState) -> None:
        """Draw the state."""
        case = state.case
        self.empty.setVisible(state.loaded and case is None)
        for widget in (self._top, self._why, self._paper_card, self.panel):
            widget.setVisible(case is not None)
        if case is not None:
            self._show_case(case, state)
        self._show_banner(state)
        self.reasons.set_code(state.reason)
        self.words.set_text(state.words)
        self._show_papers(state)
        self.panel.set(head(state), sections(state))
        self.bar_changed.emit()

    def _show_case(self, case: CaseView, state: VoidState) -> None:
        words = f"{case.summary}·{case.applicant}·{case.masked_certno}·"
        words += f"{case.late}·" if case.late else ""
        self._case.set_spans([
            (f"{case.case_no}    ", "ink", True),
            (f"{words}{case.typed_when} {case.clerk_name}受理", "ink2", False),
        ])
        label, tone = ("已作废", "neutral") if state.done else (case.label, "neutral")
        if not case.sent:
            label = "还没到中心"
        elif case.state == "accepted":
            tone = "ok"
        self._chip.set(label, tone)
        for widget in (self._why, self._paper_card):
            widget.setEnabled(not (state.barred or state.done))

    def _show_banner(self, state: VoidState) -> None:
        self.banner.setVisible(bool(state.problems) or state.done)
        if state.done:
            text = "编号留着不再用，这一件什么都不能再打印。收回的纸请划角。"
            self.banner.set("ok", "已作废，会送到中心", text)
        elif state.problems:
            texts = "；".join(p.text for p in state.problems)
            self.banner.set("bad", "没有作废", texts)

    def _show_papers(self, state: VoidState) -> None:
        sheets = tuple(p.sheet for p in state.papers)
        if sheets != self._drawn:
            self._drawn = sheets
            for row in self.rows.values():
                self._paper_card.body.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = {p.sheet: PaperRow(p) for p in state.papers}
            for row in self.rows.values():
                row.back.connect(self.presenter.take_back)
                row.explained.connect(self.presenter.explain)
                self._paper_card.body.addWidget(row)
        for paper in state.papers:
            self.rows[paper.sheet].show_paper(paper)
        self._no_paper.setVisible(not state.papers)
        back = sum(p.back for p in state.papers)
        open_papers = sum(not p.settled for p in state.papers)
        rest = f"，差 {open_papers}" if open_papers else ""
        aside = f"出过 {len(sheets)} 张，收回 {back}{rest}" if sheets else ""
        self._paper_card.set_title("2  纸收回来", aside)

    def _go(self, *, copy: bool) -> None:
        if self.presenter.state.ready:
            (self.presenter.void_and_copy if copy else self.presenter.void)()
            return
        place = self.presenter.first_missing()
        for missing, words in self.presenter.state.missing:
            self._blame(missing, words)
        self._focus(place)

    def _blame(self, place: str, words: str) -> None:
        if place == "reason":
            self.reasons.set_problem(words)
        elif place == "words":
            self.words.set_problem(words)
        elif place.startswith("paper."):
            self.rows[place.removeprefix("paper.")].set_problem("勾已收回，或写为什么收不回")

    def _focus(self, place: str) -> None:
        if place == "reason":
            self.reasons.setFocus()
        elif place == "words":
            self.words.focus_in()
        elif place.startswith("paper."):
            self.rows[place.removeprefix("paper.")].tick.setFocus()

    def _choose(self, reason: str) -> None:
        with QSignalBlocker(self.reasons):
            self.reasons.set_code(reason)
        self.reasons.clear_problem()
        self.presenter.choose(reason)
        self.words.focus_in()

    def _write(self, words: str) -> None:
        if words.strip():
            self.words.clear_problem()
        self.presenter.write(words)

    def _escape(self) -> None:
        case = self.presenter.state.case
        if case is None or self.presenter.state.done:
            self._navigator.home()
        else:
            self._navigator.accepted(case.case_id)

    def _connect(self) -> None:
        self.reasons.chosen.connect(self._choose)
        self.words.edited.connect(self._write)

    def _build(self) -> None:
        self.panel.set_foot("作废也是一笔，送到中心，不会抹掉原件")
        self.words.set_help("会留在记录里，本人和中心都看得到")
        self._why.body.addWidget(self.reasons)
        self._why.body.addWidget(FieldRow("写一句", self.words, required=True, label_width=72))
        self._paper_card.body.addWidget(self._no_paper)
        self._top = QWidget()
        row = QHBoxLayout(self._top)
        row.setContentsMargins(0, 0, 0, px(4))
        row.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._case)
        row.addWidget(IconLabel("file-text", 28, "ink2"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        inside = Tall()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        for widget in (self.banner, self._why, self._paper_card):
            column.addWidget(widget)
        column.addWidget(self.empty, 1)
        column.addStretch(1)
        self._lay_out(inside)

    def _lay_out(self, inside: QWidget) -> None:
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(area, 1)
        row.addWidget(self.panel)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(20), px(12), px(18), px(12))
        outer.setSpacing(px(8))
        outer.addWidget(self._top)
        outer.addLayout(row, 1)


def make(services: Services, tasks: Tasks, navigator: Navigator) -> VoidView:
    """The void screen."""
    return VoidView(services, tasks, navigator)
