"""The sides of a held case as lines of a table: what differs, what is to be decided, what folds away."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from counter_app.kernel.money import format_yuan
from counter_app.services.queries.conflict_view import ConflictView
from counter_app.wire.conflict import Answer, Side, Weight

TRIAL = "仅供参考"
_ESTIMATE = "试算"
_NOTHING = "—"
_DECIDED = {
    Answer.MINE: "用本站填的",
    Answer.THEIRS: "用中心的",
    Answer.BOTH: "两边都留",
    Answer.WITHDRAW: "照中心的",
    Answer.AMEND: "到表里改",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line: kind head (a group's name), side, or fold (what is the same, hidden).

    Texts are what the cells say; `money` aligns a calculation's figures; `mark` is ask, differs or same;
    `note` stands under the centre's value; `chip` at the end of a group's name.
    """

    kind: str
    label: str
    base: str = ""
    mine: str = ""
    server: str = ""
    result: str = ""
    note: str = ""
    mark: str = "same"
    money: bool = False
    chip: str = ""
    decided: bool = False

    @property
    def spoken(self) -> str:
        """The line as it is read aloud."""
        if self.kind != "side":
            return self.label
        told = f"原来 {self.base}，本站 {self.mine}，中心 {self.server}，{self.result}"
        return f"{self.label}：{told}{'，' + self.note if self.note else ''}"


def lines(view: ConflictView, choice: str, *, unfolded: bool) -> tuple[Line, ...]:
    """The table from top to bottom; what is asked comes first within its group."""
    return tuple(_lines(view, choice, unfolded=unfolded))


def same_count(view: ConflictView) -> int:
    """How many fields fold away."""
    return sum(side.weight is Weight.SAME for side in view.sides)


def _lines(view: ConflictView, choice: str, *, unfolded: bool) -> Iterator[Line]:
    for about, group in groupby(view.sides, key=lambda s: s.about):
        found = list(group)
        shown = [s for s in found if unfolded or s.weight is not Weight.SAME]
        shown.sort(key=lambda s: (Weight.ASK, Weight.DIFFERS, Weight.SAME).index(s.weight))
        if not shown:
            continue
        if about:
            money = about.startswith(_ESTIMATE)
            yield Line("head", about, chip=TRIAL if money else "")
        for side in shown:
            yield _side(side, choice)
    folded = 0 if unfolded else same_count(view)
    if folded:
        yield Line("fold", f"另有 {folded} 项两边相同")


def _side(side: Side, choice: str) -> Line:
    cells = [_cell(side, text) for text in (side.base, side.mine, side.server)]
    return Line(
        kind="side",
        label=side.label,
        base=cells[0],
        mine=cells[1],
        server=cells[2],
        result=_result(side, choice),
        note=side.note,
        mark=side.weight.value,
        money=side.kind == "fen" and side.about.startswith(_ESTIMATE),
        decided=bool(choice) and side.weight is Weight.ASK,
    )


def _cell(side: Side, text: str) -> str:
    if not text:
        return _NOTHING
    return format_yuan(int(text)) if side.kind == "fen" else text


def _result(side: Side, choice: str) -> str:
    if side.weight is Weight.SAME:
        return "相同"
    if side.weight is Weight.ASK:
        return _DECIDED[Answer(choice)] if choice in set(Answer) else "要您定"
    if side.kind == "fen" and side.mine and side.server:
        by = int(side.server) - int(side.mine)
        return f"中心{'多' if by > 0 else '少'} {format_yuan(abs(by))}"
    return "不一样"
