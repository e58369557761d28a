"""The judged answers and which of the problems may be said already. Pure."""

from dataclasses import dataclass, field
from itertools import islice

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import ServiceItem, Verdict
from counter_app.forms.answers import Answers
from counter_app.forms.evaluate import Slot, slots
from counter_app.forms.spec import FormSpec, SectionSpec
from counter_app.kernel.problems import Level, Problem
from ui.filling.faces import field_state
from ui.filling.papers import paper_line
from ui.filling.state import FieldState, MaterialLine
from ui.screens.casework.sections import HIDDEN, MATERIALS, section_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What is being read; `problems` are the verdict's and what acceptance found beyond it."""

    item: ServiceItem
    answers: Answers
    facts: Facts
    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    said: frozenset[str] = frozenset()
    focus: str = ""
    by_path: dict[str, Problem] = field(default_factory=dict)

    def at(self, where: str) -> Problem | None:
        """The gravest problem at a path."""
        return self.by_path.get(where)

    def in_section(self, section: str, *, stopping: bool = True) -> list[Problem]:
        """The problems of a section."""
        return [
            p
            for p in self.problems
            if section_of(self.item.form, p.field).id == section
            and (p.level is Level.STOP) is stopping
            and p.level is not Level.INFO
        ]

    def in_row(self, section: str, index: int) -> list[Problem]:
        """The problems of one row, the gravest first."""
        prefix = f"{section}[{index}]."
        found = [p for p in self.problems if p.field.startswith(prefix)]
        return sorted(found, key=lambda p: p.level is not Level.STOP)


def by_path(problems: tuple[Problem, ...]) -> dict[str, Problem]:
    """The gravest problem of every path."""
    found: dict[str, Problem] = {}
    for problem in problems:
        if problem.field not in found or problem.level is Level.STOP:
            found.setdefault(problem.field, problem)
            if found[problem.field].level is not Level.STOP:
                found[problem.field] = problem
    return found


def case_fields(reading: Reading, section: SectionSpec) -> tuple[FieldState, ...]:
    """The visible fields of a section that does not repeat."""
    return tuple(
        face(reading, slot)
        for slot in _slots(reading, section)
        if slot.path in reading.verdict.evaluation.visible
    )


def row_fields(reading: Reading, section: SectionSpec, index: int) -> tuple[FieldState, ...]:
    """The visible fields of one row."""
    many = len(section.fields)
    one = islice(slots(_alone(reading, section), reading.answers), index * many, (index + 1) * many)
    visible = reading.verdict.evaluation.visible
    return tuple(face(reading, s) for s in one if s.path in visible and s.spec.id not in HIDDEN)


def face(reading: Reading, slot: Slot) -> FieldState:
    """One field; what is typed is blamed once the cursor has left it."""
    problem = reading.at(slot.path)
    focused = slot.path == reading.focus
    say = problem is not None and (slot.path in reading.said or (bool(slot.answer) and not focused))
    required = slot.path in reading.verdict.evaluation.required
    return field_state(slot, problem, reading.facts.context, say=say, required=required)


def papers(reading: Reading) -> tuple[MaterialLine, ...]:
    """The papers this case needs, each with what became of it."""
    kept = {r.get("matl_id", ""): r for r in reading.answers.section(MATERIALS)}
    spec = reading.item.form.section(MATERIALS)
    promises = spec is not None and spec.field("by") is not None
    return tuple(
        paper_line(m, kept.get(m.id, {}), may_promise=promises) for m in reading.verdict.materials
    )


def _slots(reading: Reading, section: SectionSpec) -> list[Slot]:
    found = slots(_alone(reading, section), reading.answers)
    return [s for s in found if s.spec.id not in HIDDEN]


def _alone(reading: Reading, section: SectionSpec) -> FormSpec:
    whole = reading.item.form
    return FormSpec(whole.id, whole.version, whole.title, (section,))
