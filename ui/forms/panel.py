"""The verdict as lines of the panel at the right."""

from PySide6.QtCore import QEvent, QObject, QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.kernel.problems import Level
from ui.filling.state import Row, VerdictState
from ui.theme import px
from ui.widgets import (
    IconLabel,
    Label,
    Painted,
    Paragraph,
    VerdictHead,
    VerdictLine,
    VerdictPanel,
    VerdictSection,
    rule,
    surface,
)

WIDE, SLIM = 340, 310
NARROW, ROOMY = 1100, 1240
ICONS = {"bad": "circle-alert", "warn": "triangle-alert", "ok": "circle-check", "accent": "info"}
_RULE_TONES = {"warn": "warn", "bad": "bad"}
"""What can't be done or isn't known bears no tick."""
_TONES = {"bad": "bad", "warn": "warn", "ok": "ok", "": "accent"}


class Clicks(QObject):
    """A click on one of the panel's paragraphs, by its words."""

    on = Signal(str)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the words that were clicked."""
        released = event.type() == QEvent.Type.MouseButtonRelease
        if released and isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            child = watched.childAt(event.position().toPoint())
            if isinstance(child, Paragraph):
                self.on.emit(child.text())
        return False


class Widths(QObject):
    """Under 1100 the panel becomes the strip; a little wider it is the narrow panel."""

    def __init__(self, parent: QObject, panel: VerdictPanel, strip: "VerdictStrip") -> None:
        super().__init__(parent)
        self._panel, self._strip = panel, strip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit to the watched widget's width."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            narrow = watched.width() < px(NARROW)
            self._panel.setVisible(not narrow)
            self._strip.setVisible(narrow)
            self._panel.setFixedWidth(px(WIDE if watched.width() >= px(ROOMY) else SLIM))
        return False


class VerdictStrip(Painted):
    """The conclusion in one line, where the window is too narrow for the panel; F8 tells the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = "accent"
        self._icon = IconLabel("info", 22, "accent")
        self._words = Label("", "form_title")
        self._first = Label("", "second", "ink2")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._words)
        self._row.addWidget(self._first, 1)
        self._row.addWidget(Label("F8 看全部", "second", "accent", "right"))
        self.restyle()

    def show_verdict(self, verdict: VerdictState) -> None:
        """Show the conclusion and the first thing that is missing."""
        self._tone = _TONES[verdict.tone]
        self._icon.set(ICONS[self._tone], self._tone)
        self._words.set_text(verdict.head)
        self._first.set_text(verdict.problems[0].where if verdict.problems else "")
        self.update()

    def add_words(self, words: str) -> None:
        """Something the clerk must have in view beside the conclusion."""
        self._first.set_text("    ".join(p for p in (words, self._first.text()) if p))

    def words(self) -> str:
        """The conclusion."""
        return self._words.text()

    def restyle(self) -> None:
        """Height of the design."""
        self._row.setContentsMargins(px(20), 0, px(20), 0)
        self._row.setSpacing(px(10))
        self.setFixedHeight(px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint."""
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), f"{self._tone}_s", "", 0)
        rule(painter, QRectF(0, 0, self.width(), 1), f"{self._tone}_l")


class PanelWriter:
    """Writes verdicts into the panel; one that says the same again costs nothing."""

    def __init__(self, panel: VerdictPanel) -> None:
        self._panel = panel
        self._shown: VerdictState | None = None
        self._foot = ("", "")

    def show_verdict(self, verdict: VerdictState) -> None:
        """Conclusion, problems with their places, waiting, whether it may be done, what follows."""
        if verdict == self._shown:
            return
        self._shown = verdict
        sections = (_problems(verdict), _waiting(verdict), _rules(verdict), _after(verdict))
        head = VerdictHead(verdict.head, _TONES[verdict.tone])
        self._panel.set(head, tuple(s for s in sections if s.lines))
        foot = (f"{verdict.pack}  ", "示例数据" if verdict.invented else "")
        if foot != self._foot:
            self._foot = foot
            self._panel.set_foot(*foot)


def _problems(verdict: VerdictState) -> VerdictSection:
    lines = []
    for said in verdict.problems:
        stop = said.level is Level.STOP
        under = f"{said.where}。{said.source}" if said.source else said.where
        icon, tone = ("circle-alert", "bad") if stop else ("triangle-alert", "warn")
        lines.append(VerdictLine(said.text, second=under, icon=icon, tone=tone))
    return VerdictSection("", tuple(lines))


def _waiting(verdict: VerdictState) -> VerdictSection:
    lines = [
        VerdictLine(r.label, r.value, strong=bool(r.tone) and not r.value) for r in verdict.waiting
    ]
    if lines and verdict.waiting_source:
        lines.append(VerdictLine(f"{verdict.waiting_source}  F8", tone="accent"))
    return VerdictSection("", tuple(lines))


def _rules(verdict: VerdictState) -> VerdictSection:
    lines = [
        VerdictLine(
            f"{r.label}：{r.value}" if r.value else r.label,
            second=r.note,
            icon=ICONS[_RULE_TONES.get(r.tone, "ok")],
            tone=_RULE_TONES.get(r.tone, "ok"),
        )
        for r in verdict.rules
    ]
    if verdict.as_of:
        lines.append(VerdictLine(verdict.as_of))
    return VerdictSection("能不能办", tuple(lines))


def _after(verdict: VerdictState) -> VerdictSection:
    return VerdictSection("办成以后", tuple(_follows(r) for r in verdict.after))


def _follows(row: Row) -> VerdictLine:
    if row.tone:
        return VerdictLine(row.label, second=row.note, icon="triangle-alert", tone=row.tone)
    return VerdictLine(row.label, row.value, second=row.note)
