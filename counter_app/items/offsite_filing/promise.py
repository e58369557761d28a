"""QH-CN-01, 长期异地居住人员个人承诺书 (FACTS §2: JS-YD 附件1 [A]), as data."""

from counter_app.catalog.facts import Facts
from counter_app.catalog.sheet import (
    Block,
    Cell,
    Comb,
    Content,
    Field,
    Grid,
    GridRow,
    Paragraph,
    Sheet,
    Signature,
    Text,
    Ticks,
)
from counter_app.domain.filing.category import Category
from counter_app.forms.answers import Answers
from counter_app.items.offsite_filing import request
from counter_app.items.offsite_filing.form import FORM

NUMBER = "QH-CN-01"
TITLE = "长期异地居住人员个人承诺书"
VERSION = "苏医保发〔2022〕75号 附件1"
"""The edition of the letter that was signed; it stays with the case."""

_KINDS = (
    (Category.RETIRED, "安置退休"),
    (Category.RESIDING, "长期居住"),
    (Category.WORKING, "常驻工作"),
)
TOLD = (
    "1. 在外地居住、工作、生活六个月以上的，才适用本承诺。",
    "2. 备案以后，在备案地所有联网的定点医药机构都可以直接结算。",
    "3. 备案几个就医地的，不能用承诺代替证明。",
    "4. 用承诺办理备案的，满六个月以后才能变更或取消。",
)
PROMISED = (
    "一、已认真读过以上告知，都同意，本人的情况符合备案条件。",
    "二、如有不实，愿意承担法律责任和信用后果：记入信用平台，暂停联网结算。",
    "三、清楚异地就医的政策，遵守各项规定。",
    "四、以上承诺是本人的真实意思。",
)


def sheet(answers: Answers | None, facts: Facts) -> Sheet:
    """The letter for the person's signature, or the blank one."""
    filled = answers or Answers()
    pages: tuple[Block, ...] = (
        Grid(_person(filled, facts)),
        Paragraph("告知事项", 12, 600, 6),
        *(Paragraph(text, 11, gap=2.4) for text in TOLD),
        Paragraph("本人承诺", 12, 600, 6),
        *(Paragraph(text, 11, gap=2.4) for text in PROMISED),
        Paragraph("", 8, gap=4),
        Grid((_signature(),)),
    )
    return Sheet(
        number=NUMBER,
        version="2022-1",
        title=TITLE,
        name="个人承诺书",
        head_left=Text(""),
        head_right=None,
        pages=(pages,),
        notes=f"承诺书由经办机构保存，不少于两年。文本：{VERSION}。",
    )


def _label(text: str, width: float) -> Cell:
    return Cell(Text(text, 500, "center"), width, label=True)


def _person(answers: Answers, facts: Facts) -> tuple[GridRow, ...]:
    sex = {"1": "男", "2": "女"}.get(answers.get("gend"), "")
    chosen = request.kind(answers)
    ticks = Ticks(tuple((words, chosen is which) for which, words in _KINDS))
    return (
        GridRow((
            _label("姓名", 24),
            Cell(Text(answers.get("psn_name"), 500), 93),
            _label("性别", 20),
            Cell(Text(sex), 40),
        )),
        GridRow((_label("身份证号", 24), Cell(Comb(answers.get("certno")), 153))),
        GridRow((
            _label("电话 1", 24),
            Cell(_phone(answers, "tel"), 64.5),
            _label("电话 2", 24),
            Cell(_phone(answers, "tel2"), 64.5),
        )),
        GridRow((_label("参保地", 24), Cell(Text(insured_at(answers, facts)), 153))),
        GridRow((_label("就医地", 24), Cell(Text(request.place_words(answers, facts)), 153))),
        GridRow((_label("人员类别", 24), Cell(ticks, 153))),
    )


def _signature() -> GridRow:
    return GridRow(
        (
            _label("签字", 24),
            Cell(Signature("以上告知和承诺，本人都已读过。", "承诺人签名"), 153),
        ),
        height=33.0,
    )


def _phone(answers: Answers, field_id: str) -> Content:
    spec = FORM.field(field_id)
    return Field(spec, answers.get(field_id)) if spec else Text("")


def insured_at(answers: Answers, facts: Facts) -> str:
    """The insured area in words: the pack's region where that is it, its code where no name is known."""
    person, pack = facts.people.get(answers.get("certno")), facts.pack
    code = person.area[:6] if person else pack.region if pack else ""
    named = facts.tables.get("admdvs", {}).get(code)
    return named or (pack.region_name if pack and pack.region == code else code)
