"""Puts the parts of the screen together into one state. Pure."""

from counter_app.catalog import identity
from counter_app.domain.person.model import Person
from counter_app.forms.spec import FieldSpec, SectionSpec
from counter_app.kernel import dates, masking
from counter_app.kernel.problems import stops
from ui.filling.papers import count_words
from ui.filling.state import FieldState
from ui.screens.casework import concluding, reading, tables
from ui.screens.casework.filling import Filling
from ui.screens.casework.money import money
from ui.screens.casework.opening import REPLY
from ui.screens.casework.sections import BILLS, HIDDEN, LINES, asked, kind_of
from ui.screens.casework.state import Band, CaseState, SectionState

MOST_FOLDED = 4
"""How many answers stand in a folded section's line."""
_REPLY = FieldSpec(REPLY, "text", "写给中心", help="一句话说明怎么定的，中心和记录里都看得到")
_SEXES = {"1": "男", "2": "女"}


def draw(form: Filling, *, busy: bool) -> CaseState:
    """The whole screen but banner and draft note, which the presenter adds."""
    read = form.reading
    specs = asked(read.item.form, read.answers)
    current = next((i for i, s in enumerate(specs) if s.id == form.section), 0)
    sections = tuple(_section(form, s, i, current=i == current) for i, s in enumerate(specs))
    pack = read.facts.pack
    return CaseState(
        loading=False,
        busy=busy,
        title=read.item.name,
        band=_band(form),
        steps=concluding.steps(read, sections),
        sections=sections,
        current=current,
        verdict=concluding.verdict(read),
        money=money(read.verdict.outcome.settlement, invented=bool(pack and pack.invented)),
        may_accept=not stops(read.problems) and not busy,
        may_undo=form.may_undo,
        tables=read.facts.tables,
        today=read.facts.on,
    )


def first_place(form: Filling) -> str:
    """Where the cursor begins: the first thing that is missing, or the first field."""
    first = form.service.form.sections[0]
    return concluding.first_stop(form.reading) or first.fields[0].id


def _section(form: Filling, spec: SectionSpec, index: int, *, current: bool) -> SectionState:
    read, kind = form.reading, kind_of(spec)
    short = read.in_section(spec.id)
    lines = reading.papers(read) if kind == "papers" else ()
    fields = _fields(form, spec, index, kind)
    rows = read.answers.section(spec.id)
    return SectionState(
        id=spec.id,
        number=index + 1,
        title=spec.title,
        kind=kind,
        open=current or bool(short),
        done=not short,
        first=next((p.field for p in short if p.field), ""),
        folded=_folded(form, spec, kind, lines),
        aside=count_words([m.orig for m in lines]) if lines else "",
        hint=_hint(spec, kind),
        fields=fields,
        table=tables.table(read, spec, form.rows.get(spec.id, 0)) if kind == "table" else None,
        grid=tables.grid(read, spec) if kind == "grid" else None,
        papers=lines,
        adds=kind in {"table", "grid"} and not (spec.max_rows and len(rows) >= spec.max_rows),
        scans=spec.id == BILLS,
        pastes=spec.id == LINES,
    )


def _fields(form: Filling, spec: SectionSpec, index: int, kind: str) -> tuple[FieldState, ...]:
    read = form.reading
    if kind == "table":
        at = min(form.rows.get(spec.id, 0), len(read.answers.section(spec.id)) - 1)
        shown = at >= 0 and form.section == spec.id and form.editing == spec.id
        return reading.row_fields(read, spec, at) if shown else ()
    if kind != "fields":
        return ()
    found = reading.case_fields(read, spec)
    if index == 0 and form.opened.held:
        words = read.answers.get(REPLY)
        return (FieldState(REPLY, _REPLY, words, words, required=False), *found)
    return found


def _hint(spec: SectionSpec, kind: str) -> str:
    if kind == "papers":
        promise = "  4 承诺" if spec.field("by") is not None else ""
        return f"1 看过已退  2 看过留站  3 没带{promise}"
    if spec.id == BILLS:
        return "扫票据二维码自动填"
    if spec.id == LINES:
        return "从表格里复制，按 Ctrl+V 贴进来"
    return ""


def _folded(form: Filling, spec: SectionSpec, kind: str, lines: tuple[object, ...]) -> str:
    read = form.reading
    if kind == "papers":
        return "都看过了" if lines else "不用交材料"
    if spec.repeats:
        return tables.words(read, spec)
    found = [f for f in reading.case_fields(read, spec) if f.answer and f.spec.id not in HIDDEN]
    said = [masking.id_number(f.answer) if f.spec.kind == "id_number" else _say(f) for f in found]
    return (
        "，".join(s for s in said if s)
        if len(said) <= MOST_FOLDED
        else "，".join(said[:MOST_FOLDED]) + "…"
    )


def _say(face: FieldState) -> str:
    if face.spec.kind == "flag":
        return f"{face.spec.label}{face.shown}"
    if face.spec.kind == "phone":
        return masking.phone(face.answer)
    hides = face.spec.sensitive and face.answer.isdigit()
    return f"尾号 {face.answer[-4:]}" if hides else face.shown


def _band(form: Filling) -> Band:
    answers = form.reading.answers
    certno, facts = answers.get("certno"), form.reading.facts
    person = facts.people.get(certno)
    name = person.name if person else answers.get("psn_name") or answers.get("appl_name")
    insured, tone = _insured(form, person)
    table = facts.tables.get("mat_idet_code", {})
    subsidised = person is not None and person.identity not in {"", "0"}
    return Band(
        name=name or "还没填是谁",
        words=_who(form, person),
        number=masking.id_number(certno) if certno else "",
        reveal=person is not None,
        insured=insured,
        insured_tone=tone,
        identity=table.get(person.identity, "") if person and subsidised else "",
        place=form.opened.village,
        note=identity.words(answers, certno),
    )


def _who(form: Filling, person: Person | None) -> str:
    if person is None:
        return "" if form.reading.answers.get("certno") == "" else "本镇名单上没有"
    age = dates.age_on(person.birth, form.reading.facts.on)
    return f"{_SEXES.get(person.gend, '')} {age}岁".strip()


def _insured(form: Filling, person: Person | None) -> tuple[str, str]:
    """The cover of the running year as the roster has it."""
    if person is None:
        return "", ""
    year = form.reading.facts.on.year
    known = person.year(year)
    if known.elsewhere:
        return f"{year} {known.elsewhere}", "neutral"
    if known.cover_from is not None:
        ended = known.cover_to is not None and known.cover_to < form.reading.facts.on
        return (f"{year} 参保已停", "warn") if ended else (f"{year} 正常参保", "ok")
    if known.registered_on is not None:
        return f"{year} 已登记，未见缴费", "warn"
    return f"{year} 未见参保", "warn"
