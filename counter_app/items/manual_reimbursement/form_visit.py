"""Sections 原因 and 就诊: whose costs, why they were paid in cash, where and when (FACTS §2, §4.1)."""

from counter_app.catalog.person_type import PSN_TYPES
from counter_app.forms.conditions import ALWAYS, AllOf, Filled, Is, Not
from counter_app.forms.kinds.choice import YES
from counter_app.forms.spec import FieldSpec, Option, SectionSpec

INPATIENT, OUTPATIENT = "inpatient", "outpatient"
OWN, WARD, DEAD, NEWBORN = "own", "ward", "dead", "newborn"
NOT_NETWORKED, EMERGENCY, STUDENT, BIRTH, LOCAL = (
    "not_networked",
    "emergency",
    "student",
    "birth",
    "local",
)
IS_INPATIENT = Is("claim_kind", (INPATIENT,))
IS_OUTPATIENT = Is("claim_kind", (OUTPATIENT,))
OF_WARD, OF_DEAD, OF_NEWBORN = (Is("claim_for", (who,)) for who in (WARD, DEAD, NEWBORN))
ASKS_TYPE = Is("asks_type", (YES,))
"""The pack goes by person type for this claim (`start.fill`)."""
HURT = Is("trum_flag", (YES,))
TYPED_HOSPITAL = Not(Filled("fixmedins_code"))

KINDS = (Option(INPATIENT, "住院"), Option(OUTPATIENT, "门诊"))
CLAIMED_FOR = (
    Option(OWN, "参保人本人"),
    Option(WARD, "未成年等，监护人来办"),
    Option(DEAD, "本人已去世，继承人来办"),
    Option(NEWBORN, "没上户的新生儿，用母亲的参保"),
)
REASONS = (
    Option(NOT_NETWORKED, "已备案，医院没联网或卡没激活"),
    Option(EMERGENCY, "急诊，没来得及备案"),
    Option(STUDENT, "学生放假在家就医"),
    Option(BIRTH, "异地生育"),
    Option(LOCAL, "本地其他情况"),
)
"""苏医保发〔2022〕75号 art.26; other provinces' lists are not given."""
OFFSITE = (
    Option("local", "本地就医"),
    Option("long_term", "异地，已办长期备案"),
    Option("referral", "异地，已办转诊"),
    Option("emergency", "异地急诊抢救"),
    Option("temporary", "异地，已办临时外出"),
    Option("unfiled", "异地，没有备案"),
)
"""Codes are those of `domain.settlement.claim.Offsite`."""
PLAIN, URGENT, RESCUE = "plain", "er", "rescue"

CAUSE = SectionSpec(
    "cause",
    "原因",
    (
        FieldSpec(
            "claim_kind",
            "choice",
            "报什么",
            required=ALWAYS,
            options=KINDS,
            print_at="claim.kind",
        ),
        FieldSpec(
            "claim_for",
            "choice",
            "谁的费用",
            help="参保人去世的、孩子还没上户的，选后面两项",
            required=ALWAYS,
            options=CLAIMED_FOR,
            print_at="claim.for",
        ),
        FieldSpec(
            "psn_name",
            "name",
            "参保人",
            help="没上户的新生儿，这里填母亲",
            required=ALWAYS,
            prefill_from="person.name",
            print_at="person.name",
            sensitive=True,
            sample="王秀兰",
        ),
        FieldSpec(
            "certno",
            "id_number",
            "证件号",
            required=ALWAYS,
            prefill_from="person.certno",
            print_at="person.certno",
            sensitive=True,
        ),
        FieldSpec("hh_no", "text", "户号", prefill_from="household.number"),
        FieldSpec(
            "tel",
            "phone",
            "联系电话",
            help="要补材料时打这个电话",
            required=ALWAYS,
            prefill_from="person.tel",
            print_at="person.tel",
            sensitive=True,
            sample="13900000418",
        ),
        FieldSpec(
            "manl_reim_rea",
            "choice",
            "为什么没有在医院直接结算",
            required=ALWAYS,
            options=REASONS,
            print_at="claim.reason",
        ),
        FieldSpec(
            "local_rea",
            "text",
            "什么情况",
            help="写清为什么没在医院结算",
            required=Is("manl_reim_rea", (LOCAL,)),
            visible_when=Is("manl_reim_rea", (LOCAL,)),
            print_at="claim.local",
        ),
        FieldSpec("asks_type", "text", "问不问人员类别"),
        FieldSpec("type_for", "text", "人员类别给谁填的", sensitive=True),
        FieldSpec(
            "psn_type",
            "choice",
            "人员类别",
            help="参保登记的是哪一类；本地的规则按人员类别算，不知道就空着，先不试算",
            visible_when=ASKS_TYPE,
            options=PSN_TYPES,
        ),
        FieldSpec(
            "nwb_name",
            "name",
            "新生儿姓名",
            help="没取名的空着",
            visible_when=OF_NEWBORN,
            print_at="newborn.name",
            sensitive=True,
        ),
        FieldSpec(
            "nwb_brdy",
            "date",
            "新生儿出生日期",
            required=OF_NEWBORN,
            visible_when=OF_NEWBORN,
            print_at="newborn.birth",
        ),
        FieldSpec(
            "death_on",
            "date",
            "去世日期",
            required=OF_DEAD,
            visible_when=OF_DEAD,
            print_at="death.on",
        ),
        FieldSpec(
            "heir_rlts",
            "text",
            "继承人是参保人的什么人",
            required=OF_DEAD,
            visible_when=OF_DEAD,
            print_at="heir.relation",
            sample="长子",
        ),
        FieldSpec(
            "guardian_rlts",
            "text",
            "监护人是参保人的什么人",
            required=OF_WARD,
            visible_when=OF_WARD,
            print_at="guardian.relation",
            sample="父亲",
        ),
    ),
)

