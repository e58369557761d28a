"""What lies over the form for a moment: why it is parked, the grounds, a row taken out."""

from PySide6.QtWidgets import QWidget

from ui.forms.park import ParkOverlay
from ui.screens.casework import comparing, rowwork
from ui.screens.casework.compare_table import CompareTable
from ui.screens.casework.comparing import Compared
from ui.screens.casework.filling import Filling
from ui.screens.casework.presenter import CasePresenter
from ui.screens.casework.state import CaseState
from ui.theme import px
from ui.widgets import Overlay, Paragraph, Toast


class GroundsOverlay(Overlay):
    """What the verdict and the amounts rest on."""

    def __init__(self, window: QWidget, state: CaseState, lines: tuple[Compared, ...]) -> None:
        title = "依据和比较" if lines else "依据"
        super().__init__(window, title, state.verdict.pack, 860)
        if lines:
            self.body.addWidget(CompareTable(lines))
            self.body.addWidget(Paragraph(comparing.CAUTION, "second", "ink3"))
        for words, strong in grounds(state):
            self.body.addWidget(Paragraph(words, "body_head" if strong else "body", "ink2"))
        self.body.addStretch(1)


class Over:
    """Brings overlays and the toast over the screen's window."""

    def __init__(self, screen: QWidget) -> None:
        self._screen = screen
        self._toast: Toast | None = None

    def park(self, presenter: CasePresenter) -> None:
        """Ask what the case waits for."""
        overlay = ParkOverlay(self._screen.window(), presenter.waits_for, presenter.park)
        self._bring(overlay, overlay.box.editor())

    def grounds(self, state: CaseState, lines: tuple[Compared, ...] = ()) -> None:
        """Show what the verdict rests on, and the same bill in other circumstances."""
        self._bring(GroundsOverlay(self._screen.window(), state, lines), None)

    def remove(self, presenter: CasePresenter, section: str) -> None:
        """Take a row out; for six seconds a toast takes it back."""
        gone: list[str] = []
        presenter.act(lambda form: gone.append(rowwork.remove(form, section)))
        if not gone or not gone[0]:
            return
        window = self._screen.window()
        if self._toast is None:
            self._toast = Toast(window)
        words = f"已删除{gone[0]}"
        self._toast.say(words, lambda: self.undo(presenter), window.height() - px(64))

    def undo(self, presenter: CasePresenter) -> None:
        """Bring the last row taken out in again."""
        if presenter.state.may_undo:
            presenter.act(Filling.undo)

    @staticmethod
    def _bring(overlay: Overlay, focus: QWidget | None) -> None:
        overlay.closed.connect(overlay.deleteLater)
        overlay.open_overlay(focus)


def grounds(state: CaseState) -> list[tuple[str, bool]]:
    """Everything the verdict says, every step of the money, and every source that spoke."""
    verdict, money = state.verdict, state.money
    found = [(f"{s.text}（{s.where.partition('  ')[0]}）", False) for s in verdict.problems]
    found += [(f"{r.label} {r.value}".strip(), False) for r in (*verdict.rules, *verdict.after)]
    if money is not None:
        found.append((f"预计报销 {money.amount} 元，{money.chip}", True))
        found += [(_step(r.label, r.formula, r.amount, r.source), False) for r in money.rows]
        found += [(note, False) for note in money.notes]
        found.append((f"{money.foot}。试算・仅供参考，以医保经办机构审核为准", False))
    sources = [s.source for s in verdict.problems] + [r.note for r in verdict.rules]
    found += [(source, False) for source in dict.fromkeys(s for s in sources if s)]
    for section in state.sections:
        found += [(f"{m.name}：{m.ground}", False) for m in section.papers if m.ground]
    if verdict.invented:
        found.append(("金额、日期、期限都是示例数据，不是任何地方的政策", False))
    return found


def _step(label: str, formula: str, amount: str, source: str) -> str:
    how = f"{formula} = {amount}" if formula else amount
    return f"{label}：{how}" + (f"（{source}）" if source else "")
