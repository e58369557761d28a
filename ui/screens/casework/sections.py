"""Where things stand in an item's form: which section a path belongs to, and what kind it is. Pure."""

import re
from collections.abc import Callable

from counter_app.forms.answers import Answers, Row
from counter_app.forms.spec import FormSpec, SectionSpec

MATERIALS = "materials"
APPLICANT = "applicant"
"""Who came: where the agent of the case before is offered."""
BILLS, LINES = "bills", "lines"
"""Sections known by name: a scanned bill goes into the one, pasted cells into the other."""
HIDDEN = frozenset({"hh_no", "roster_name", "crossing", "asks_type", "type_for"})
"""Fields that are carried, never asked."""
_ROW = re.compile(r"^(\w+)\[(\d+)\]\.(\w+)$")


def row_of(path: str) -> tuple[str, int, str] | None:
    """(section, row, field) of a path in a repeated section, else None."""
    match = _ROW.match(path)
    return (match[1], int(match[2]), match[3]) if match else None


def section_of(form: FormSpec, path: str) -> SectionSpec:
    """The section a problem or field belongs to; the first for the case as a whole."""
    at = row_of(path)
    name = at[0] if at else path.partition(".")[0]
    for section in form.sections:
        if section.id == name or (not section.repeats and section.field(path)):
            return section
    return form.sections[0]


def kind_of(section: SectionSpec) -> str:
    """papers, grid (a name and only amounts), table or fields."""
    if section.id == MATERIALS:
        return "papers"
    if not section.repeats:
        return "fields"
    rest = section.fields[1:]
    return "grid" if rest and all(f.kind == "amount" for f in rest) else "table"


def asked(form: FormSpec, answers: Answers) -> tuple[SectionSpec, ...]:
    """The sections that are asked now: those with a field that is visible."""
    return tuple(s for s in form.sections if s.id == MATERIALS or _visible(s, answers))


def _visible(section: SectionSpec, answers: Answers) -> bool:
    rows = answers.section(section.id) if section.repeats else ()
    kept = [f for f in section.fields if f.id not in HIDDEN]
    row = rows[0] if rows else {}
    return any(field.visible_when.holds(getter(answers, row)) for field in kept)


def getter(answers: Answers, row: Row) -> Callable[[str], str]:
    """Reads a field: the row first, then the case."""

    def get(field_id: str) -> str:
        return row.get(field_id) or answers.values.get(field_id, "")

    return get
