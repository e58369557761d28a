"""The form being filled: answers, facts and what may be said of them. Pure state, no lanes, no Qt."""

from typing import TYPE_CHECKING

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import judge
from counter_app.forms.answers import Answers
from counter_app.forms.evaluate import normalize
from counter_app.kernel import resident_id
from counter_app.kernel.cleaning import clean, half_width
from counter_app.kernel.problems import Problem
from ui.filling.papers import PROMISE, put_material
from ui.screens.casework.concluding import first_stop
from ui.screens.casework.opening import Opened
from ui.screens.casework.reading import Reading, by_path
from ui.screens.casework.sections import MATERIALS, row_of, section_of

if TYPE_CHECKING:
    from ui.filling.state import Notice


class Filling:
    """One form from opening to acceptance; every step leaves a fresh judgement in `reading`."""

    def __init__(self, opened: Opened) -> None:
        self.service = opened.service
        self.opened = opened
        self.answers = opened.answers
        self.facts = opened.facts
        self.focus = ""
        self.section = self.service.form.sections[0].id
        self.rows: dict[str, int] = {}
        self.editing = ""
        """The repeated section whose current row is open."""
        self.notice: Notice | None = None
        """What a scan or a paste has to say; gone with the next one."""
        self.said: frozenset[str] = frozenset()
        """Paths whose problem was shown on leaving."""
        self._extra: tuple[Problem, ...] = ()
        self.taken: tuple[Answers, str] | None = None
        """The answers before a row was taken out or cells were pasted, and the section."""
        self.reading = self._judged()
        self.take(opened.facts)

    @property
    def may_undo(self) -> bool:
        """Whether a row was just taken out."""
        return self.taken is not None

    def edit(self, where: str, typed: str) -> None:
        """Something was typed or chosen; in the empty line of a grid it begins a row."""
        at = row_of(where)
        answers = self.answers
        if at is not None and at[1] == len(answers.section(at[0])) and typed.strip():
            answers = answers.add_row(at[0], {})
        elif at is not None and at[1] >= len(answers.section(at[0])):
            return
        self.change(answers.put(where, self._read(where, typed)))

    def go(self, where: str, section: str = "") -> None:
        """The cursor went to a field ("" for none); the one it left is read and may be blamed."""
        left, self.focus = self.focus, where
        if where or section:
            self.turn_to(where or section)
        if left and left != where:
            self.leave(left)
            self.change(self._filled(self.answers))
        self.judge()

    def leave(self, where: str) -> None:
        """Read the field for good, and say from now on what is wrong with it."""
        self.said |= {where}
        at = row_of(where)
        gone = at is not None and at[1] >= len(self.answers.section(at[0]))
        if self.service.form.field(where) is not None and not gone:
            read = self._normal(where, self.answers.get(where))
            self.change(self.answers.put(where, read))

    def turn_to(self, where: str) -> None:
        """Open the section of a path, the row it names shown."""
        self.section = section_of(self.service.form, where).id
        at = row_of(where)
        if at is not None:
            self.rows[at[0]] = at[1]
            self.editing = at[0]
        elif self.section == where:
            self.editing = ""

    def paper(self, material: str, field: str, value: str) -> None:
        """Record what became of a paper: `orig` or `copies`; a promise stands in `by`."""
        names = {m.id: m.name for m in self.reading.verdict.materials}
        self.said |= {f"{MATERIALS}.{material}"}
        named = (material, names.get(material, ""))
        answers = self.answers
        if field == "orig":
            promised = value == PROMISE
            spec = self.service.form.section(MATERIALS)
            if spec is not None and spec.field("by") is not None:
                answers = put_material(answers, named, "by", PROMISE if promised else "")
            value = "" if promised else value
        self.change(put_material(answers, named, field, value))

    def undo(self) -> None:
        """Bring the last row taken out in again."""
        if self.taken is not None:
            answers, _section = self.taken
            self.taken = None
            self.change(answers)

    def take(self, facts: Facts) -> None:
        """What the databases know now."""
        self.facts = facts
        self.answers = self._filled(self.answers)
        self.judge()

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Acceptance found these; they stand at their places until something is changed."""
        known = set(self.reading.verdict.problems)
        self._extra = tuple(p for p in problems if p not in known)
        self.judge()

    def blame(self) -> str:
        """Say everything that is wrong and go to the first; its path, "" where it has none."""
        self.said |= {p.field for p in self.reading.problems if p.field}
        where = first_stop(self.reading)
        if where:
            self.turn_to(where)
        self.judge()
        return where

    def judge(self) -> None:
        """Judge once more; what is right now is no longer blamed."""
        self.reading = self._judged()

    def change(self, answers: Answers) -> None:
        """Other answers: filled in, judged, and what acceptance found before is old."""
        if answers != self.answers:
            self.answers, self._extra = self._filled(answers), ()
            self.judge()

    def _filled(self, answers: Answers) -> Answers:
        """With what the facts fill in; never under the clerk's hands: a field just emptied stays so."""
        filled = self.service.fill(answers, self.facts) if self.service.fill else answers
        if self.focus and not answers.get(self.focus) and filled.get(self.focus):
            return filled.put(self.focus, "")
        return filled

    def _judged(self) -> Reading:
        verdict = judge(self.service, self.answers, self.facts)
        problems = verdict.problems + self._extra
        places = by_path(problems)
        self.said &= places.keys()
        return Reading(
            self.service,
            self.answers,
            self.facts,
            verdict,
            problems,
            self.said,
            self.focus,
            places,
        )

    def _read(self, where: str, typed: str) -> str:
        spec = self.service.form.field(where)
        if spec is not None and spec.kind == "id_number":
            return resident_id.normalize(half_width(clean(typed, 50)))
        return self._normal(where, typed) if spec is not None else clean(typed)

    def _normal(self, where: str, typed: str) -> str:
        return normalize(self.service.form, where, typed, self.answers, self.facts.context)
