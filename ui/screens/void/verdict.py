"""What the verdict panel of a void says."""

from ui.screens.void.presenter import VoidState
from ui.widgets import VerdictHead, VerdictLine, VerdictSection

_ICONS = {True: ("circle-check", "ok"), False: ("circle-alert", "bad")}


def head(state: VoidState) -> VerdictHead:
    """The conclusion."""
    tone, words = state.head
    return VerdictHead(words, tone)


def sections(state: VoidState) -> tuple[VerdictSection, ...]:
    """What is missing, why it may or may not be, what comes of it."""
    case = state.case
    if case is None:
        return ()
    first = [
        VerdictLine(words, icon="circle-alert", tone="bad")
        for _, words in (() if state.barred or state.done else state.missing)
    ]
    first += [
        VerdictLine(
            f"{paper.title}没收回",
            second="原因已写；扫它的码会查出“已作废”" if paper.coded else "原因已写",
            icon="triangle-alert",
            tone="warn",
        )
        for paper in state.reminders
    ]
    rules = tuple(
        VerdictLine(r.words, second=r.note, icon=_ICONS[r.ok][0], tone=_ICONS[r.ok][1])
        for r in case.void_rules
    )
    after = (
        VerdictLine(f"编号 {case.case_no[-6:]}", "留着，不再用"),
        VerdictLine("补打", "不能再打"),
        *(VerdictLine(what, becomes) for what, becomes in case.frees),
        VerdictLine("填过的内容", "可抄成新件"),
    )
    found = [VerdictSection("", tuple(first))] if first else []
    return (*found, VerdictSection("能不能作废", rules), VerdictSection("作废以后", after))
