"""The cards of the day's close: three figures, the two chains, what is left before going home."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.day_close.reckon import DayClose
from counter_app.services.queries import day_words
from ui.theme import px
from ui.widgets import Card, IconLabel, Label, Paragraph

_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}
_TONES = {"equal": "ok", "differs": "bad", "behind": "warn", "untold": "warn", "empty": "ink2"}


class FiguresCard(Card):
    """Receipts = records = centre."""

    def __init__(self) -> None:
        super().__init__()
        self.figures = [Label("", "amount", "ink", "center") for _ in day_words.COLUMNS]
        self.notes = [Label("", "second", "ink3", "center") for _ in day_words.COLUMNS]
        self.signs = [Label("=", "figure", "ink3", "center") for _ in range(2)]
        grid = QGridLayout()
        grid.setContentsMargins(0, px(4), 0, px(4))
        grid.setVerticalSpacing(px(2))
        for place, name in enumerate(day_words.COLUMNS):
            at = place * 2
            grid.setColumnStretch(at, 1)
            grid.addWidget(self.figures[place], 0, at)
            grid.addWidget(Label(name, "section", "ink", "center"), 1, at)
            grid.addWidget(self.notes[place], 2, at)
        for place, sign in enumerate(self.signs):
            sign.setFixedWidth(px(48))
            grid.addWidget(sign, 0, place * 2 + 1)
        self.body.addLayout(grid)

    def show_close(self, close: DayClose) -> None:
        """Show the three columns; what lacks something is red."""
        columns, records = close.columns, close.columns[1]
        notes = day_words.column_notes(close)
        for label, note, figure, words in zip(
            self.figures, self.notes, columns, notes, strict=True
        ):
            label.set_text(str(figure))
            label.set_tone("ink" if figure == records else "bad")
            note.set_text(words)
        for place, sign in enumerate(self.signs):
            sign.set_text("=" if columns[place] == columns[place + 1] else "≠")


class ChainCard(Card):
    """Both heads, and whether they are one."""

    def __init__(self) -> None:
        super().__init__("两边的链头")
        self.verdict = Paragraph("", "body_strong")
        self.own, self.centre = _End("本机"), _End("中心")
        self.proof = Paragraph("", "second", "ink2")
        for widget in (self.verdict, self.own, self.centre, self.proof):
            self.body.addWidget(widget)

    def show_close(self, close: DayClose) -> None:
        """Show how they stand."""
        chain = close.chain
        self.verdict.set_text(day_words.chain_said(chain))
        tone = _TONES[chain.verdict]
        self.verdict.set_tone(tone)
        self.own.show_end(chain.n, chain.head, "")
        same = chain.centre_n and chain.verdict in {"equal", "behind"}
        icon = "ok" if same else "bad" if chain.verdict == "differs" else ""
        self.centre.show_end(chain.centre_n, chain.centre_head, icon)
        self.proof.set_text(f"{day_words.proof_said(chain)}日结单上会印出来。")


class _End(QWidget):
    """One end of the chain: whose, which number, the head in short."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.number, self.head = Label("", "second", "ink2"), Label("", "body_strong")
        self.icon = IconLabel("", 18, "ok")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(Label(name, "second", "ink3"))
        row.addWidget(self.number)
        row.addStretch(1)
        row.addWidget(self.head)
        row.addWidget(self.icon)

    def show_end(self, n: int, head: str, tone: str) -> None:
        """Show it, with a mark where it was compared."""
        self.number.set_text(f"第 {n} 号" if n else "")
        self.head.set_text(day_words.short_head(head))
        self.icon.set(_ICONS.get(tone, ""), tone or "ink3")
        self.setAccessibleName(f"{self.number.text()} {self.head.text()}")


class LeavingCard(Card):
    """What is left over before the clerks go home."""

    def __init__(self) -> None:
        super().__init__("下班前")
        self._lines: list[_Left] = []

    def show_lines(self, found: tuple[tuple[str, str, str], ...]) -> None:
        """Show these; a station may have many PCs."""
        while len(self._lines) < len(found):
            self._lines.append(_Left())
            self.body.addWidget(self._lines[-1])
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(found))
            if place < len(found):
                line.show_line(*found[place])


class _Left(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.icon = IconLabel("circle-check", 18, "ok")
        self.words, self.note = Paragraph("", "body"), Paragraph("", "second", "ink3")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def show_line(self, tone: str, words: str, note: str) -> None:
        """Show it."""
        self.icon.set(_ICONS[tone], tone)
        self.words.set_text(words)
        self.note.set_text(note)
        self.note.setVisible(bool(note))
