"""Fields of 城乡居民参保登记表 (FACTS §2: legal field list not obtainable [G], codes of HN-IF [B])."""

from counter_app.catalog.applicant import APPLICANT, CERT_RESIDENT, MATERIALS
from counter_app.catalog.person_type import PSN_TYPES
from counter_app.domain.enrolment.waiting import Start
from counter_app.forms.conditions import ALWAYS, AllOf, AnyOf, Filled, Is, Not
from counter_app.forms.spec import FieldSpec, FormSpec, Option, SectionSpec

CERT_BIRTH = "990201"
MINOR_TYPES = ("1401", "1402", "1403", "1405")
SUBSIDISED = AllOf((Filled("mat_idet_code"), Not(Is("mat_idet_code", ("0",)))))
NEWBORN = Is("start", (Start.NEWBORN.value,))
BY_MOTHER = AllOf((NEWBORN, Is("nwb_by", ("mother",))))
MINOR = AnyOf((Is("psn_type", MINOR_TYPES), NEWBORN))
MOVED_IN = Is("start", (Start.MOVED_IN.value,))

STARTS = (
    Option(Start.NEW.value, "新参保"),
    Option(Start.CONTINUED.value, "续保"),
    Option(Start.RESUMED.value, "断保后恢复"),
    Option(Start.MOVED_IN.value, "迁入"),
    Option(Start.NEWBORN.value, "新生儿"),
)
CERT_TYPES = (
    Option(CERT_RESIDENT, "居民身份证（户口簿）"),
    Option("17", "港澳台居民居住证"),
    Option(CERT_BIRTH, "出生医学证明"),
    Option("99", "其他"),
)
_HOUSEHOLD = SectionSpec(
    "household",
    "户",
    (
        FieldSpec(
            "hh_no", "text", "户号", prefill_from="household.number", sample="9901011040000127"
        ),
        FieldSpec(
            "hh_head_name",
            "name",
            "户主姓名",
            prefill_from="household.head_name",
            print_at="head.name",
            sensitive=True,
        ),
        FieldSpec(
            "hh_head_certno",
            "id_number",
            "户主证件号",
            prefill_from="household.head",
            print_at="head.certno",
            sensitive=True,
        ),
        FieldSpec(
            "resd_addr",
            "text",
            "户籍地址",
            prefill_from="household.addr",
            print_at="head.addr",
            sensitive=True,
        ),
        FieldSpec(
            "live_addr",
            "text",
            "常住地址",
            help="和户籍地址一样就空着",
            print_at="head.live",
            sensitive=True,
        ),
        FieldSpec(
            "hukou",
            "choice",
            "户口性质",
            options=(Option("农业", "农业"), Option("非农", "非农")),
            prefill_from="household.hukou",
            print_at="head.hukou",
        ),
        FieldSpec(
            "tel",
            "phone",
            "联系电话",
            help="退回、补正都打这个电话",
            required=ALWAYS,
            prefill_from="person.tel",
            print_at="head.tel",
            sensitive=True,
            sample="13900000418",
        ),
    ),
)

