"""The verdict as lines of the panel at the right."""

from counter_app.kernel.problems import Level
from ui.screens.enrolment.state import Row, VerdictState
from ui.widgets import VerdictHead, VerdictLine, VerdictPanel, VerdictSection

_TONES = {"bad": "bad", "warn": "warn", "ok": "ok", "": "accent"}


def show_verdict(panel: VerdictPanel, verdict: VerdictState) -> None:
    """Conclusion, problems with their places, waiting, whether it may be done, what follows."""
    sections = (_problems(verdict), _waiting(verdict), _rules(verdict), _after(verdict))
    panel.set(
        VerdictHead(verdict.head, _TONES[verdict.tone]), tuple(s for s in sections if s.lines)
    )
    panel.set_foot(f"{verdict.pack}  ", "示例数据" if verdict.invented else "")


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
        VerdictLine(r.label, second=r.note, icon="circle-check", tone="ok") for r in verdict.rules
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
