"""Section 账户: where the money goes (FACTS §2, bank block [B])."""

from counter_app.forms.conditions import ALWAYS, Is
from counter_app.forms.spec import FieldSpec, Option, SectionSpec

INSURED, GUARDIAN, HEIR, MOTHER, AGENT, OTHER = (
    "insured",
    "guardian",
    "heir",
    "mother",
    "agent",
    "other",
)
HOLDERS = (
    Option(INSURED, "参保人本人"),
    Option(GUARDIAN, "监护人"),
    Option(HEIR, "继承人"),
    Option(MOTHER, "新生儿的母亲"),
    Option(AGENT, "代办人"),
    Option(OTHER, "别的人"),
)

ACCOUNT = SectionSpec(
    "account",
    "账户",
    (
        FieldSpec(
            "acct_holder",
            "choice",
            "谁的账户",
            required=ALWAYS,
            options=HOLDERS,
            print_at="account.who",
        ),
        FieldSpec(
            "acctname",
            "name",
            "户名",
            required=ALWAYS,
            print_at="account.name",
            sensitive=True,
        ),
        FieldSpec(
            "acct_certno",
            "id_number",
            "户主证件号",
            required=Is("acct_holder", (OTHER,)),
            visible_when=Is("acct_holder", (OTHER,)),
            sensitive=True,
        ),
        FieldSpec(
            "bank_name",
            "text",
            "开户银行",
            required=ALWAYS,
            print_at="account.bank",
            sample="示范农村商业银行青禾支行（虚构）",
        ),
        FieldSpec(
            "bankacct",
            "text",
            "账号",
            help="照银行卡或存折填",
            required=ALWAYS,
            print_at="account.number",
            sensitive=True,
        ),
        FieldSpec(
            "bank_samecity_out_flag",
            "flag",
            "外地开户",
            print_at="account.elsewhere",
        ),
    ),
)
