"""QH-BA-01, the filing form A4 (FACTS §2: out_appy_d; PAPER.md), as data."""

from counter_app.catalog.facts import Facts
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
from counter_app.items.offsite_filing import request
from counter_app.items.offsite_filing.form import CATEGORIES, FORM, MORE, PROMISE
from counter_app.items.offsite_filing.outcome import outcome
from counter_app.items.offsite_filing.promise import insured_at

_NOTES = (
    "填表说明：1. 方框里打勾，改动处签名。2. 备案到市或省，不选医院。3. 急诊抢救视同已备案，不用填。"
    "4. 备案几个就医地的要附证明。5. 生僻字照证件写，机器印不全的由本人手写。"
)
_BLANK_MORE = 2


def sheet(answers: Answers | None, facts: Facts) -> Sheet:
    """The filled form, or the blank one without answers."""
    filled, on = answers or Answers(), facts.on
    day = f"{on.year} 年 {on.month} 月 {on.day} 日" if answers else "      年    月    日"
    rows = (
        *_person(filled, facts),
        *_filing(filled),
        *_more(filled, blank=answers is None),
        *_proof(filled),
        *_closing(filled, facts, blank=answers is None),
    )
    return Sheet(
        number=FORM.id,
        version=FORM.version,
        title=FORM.title,
        name="异地就医登记备案表",
        head_left=Text(""),
        head_right=Text(f"填表日期  {day}"),
        pages=((Grid(rows),),),
        notes=_NOTES,
    )


def _label(text: str, width: float = 24, rows: int = 1) -> Cell:
    return Cell(Text(text, 500, "center"), width, label=True, rows=rows)


def _spec(field_id: str) -> FieldSpec:
    spec = FORM.field(field_id)
    if spec is None:
        raise KeyError(field_id)
    return spec


def _field(row: Row, field_id: str, width: float, weight: int = 400) -> Cell:
    return Cell(Field(_spec(field_id), row.get(field_id, ""), weight), width)


def _person(answers: Answers, facts: Facts) -> tuple[GridRow, ...]:
    row = answers.values
    insured = insured_at(answers, facts) if row else ""
    return (
        GridRow((
            _label("办什么"),
            Cell(Field(_spec("act"), answers.get("act")), 74),
            _label("险种", 20),
            Cell(Ticks((("城乡居民基本医疗保险", bool(row)),)), 59),
        )),
        GridRow((
            _label("姓名"),
            _field(row, "psn_name", 74, 500),
            _label("性别", 20),
            _field(row, "gend", 59),
        )),
        GridRow((_label("证件号码"), _field(row, "certno", 153))),
        GridRow(
            (
                _label("参保地"),
                Cell(Text(insured), 74),
                _label("联系电话", 20),
                _field(row, "tel", 59),
            ),
            rule=0.7,
        ),
    )


def _filing(answers: Answers) -> tuple[GridRow, ...]:
    row = answers.values
    groups = tuple((o.label, (o.code,)) for o in CATEGORIES[:-1])
    return (
        GridRow((
            _label("备案类别\n（异地安置原因）", 24),
            Cell(Field(_spec("fil_cat"), answers.get("fil_cat"), choices=groups), 153),
        )),
        GridRow((_label("就医地"), _field(row, "rloc_admdvs", 153, 500))),
        GridRow((_label("居外地址"), _field(row, "resout_addr", 153))),
        GridRow((
            _label("起始日期"),
            _field(row, "begndate", 40),
            _label("有效到", 20),
            Cell(Text(_until(answers)), 93, prints=("period.end",)),
        )),
        GridRow((
            _label("补办"),
            _field(row, "adm_stas", 93),
            _label("入院日期", 20),
            _field(row, "adm_date", 40),
        )),
        GridRow((
            _label("转出医院"),
            _field(row, "reflout_name", 93),
            _label("转诊日期", 20),
            _field(row, "refl_date", 40),
        )),
        GridRow(
            (
                _label("原备案"),
                Cell(Text(_old(answers)), 153, prints=("old.case", "old.words", "old.reason")),
            ),
            rule=0.7,
        ),
    )