_IDENTITY = (
    FieldSpec(
        "start", "choice", "怎么来的", required=ALWAYS, options=STARTS, print_at="member.start"
    ),
    FieldSpec(
        "nwb_by",
        "choice",
        "凭什么登记",
        required=NEWBORN,
        visible_when=NEWBORN,
        options=(Option("cert", "出生医学证明"), Option("mother", "母亲＋出生日期＋第几个")),
    ),
    FieldSpec(
        "psn_cert_type",
        "choice",
        "证件类型",
        required=Not(BY_MOTHER),
        visible_when=Not(BY_MOTHER),
        options=CERT_TYPES,
        prefill_from="person.psn_cert_type",
    ),
    FieldSpec(
        "certno",
        "id_number",
        "证件号",
        help="18 位，末位可输 x",
        required=Not(BY_MOTHER),
        visible_when=Not(BY_MOTHER),
        prefill_from="person.certno",
        print_at="member.certno",
        sensitive=True,
        sample="990101199911051231",
    ),
    FieldSpec(
        "psn_name",
        "name",
        "姓名",
        required=Not(BY_MOTHER),
        prefill_from="person.name",
        print_at="member.name",
        sensitive=True,
        sample="赵立新",
    ),
    FieldSpec("roster_name", "name", "名单上的姓名", prefill_from="person.name", sensitive=True),
    FieldSpec(
        "name_answer",
        "choice",
        "姓名不一样",
        visible_when=Filled("roster_name"),
        options=(Option("variant", "异体字，同一个人"), Option("former", "曾用名，同一个人")),
    ),
    FieldSpec(
        "gend",
        "choice",
        "性别",
        required=ALWAYS,
        options=(Option("1", "男"), Option("2", "女")),
        prefill_from="person.gend",
        print_at="member.gend",
    ),
    FieldSpec(
        "brdy",
        "date",
        "出生日期",
        required=ALWAYS,
        prefill_from="person.birth",
        print_at="member.birth",
    ),
    FieldSpec("naty", "code", "民族", table="naty", required=ALWAYS, prefill_from="person.naty"),
    FieldSpec(
        "patn_rlts",
        "code",
        "与户主关系",
        table="patn_rlts",
        required=ALWAYS,
        prefill_from="person.relation",
        print_at="member.relation",
    ),
    FieldSpec(
        "psn_type", "choice", "人员类别", required=ALWAYS, options=PSN_TYPES, print_at="member.type"
    ),
    FieldSpec(
        "years", "years", "参保年度", required=ALWAYS, print_at="member.years", sample="2027"
    ),
)
_SUBSIDY = (
    FieldSpec(
        "mat_idet_code",
        "code",
        "身份类别",
        table="mat_idet_code",
        help="没有资助就填 0",
        prefill_from="person.identity",
        print_at="identity.code",
    ),
    FieldSpec(
        "idet_no",
        "text",
        "证明编号",
        required=SUBSIDISED,
        visible_when=SUBSIDISED,
        prefill_from="person.identity_no",
        print_at="identity.no",
        sensitive=True,
    ),
    FieldSpec(
        "idet_until",
        "date",
        "有效期到",
        required=SUBSIDISED,
        visible_when=SUBSIDISED,
        prefill_from="person.identity_until",
        print_at="identity.until",
    ),
    FieldSpec(
        "disa_lv",
        "choice",
        "残疾等级",
        visible_when=Is("mat_idet_code", ("230801",)),
        options=(
            Option("1", "残疾一级"),
            Option("2", "残疾二级"),
            Option("3", "残疾三级"),
            Option("4", "残疾四级"),
        ),
    ),
)
_NEWBORN = (
    FieldSpec(
        "mother_name", "name", "母亲姓名", required=NEWBORN, visible_when=NEWBORN, sensitive=True
    ),
    FieldSpec(
        "mother_certno",
        "id_number",
        "母亲证件号",
        required=BY_MOTHER,
        visible_when=NEWBORN,
        print_at="guardian.mother",
        sensitive=True,
    ),
    FieldSpec(
        "birth_order",
        "count",
        "这胎第几个",
        help="双胞胎分别填 1 和 2",
        required=BY_MOTHER,
        visible_when=NEWBORN,
    ),
)
_GUARDIAN = (
    FieldSpec(
        "guardian_name",
        "name",
        "监护人",
        required=MINOR,
        visible_when=MINOR,
        print_at="guardian.name",
        sensitive=True,
    ),
    FieldSpec(
        "guardian_certno",
        "id_number",
        "监护人证件号",
        required=MINOR,
        visible_when=MINOR,
        sensitive=True,
    ),
    FieldSpec(
        "guardian_rlts",
        "text",
        "与被监护人",
        help="父亲、母亲、祖父……",
        required=MINOR,
        visible_when=MINOR,
        print_at="guardian.relation",
    ),
    FieldSpec("guardian_tel", "phone", "监护人电话", visible_when=MINOR, sensitive=True),
)
BY_CALENDAR, BY_STUDY = "calendar", "study"
_ASKS_STUDENT = AllOf((Is("asks_student", ("1",)), Is("psn_type", ("1404",))))
_ASKS_REPAID = AllOf((Is("asks_repaid", ("1",)), Is("start", (Start.RESUMED.value,))))
_BY_PACK = (
    FieldSpec("asks_student", "text", "问不问学年"),
    FieldSpec(
        "cover_by",
        "choice",
        "年度怎么算",
        help="在校大学生可以按学年参保；问清学校按哪一种交的",
        required=_ASKS_STUDENT,
        visible_when=_ASKS_STUDENT,
        options=(Option(BY_CALENDAR, "按自然年"), Option(BY_STUDY, "按学年")),
    ),
    FieldSpec("asks_repaid", "text", "问不问补缴"),
    FieldSpec(
        "repaid",
        "count",
        "补缴几年",
        help="断了的年度里这次一起补缴的；不补就空着",
        visible_when=_ASKS_REPAID,
    ),
)
_OTHER = (
    FieldSpec(
        "moved_from",
        "code",
        "从哪里迁来",
        help="打县区名、拼音首字母或区划代码",
        table="admdvs",
        required=MOVED_IN,
        visible_when=MOVED_IN,
    ),
    FieldSpec("school", "text", "学校和年级", visible_when=Is("psn_type", ("1403", "1404"))),
    FieldSpec(
        "exempt",
        "choice",
        "不设等待期的情形",
        help="没有就空着",
        visible_when=Is("start", (Start.NEW.value, Start.RESUMED.value, Start.MOVED_IN.value)),
        options=(
            Option("employee_ended", "职工医保停保 90 天内"),
            Option("demobilised", "退役"),
            Option("released", "刑满释放"),
        ),
    ),
    FieldSpec(
        "employee_end",
        "date",
        "职工医保停保日",
        required=Is("exempt", ("employee_ended",)),
        visible_when=Is("exempt", ("employee_ended",)),
    ),
)

MEMBERS = SectionSpec(
    "members",
    "逐人情况",
    _IDENTITY + _BY_PACK + _SUBSIDY + _NEWBORN + _GUARDIAN + _OTHER,
    repeats=True,
    min_rows=1,
    max_rows=12,
    row_noun="人",
)

FORM = FormSpec(
    "QH-CB-01",
    "2026-1",
    "城乡居民基本医疗保险参保登记表",
    (_HOUSEHOLD, MEMBERS, MATERIALS, APPLICANT),
)
