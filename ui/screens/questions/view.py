"""The two questions as cards in the middle of the page."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from counter_app.services.check_date import DateDoubt
from counter_app.services.queries.print_state import PaperState
from ui.ports import Tasks
from ui.screens.questions.presenter import (
    CAME,
    HALF,
    NOT,
    DatePresenter,
    DateState,
    PaperPresenter,
    PaperQuestion,
)
from ui.theme import colour, px
from ui.widgets import (
    Card,
    Chip,
    FieldBox,
    IconLabel,
    KeyButton,
    Label,
    NoteLine,
    Painted,
    Paragraph,
)
from ui.widgets.alive import while_alive
from ui.widgets.answer_row import AnswerRow

WIDTH = 660
_ANSWERS = (
    (CAME, "出来了，完整", "记为已打印"),
    (NOT, "没出来", "现在打，不带“副本”"),
    (HALF, "出来半张", "收回划角，再打一张带“副本”"),
)


class QuestionPage(Painted):
    """A card in the middle of the ground."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        self.card = Card()
        self.title = Label("", "form_title")
        self.aside = Label("", "second", "ink3", "right")
        top = QHBoxLayout()
        top.setSpacing(px(10))
        top.addWidget(IconLabel(icon, 24, tone))
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.aside)
        self.card.body.addLayout(top)
        self.card.body.setSpacing(px(10))
        self.card.setFixedWidth(px(WIDTH))
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), colour("bg"))


class DateView(QuestionPage):
    """今天是 … 吗."""

    def __init__(self, doubt: DateDoubt, answered: Callable[[int, bool], None]) -> None:
        super().__init__("clock", "warn")
        self.presenter = DatePresenter(doubt, self.show_state, answered)
        self.day, self.clock = FieldBox(longest=20), FieldBox(longest=8)
        self._why = Paragraph("", "body", "ink2")
        self._facts = tuple(Label("", "body_head", tone) for tone in ("bad", "ink", "ink"))
        self._keep = KeyButton("", "", "quiet")
        self._take = KeyButton("", "F9", "primary")
        self._build()
        state = self.presenter.state
        self.day.set_text(state.day)
        self.clock.set_text(state.clock)
        self.show_state(state)

    def begin(self) -> None:
        """Take typing."""
        self.day.focus_in()
        self.day.line.selectAll()

    def press(self, key: str) -> bool:
        """F9 takes the typed date."""
        return key == "F9" and self.presenter.take()

    def show_state(self, state: DateState) -> None:
        """Show how it stands."""
        self.title.set_text(state.title)
        self._why.set_text(state.text)
        for label, words in zip(self._facts, (state.pc, state.last, state.centre), strict=True):
            label.set_text(words)
        self.day.set_suffix(state.weekday)
        wrong, right = (
            (self.day, self.clock) if self.presenter.day_wrong else (self.clock, self.day)
        )
        wrong.set_problem(state.problem, "bad" if state.problem else "")
        right.clear_problem()
        self._take.set_words(state.answer or "用这个日期")
        self._take.set_available(available=bool(state.answer))
        self._keep.set_words(state.keep)

    def _build(self) -> None:
        body = self.card.body
        body.addWidget(self._why)
        body.addLayout(self._fact_row())
        boxes = QHBoxLayout()
        boxes.setSpacing(px(10))
        boxes.addWidget(self.day)
        boxes.addWidget(self.clock)
        body.addLayout(boxes)
        body.addWidget(NoteLine(self.day))
        body.addWidget(NoteLine(self.clock))
        note = "改的是本程序用的日期，电脑的时间请管理员再调；联网后按中心的核对。"
        body.addWidget(Paragraph(note, "note", "ink3"))
        body.addSpacing(px(12))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._keep)
        foot.addWidget(self._take)
        body.addLayout(foot)
        self.day.line.setAccessibleName("日期")
        self.clock.line.setAccessibleName("时间")
        for box in (self.day, self.clock):
            box.edited.connect(
                lambda _text: self.presenter.typed(self.day.text(), self.clock.text())
            )
        self.day.entered.connect(self.clock.focus_in)
        self.clock.entered.connect(self.presenter.take)
        self._take.clicked.connect(lambda _on=False: self.presenter.take())
        self._keep.clicked.connect(lambda _on=False: self.presenter.keep())

    def _fact_row(self) -> QHBoxLayout:
        facts = QHBoxLayout()
        facts.setSpacing(px(24))
        for words, label in zip(("这台电脑", "上一件业务", "中心的时间"), self._facts, strict=True):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(Label(words, "note", "ink3"))
            column.addWidget(label)
            facts.addLayout(column)
        facts.addStretch(1)
        return facts


class PaperView(QuestionPage):
    """纸出来了吗."""

    def __init__(
        self,
        papers: tuple[PaperState, ...],
        tasks: Tasks,
        answer: Callable[[str, str], str],
        done: Callable[[tuple[str, ...]], None],
    ) -> None:
        super().__init__("printer", "accent")
        self.title.set_text("纸出来了吗")
        self._what = Label("", "body_strong")
        self._which = Label("", "note", "ink3")
        self._rows: dict[str, AnswerRow] = {}
        self.presenter = PaperPresenter(
            papers, tasks, answer, while_alive(self, self.show_state), done
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self.show_state(self.presenter.state)

    def begin(self) -> None:
        """Take the keys."""
        self.setFocus()

    def press(self, key: str) -> bool:
        """Digits answer at once; arrows point, Enter or F9 answers."""
        codes = [code for code, _, _ in _ANSWERS]
        if key in {"1", "2", "3"}:
            self.presenter.take(codes[int(key) - 1])
        elif key in {"Up", "Down"}:
            step = 1 if key == "Down" else -1
            at = codes.index(self.presenter.state.chosen) + step
            self.presenter.choose(codes[at % len(codes)])
        elif key in {"Enter", "F9"}:
            self.presenter.take()
        else:
            return False
        return True

    def show_state(self, state: PaperQuestion) -> None:
        """Show how it stands."""
        paper = state.paper
        self._what.set_text(paper.title)
        self._which.set_text(f"{paper.case_no}・{paper.masked_name}・{paper.at_words}")
        self.aside.set_text(f"还有 {state.left} 张要问" if state.left else "")
        for code, row in self._rows.items():
            row.set_chosen(chosen=code == state.chosen)

    def _build(self) -> None:
        body = self.card.body
        words = "断电时这张正在打。业务已受理，编号不变，哪种答案都不用重办。"
        body.addWidget(Paragraph(words, "body", "ink2"))
        row = QHBoxLayout()
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._what)
        column.addWidget(self._which)
        row.addLayout(column, 1)
        row.addWidget(Chip("不知道", "warn"))
        body.addLayout(row)
        for number, (code, says, means) in enumerate(_ANSWERS, 1):
            answer = AnswerRow(str(number), says, means)
            answer.clicked.connect(lambda _on=False, c=code: self.presenter.take(c))
            self._rows[code] = answer
            body.addWidget(answer)
