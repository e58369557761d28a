"""The form being filled: answers, facts and what may be said of them. Pure state, no lanes, no Qt."""

from dataclasses import replace

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import ServiceItem, judge
from counter_app.forms.answers import Answers, Row, path
from counter_app.forms.evaluate import normalize
from counter_app.kernel import resident_id
from counter_app.kernel.cleaning import clean, half_width
from counter_app.kernel.problems import Problem
from ui.filling.papers import put_material
from ui.screens.enrolment import rows
from ui.screens.enrolment.concluding import first_stop
from ui.screens.enrolment.opening import Opened
from ui.screens.enrolment.reading import Reading
from ui.screens.enrolment.rows import MEMBERS
from ui.screens.enrolment.state import Candidate


class Filling:
    """One form from opening to acceptance; every step leaves a fresh judgement in `reading`."""

    def __init__(self, service: ServiceItem, opened: Opened) -> None:
        self._service = service
        self.opened = opened
        self.answers = opened.answers
        self.facts = opened.facts
        self.focus = ""
        self.unfolded = False
        at = rows.place(opened.place)
        count = len(opened.answers.section(MEMBERS))
        self.current = at[0] if at and at[0] < count else 0
        self._known = opened.filled_for
        self._said: frozenset[str] = frozenset()
        self._extra: tuple[Problem, ...] = ()
        self._undo: tuple[Answers, tuple[str, ...]] | None = None
        self.reading = self._judged()
        self.take(opened.facts)

    @property
    def may_undo(self) -> bool:
        """Whether a member was just taken out."""
        return self._undo is not None

    def edit(self, where: str, typed: str) -> None:
        """Something was typed or chosen; a number half typed is not yet widened to 18."""
        answers = self.answers.put(where, self._read(where, typed))
        self._change(rows.follow(answers, where, self.facts))

    def go(self, where: str) -> None:
        """The cursor went to a field ("" for none); the one it left is read and may be blamed."""
        left, self.focus = self.focus, where
        if left:
            self.leave(left)
        self.judge()

    def leave(self, where: str) -> None:
        """Read the field for good, and say from now on what is wrong with it."""
        self._said |= {where}
        at = rows.place(where)
        gone = at is not None and at[0] >= len(self.answers.section(MEMBERS))
        if self._service.form.field(where) is not None and not gone:
            read = self._normal(where, self.answers.get(where))
            self._change(self.answers.put(where, read))

    def paper(self, material: str, field: str, value: str) -> None:
        """Record what became of a paper: `orig` or `copies`."""
        names = {m.id: m.name for m in self.reading.verdict.materials}
        self._said |= {f"materials.{material}"}
        named = (material, names.get(material, ""))
        self._change(put_material(self.answers, named, field, value))

    def select(self, index: int) -> None:
        """Show this member's fields."""
        self.current = max(min(index, len(self.answers.section(MEMBERS)) - 1), 0)
        self.unfolded = False
        self.judge()

    def unfold(self) -> None:
        """Show the fields that stand as the roster has them, or fold them again."""
        self.unfolded = not self.unfolded
        self.judge()

    def add(self, who: Candidate) -> None:
        """Add somebody: a member of the household, a newborn, the twin of the shown one, a stranger."""
        answers = self.answers
        shown: Row = answers.section(MEMBERS)[self.current] if answers.section(MEMBERS) else {}
        if who.kind == "twin" and not shown.get("birth_order"):
            answers = answers.put(path(MEMBERS, self.current, "birth_order"), "1")
        row = self._begun(who, shown)
        self._known += ("",)
        self.current = len(answers.section(MEMBERS))
        self.unfolded = False
        self._undo = None
        self._change(answers.add_row(MEMBERS, row))

    def remove(self) -> None:
        """Take the shown member out of this acceptance; one step back brings them in again."""
        index, count = self.current, len(self.answers.section(MEMBERS))
        if not count:
            return
        self._undo = (self.answers, self._known)
        self._known = self._known[:index] + self._known[index + 1 :]
        self.current = max(min(index, count - 2), 0)
        self._said = frozenset(p for p in self._said if not p.startswith(MEMBERS))
        self._change(rows.remove(self._service, self.answers, index))

    def undo(self) -> None:
        """Bring the last one taken out in again."""
        if self._undo is not None:
            answers, self._known = self._undo
            self._undo = None
            self._change(answers)

    def take(self, facts: Facts) -> None:
        """What the databases know now; rows whose number is new are filled."""
        before, self.facts = self.facts, facts
        self.answers, self._known = rows.fill(
            self._service, self.answers, self._known, facts, before
        )
        self.answers = self._filled(self.answers)
        self.judge()

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Acceptance found these; they stand at their places until something is changed."""
        known = set(self.reading.verdict.problems)
        self._extra = tuple(p for p in problems if p not in known)
        self.judge()

    def blame(self) -> str:
        """Say everything that is wrong and go to the first; its path, or `members`."""
        self._said |= {p.field for p in self.reading.problems if p.field}
        where = first_stop(self.reading)
        at = rows.place(where)
        if at is not None:
            self.current = at[0]
        self.judge()
        return where or MEMBERS

    def judge(self) -> None:
        """Judge once more; what is right now is no longer blamed."""
        self.reading = self._judged()
        wrong = {p.field for p in self.reading.problems}
        self._said = frozenset(p for p in self._said if p in wrong)
        self.reading = replace(self.reading, said=self._said)

    def _begun(self, who: Candidate, shown: Row) -> Row:
        if who.kind == "twin":
            return rows.twin(shown, self.facts)
        if who.kind == "newborn":
            return rows.newborn(self.facts)
        return {**rows.stranger(), "certno": who.certno}

    def _change(self, answers: Answers) -> None:
        if answers != self.answers:
            self.answers, self._extra = self._filled(answers), ()
            self.judge()

    def _filled(self, answers: Answers) -> Answers:
        return self._service.fill(answers, self.facts) if self._service.fill else answers

    def _judged(self) -> Reading:
        verdict = judge(self._service, self.answers, self.facts)
        return Reading(
            self._service,
            self.answers,
            self.facts,
            verdict,
            self._extra,
            self._said,
            self.focus,
        )

    def _read(self, where: str, typed: str) -> str:
        spec = self._service.form.field(where)
        if spec is not None and spec.kind == "id_number":
            return resident_id.normalize(half_width(clean(typed, 50)))
        return self._normal(where, typed) if spec is not None else clean(typed)

    def _normal(self, where: str, typed: str) -> str:
        return normalize(self._service.form, where, typed, self.answers, self.facts.context)
