"""Fields of 异地就医登记备案表 (FACTS §2, `out_appy_d` of PLAT-DDL [B]) and of the promise letter [A]."""

from counter_app.catalog.applicant import APPLICANT, MATERIALS
from counter_app.domain.filing.category import LABELS, LONG, Category
from counter_app.forms.conditions import ALWAYS, AllOf, Filled, Is, Not
from counter_app.forms.spec import FieldSpec, FormSpec, Option, SectionSpec

NEW, CHANGE, CANCEL = "new", "change", "cancel"
PAPER, PROMISE = "paper", "promise"
IN_HOSPITAL, LEFT = "in", "out"
RESIDENT = "390"
"""`insutype`: the station takes residents' filings."""

CANCELLING = Is("act", (CANCEL,))
FILING = Is("act", (NEW, CHANGE))
REFERRAL = AllOf((FILING, Is("fil_cat", (Category.REFERRAL.value,))))
LONG_TERM = AllOf((FILING, Is("fil_cat", tuple(sorted(LONG)))))
TEMPORARY = AllOf((FILING, Is("fil_cat", (Category.REFERRAL.value, Category.OTHER.value))))
PROMISED = AllOf((LONG_TERM, Is("proof_by", (PROMISE,))))
IN_BED = AllOf((FILING, Is("adm_stas", (IN_HOSPITAL,))))

CATEGORIES = tuple(
    Option(c.value, f"{LABELS[c]}（不用备案）" if c is Category.EMERGENCY else LABELS[c])
    for c in Category
)

_WHAT = SectionSpec(
    "category",
    "类别",
    (
        FieldSpec(
            "act",
            "choice",
            "办什么",
            required=ALWAYS,
            options=(
                Option(NEW, "新备案"),
                Option(CHANGE, "变更"),
                Option(CANCEL, "取消"),
            ),
            print_at="act",
        ),
        FieldSpec(
            "fil_cat",
            "choice",
            "备案类别",
            required=FILING,
            visible_when=FILING,
            options=CATEGORIES,
            print_at="category",
        ),
        FieldSpec(
            "fil_case",
            "text",
            "原备案编号",
            help="查得到的自动填；新备案一办成，这一件就结束",
            visible_when=Not(AllOf((Is("act", (NEW,)), Not(Filled("fil_case"))))),
            print_at="old.case",
        ),
        FieldSpec(
            "fil_words",
            "text",
            "原备案",
            visible_when=Filled("fil_words"),
            print_at="old.words",
        ),
        FieldSpec(
            "cancel_rea",
            "text",
            "为什么取消",
            visible_when=CANCELLING,
            print_at="old.reason",
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
            required=ALWAYS,
            prefill_from="person.certno",
            print_at="person.certno",
            sensitive=True,
            sample="990101199911051231",
        ),
        FieldSpec(
            "gend",
            "choice",
            "性别",
            required=ALWAYS,
            options=(Option("1", "男"), Option("2", "女")),
            prefill_from="person.gend",
            print_at="person.gend",
        ),
        FieldSpec("hh_no", "text", "户号", prefill_from="household.number"),
    ),
)

_PLACE = SectionSpec(
    "place",
    "就医地与期限",
    (
        FieldSpec(
            "rloc_admdvs",
            "code",
            "就医地",
            help="备案到市或省，不选医院",
            table="admdvs",
            required=FILING,
            visible_when=FILING,
            print_at="place.code",
        ),
        FieldSpec(
            "resout_addr",
            "text",
            "居外地址",
            help="在那边住在哪里",
            required=LONG_TERM,
            visible_when=FILING,
            print_at="place.addr",
            sensitive=True,
        ),
        FieldSpec(
            "begndate",
            "date",
            "起始日期",
            help="一般是今天；正在住院补办的填入院那天",
            required=FILING,
            visible_when=FILING,
            print_at="period.begin",
        ),
        FieldSpec(
            "enddate",
            "date",
            "有效到",
            help="空着就按规定的期限；长期的不用填",
            visible_when=TEMPORARY,
            print_at="period.end",
        ),
        FieldSpec(
            "adm_stas",
            "choice",
            "住院了没有",
            help="已经住进去的要补办，空着就是还没住院",
            visible_when=FILING,
            options=(
                Option(IN_HOSPITAL, "正在住院，还没结算"),
                Option(LEFT, "已经出院"),
            ),
            print_at="period.admitted",
        ),
        FieldSpec(
            "adm_date",
            "date",
            "入院日期",
            required=IN_BED,
            visible_when=IN_BED,
            print_at="period.admission",
        ),
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
        FieldSpec(
            "tel2",
            "phone",
            "另一个电话",
            visible_when=PROMISED,
            print_at="promise.tel2",
            sensitive=True,
        ),
        FieldSpec(
            "reflout_name",
            "text",
            "开转诊证明的医院",
            help="要参保地有转诊资格的医院",
            required=REFERRAL,
            visible_when=REFERRAL,
            print_at="referral.name",
        ),
        FieldSpec(
            "refl_date",
            "date",
            "转诊日期",
            required=REFERRAL,
            visible_when=REFERRAL,
            print_at="referral.date",
        ),
    ),
)

MORE = SectionSpec(
    "more_places",
    "别的就医地",
    (
        FieldSpec(
            "rloc_admdvs",
            "code",
            "就医地",
            table="admdvs",
            required=FILING,
            visible_when=FILING,
            print_at="more.code",
        ),
        FieldSpec(
            "resout_addr",
            "text",
            "居外地址",
            visible_when=FILING,
            print_at="more.addr",
            sensitive=True,
        ),
    ),
    repeats=True,
    row_noun="处",
)

_PROOF = SectionSpec(
    "proof",
    "证明与承诺",
    (
        FieldSpec(
            "proof_by",
            "choice",
            "凭什么证明",
            help="承诺办的，满规定的月数才能变更、取消；备案几个地方的不能承诺",
            required=LONG_TERM,
            visible_when=LONG_TERM,
            options=(Option(PAPER, "带了证明"), Option(PROMISE, "写承诺书代替")),
            print_at="proof.by",
        ),
        FieldSpec(
            "prom_ver",
            "text",
            "承诺书版本",
            visible_when=PROMISED,
            print_at="proof.version",
        ),
        FieldSpec(
            "prom_signer",
            "name",
            "谁签字",
            help="在承诺书上签字的人，一般是本人",
            required=PROMISED,
            visible_when=PROMISED,
            print_at="proof.signer",
            sensitive=True,
        ),
        FieldSpec(
            "prom_date",
            "date",
            "签字日期",
            required=PROMISED,
            visible_when=PROMISED,
            print_at="proof.date",
        ),
        FieldSpec(
            "keep_at",
            "text",
            "承诺书放在哪里",
            help="例如 二号柜 2026 异地备案 第 1 册",
            required=PROMISED,
            visible_when=PROMISED,
            print_at="proof.kept",
        ),
    ),
)

FORM = FormSpec(
    "QH-BA-01",
    "2026-1",
    "异地就医登记备案表",
    (_WHAT, _PLACE, MORE, _PROOF, MATERIALS, APPLICANT),
)