def _until(answers: Answers) -> str:
    if not request.kind(answers):
        return ""
    return answers.get("enddate") or ("长期，到变更为止" if _long(answers) else "按规定的期限")


def _long(answers: Answers) -> bool:
    return bool(answers.get("proof_by"))


def _old(answers: Answers) -> str:
    parts = (answers.get("fil_case"), answers.get("fil_words"), answers.get("cancel_rea"))
    return "；".join(p for p in parts if p)


def _more(answers: Answers, *, blank: bool) -> tuple[GridRow, ...]:
    rows = list(answers.section(MORE.id))
    empty = not rows
    shown: list[Row] = list(rows) or [{} for _ in range(_BLANK_MORE if blank else 1)]
    made = []
    for number, row in enumerate(shown, 2):
        last = number == len(shown) + 1
        made.append(
            GridRow(
                (
                    _label(f"就医地 {number}"),
                    Cell(
                        Text("以下空白")
                        if empty and not blank
                        else _more_field(row, "rloc_admdvs"),
                        64,
                        prints=("more.code",),
                    ),
                    _label("居外地址", 20),
                    Cell(_more_field(row, "resout_addr"), 69, prints=("more.addr",)),
                ),
                rule=0.7 if last else 0.3,
                stroke=empty and not blank,
            )
        )
    return tuple(made)


def _more_field(row: Row, field_id: str) -> Field:
    spec = MORE.field(field_id)
    if spec is None:
        raise KeyError(field_id)
    return Field(spec, row.get(field_id, ""))


def _proof(answers: Answers) -> tuple[GridRow, ...]:
    row = answers.values
    promise = answers.get("proof_by") == PROMISE
    signed = ("prom_signer", "prom_date", "tel2", "prom_ver") if promise else ()
    words = "，".join(answers.get(f) for f in signed if answers.get(f))
    return (
        GridRow((
            _label("居住证明"),
            _field(row, "proof_by", 64),
            _label("附件", 20),
            Cell(Text(_papers(answers)), 69),
        )),
        GridRow(
            (
                _label("承诺书"),
                Cell(
                    Text(words),
                    84,
                    prints=("proof.version", "proof.signer", "proof.date", "promise.tel2"),
                ),
                _label("放在哪里", 20),
                _field(row, "keep_at", 49),
            ),
            rule=0.7,
        ),
    )


def _papers(answers: Answers) -> str:
    copies = [r.get("copies", "") for r in answers.section("materials")]
    count = sum(int(c) for c in copies if c.isdigit())
    return f"{count} 份" if answers.section("materials") else ""


def _closing(answers: Answers, facts: Facts, *, blank: bool) -> tuple[GridRow, ...]:
    told = "" if blank else say_once(outcome(answers, facts).told)
    return (
        GridRow((
            _label("代办人"),
            Cell(_agent(answers, blank=blank), 153, prints=("agent.who",)),
        )),
        GridRow(
            (_label("告知"), Cell(Text(told, size=8.8, flows=True), 153)),
            height=12.0,
            rule=0.7,
            keep=1,
        ),
        GridRow(
            (
                _label("申请人\n声明与签名"),
                Cell(
                    Signature("所填内容和所交材料真实；上面告知的都已知道。", "签名（捺印）"),
                    76.5,
                ),
                Cell(
                    Signature(
                        "受理单位意见："
                        if blank
                        else "受理单位意见：材料齐全，已当面核对，予以受理。",
                        "经办人",
                        "受理专用章",
                    ),
                    76.5,
                ),
            ),
            height=33.0,
        ),
    )


def _agent(answers: Answers, *, blank: bool) -> Ticks:
    agent = answers.get("present") == "agent"
    name, tel = answers.get("agnter_name"), answers.get("agnter_tel")
    words = f"代办：{name} {tel}" if agent else "代办：附双方证件和授权委托书"
    return Ticks((("本人或家里人到场，没有代办", not agent and not blank), (words, agent)))