VISIT = SectionSpec(
    "visit",
    "就诊",
    (
        FieldSpec(
            "fixmedins_code",
            "code",
            "医院",
            help="打名称、拼音首字母或代码；名单上没有的空着，下面手填",
            table="hospitals",
            required=Not(Filled("fixmedins_name")),
            print_at="hospital.code",
        ),
        FieldSpec(
            "fixmedins_name",
            "text",
            "医院名称",
            help="照票据上的章填全称",
            required=TYPED_HOSPITAL,
            visible_when=TYPED_HOSPITAL,
            print_at="hospital.name",
            sample="外地人民医院（虚构）",
        ),
        FieldSpec(
            "hosp_lv",
            "code",
            "医院等级",
            help="票据、出院小结上有；不知道就空着，先不试算",
            table="hosp_lv",
            visible_when=TYPED_HOSPITAL,
            print_at="hospital.level",
        ),
        FieldSpec(
            "offsite",
            "choice",
            "在哪里看的",
            required=ALWAYS,
            options=OFFSITE,
            print_at="visit.offsite",
        ),
        FieldSpec(
            "begndate",
            "date",
            "入院或就诊日期",
            required=ALWAYS,
            print_at="visit.begin",
        ),
        FieldSpec(
            "enddate",
            "date",
            "出院日期",
            required=IS_INPATIENT,
            visible_when=IS_INPATIENT,
            print_at="visit.end",
        ),
        FieldSpec("ipt_otp_no", "text", "住院号或门诊号", print_at="visit.number"),
        FieldSpec(
            "diag_name",
            "text",
            "诊断",
            help="照诊断证明或出院小结",
            required=ALWAYS,
            print_at="visit.diagnosis",
            sensitive=True,
        ),
        FieldSpec(
            "ipt_type",
            "choice",
            "怎么住进去的",
            required=IS_INPATIENT,
            visible_when=IS_INPATIENT,
            options=(Option("1", "普通住院"), Option("2", "急诊或抢救"), Option("3", "转院住院")),
            print_at="visit.admission",
        ),
        FieldSpec(
            "otp_kind",
            "choice",
            "怎么看的",
            required=IS_OUTPATIENT,
            visible_when=IS_OUTPATIENT,
            options=(Option(PLAIN, "普通门诊"), Option(URGENT, "急诊"), Option(RESCUE, "抢救")),
            print_at="visit.urgency",
        ),
        FieldSpec(
            "outside_drug",
            "flag",
            "有外购药",
            help="住院期间在院外药店买的药",
            visible_when=IS_INPATIENT,
            print_at="visit.outside",
        ),
        FieldSpec(
            "dual_channel",
            "flag",
            "有双通道药品",
            visible_when=IS_OUTPATIENT,
            print_at="visit.dual",
        ),
        FieldSpec("trum_flag", "flag", "有外伤", required=ALWAYS, print_at="trauma.flag"),
        FieldSpec(
            "rel_ttp_flag",
            "flag",
            "涉及第三方",
            help="被人撞、被人打、工伤都算",
            required=HURT,
            visible_when=HURT,
            print_at="trauma.third",
        ),
        FieldSpec(
            "trum_time",
            "date",
            "受伤日期",
            required=HURT,
            visible_when=HURT,
            print_at="trauma.day",
        ),
        FieldSpec(
            "trum_site",
            "text",
            "受伤地点",
            required=HURT,
            visible_when=HURT,
            print_at="trauma.place",
        ),
        FieldSpec(
            "trum_rea",
            "text",
            "怎么受的伤",
            help="照本人说的写，要印在承诺书上",
            required=HURT,
            visible_when=HURT,
            print_at="trauma.cause",
            sensitive=True,
        ),
        FieldSpec(
            "trum_proof",
            "choice",
            "凭什么",
            required=AllOf((HURT, Is("rel_ttp_flag", ("0",)))),
            visible_when=AllOf((HURT, Is("rel_ttp_flag", ("0",)))),
            options=(Option("promise", "写承诺书"), Option("paper", "公安、法院等的证明")),
            print_at="trauma.proof",
        ),
    ),
)
