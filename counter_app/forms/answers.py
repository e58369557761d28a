"""What was typed: immutable, plain text per field, rows for repeated sections."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

Row: TypeAlias = Mapping[str, str]
Plain: TypeAlias = dict[str, dict[str, str] | dict[str, list[dict[str, str]]]]

_PATH = re.compile(r"^(\w+)\[(\d+)\]\.(\w+)$")


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers of a case: `values` by field id, `rows` by section id."""

    values: Row = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def get(self, path: str) -> str:
        """The answer at `tel` or `members[0].psn_name`; "" where there is none."""
        match = _PATH.match(path)
        if not match:
            return self.values.get(path, "")
        section, index, name = match[1], int(match[2]), match[3]
        rows = self.rows.get(section, ())
        return rows[index].get(name, "") if index < len(rows) else ""

    def put(self, path: str, value: str) -> "Answers":
        """The answers with one changed; a row that is not there is refused with IndexError."""
        match = _PATH.match(path)
        if not match:
            return replace(self, values={**self.values, path: value})
        section, index, name = match[1], int(match[2]), match[3]
        rows = list(self.rows.get(section, ()))
        rows[index] = {**rows[index], name: value}
        return replace(self, rows={**self.rows, section: tuple(rows)})

    def add_row(self, section: str, row: Row) -> "Answers":
        """The answers with a row more at the end of the section."""
        rows = (*self.rows.get(section, ()), dict(row))
        return replace(self, rows={**self.rows, section: rows})

    def remove_row(self, section: str, index: int) -> "Answers":
        """The answers without that row."""
        rows = self.rows.get(section, ())
        return replace(self, rows={**self.rows, section: rows[:index] + rows[index + 1 :]})

    def section(self, section: str) -> tuple[Row, ...]:
        """The rows of a repeated section."""
        return self.rows.get(section, ())

    def to_plain(self) -> Plain:
        """Dicts and lists for the wire and the draft; empty answers are left out."""
        return {
            "values": {k: v for k, v in self.values.items() if v},
            "rows": {
                s: [{k: v for k, v in r.items() if v} for r in rows]
                for s, rows in self.rows.items()
            },
        }


def path(section: str, index: int, field_id: str) -> str:
    """The path of a field in a row."""
    return f"{section}[{index}].{field_id}"


def from_plain(plain: object) -> Answers:
    """Read what `to_plain` wrote.

    Raises:
        ValueError: the shape is another one.
    """
    if not isinstance(plain, Mapping):
        raise ValueError("answers are no table")
    rows = plain.get("rows", {})
    if not isinstance(rows, Mapping):
        raise ValueError("rows are no table")
    return Answers(_row(plain.get("values", {})), {str(k): _rows(v) for k, v in rows.items()})


def _rows(plain: object) -> tuple[Row, ...]:
    if not isinstance(plain, (list, tuple)):
        raise ValueError("a section's rows are no list")
    return tuple(_row(row) for row in plain)


def _row(plain: object) -> Row:
    if not isinstance(plain, Mapping):
        raise ValueError("a row is no table")
    row: dict[str, str] = {}
    for key, value in plain.items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise ValueError("an answer is no text")
        row[key] = value
    return row
