"""Repeated sections as tables and grids. Pure."""

from counter_app.forms.answers import Row, path
from counter_app.forms.evaluate import shown
from counter_app.forms.spec import FieldSpec, SectionSpec
from counter_app.kernel import masking
from counter_app.kernel.money import Fen, format_yuan, parse_yuan
from counter_app.kernel.problems import Level, Problem
from ui.screens.casework.reading import Reading
from ui.screens.casework.sections import BILLS, HIDDEN, getter
from ui.screens.casework.state import Cell, GridCell, GridState, Head, TableState

MOST_COLUMNS = 5
_NARROW = {"amount": 112, "date": 110, "choice": 96, "flag": 60, "count": 60}
_BILL_HEADS = (
    Head("票据", 162),
    Head("代码 / 号码", 0, 10),
    Head("开票日期", 104),
    Head("金额 元", 112, 0, right=True),
    Head("核对", 0, 8),
)


def table(reading: Reading, section: SectionSpec, current: int) -> TableState:
    """The rows of a section, the gravest problem of each in its last column."""
    rows = reading.answers.section(section.id)
    at = max(min(current, len(rows) - 1), 0)
    if section.id == BILLS:
        muted = frozenset(i for i, row in enumerate(rows) if row.get("excluded"))
        cells = tuple(_bill(reading, section, i, row) for i, row in enumerate(rows))
        empty = "还没有票。扫票面上的二维码，或按 Insert 手工添加"
        return TableState(_BILL_HEADS, cells, muted, at, _bill_total(rows), empty)
    fields = _columns(reading, section)
    heads = (*(_head(f) for f in fields), Head("核对", 0, 8))
    cells = tuple(_cells(reading, section, fields, i, row) for i, row in enumerate(rows))
    empty = f"还没有内容。按 Insert 加一{section.row_noun or '行'}"
    return TableState(heads, cells, frozenset(), at, _sums(fields, rows), empty)


def grid(reading: Reading, section: SectionSpec) -> GridState:
    """Names and amounts, an empty line at the end; the sums below."""
    rows = reading.answers.section(section.id)
    fields = [f for f in section.fields if f.id not in HIDDEN]
    found = []
    for index in range(len(rows) + 1):
        row = rows[index] if index < len(rows) else {}
        found.append(tuple(_grid_cell(reading, section, index, field, row) for field in fields))
    sums = tuple(_sum_words(f.id, rows) for f in fields[1:])
    return GridState(tuple(f.label for f in fields), tuple(found), sums)


def words(reading: Reading, section: SectionSpec) -> str:
    """A repeated section in one line: 3 张，2 张计入，合计 58,364.20."""
    rows = reading.answers.section(section.id)
    if not rows:
        return "没有"
    counted = [r for r in rows if not r.get("excluded")]
    parts = [f"{len(rows)} {section.row_noun or '行'}"]
    if len(counted) < len(rows):
        parts.append(f"{len(rows) - len(counted)} {section.row_noun}剔除")
    amount = next((f.id for f in section.fields if f.kind == "amount"), "")
    if amount:
        parts.append(f"合计 {format_yuan(_sum(amount, tuple(counted)))}")
    return "，".join(parts)


def _bill(reading: Reading, section: SectionSpec, index: int, row: Row) -> tuple[Cell, ...]:
    out = bool(row.get("excluded"))
    tone = "ink3" if out else "ink"
    number = "  ".join(
        p for p in (row.get("elecSetlCertCode", ""), row.get("elecSetlCertNo", "")) if p
    )
    check = row.get("elecSetlCertChkcode", "")
    under = f"校验码 {check}" if check else row.get("issuer", "")
    fen = parse_yuan(row.get("billAmt", ""))
    return (
        Cell(_shown(reading, section, row, "elecSetlCertType") or "还没选", tone=tone),
        Cell(number or "还没填号码", under, tone),
        Cell(row.get("billDate", ""), tone=tone),
        Cell(
            format_yuan(fen) if fen is not None else row.get("billAmt", ""), tone=tone, strike=out
        ),
        _check(reading, section, index, row),
    )


def _check(reading: Reading, section: SectionSpec, index: int, row: Row) -> Cell:
    if row.get("excluded"):
        return Cell(_shown(reading, section, row, "excluded"), tone="bad", icon="circle-alert")
    found = reading.in_row(section.id, index)
    if found:
        return _problem_cell(found[0])
    return Cell("可以计入", tone="ok", icon="circle-check") if row else Cell()


def _problem_cell(problem: Problem) -> Cell:
    head = problem.text.partition("。")[0].partition("，")[0]
    if problem.level is Level.STOP:
        return Cell(head, tone="bad", icon="circle-alert")
    return Cell(head, tone="warn", icon="triangle-alert")


def _bill_total(rows: tuple[Row, ...]) -> tuple[Cell, ...]:
    if not rows:
        return ()
    counted = tuple(r for r in rows if not r.get("excluded"))
    out = len(rows) - len(counted)
    said = f"{len(counted)} 张计入" + (f"，{out} 张剔除" if out else "")
    amount = format_yuan(_sum("billAmt", counted))
    return (
        Cell("合计", strong=True),
        Cell(said, strong=True),
        Cell(),
        Cell(amount, strong=True),
        Cell(),
    )


def _columns(reading: Reading, section: SectionSpec) -> tuple[FieldSpec, ...]:
    rows = reading.answers.section(section.id)[:20] or ({},)
    ways = [getter(reading.answers, row) for row in rows]
    kept = (f for f in section.fields if f.id not in HIDDEN)
    found = [f for f in kept if any(f.visible_when.holds(way) for way in ways)]
    return tuple(found[:MOST_COLUMNS])


def _head(field: FieldSpec) -> Head:
    width = _NARROW.get(field.kind, 0)
    return Head(field.label, width, 0 if width else 10, field.kind in {"amount", "count"})


def _cells(
    reading: Reading, section: SectionSpec, fields: tuple[FieldSpec, ...], index: int, row: Row
) -> tuple[Cell, ...]:
    found = [Cell(_shown(reading, section, row, f.id)) for f in fields]
    problems = reading.in_row(section.id, index)
    check = _problem_cell(problems[0]) if problems else Cell("", tone="ok", icon="circle-check")
    return (*found, check)


def _shown(reading: Reading, section: SectionSpec, row: Row, field: str) -> str:
    spec = section.field(field)
    if spec is None or not row.get(field):
        return ""
    said = shown(spec, row[field], reading.facts.context)
    return masking.id_number(said) if spec.kind == "id_number" else said


def _grid_cell(
    reading: Reading, section: SectionSpec, index: int, field: FieldSpec, row: Row
) -> GridCell:
    where = path(section.id, index, field.id)
    problem = reading.at(where)
    say = problem.text if problem and where != reading.focus else ""
    return GridCell(where, shown(field, row.get(field.id, ""), reading.facts.context), say)


def _sums(fields: tuple[FieldSpec, ...], rows: tuple[Row, ...]) -> tuple[Cell, ...]:
    if not rows or all(f.kind != "amount" for f in fields):
        return ()
    cells = [
        Cell(_sum_words(f.id, rows) if f.kind == "amount" else "", strong=True) for f in fields
    ]
    return (Cell(f"合计 {len(rows)} 行", strong=True), *cells[1:], Cell())


def _sum(field: str, rows: tuple[Row, ...]) -> Fen:
    return sum(parse_yuan(row.get(field, "")) or 0 for row in rows)


def _sum_words(field: str, rows: tuple[Row, ...]) -> str:
    return format_yuan(_sum(field, rows))
