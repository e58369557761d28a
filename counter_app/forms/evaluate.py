"""Evaluate a form's answers: what is visible, what is missing, what is not right. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from counter_app.forms.answers import Answers, Row, path
from counter_app.forms.kinds import KINDS, KindContext
from counter_app.forms.spec import FieldSpec, FormSpec, SectionSpec
from counter_app.kernel.cleaning import LONGEST, has_direction_marks
from counter_app.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the form alone says of the answers; the item's rules add theirs."""

    visible: frozenset[str]
    """Paths of fields that are asked."""
    required: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One field at its place: path, spec, the answer, and how to read the other answers of its row."""

    path: str
    spec: FieldSpec
    answer: str
    row: Row
    get: Callable[[str], str]


def slots(form: FormSpec, answers: Answers) -> Iterator[Slot]:
    """Every field of every row there is, visible or not, in form order."""
    for section in form.sections:
        if not section.repeats:
            yield from _row_slots(section, "", answers.values, answers)
            continue
        for index, row in enumerate(answers.section(section.id)):
            yield from _row_slots(section, path(section.id, index, ""), row, answers)


def evaluate(form: FormSpec, answers: Answers, context: KindContext) -> Evaluation:
    """Check every visible field; runs at every edit."""
    visible: set[str] = set()
    required: set[str] = set()
    problems: list[Problem] = []
    of_row = context
    for slot in slots(form, answers):
        if slot.row is not of_row.row:
            of_row = replace(context, row=slot.row)
        if not slot.spec.visible_when.holds(slot.get):
            continue
        visible.add(slot.path)
        if slot.spec.required.holds(slot.get):
            required.add(slot.path)
        problem = _field_problem(slot, of_row)
        if problem:
            problems.append(problem)
    problems.extend(_row_counts(form, answers))
    return Evaluation(frozenset(visible), frozenset(required), tuple(problems))


def normalize(
    form: FormSpec, field_path: str, typed: str, answers: Answers, context: KindContext
) -> str:
    """What typing becomes when the field is left: the stored answer."""
    spec = form.field(field_path)
    if spec is None:
        raise KeyError(field_path)
    head, _, tail = field_path.rpartition("].")
    row: Row = answers.values
    if tail and head:
        section, _, index = head.partition("[")
        rows = answers.section(section)
        row = rows[int(index)] if int(index) < len(rows) else {}
    return KINDS[spec.kind].read(spec, typed, replace(context, row=row))


def shown(spec: FieldSpec, answer: str, context: KindContext) -> str:
    """An answer in words."""
    return KINDS[spec.kind].show(spec, answer, context) if answer else ""


def visible_answers(form: FormSpec, answers: Answers) -> Answers:
    """Only what is asked: this is what is accepted, printed and sent."""
    values: dict[str, str] = {}
    rows: dict[str, list[dict[str, str]]] = {s.id: [] for s in form.sections if s.repeats}
    for section, kept in rows.items():
        kept.extend({} for _ in answers.section(section))
    for slot in slots(form, answers):
        if not slot.answer or not slot.spec.visible_when.holds(slot.get):
            continue
        head, _, tail = slot.path.rpartition("].")
        if head:
            section, _, index = head.partition("[")
            rows[section][int(index)][tail] = slot.answer
        else:
            values[slot.path] = slot.answer
    return Answers(values, {k: tuple(v) for k, v in rows.items()})


def _row_slots(section: SectionSpec, prefix: str, row: Row, answers: Answers) -> Iterator[Slot]:
    def get(field_id: str) -> str:
        return row.get(field_id) or answers.values.get(field_id, "")

    for spec in section.fields:
        yield Slot(prefix + spec.id, spec, row.get(spec.id, ""), row, get)


def _field_problem(slot: Slot, context: KindContext) -> Problem | None:
    if not slot.answer:
        if slot.spec.required.holds(slot.get):
            return Problem("required", slot.path, f"还没填{slot.spec.label}")
        return None
    if len(slot.answer) > LONGEST or has_direction_marks(slot.answer):
        text = f"{slot.spec.label}太长，或夹着看不见的方向符号，存下来会读错。请删掉，照证件重打"
        return Problem("unclean", slot.path, text)
    found = KINDS[slot.spec.kind].check(slot.spec, slot.answer, context)
    return Problem(found[0], slot.path, found[1]) if found else None


def _row_counts(form: FormSpec, answers: Answers) -> Iterator[Problem]:
    for section in form.sections:
        count = len(answers.section(section.id))
        if section.repeats and count < section.min_rows:
            yield Problem(
                "too_few",
                section.id,
                f"{section.title}：至少要有 {section.min_rows} {section.row_noun}",
            )
        if section.repeats and section.max_rows and count > section.max_rows:
            text = f"{section.title}：一次最多 {section.max_rows} {section.row_noun}，多的另办一件"
            yield Problem("too_many", section.id, text)
