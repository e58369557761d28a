"""What a form is (DESIGN, decision 4). One FieldSpec drives editor, validation, paper, wire and dictionary."""

from dataclasses import dataclass

from counter_app.forms.conditions import ALWAYS, NEVER, Condition


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the platform's code and the words on screen and paper."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field.

    Attributes:
        id: the national platform's field name where it has one (codes.yaml, interfaces.yaml).
        kind: id of a kind in `counter_app.forms.kinds`.
        label: words beside the box and on paper.
        help: one line under the box.
        required: condition under which an empty field stops acceptance.
        visible_when: condition under which it is asked at all; a hidden answer is kept, not sent.
        options: the choices of kinds choice and choices.
        table: code table a code field reads (`resources/codes`).
        prefill_from: where a found person or draft fills it from, for the data dictionary.
        print_at: the cell of the item's form it is printed in.
        sensitive: redacted wherever it could be written outside the databases.
        sample: an invented example for previews and the dictionary.
    """

    id: str
    kind: str
    label: str
    help: str = ""
    required: Condition = NEVER
    visible_when: Condition = ALWAYS
    options: tuple[Option, ...] = ()
    table: str = ""
    prefill_from: str = ""
    print_at: str = ""
    sensitive: bool = False
    sample: str = ""

    def label_of(self, code: str) -> str:
        """The words of a choice, or the code itself where it is none of them."""
        return next((o.label for o in self.options if o.code == code), code)


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A group of fields; a repeated one holds rows (the members of one acceptance)."""

    id: str
    title: str
    fields: tuple[FieldSpec, ...]
    repeats: bool = False
    min_rows: int = 0
    max_rows: int = 0
    row_noun: str = ""

    def field(self, field_id: str) -> FieldSpec | None:
        """The field of that id, or None."""
        return next((f for f in self.fields if f.id == field_id), None)


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A whole form; `version` travels with every case so that an old one is read by its own words."""

    id: str
    version: str
    title: str
    sections: tuple[SectionSpec, ...]

    def section(self, section_id: str) -> SectionSpec | None:
        """The section of that id, or None."""
        return next((s for s in self.sections if s.id == section_id), None)

    def field(self, path: str) -> FieldSpec | None:
        """The field a path names: `tel` or `members[0].psn_name`."""
        head, _, tail = path.partition("].")
        if tail:
            section = self.section(head.partition("[")[0])
            return section.field(tail) if section else None
        for section in self.sections:
            found = None if section.repeats else section.field(path)
            if found:
                return found
        return None
