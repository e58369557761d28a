"""The cards at the right of home."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.queries.home_summary import HomeSummary
from ui.theme import px
from ui.widgets import Card, Chip, IconLabel, Label, Paragraph
from ui.widgets.progress_bar import ProgressBar

NET = {
    "online": ("ok", "cloud"),
    "offline": ("warn", "cloud-off"),
    "clock": ("bad", "clock"),
}
ITEMS = 6


class CentreCard(Card):
    """Up to which entry the centre has confirmed."""

    def __init__(self) -> None:
        super().__init__("与中心")
        self.net = Chip("还没连上", "warn", "cloud-off")
        self.tail.addWidget(self.net)
        self.confirmed, self.when = Label("", "body_strong"), Label("", "second", "ink3")
        self.bar = ProgressBar()
        self.pending = Label("", "second", "ink2")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.confirmed)
        row.addWidget(self.when)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.pending)

    def show_summary(self, summary: HomeSummary) -> None:
        """Show how it stands."""
        tone, icon = NET[summary.net]
        self.net.set(summary.net_words, tone, icon)
        if summary.newest:
            self.confirmed.set_text(f"已确认到第 {summary.confirmed_to} 号")
        else:
            self.confirmed.set_text("这台电脑还没有业务")
        self.when.set_text(summary.confirmed_words)
        self.bar.set(summary.confirmed_to, summary.newest)
        self.bar.setVisible(bool(summary.newest))
        if not summary.pending:
            self.pending.set_text("现在没有要补传的")
        elif summary.net == "online":
            self.pending.set_text(f"还有 {summary.pending} 件正在补传")
        else:
            self.pending.set_text(f"{summary.pending} 件存在本机，连上自动补传")


class TodayCard(Card):
    """Today's figures of the whole station."""

    def __init__(self) -> None:
        super().__init__("今天", " ")
        self._figures = {name: Label("0", "figure") for name in ("受理", "办结", "作废")}
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        for at, (name, label) in enumerate(self._figures.items()):
            grid.addWidget(label, 0, at)
            grid.addWidget(Label(name, "second", "ink3"), 1, at)
        self.body.addLayout(grid)
        self._items: list[tuple[QWidget, Label, Label]] = []
        column = QVBoxLayout()
        column.setSpacing(px(4))
        for _ in range(ITEMS):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            words, count = Label("", "body", "ink2"), Label("", "body_strong", "ink", "right")
            row.addWidget(words, 1)
            row.addWidget(count)
            line.hide()
            column.addWidget(line)
            self._items.append((line, words, count))
        self.body.addLayout(column)
        self._nothing = Paragraph("还没有业务。第一位来了就从扫码开始。", "second", "ink3")
        self.body.addWidget(self._nothing)

    def show_summary(self, summary: HomeSummary) -> None:
        """Show the figures."""
        self.aside.set_text(summary.today_words)
        counts = (summary.accepted, summary.done, summary.voided)
        for label, count in zip(self._figures.values(), counts, strict=True):
            label.set_text(str(count))
        for index, (line, words, number) in enumerate(self._items):
            shown = index < len(summary.by_item)
            line.setVisible(shown)
            if shown:
                words.set_text(summary.by_item[index][0])
                number.set_text(str(summary.by_item[index][1]))
        self._nothing.setVisible(not summary.by_item)


class SeasonCard(Card):
    """The season of enrolment, where the pack in force has one now."""

    def __init__(self) -> None:
        super().__init__()
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(IconLabel("megaphone", 18, "ink2"))
        top.addWidget(Label("集中参保缴费期", "body_head"))
        top.addStretch(1)
        self._invented = Chip("示例数据", "warn")
        top.addWidget(self._invented)
        self._words = Paragraph("", "second", "ink2")
        self.body.addLayout(top)
        self.body.addWidget(self._words)
        self.hide()

    def show_summary(self, summary: HomeSummary) -> None:
        """Show the season, or nothing."""
        self._words.set_text(summary.season)
        self._invented.setVisible(summary.invented)
        self.setVisible(bool(summary.season))
