"""QH-CB-01, the enrolment form A4 (PAPER.md, ui/32), as data."""

from counter_app.catalog.facts import Facts
from counter_app.catalog.outcome import Outcome, SubjectOutcome
from counter_app.catalog.sheet import (
    Cell,
    Comb,
    Content,
    Grid,
    GridRow,
    Sheet,
    Signature,
    Text,
    Ticks,
)
from counter_app.forms.answers import Answers, Row
from counter_app.items.resident_enrolment import member
from counter_app.items.resident_enrolment.form import CERT_BIRTH, FORM, STARTS
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
_START_WORDS = {
    "new": "新参保",
    "continued": "续保",
    "resumed": "恢复",
    "moved_in": "迁入",
    "newborn": "新生儿",
}
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
        head_left=Ticks((("参保年度", False), *ticked)),
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
        body.extend(
            _member(first + place + 1, row, subject, facts, unused=row is None and not blank)
        )
    body.extend(_tail(answers, result, rows, blank=blank))
    return Grid(tuple(body))


def _label(text: str, width: float, rows: int = 1) -> Cell:
    return Cell(Text(text, 500, "center"), width, label=True, rows=rows)


def _entry(text: str, width: float, weight: int = 400, align: str = "left") -> Cell:
    return Cell(Text(text, weight, align), width)


def _head(answers: Answers) -> tuple[GridRow, ...]:
    hukou = answers.get("hukou")
    return (
        GridRow((
            _label("户主姓名", 24),
            _entry(answers.get("hh_head_name"), 34),
            _label("证件号码", 20),
            Cell(Comb(answers.get("hh_head_certno")), 99),
        )),
        GridRow((
            _label("户籍地址", 24),
            _entry(answers.get("resd_addr"), 86),
            _label("联系电话", 20),
            _entry(_phone(answers.get("tel")), 47),
        )),
        GridRow(
            (
                _label("常住地址", 24),
                _entry(
                    answers.get("live_addr") or ("同户籍地址" if answers.get("resd_addr") else ""),
                    86,
                ),
                _label("户口性质", 20),
                Cell(Ticks((("农业", hukou == "农业"), ("非农", hukou == "非农"))), 47),
            ),
            rule=0.7,
        ),
    )


def _phone(number: str) -> str:
    return f"{number[:3]} {number[3:7]} {number[7:]}" if len(number) == 11 else number


def _member(
    number: int, row: Row | None, subject: SubjectOutcome | None, facts: Facts, *, unused: bool
) -> tuple[GridRow, ...]:
    data = row or {}
    kind = "出生证" if data.get("psn_cert_type") == CERT_BIRTH else "身份证" if row else "证件"
    own = f"{format_yuan(subject.own)} 元" if subject and subject.own is not None else ""
    name = "以下空白" if unused else member.name(data)
    gend = data.get("gend", "")
    relation = facts.tables.get("patn_rlts", {}).get(data.get("patn_rlts", ""), "")
    return (
        GridRow(
            (
                _label(f"成员\n{number}", 9, rows=3),
                _label("姓名", 15),
                _entry(name, 27, 500),
                _label(kind, 15),
                Cell(Comb(data.get("certno", "")), 111),
            ),
            keep=2,
            stroke=unused,
        ),
        GridRow(
            (
                _label("与户主", 15),
                _entry(relation, 14),
                _label("性别", 11),
                Cell(Ticks((("男", gend == "1"), ("女", gend == "2"))), 19),
                _label("出生", 15),
                _entry(data.get("brdy", ""), 24),
                _label("人员", 11),
                Cell(_type_ticks(data.get("psn_type", "")), 59),
            ),
            keep=1,
            stroke=unused,
        ),
        GridRow(
            (
                _label("种类", 15),
                Cell(_start_ticks(data.get("start", "")), 74),
                _label("年度", 11),
                _entry("、".join(str(y) for y in member.years(data)), 24),
                _label("应缴", 15),
                _entry(own, 29, 500, "right"),
            ),
            rule=0.7,
            stroke=unused,
        ),
    )


def _type_ticks(code: str) -> Content:
    return Ticks(tuple((words, code in codes) for words, codes in _TYPE_GROUPS))


def _start_ticks(code: str) -> Content:
    return Ticks(tuple((_START_WORDS[o.code], o.code == code) for o in STARTS))


def _tail(
    answers: Answers, result: Outcome, rows: tuple[Row, ...], *, blank: bool
) -> tuple[GridRow, ...]:
    agent = answers.get("present") == "agent"
    total = f"{format_yuan(result.total)} 元" if result.total is not None and not blank else ""
    due = (
        f"税务部门征收，{dates.full(result.pay_by)} 前缴清；"
        if result.pay_by and not blank
        else "税务部门征收；"
    )
    agent_words = f"代办：{answers.get('agnter_name')}" if agent else "代办：附双方证件和授权委托书"
    guardian = next((r for r in rows if r.get("guardian_name")), {})
    return (
        GridRow((_label("资助身份", 24), _entry(_identities(rows), 153))),
        GridRow((
            _label("监护人", 24),
            _entry(guardian.get("guardian_name", ""), 34),
            _label("与被监护人", 20),
            _entry(guardian.get("guardian_rlts", ""), 24),
            _label("母亲", 16),
            _entry(_mother(rows), 59),
        )),
        GridRow((
            _label("代办人", 24),
            Cell(
                Ticks((("本人到场，没有代办", not agent and not blank), (agent_words, agent))), 153
            ),
        )),
        GridRow(
            (_label("合计应缴", 24), _entry(total, 46, 600), _entry(f"{due}本表不是缴费凭证", 107)),
            rule=0.7,
        ),
        GridRow(
            (_label("等待期\n告知", 24), _entry("" if blank else _told(result), 153)),
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


def _identities(rows: tuple[Row, ...]) -> str:
    words = []
    for number, row in enumerate(rows, 1):
        code = row.get("mat_idet_code", "0") or "0"
        if code != "0":
            words.append(
                f"成员 {number} {member.name(row)}：{code}，证明 {row.get('idet_no', '')}，"
                f"有效至 {row.get('idet_until', '')}，原件已核对"
            )
    return "；".join(words)


def _mother(rows: tuple[Row, ...]) -> str:
    row = next((r for r in rows if r.get("mother_name")), {})
    return f"{row.get('mother_name', '')} {masking.id_number(row.get('mother_certno', ''))}".strip()


def _told(result: Outcome) -> str:
    return " ".join(result.told) or "没有等待期。"
