"""The panel of the worklist: what is wrong, what it means, who must come, whom to tell."""

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_app.services.queries.worklist import TaskDetail, WorkItem
from ui.screens.worklist.presenter import REASONS, WAYS, WorklistState, overdue
from ui.theme import px
from ui.widgets import (
    ChoiceBoxes,
    IconLabel,
    KeyButton,
    Label,
    Painted,
    Paragraph,
    VerdictHead,
    VerdictLine,
    VerdictPanel,
    VerdictSection,
    rule,
)
from ui.widgets.reason_strip import ReasonStrip

_HEADS = {
    "parked": ("挂起，接着办", "accent", "file-text"),
    "open_draft": ("填到一半", "accent", "file-text"),
    "promised": ("答应的日子到了", "bad", "clock"),
    "unprinted": ("单子没打出来", "warn", "printer"),
}

_FEET = {
    "unprinted": "业务已受理，不用重办",
    "promised": "只算工作日；补正期间不计时",
}


def _since(item: WorkItem) -> tuple[str, str]:
    if item.kind == "promised":
        return "期限", f"{item.until_note}，{item.until}"
    return "存于", item.owner_note.removesuffix(" 存的")


class _Telling(Painted):
    """Telephone, told or not, and the two buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.phone = Label("", "body_strong")
        self.reveal = KeyButton("显示", kind="link")
        self.told_icon = IconLabel("triangle-alert", 18, "warn")
        self.told = Paragraph("", "body")
        self.notice = KeyButton("补正通知", "F10")
        self.tell = KeyButton("记为已告知", "F7")
        self.ways = ChoiceBoxes(WAYS)
        self.reasons = ReasonStrip(REASONS, stacked=True)
        self._build()

    def paintEvent(self, event: QPaintEvent) -> None:
        rule(QPainter(self), QRectF(0, 0, self.width(), 1))

    def _build(self) -> None:
        for button in (self.reveal, self.notice, self.tell):
            button.set_height(32)
        number = QHBoxLayout()
        number.setSpacing(px(8))
        number.addWidget(IconLabel("smartphone", 18, "ink2"))
        number.addWidget(self.phone)
        number.addWidget(self.reveal)
        number.addStretch(1)
        told = QHBoxLayout()
        told.setSpacing(px(8))
        told.addWidget(self.told_icon, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.told, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.notice)
        buttons.addWidget(self.tell)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(10), 0, px(2))
        column.setSpacing(px(5))
        column.addWidget(Label("告知本人", "second", "ink3"))
        column.addLayout(number)
        column.addWidget(self.reasons)
        column.addLayout(told)
        column.addLayout(buttons)
        column.addWidget(self.ways)


class WorklistPanel(QWidget):
    """`told(way)`, `telling`, `notice`, `reveal`, `given(reason)` and `reason_typed(words)`."""

    told = Signal(str)
    telling = Signal()
    notice = Signal()
    reveal = Signal()
    given = Signal(str)
    reason_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.verdict = VerdictPanel(330)
        self._telling = _Telling()
        self._story = Paragraph("", "note", "ink2")
        self._asked = False
        self._chose = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.verdict)
        self.verdict.add_widget(self._telling)
        self.verdict.add_widget(self._story)
        self._telling.ways.chosen.connect(self.told)
        self._telling.tell.clicked.connect(self.telling)
        self._telling.notice.clicked.connect(self.notice)
        self._telling.reveal.clicked.connect(self.reveal)
        self._telling.reasons.given.connect(self.given)
        self._telling.reasons.typed.connect(self.reason_typed)

    def show_state(self, state: WorklistState) -> None:
        """Show the selected line."""
        item = state.item
        self.setVisible(item is not None)
        if item is None:
            return
        detail = state.detail if item.kind in {"rejected", "held"} else None
        self._telling.setVisible(detail is not None)
        self._story.setVisible(detail is not None)
        if detail is None:
            self._show_item(item)
        else:
            self._show_detail(item, detail)
            self._show_telling(state, detail)

    def _show_asked(self) -> None:
        """Scroll to what was opened."""
        area = self.verdict.findChild(QScrollArea)
        part = self._telling
        if area is not None:
            area.ensureWidgetVisible(part.ways if part.ways.isVisible() else part.reasons)

    def _show_item(self, item: WorkItem) -> None:
        words, tone, icon = _HEADS.get(item.kind, ("正在读", "accent", "info"))
        who = f"{item.masked_name}·尾号 {item.tail}" if item.tail else item.masked_name
        lines = (
            VerdictLine(item.title, strong=True),
            VerdictLine(who or "还没填是谁"),
            VerdictLine(item.cause),
            VerdictLine("谁在管", item.owner_name or "没人管"),
            VerdictLine(*_since(item)),
        )
        self.verdict.set(VerdictHead(words, tone, icon), (VerdictSection("", lines),))
        self.verdict.set_foot(_FEET.get(item.kind, "草稿留在这台电脑上"))

    def _show_detail(self, item: WorkItem, detail: TaskDetail) -> None:
        late = overdue(item)
        tone = "bad" if late or item.kind == "rejected" else "warn"
        icon = "clock" if late else "undo-2" if item.kind == "rejected" else "git-compare"
        head = VerdictHead("补正期已过" if late else detail.head, tone, icon)
        about = (
            VerdictLine(detail.title, strong=True),
            VerdictLine(f"…-{detail.case_no[13:]}，{detail.accepted_words}", tone="ink3"),
        )
        wrong = tuple(
            VerdictLine(
                f"{n} {what}" if len(detail.points) > 1 else what,
                second="。".join(p.rstrip("。") for p in (how, ground) if p),
            )
            for n, (what, how, ground) in enumerate(detail.points, 1)
        )
        sections = [VerdictSection("", about), VerdictSection("哪里不对", wrong)]
        pairs = (("对本人", detail.meanwhile), ("要谁来", detail.who_comes))
        means = tuple(VerdictLine(f"{title}：{words}") for title, words in pairs if words)
        if means:
            sections.append(VerdictSection("", means))
        self.verdict.set(head, tuple(sections))
        who = "这件归您管" if detail.mine else "接手会留下记录"
        self.verdict.set_foot(f"{who}；每一步记着是谁做的")

    def _show_telling(self, state: WorklistState, detail: TaskDetail) -> None:
        part = self._telling
        part.phone.set_text(state.phone or detail.masked_phone or "没有留电话")
        part.reveal.set_words("收起" if state.phone else "显示")
        part.reveal.setVisible(bool(detail.masked_phone))
        part.told.set_text(detail.told or "还没有告知")
        part.told.set_tone("ink" if detail.told else "warn")
        part.told_icon.set(*(("circle-check", "ok") if detail.told else ("triangle-alert", "warn")))
        part.reasons.setVisible(state.asking)
        part.ways.setVisible(state.telling)
        if state.asking and not self._asked:
            part.reasons.ask(state.begun)
        if state.telling and not self._chose:
            with QSignalBlocker(part.ways):
                part.ways.set_code("")
            part.ways.setFocus()
        if state.asking or state.telling:
            QTimer.singleShot(0, self._show_asked)
        self._asked, self._chose = state.asking, state.telling
        lines = [f"{at}    {words}" for at, words in detail.story]
        self._story.set_text("\u2028".join(["经过", *lines]))
