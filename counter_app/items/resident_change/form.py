"""Fields of 城乡居民参保信息变更登记表 (FACTS §2: 变更项目, 变更前, 变更后, 变更原因, 证明材料 [G])."""

from counter_app.catalog.applicant import APPLICANT, MATERIALS
from counter_app.forms.conditions import ALWAYS, AllOf, Filled, Is
from counter_app.forms.spec import FieldSpec, FormSpec, Option, SectionSpec

STOP, CORRECT = "stop", "correct"
DIED, EMPLOYEE, MOVED = "died", "employee", "moved"
PAUSED, ENDED = "2", "4"
"""Codes `psn_insu_stas`: 暂停, 终止."""
STOPPING = Is("act", (STOP,))
CORRECTING = Is("act", (CORRECT,))
OF_DEATH = AllOf((STOPPING, Is("stop_rea", (DIED,))))
OF_LIVING = AllOf((STOPPING, Is("stop_rea", (EMPLOYEE, MOVED))))

GENERAL = ("tel", "addr")
"""一般信息: the ID is enough."""
KEY = ("psn_name", "certno", "gend", "brdy")
"""关键信息: needs proof, and the county decides."""
ITEMS = (
    Option("tel", "联系电话"),
    Option("addr", "住址"),
    Option("psn_name", "姓名"),
    Option("certno", "证件号码"),
    Option("gend", "性别"),
    Option("brdy", "出生日期"),
)
REASONS = (
    Option(DIED, "本人去世"),
    Option(EMPLOYEE, "参加了职工医保"),
    Option(MOVED, "搬走，在外地参保"),
)

_PERSON = SectionSpec(
    "person",
    "办什么",
    (
        FieldSpec(
            "act",
            "choice",
            "办什么",
            required=ALWAYS,
            options=(Option(STOP, "暂停或终止参保"), Option(CORRECT, "更正个人信息")),
            print_at="act",
        ),
        FieldSpec(
            "psn_name",
            "name",
            "姓名",
            required=ALWAYS,
            prefill_from="person.name",
            print_at="person.name",
            sensitive=True,
            sample="赵立新",
        ),
        FieldSpec(
            "certno",
            "id_number",
            "证件号",
            help="名单上现在的号码",
            required=ALWAYS,
            prefill_from="person.certno",
            print_at="person.certno",
            sensitive=True,
            sample="990101199911051231",
        ),
        FieldSpec("hh_no", "text", "户号", prefill_from="household.number"),
        FieldSpec(
            "tel",
            "phone",
            "联系电话",
            help="要补正时打这个电话",
            required=ALWAYS,
            prefill_from="person.tel",
            print_at="person.tel",
            sensitive=True,
            sample="13900000418",
        ),
    ),
)

_STOP = SectionSpec(
    "stop",
    "暂停或终止",
    (
        FieldSpec(
            "stop_rea",
            "choice",
            "为什么停",
            required=STOPPING,
            visible_when=STOPPING,
            options=REASONS,
            print_at="stop.reason",
        ),
        FieldSpec(
            "psn_insu_stas",
            "choice",
            "暂停还是终止",
            help="以后还要接着参保的选暂停",
            required=STOPPING,
            visible_when=STOPPING,
            options=(Option(PAUSED, "暂停参保"), Option(ENDED, "终止参保")),
            print_at="stop.state",
        ),
        FieldSpec(
            "stop_on",
            "date",
            "从哪天起",
            help="去世填去世那天；职工医保填开始那天；搬走填那边参保那天",
            required=STOPPING,
            visible_when=STOPPING,
            print_at="stop.on",
        ),
        FieldSpec(
            "rloc_admdvs",
            "code",
            "搬到哪里",
            help="打县区名、拼音首字母或区划代码",
            table="admdvs",
            required=AllOf((STOPPING, Is("stop_rea", (MOVED,)))),
            visible_when=AllOf((STOPPING, Is("stop_rea", (MOVED,)))),
            print_at="stop.to",
        ),
        FieldSpec(
            "death_by",
            "choice",
            "凭什么",
            required=OF_DEATH,
            visible_when=OF_DEATH,
            options=(
                Option("data", "名单或共享数据已查到"),
                Option("paper", "看了死亡证明"),
                Option("promise", "家属写承诺书"),
            ),
            print_at="stop.ground",
        ),
        FieldSpec(
            "told",
            "flag",
            "已告诉本人",
            help="停之前要告诉本人：停了以后居民医保不再报销",
            required=OF_LIVING,
            visible_when=OF_LIVING,
            print_at="stop.told",
        ),
        FieldSpec(
            "paid_years",
            "text",
            "以后年度已缴费",
            help="名单上的，自动填，不用改",
            visible_when=AllOf((STOPPING, Filled("paid_years"))),
        ),
    ),
)

CHANGES = SectionSpec(
    "changes",
    "更正内容",
    (
        FieldSpec(
            "chg_item",
            "choice",
            "更正哪一项",
            required=CORRECTING,
            visible_when=CORRECTING,
            options=ITEMS,
            print_at="change.item",
        ),
        FieldSpec(
            "chg_before",
            "text",
            "更正前",
            help="名单上现在的",
            visible_when=CORRECTING,
            print_at="change.before",
            sensitive=True,
        ),
        FieldSpec(
            "chg_after",
            "text",
            "更正后",
            help="照证件填；性别填男或女，日期填 2001-02-03",
            required=CORRECTING,
            visible_when=CORRECTING,
            print_at="change.after",
            sensitive=True,
        ),
        FieldSpec(
            "chg_rea",
            "text",
            "更正原因",
            required=CORRECTING,
            visible_when=CORRECTING,
            print_at="change.reason",
        ),
        FieldSpec(
            "chg_proof",
            "text",
            "证明材料",
            help="姓名、证件号、性别、出生日期要有证明",
            required=AllOf((CORRECTING, Is("chg_item", KEY))),
            visible_when=AllOf((CORRECTING, Is("chg_item", KEY))),
            print_at="change.proof",
        ),
    ),
    repeats=True,
    max_rows=6,
    row_noun="项",
)

FORM = FormSpec(
    "QH-BG-01",
    "2026-1",
    "城乡居民基本医疗保险参保信息变更登记表",
    (_PERSON, _STOP, CHANGES, MATERIALS, APPLICANT),
)
