"""A pack as somebody wrote it: every parameter with the lines it stands on."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

_HEADER = re.compile(r"\s*\[\[?\s*([a-z]+)\s*\]\]?")
_FIELD = re.compile(r"\s*([A-Za-z_]+)\s*=")
_PLACE = re.compile(r"at line ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a pack and where; `line` 0: in the whole file."""

    file: str
    line: int
    field: str
    text: str

    @property
    def words(self) -> str:
        """990101/2026.toml 第 12 行 value：比例写成了 70……."""
        place = f" 第 {self.line} 行" if self.line else ""
        return f"{self.file}{place}{f' {self.field}' if self.field else ''}：{self.text}"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the text: its fields and the line of each, under "" that of its head."""

    fields: Mapping[str, object]
    lines: Mapping[str, int]

    def line(self, field: str) -> int:
        """Where the field stands, or the table it is missing from."""
        return self.lines.get(field, self.lines.get("", 0))

    def text(self, field: str) -> str:
        """The field as text, "" where it is absent or none."""
        value = self.fields.get(field)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Written:
    """A pack's head and its parameters in the file's order."""

    file: str
    head: Table
    parameters: tuple[Table, ...]
    strange: tuple[str, ...] = ()
    """Tables that are neither."""

    def fault(self, table: Table, field: str, text: str) -> Fault:
        """A fault in a field of a table."""
        return Fault(self.file, table.line(field), field, text)


def read(file: str, text: str) -> Written | Fault:
    """Read a pack's text, or say where it is no TOML."""
    try:
        plain: Mapping[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place else len(text.splitlines())
        return Fault(file, line, "", "写法不对：引号、等号或方括号没有配好，或同一项写了两遍")
    places = _places(text)
    heads, rows = places.get("pack", []), places.get("parameter", [])
    head = plain.get("pack")
    listed = plain.get("parameter")
    plains = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    return Written(
        file,
        Table(head if isinstance(head, dict) else {}, heads[0] if heads else {}),
        tuple(Table(row, rows[n] if n < len(rows) else {}) for n, row in enumerate(plains)),
        tuple(name for name in plain if name not in {"pack", "parameter"}),
    )


def _places(text: str) -> dict[str, list[dict[str, int]]]:
    """Table name → for each such table, field → line."""
    found: dict[str, list[dict[str, int]]] = {}
    current: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header, field = _HEADER.match(line), _FIELD.match(line)
        if header:
            current = {"": number}
            found.setdefault(header[1], []).append(current)
        elif field:
            current.setdefault(field[1], number)
    return found
