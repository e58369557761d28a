"""Sections 票据 and 费用: the bills paid, and what of them the policy covers (FACTS §2, §4.2)."""

from counter_app.domain.bill.bill import BillKind
from counter_app.forms.conditions import ALWAYS, Is, Not
from counter_app.forms.kinds.choice import YES
from counter_app.forms.spec import FieldSpec, Option, SectionSpec

MOST_BILLS, MOST_LINES = 200, 1000
USED, TAKEN_OUT = "used", "clerk"
BY_TYPED, BY_FEES, BY_LINES, UNKNOWN = "typed", "fees", "lines", "unknown"
TYPED = Is("scope_by", (BY_TYPED,))
OF_FEES = Is("scope_by", (BY_FEES,))
SPLIT = Is("crossing", ("split",))
"""A stay over the year's end that the pack settles year by year (`inpatient.crossing`)."""
OF_LINES = Is("scope_by", (BY_LINES,))
BILL_KINDS = (
    Option(BillKind.FISCAL, "财政电子票据"),
    Option(BillKind.TAX, "税务电子发票"),
    Option(BillKind.DIGITAL, "数电发票"),
    Option(BillKind.PAPER, "纸质票据"),
)
_RED = Is("rhredFlag", (YES,))

BILLS = SectionSpec(
    "bills",
    "票据",
    (
        FieldSpec(
            "elecSetlCertType",
            "choice",
            "票据",
            required=ALWAYS,
            options=BILL_KINDS,
            print_at="bill.kind",
        ),
        FieldSpec(
            "elecSetlCertCode",
            "text",
            "代码",
            help="财政电子票据 8 位；数电发票没有",
            required=Is("elecSetlCertType", (BillKind.FISCAL,)),
            visible_when=Not(Is("elecSetlCertType", (BillKind.DIGITAL,))),
            print_at="bill.code",
        ),
        FieldSpec("elecSetlCertNo", "text", "号码", required=ALWAYS, print_at="bill.number"),
        FieldSpec(
            "elecSetlCertChkcode",
            "text",
            "校验码",
            help="票面上的 6 位，分大小写",
            print_at="bill.check",
        ),
        FieldSpec("billDate", "date", "开票日期", required=ALWAYS, print_at="bill.date"),
        FieldSpec(
            "billAmt",
            "amount",
            "金额",
            help="价税合计，照票面小写",
            required=ALWAYS,
            print_at="bill.amount",
        ),
        FieldSpec("billAmtCap", "text", "大写金额", help="照票面大写，对一下小写"),
        FieldSpec("payer_name", "name", "交款人", sensitive=True),
        FieldSpec("payer_certno", "text", "交款人证件号", help="票上带星号的照抄", sensitive=True),
        FieldSpec("issuer", "text", "开票单位"),
        FieldSpec(
            "certSetlType",
            "choice",
            "医院结算过没有",
            options=(Option("2", "全自费"), Option("1", "医院已直接结算")),
        ),
        FieldSpec("rhredFlag", "flag", "红字票", help="冲红的，或已经被冲红的"),
        FieldSpec("relElecSetlCertCode", "text", "原票代码", visible_when=_RED),
        FieldSpec("relElecSetlCertNo", "text", "原票号码", visible_when=_RED),
        FieldSpec(
            "excluded",
            "choice",
            "剔除",
            help="“查到已报过”由程序填；别处报过的选“这次不报”",
            options=(Option(USED, "查到已报过，不计"), Option(TAKEN_OUT, "这次不报")),
            print_at="bill.excluded",
        ),
    ),
    repeats=True,
    min_rows=1,
    max_rows=MOST_BILLS,
    row_noun="张",
)

EXPENSE = SectionSpec(
    "expense",
    "费用",
    (
        FieldSpec(
            "scope_by",
            "choice",
            "政策范围内怎么来",
            required=ALWAYS,
            options=(
                Option(BY_TYPED, "清单上印着，照填"),
                Option(BY_FEES, "按分类合计算"),
                Option(BY_LINES, "按明细逐行算"),
                Option(UNKNOWN, "都没有，只估范围"),
            ),
            print_at="scope.by",
        ),
        FieldSpec(
            "medfee_sumamt",
            "amount",
            "清单总额",
            help="费用清单上的合计；空着就按票据合计",
            print_at="scope.total",
        ),
        FieldSpec(
            "inscp_scp_amt",
            "amount",
            "政策范围内",
            required=TYPED,
            visible_when=TYPED,
            print_at="scope.inside",
        ),
        FieldSpec("crossing", "text", "跨年怎么算"),
        FieldSpec(
            "before_new_year",
            "amount",
            "其中上年年底以前的",
            help="政策范围内的费用里，上年 12 月 31 日以前花的；照医院分年的清单填",
            required=SPLIT,
            visible_when=SPLIT,
        ),
        FieldSpec(
            "preselfpay_amt",
            "amount",
            "乙类先行自付",
            help="清单上有就填",
            visible_when=Is("scope_by", (BY_TYPED, BY_FEES)),
            print_at="scope.preselfpay",
        ),
        FieldSpec(
            "overlmt_selfpay",
            "amount",
            "超限价自付",
            visible_when=TYPED,
            print_at="scope.overlimit",
        ),
        FieldSpec(
            "fulamt_ownpay_amt",
            "amount",
            "丙类自费",
            visible_when=Is("scope_by", (BY_TYPED, UNKNOWN)),
            print_at="scope.ownpay",
        ),
        FieldSpec(
            "selfpay_share",
            "text",
            "乙类先行自付比例",
            help="清单或目录上写着才填，例如 10%",
            visible_when=OF_FEES,
            print_at="scope.share",
        ),
    ),
)

FEES = SectionSpec(
    "fees",
    "费用分类",
    (
        FieldSpec("fee_name", "text", "费用类别", required=OF_FEES, visible_when=OF_FEES),
        FieldSpec("fee_sum", "amount", "总额", visible_when=OF_FEES),
        FieldSpec("fee_a", "amount", "甲类", visible_when=OF_FEES),
        FieldSpec("fee_b", "amount", "乙类", visible_when=OF_FEES),
        FieldSpec("fee_c", "amount", "丙类", visible_when=OF_FEES),
        FieldSpec("fee_over", "amount", "超限价", visible_when=OF_FEES),
    ),
    repeats=True,
    max_rows=40,
    row_noun="类",
)

LINES = SectionSpec(
    "lines",
    "费用明细",
    (
        FieldSpec("medins_list_name", "text", "项目", required=OF_LINES, visible_when=OF_LINES),
        FieldSpec(
            "chrgitm_lv",
            "choice",
            "甲乙丙",
            visible_when=OF_LINES,
            options=(Option("01", "甲类"), Option("02", "乙类"), Option("03", "丙类")),
        ),
        FieldSpec(
            "det_item_fee_sumamt", "amount", "金额", required=OF_LINES, visible_when=OF_LINES
        ),
        FieldSpec("selfpay_prop", "text", "自付比例", help="例如 10%", visible_when=OF_LINES),
        FieldSpec("pric_uplmt_amt", "amount", "限价", visible_when=OF_LINES),
    ),
    repeats=True,
    max_rows=MOST_LINES,
    row_noun="行",
)
