"""QH-BG-01, the change form A4 (PAPER.md; the variable table of FACTS §2), as data."""

from counter_app.catalog.facts import Facts
from counter_app.catalog.sheet import Cell, Field, Grid, GridRow, Sheet, Signature, Text, Ticks
from counter_app.forms.answers import Answers, Row
from counter_app.forms.spec import FieldSpec
from counter_app.items.resident_change.form import CHANGES, FORM
from counter_app.items.resident_change.outcome import outcome

_BLANK_ROWS = 4
_NOTES = (
    "填表说明：1. 方框里打勾，改动处签名。2. 姓名、证件号、性别、出生日期附证明，由县中心核对后更正。"
    "3. 暂停、终止前要告诉本人。4. 生僻字照证件写，机器印不全的由本人手写。"
)


def sheet(answers: Answers | None, facts: Facts) -> Sheet:
    """The filled form, or the blank one without answers."""
    filled = answers or Answers()
    on = facts.on
    day = f"{on.year} 年 {on.month} 月 {on.day} 日" if answers else "      年    月    日"
    rows = (
        *_person(filled),
        *_stop(filled),
        *_changes(filled, blank=answers is None),
        *_closing(filled, facts, blank=answers is None),
    )
    return Sheet(
        number=FORM.id,
        version=FORM.version,
        title=FORM.title,
        name="参保信息变更登记表",
        head_left=Text(""),
        head_right=Text(f"填表日期  {day}"),
        pages=((Grid(rows),),),
        notes=_NOTES,
    )


def _label(text: str, width: float, rows: int = 1) -> Cell:
    return Cell(Text(text, 500, "center"), width, label=True, rows=rows)


def _spec(field_id: str) -> FieldSpec:
    spec = FORM.field(field_id) or CHANGES.field(field_id)
    if spec is None:
        raise KeyError(field_id)
    return spec


def _field(row: Row, field_id: str, width: float) -> Cell:
    return Cell(Field(_spec(field_id), row.get(field_id, "")), width)


def _person(answers: Answers) -> tuple[GridRow, ...]:
    return (
        GridRow((_label("办什么", 24), _field(answers.values, "act", 153))),
        GridRow((
            _label("姓名", 24),
            _field(answers.values, "psn_name", 38),
            _label("证件号码", 20),
            _field(answers.values, "certno", 95),
        )),
        GridRow(
            (_label("联系电话", 24), _field(answers.values, "tel", 153)),
            rule=0.7,
        ),
    )


def _stop(answers: Answers) -> tuple[GridRow, ...]:
    row = answers.values
    return (
        GridRow((
            _label("暂停、终止", 24, rows=4),
            _label("原因", 20),
            _field(row, "stop_rea", 133),
        )),
        GridRow((
            _label("怎么停", 20),
            _field(row, "psn_insu_stas", 53),
            _label("从哪天起", 20),
            _field(row, "stop_on", 60),
        )),
        GridRow((
            _label("搬到哪里", 20),
            _field(row, "rloc_admdvs", 83),
            _label("已告诉本人", 24),
            _field(row, "told", 26),
        )),
        GridRow((_label("去世凭证", 20), _field(row, "death_by", 133)), rule=0.7),
    )


def _changes(answers: Answers, *, blank: bool) -> tuple[GridRow, ...]:
    rows = list(answers.section(CHANGES.id)) or ([{}] * (_BLANK_ROWS if blank else 1))
    head = GridRow(
        (
            _label("更正项目", 24),
            _label("更正前", 44),
            _label("更正后", 44),
            _label("原因", 30),
            _label("证明材料", 35),
        ),
        rule=0.5,
    )
    unused = not blank and not answers.section(CHANGES.id)
    return (
        head,
        *(_change(row, last=n == len(rows), unused=unused) for n, row in enumerate(rows, 1)),
    )


def _change(row: Row, *, last: bool, unused: bool) -> GridRow:
    item = next((o.label for o in _spec("chg_item").options if o.code == row.get("chg_item")), "")
    words = "以下空白" if unused else item
    return GridRow(
        (
            Cell(Text(words), 24, prints=("change.item",)),
            _field(row, "chg_before", 44),
            _field(row, "chg_after", 44),
            _field(row, "chg_rea", 30),
            _field(row, "chg_proof", 35),
        ),
        rule=0.7 if last else 0.3,
        stroke=unused,
    )


def _closing(answers: Answers, facts: Facts, *, blank: bool) -> tuple[GridRow, ...]:
    agent = answers.get("present") == "agent"
    who = f"代办：{answers.get('agnter_name')}" if agent else "代办：附双方证件和授权委托书"
    ticks = Ticks((("本人或家里人到场，没有代办", not agent and not blank), (who, agent)))
    told = "" if blank else "".join(outcome(answers, facts).told)
    return (
        GridRow((_label("代办人", 24), Cell(ticks, 153, prints=("agent.who",)))),
        GridRow(
            (_label("告知", 24), Cell(Text(told, size=8.8, flows=True), 153)),
            height=12.0,
            rule=0.7,
            keep=1,
        ),
        GridRow(
            (
                _label("申请人\n声明与签名", 24),
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
