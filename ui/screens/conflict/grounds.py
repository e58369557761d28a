"""F8 of a held case: the rule with its citation, everything the centre said, and what was done so far."""

from PySide6.QtWidgets import QWidget

from counter_app.kernel import dates
from counter_app.services.queries.conflict_view import ConflictView
from ui.widgets import Overlay, Paragraph


class ConflictGrounds(Overlay):
    """Over the screen; Esc closes it."""

    def __init__(self, window: QWidget, view: ConflictView) -> None:
        super().__init__(window, "依据和经过", f"编号 {view.case_no}", 860)
        for words, strong in grounds(view):
            self.body.addWidget(Paragraph(words, "body_head" if strong else "body", "ink2"))
        self.body.addStretch(1)


def grounds(view: ConflictView) -> list[tuple[str, bool]]:
    """(words, whether it is a heading)."""
    found = [("规则", True), (rule_words(view) or view.why, False), ("中心说的", True)]
    for what, mend, ground in view.points:
        found.append(("。".join(p.rstrip("。") for p in (what, mend, ground) if p), False))
    found += [
        (f"{title}：{words}", False)
        for title, words in (
            ("受理和留下", view.held_words),
            ("谁在管", view.owner),
            ("对本人", view.meanwhile),
            ("要谁来", view.who_comes),
            ("答复期限", view.until),
            ("告知本人", view.told),
            ("县医保中心", view.county_phone),
        )
        if words
    ]
    if view.others:
        found.append(("另一件", True))
    for other in view.others:
        on = dates.iso(other.on)
        day = f"，{dates.full(on)}受理" if on else ""
        found.append((f"{other.station}{day}，编号 {other.case_no}", False))
    if view.story:
        found.append(("经过", True))
    found += [(f"{at}    {words}", False) for at, words in view.story]
    if view.invented:
        found.append(("金额、日期、期限都是示例数据，不是任何地方的政策", False))
    return found


def rule_words(view: ConflictView) -> str:
    """The rule's name with where it stands."""
    return f"{view.rule}（{view.source}）" if view.rule and view.source else view.rule
