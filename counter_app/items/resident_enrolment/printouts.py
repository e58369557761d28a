"""QH-CB-01, the enrolment form A4 (PAPER.md, ui/32), as data."""

from counter_app.catalog.applicant import CERT_RESIDENT
from counter_app.catalog.facts import Facts
from counter_app.catalog.outcome import Outcome, SubjectOutcome
from counter_app.catalog.sheet import (
    Cell,
    Field,
    Grid,
    GridRow,
    Sheet,
    Signature,
    Text,
    Ticks,
    say_once,
)
from counter_app.forms.answers import Answers, Row
from counter_app.forms.spec import FieldSpec
from counter_app.items.resident_enrolment import member
from counter_app.items.resident_enrolment.form import CERT_BIRTH, FORM, MEMBERS
from counter_app.items.resident_enrolment.outcome import outcome
from counter_app.kernel import dates, masking
from counter_app.kernel.money import format_yuan

PER_PAGE = 4
_FULL = 177.0
_TYPE_GROUPS = (
    ("学生儿童", ("1401", "1402", "1403", "1404", "1405")),
    ("成年", ("15",)),
    ("老年", ("16",)),
)
_START_WORDS = (
    ("新参保", ("new",)),
    ("续保", ("continued",)),
    ("恢复", ("resumed",)),
    ("迁入", ("moved_in",)),
    ("新生儿", ("newborn",)),
)
_NOTES = (
    "填表说明：1. 方框里打勾，改动处签名。2. 新生儿没有身份证号填出生医学证明编号，上户口后由中心并到身份证号。"
    "3. 一张表最多填 4 人，多的另接一页。4. 生僻字照证件写，机器印不全的由本人手写。"
)


def sheet(answers: Answers | None, facts: Facts) -> Sheet:
    """The filled form, or the blank one without answers; four members to a page."""
    filled = answers or Answers()
    result = outcome(filled, facts)
    rows = filled.section("members")
    starts = range(0, max(len(rows), 1), PER_PAGE)
    pages = tuple((_page(filled, facts, result, first, blank=answers is None),) for first in starts)
    year_set = sorted({y for row in rows for y in member.years(row)})
    ticked = [(str(y), True) for y in year_set] or [("        ", False)]
    day = (
        f"{facts.on.year} 年 {facts.on.month} 月 {facts.on.day} 日"
        if answers
        else "      年    月    日"
    )
    return Sheet(
        number=FORM.id,
        version=FORM.version,
        title=FORM.title,
        name="城乡居民参保登记表",
        head_left=Ticks(tuple(ticked), "参保年度"),
        head_right=Text(f"填表日期  {day}"),
        pages=pages,
        notes=_NOTES,
    )


def _page(answers: Answers, facts: Facts, result: Outcome, first: int, *, blank: bool) -> Grid:
    rows = answers.section("members")[first : first + PER_PAGE]
    body: list[GridRow] = list(_head(answers))
    for place in range(PER_PAGE):
        row = rows[place] if place < len(rows) else None
        subject = result.subjects[first + place] if row is not None else None
        unused = None if row is not None or blank else "以下空白" if place == len(rows) else ""
        body.extend(_member(first + place + 1, row, subject, unused=unused))
    members = tuple(enumerate(rows, first + 1))
    last = first + len(rows) >= len(answers.section("members"))
    body.extend(_persons(answers, members, facts, blank=blank))
    body.extend(_closing(result, blank=blank, last=last))
    return Grid(tuple(body))


def _label(text: str, width: float, rows: int = 1) -> Cell:
    return Cell(Text(text, 500, "center"), width, label=True, rows=rows)


def _entry(text: str, width: float, weight: int = 400, align: str = "left") -> Cell:
    return Cell(Text(text, weight, align), width)


def _head(answers: Answers) -> tuple[GridRow, ...]:
    return (
        GridRow((
            _label("户主姓名", 24),
            _field(answers, "hh_head_name", 34),
            _label("证件号码", 20),
            _field(answers, "hh_head_certno", 99),
        )),
        GridRow((
            _label("户籍地址", 24),
            _field(answers, "resd_addr", 86),
            _label("联系电话", 20),
            _field(answers, "tel", 47),
        )),
        GridRow(
            (
                _label("常住地址", 24),
                Cell(Text(_live(answers)), 86, prints=("head.live",)),
                _label("户口性质", 20),
                _field(answers, "hukou", 47),
            ),
            rule=0.7,
        ),
    )


def _live(answers: Answers) -> str:
    same = "同户籍地址" if answers.get("resd_addr") else ""
    return answers.get("live_addr") or same


def _field(answers: Answers, field_id: str, width: float) -> Cell:
    return Cell(Field(_spec(field_id), answers.get(field_id)), width)


def _of_member(
    row: Row,
    field_id: str,
    width: float,
    choices: tuple[tuple[str, tuple[str, ...]], ...] = (),
    weight: int = 400,
) -> Cell:
    return Cell(Field(_spec(field_id), row.get(field_id, ""), weight, choices), width)


def _spec(field_id: str) -> FieldSpec:
    spec = FORM.field(field_id) or MEMBERS.field(field_id)
    if spec is None:
        raise KeyError(field_id)
    return spec


