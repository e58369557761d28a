"""Everything of one line: what was seen, what it means, what to do, its steps and figures."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from counter_app.doctor.finding import Finding
from counter_app.kernel.clock import from_ms
from ui.screens.doctor.lines import ICONS, fact_words, step_words
from ui.theme import px
from ui.widgets import IconLabel, Label, Overlay, Paragraph

WIDE = 760


def detail(window: QWidget, finding: Finding) -> Overlay:
    """The sheet over the window; Esc and F8 close it, and it goes for good."""
    note = f"查于 {from_ms(finding.at_ms):%H:%M}，用了 {finding.ms} 毫秒" if finding.at_ms else ""
    sheet = Overlay(window, finding.title, note, width=WIDE)
    sheet.body.setSpacing(px(10))
    icon, tone = ICONS[finding.verdict]
    sheet.body.addLayout(_beside(icon, tone, finding.says, "body_strong"))
    for title, words in (("对办事的影响", finding.means), ("怎么办", finding.advice)):
        if words:
            sheet.body.addLayout(_under(title, Paragraph(words)))
    if finding.steps:
        sheet.body.addWidget(Label("一步一步查的", "second", "ink3"))
        for number, step in enumerate(finding.steps, 1):
            icon, tone = ICONS[step.verdict]
            words = f"{number}. {step.name}：{step_words(step)}"
            sheet.body.addLayout(_beside(icon, tone, words, "body"))
    facts = fact_words(dict(finding.facts))
    if facts:
        sheet.body.addWidget(Label("给管理员看的数", "second", "ink3"))
        sheet.body.addLayout(_grid(facts))
    sheet.body.addStretch(1)
    sheet.closed.connect(sheet.deleteLater)
    return sheet


def _beside(icon: str, tone: str, words: str, role: str) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(px(8))
    row.addWidget(IconLabel(icon, 18, tone), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Paragraph(words, role), 1)
    return row


def _under(title: str, words: QWidget) -> QLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(Label(title, "second", "ink3"))
    column.addWidget(words)
    return column


def _grid(facts: tuple[tuple[str, str], ...]) -> QLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(4))
    grid.setColumnStretch(1, 1)
    for row, (what, value) in enumerate(facts):
        grid.addWidget(Label(what, "second", "ink2"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Paragraph(value, "second"), row, 1)
    return grid
