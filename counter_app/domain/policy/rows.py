"""The parameters of a written pack, read as far as they can be; what can't be read is a fault."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from counter_app.domain.policy.vocabulary import DECIDING, GRADES, Known, known
from counter_app.domain.policy.written import Fault, Table, Written
from counter_app.kernel import dates


@dataclass(frozen=True, slots=True)
class Codes:
    """Code tables a pack may name; an empty one is not checked."""

    identities: frozenset[str] = frozenset()
    psn_types: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter of a file: its key's shape, its value and its days (None: open)."""

    file: str
    table: Table
    key: str
    value: str
    known: Known
    begins: dt.date | None
    ends: dt.date | None

    def fault(self, at: str, text: str) -> Fault:
        """A fault in one of its fields."""
        return Fault(self.file, self.table.line(at), at, text)

    @property
    def first(self) -> dt.date:
        """The first day, the earliest of all where it is open."""
        return self.begins or dt.date.min

    @property
    def last(self) -> dt.date:
        """The last day, the latest of all where it is open."""
        return self.ends or dt.date.max

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is in force."""
        return self.first <= day <= self.last


@dataclass(slots=True)
class Rows:
    """What a file's parameters are, and what is wrong with single ones."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


FIELDS = frozenset({
    "key",
    "value",
    "source",
    "grade",
    "begins",
    "ends",
    "effective_by",
    "unit",
    "note",
})


def read_rows(written: Written) -> Rows:
    """Read every parameter; a field that is wrong is a fault, and a key or value that is none drops it."""
    found = Rows()
    invented = written.head.fields.get("invented") is True
    for table in written.parameters:
        found.faults.extend(_fields(written, table, invented=invented))
        key, value = table.text("key"), table.text("value")
        shape = known(key)
        begins, ends = day(table, "begins"), day(table, "ends")
        if shape is not None and value:
            found.rows.append(Row(written.file, table, key, value, shape, begins, ends))
    return found


def day(table: Table, name: str) -> dt.date | None:
    """A day of a table, None where it is open or none."""
    value = table.fields.get(name)
    if type(value) is dt.date:
        return value
    return dates.iso(value) if isinstance(value, str) else None


def _fields(written: Written, table: Table, *, invented: bool) -> Iterator[Fault]:
    for name in ("key", "value", "source", "grade", "unit"):
        if not table.text(name):
            yield written.fault(table, name, f"{table.text('key')} 没有写 {name}，要写成带引号的字")
    for name in table.fields.keys() - FIELDS:
        yield written.fault(table, name, f"没有 {name} 这一项，多半是写错了")
    yield from _words(written, table, invented=invented)
    yield from _days(written, table, invented=invented)


def _words(written: Written, table: Table, *, invented: bool) -> Iterator[Fault]:
    grade, by = table.text("grade"), table.text("effective_by")
    if grade and grade not in GRADES:
        yield written.fault(table, "grade", f"可信等级 {grade} 不认识，只能是 A、B、C、G、invented")
    if grade == "invented" and not invented:
        yield written.fault(table, "grade", "真实地区的规则包里不能有虚构的数")
    if "effective_by" in table.fields and by not in DECIDING:
        allowed = "、".join(DECIDING)
        yield written.fault(
            table, "effective_by", f"“{by}”不认识，按哪天算只能是 {allowed}；没有出处就不写"
        )


def _days(written: Written, table: Table, *, invented: bool) -> Iterator[Fault]:
    for name in ("begins", "ends"):
        if name in table.fields and day(table, name) is None:
            yield written.fault(table, name, "不是日期，应当写成 2026-01-01")
    begins, ends = day(table, "begins"), day(table, "ends")
    if begins and ends and ends < begins:
        yield written.fault(table, "ends", f"{ends} 比生效日 {begins} 还早，日期写反了")
    if "begins" not in table.fields and not invented:
        yield written.fault(table, "begins", f"{table.text('key')} 没有写从哪天起生效")


def by_key(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows of the same key together, the earliest first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    for same in found.values():
        same.sort(key=lambda r: r.first)
    return found