def _member(
    number: int, row: Row | None, subject: SubjectOutcome | None, *, unused: str | None
) -> tuple[GridRow, ...]:
    data = row or {}
    own = f"{format_yuan(subject.own)} 元" if subject and subject.own is not None else ""
    name = member.name(data) if unused is None else unused
    stroke = unused is not None
    return (
        GridRow(
            (
                _label(f"成员\n{number}", 9, rows=3),
                _label("姓名", 15),
                Cell(Text(name, 500), 27, prints=("member.name",)),
                _label(_cert_label(data), 15),
                _of_member(data, "certno", 111),
            ),
            keep=2,
            stroke=stroke,
        ),
        GridRow(
            (
                _label("与户主", 15),
                _of_member(data, "patn_rlts", 14),
                _label("性别", 11),
                _of_member(data, "gend", 19),
                _label("出生", 15),
                _of_member(data, "brdy", 24),
                _label("人员", 11),
                _of_member(data, "psn_type", 59, _TYPE_GROUPS),
            ),
            keep=1,
            stroke=stroke,
        ),
        GridRow(
            (
                _label("种类", 15),
                _of_member(data, "start", 74, _START_WORDS),
                _label("年度", 11),
                _of_member(data, "years", 24),
                _label("应缴", 15),
                _entry(own, 29, 500, "right"),
            ),
            rule=0.7,
            stroke=stroke,
        ),
    )


def _cert_label(row: Row) -> str:
    if not row or row.get("nwb_by") == "mother":
        return "证件"
    return {CERT_RESIDENT: "身份证", CERT_BIRTH: "出生证"}.get(row.get("psn_cert_type", ""), "证件")


def _persons(
    answers: Answers, rows: tuple[tuple[int, Row], ...], facts: Facts, *, blank: bool
) -> tuple[GridRow, ...]:
    agent = answers.get("present") == "agent"
    agent_words = f"代办：{answers.get('agnter_name')}" if agent else "代办：附双方证件和授权委托书"
    ticks = Ticks((("本人到场，没有代办", not agent and not blank), (agent_words, agent)))
    identity = ("identity.code", "identity.no", "identity.until")
    return (
        GridRow((
            _label("资助身份", 24),
            Cell(Text(_identities(rows, facts)), 153, prints=identity),
        )),
        GridRow((
            _label("监护人", 24),
            Cell(Text(_each(rows, "guardian_name")), 34, prints=("guardian.name",)),
            _label("与被监护人", 20),
            Cell(Text(_each(rows, "guardian_rlts")), 24, prints=("guardian.relation",)),
            _label("母亲", 16),
            Cell(Text(_mothers(rows)), 59, prints=("guardian.mother",)),
        )),
        GridRow((_label("代办人", 24), Cell(ticks, 153, prints=("agent.who",)))),
    )


def _closing(result: Outcome, *, blank: bool, last: bool) -> tuple[GridRow, ...]:
    due = (
        f"税务部门征收，{dates.full(result.pay_by)} 前缴清；"
        if result.pay_by and not blank
        else "税务部门征收；"
    )
    total = f"{format_yuan(result.total)} 元" if result.total is not None else "中心核定"
    told = _told(result)
    if not last:
        total = told = "见末页"
    if blank:
        total = told = ""
    return (
        GridRow(
            (_label("合计应缴", 24), _entry(total, 46, 600), _entry(f"{due}本表不是缴费凭证", 107)),
            rule=0.7,
        ),
        GridRow(
            (_label("等待期\n告知", 24), Cell(Text(told, size=8.8, flows=True), 153)),
            height=12.0,
            rule=0.7,
            keep=1,
        ),
        _signatures(blank=blank),
    )


def _signatures(*, blank: bool) -> GridRow:
    return GridRow(
        (
            _label("申请人\n声明与签名", 24),
            Cell(
                Signature(
                    "所填内容和所交材料真实；知道同一年度只能参加一种基本医保；知道缴清后才享受待遇。",
                    "签名（捺印）",
                ),
                76.5,
            ),
            Cell(
                Signature(
                    "受理单位意见：" if blank else "受理单位意见：材料齐全，已当面核对，予以受理。",
                    "经办人",
                    "受理专用章",
                ),
                76.5,
            ),
        ),
        height=33.0,
    )


def _identities(rows: tuple[tuple[int, Row], ...], facts: Facts) -> str:
    names = facts.tables.get("mat_idet_code", {})
    words = []
    for number, row in rows:
        code = row.get("mat_idet_code", "0") or "0"
        if code != "0":
            until = dates.iso(row.get("idet_until", ""))
            words.append(
                f"成员 {number} {member.name(row)}：{code} {names.get(code, '')}，证明 {row.get('idet_no', '')}，"
                f"有效至 {dates.full(until) if until else ''}，原件已核对"
            )
    return "；".join(words)


def _each(rows: tuple[tuple[int, Row], ...], field_id: str) -> str:
    """Each different answer once, with the members it is for."""
    found: dict[str, list[str]] = {}
    for number, row in rows:
        if row.get(field_id):
            found.setdefault(row[field_id], []).append(str(number))
    return "；".join(f"{words}（成员 {'、'.join(numbers)}）" for words, numbers in found.items())


def _mothers(rows: tuple[tuple[int, Row], ...]) -> str:
    found = [
        f"{row.get('mother_name', '')} {masking.id_number(row.get('mother_certno', ''))}".strip()
        for _, row in rows
        if row.get("mother_name")
    ]
    return "；".join(dict.fromkeys(found))


def _told(result: Outcome) -> str:
    return say_once(result.told) or "没有等待期。"
