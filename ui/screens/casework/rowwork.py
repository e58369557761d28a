"""Rows of repeated sections: added, chosen, taken out, scanned and pasted. Pure."""

from counter_app.domain.bill.pasted import read_lines
from counter_app.forms.answers import Answers, path
from ui.filling.state import Notice
from ui.screens.casework import scanning
from ui.screens.casework.filling import Filling
from ui.screens.casework.sections import BILLS, LINES, kind_of


def add(form: Filling, section: str) -> str:
    """A new row at the end of a repeated section; the path of its first field."""
    spec = form.service.form.section(section)
    if spec is None or not spec.repeats or kind_of(spec) == "papers":
        return ""
    index = len(form.answers.section(section))
    if kind_of(spec) == "table":
        if spec.max_rows and index >= spec.max_rows:
            text = (
                f"一次最多 {spec.max_rows} {spec.row_noun}，多的另办一件。这一{spec.row_noun}没有加"
            )
            form.notice = Notice("warn", f"{spec.title}已经满了", text)
            return ""
        form.change(form.answers.add_row(section, {}))
    form.section, form.rows[section], form.editing = section, index, section
    form.taken = None
    form.judge()
    return path(section, index, spec.fields[0].id)


def select(form: Filling, section: str, index: int) -> None:
    """Another row is the current one."""
    if form.rows.get(section) != index:
        form.rows[section], form.editing = index, ""
    form.section = section
    form.judge()


def unfold_row(form: Filling, section: str) -> None:
    """Show the current row's fields, or fold them again."""
    form.section = section
    form.editing = "" if form.editing == section else section
    form.judge()


def remove(form: Filling, section: str) -> str:
    """Take the current row out; one step back brings it in again. What was taken out, "" for nothing."""
    rows = form.answers.section(section)
    index = min(form.rows.get(section, 0), len(rows) - 1)
    spec = form.service.form.section(section)
    if index < 0 or spec is None or kind_of(spec) == "papers":
        return ""
    form.taken = (form.answers, section)
    form.rows[section] = max(min(index, len(rows) - 2), 0)
    form.editing = ""
    form.said = frozenset(p for p in form.said if not p.startswith(f"{section}["))
    form.change(form.answers.remove_row(section, index))
    return f"第 {index + 1} {spec.row_noun or '行'}"


def scan(form: Filling, text: str, into: int | None = None) -> str:
    """A code in the section of bills: a row filled, or said what it is; where to go on."""
    found = scanning.read(text)
    form.notice, form.section = None, BILLS
    if found.row is None:
        form.notice = Notice("warn", "没有录入", f"{found.words}。")
        form.judge()
        return ""
    rows = form.answers.section(BILLS)
    twin = next((i for i, r in enumerate(rows) if scanning.same(r, found.row)), None)
    if twin is not None:
        text = f"第 {twin + 1} 张就是它，已经选中。没有再录一遍；还有别的票，接着扫。"
        form.notice = Notice("info", "这张票刚才录过了", text)
        form.rows[BILLS] = twin
        form.judge()
        return ""
    answers, index = form.answers, into
    if index is None or index >= len(rows) or rows[index].get("elecSetlCertNo"):
        index = len(rows)
        answers = answers.add_row(BILLS, {})
    for field, value in found.row.items():
        answers = answers.put(path(BILLS, index, field), value)
    form.rows[BILLS], form.editing, form.taken = index, BILLS, None
    form.change(answers)
    missing = (p.field for p in form.reading.in_row(BILLS, index))
    return next(missing, "")


def paste(form: Filling, text: str) -> bool:
    """Cells of a spreadsheet into the section of lines; what can't be read is said line by line."""
    if form.service.form.section(LINES) is None:
        return False
    found = read_lines(text)
    if not found.rows and not found.faults:
        return False
    answers = form.answers
    rows = (*answers.section(LINES), *found.rows)
    form.taken = (form.answers, LINES)
    form.section, form.editing = LINES, ""
    form.notice = _pasted(len(found.rows), found.faults)
    form.change(Answers(answers.values, {**answers.rows, LINES: rows}))
    form.judge()
    return True


def _pasted(count: int, faults: tuple[str, ...]) -> Notice:
    if not faults:
        return Notice("ok", f"贴进来 {count} 行", "合计和票据对一下。贴错了按 Ctrl+Z 撤回。")
    more = f"；另有 {len(faults) - 3} 行也读不出" if len(faults) > 3 else ""
    return Notice(
        "warn", f"贴进来 {count} 行，{len(faults)} 行读不出", "；".join(faults[:3]) + more + "。"
    )
