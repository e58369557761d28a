"""QH-BX-01, the application A4 (PAPER.md; fields of FACTS §2), as data."""

from counter_app.catalog.facts import Facts
from counter_app.catalog.sheet import (
    Block,
    Cell,
    Field,
    Grid,
    GridRow,
    Sheet,
    Signature,
    Text,
    Ticks,
)
from counter_app.forms.answers import Answers, Row
from counter_app.forms.spec import FieldSpec
from counter_app.items.manual_reimbursement import bills
from counter_app.items.manual_reimbursement.claim import estimate
from counter_app.items.manual_reimbursement.form import FORM
from counter_app.items.manual_reimbursement.form_bills import BILLS
from counter_app.items.manual_reimbursement.outcome import TRIAL, outcome, paid_words
from counter_app.kernel.money import format_yuan, parse_yuan

_BLANK_BILLS = 5
_NOTES = (
    "填表说明：1. 方框里打勾，改动处签名。2. 票据一张一行，原件另附。3. 账户填户名本人的银行卡或存折。"
    "4. 生僻字照证件写，机器印不全的由本人手写。"
)
_DECLARED = (
    "所填内容和所交票据真实，没有在别处报销过；知道多报、假报要退回并承担责任；上面告知的都已知道。"
)


def sheet(answers: Answers | None, facts: Facts) -> Sheet:
    """The filled form, or the blank one without answers; many bills go on over pages."""
    filled = answers or Answers()
    on = facts.on
    day = f"{on.year} 年 {on.month} 月 {on.day} 日" if answers else "      年    月    日"
    blocks: tuple[Block, ...] = (
        Grid((*_person(filled), *_visit(filled, facts))),
        _bills(filled, blank=answers is None),
        Grid((*_expense(filled), *_closing(filled, facts, blank=answers is None))),
    )
    return Sheet(
        number=FORM.id,
        version=FORM.version,
        title=FORM.title,
        name="手工报销申请表",
        head_left=Text(""),
        head_right=Text(f"填表日期  {day}"),
        pages=(blocks,),
        notes=_NOTES,
    )


def label(text: str, width: float, rows: int = 1) -> Cell:
    """A grey label cell."""
    return Cell(Text(text, 500, "center"), width, label=True, rows=rows)


def _spec(field_id: str) -> FieldSpec:
    spec = FORM.field(field_id)
    if spec is None:
        raise KeyError(field_id)
    return spec


def _field(answers: Answers, field_id: str, width: float) -> Cell:
    return Cell(Field(_spec(field_id), answers.get(field_id)), width)


def _words(text: str, width: float, *prints: str) -> Cell:
    return Cell(Text(text), width, prints=prints)


def _person(answers: Answers) -> tuple[GridRow, ...]:
    return (
        GridRow((
            label("报什么", 24),
            _field(answers, "claim_kind", 44),
            label("联系电话", 20),
            _field(answers, "tel", 89),
        )),
        GridRow((
            label("参保人", 24),
            _field(answers, "psn_name", 44),
            label("证件号码", 20),
            _field(answers, "certno", 89),
        )),
        GridRow((label("谁的费用", 24), _field(answers, "claim_for", 153))),
        GridRow((
            label("新生儿", 24),
            _words(_newborn(answers), 44, "newborn.name", "newborn.birth"),
            label("来办的人", 20),
            _words(_claimant(answers), 89, "death.on", "heir.relation", "guardian.relation"),
        )),
        GridRow((label("为什么\n手工报", 24), _field(answers, "manl_reim_rea", 153))),
        GridRow((label("情况", 24), _field(answers, "local_rea", 153)), rule=0.7),
    )


def _newborn(answers: Answers) -> str:
    parts = (answers.get("nwb_name"), answers.get("nwb_brdy"))
    return "  ".join(part for part in parts if part)


def _claimant(answers: Answers) -> str:
    parts = []
    if answers.get("guardian_rlts"):
        parts.append(f"监护人 {answers.get('appl_name')}，参保人的{answers.get('guardian_rlts')}")
    if answers.get("heir_rlts"):
        parts.append(f"继承人 {answers.get('appl_name')}，参保人的{answers.get('heir_rlts')}")
    if answers.get("death_on"):
        parts.append(f"参保人去世 {answers.get('death_on')}")
    return "；".join(parts)


def _visit(answers: Answers, facts: Facts) -> tuple[GridRow, ...]:
    return (
        GridRow((
            label("医院", 24),
            _words(
                hospital_words(answers, facts),
                153,
                "hospital.code",
                "hospital.name",
                "hospital.level",
            ),
        )),
        GridRow((label("在哪里看的", 24), _field(answers, "offsite", 153))),
        GridRow((
            label("入院、就诊", 24),
            _field(answers, "begndate", 30),
            label("出院", 14),
            _field(answers, "enddate", 30),
            label("住院门诊号", 22),
            _field(answers, "ipt_otp_no", 57),
        )),
        GridRow((label("诊断", 24), _field(answers, "diag_name", 153))),
        GridRow((
            label("住院", 24),
            _field(answers, "ipt_type", 79),
            label("外购药", 16),
            _field(answers, "outside_drug", 58),
        )),
        GridRow((
            label("门诊", 24),
            _field(answers, "otp_kind", 79),
            label("双通道", 16),
            _field(answers, "dual_channel", 58),
        )),
        GridRow((
            label("外伤", 24, rows=2),
            _field(answers, "trum_flag", 30),
            label("第三方", 16),
            _field(answers, "rel_ttp_flag", 30),
            label("凭什么", 16),
            _field(answers, "trum_proof", 61),
        )),
        GridRow(
            (_words(_hurt(answers), 153, "trauma.day", "trauma.place", "trauma.cause"),), rule=0.7
        ),
    )


def hospital_words(answers: Answers, facts: Facts) -> str:
    """示范县人民医院（H99010100001，二级甲等）; a typed one without code."""
    code = answers.get("fixmedins_code")
    listed = facts.hospitals.get(code)
    names = facts.tables.get("hosp_lv", {})
    level = listed.level if listed else answers.get("hosp_lv")
    name = listed.name if listed else answers.get("fixmedins_name")
    more = "，".join(part for part in (code, names.get(level, "")) if part)
    return f"{name}（{more}）" if name and more else name


def _hurt(answers: Answers) -> str:
    parts = (answers.get("trum_time"), answers.get("trum_site"), answers.get("trum_rea"))
    return "，".join(part for part in parts if part)


def _bills(answers: Answers, *, blank: bool) -> Grid:
    rows = answers.section(BILLS.id) or (({},) * _BLANK_BILLS if blank else ({},))
    head = GridRow(
        (
            label("", 9),
            label("票据", 32),
            label("代码", 28),
            label("号码", 46),
            label("校验码", 16),
            label("开票日期", 22),
            label("金额 元", 24),
        ),
        rule=0.5,
    )
    found = bills.listed(answers)
    total = bills.total(found)
    words = "" if total is None else format_yuan(total)
    out = len(found) - len(bills.counted(found))
    said = "合计" if not out else f"合计（{out} 张剔除，不计）"
    closing = GridRow((label(said, 153), Cell(Text(words, 600, "right"), 24)), rule=0.7)
    body = tuple(_bill(n, row, len(rows)) for n, row in enumerate(rows, 1))
    return Grid((*body, closing), head=(head,))


def _bill(number: int, row: Row, count: int) -> GridRow:
    kind = _spec("bills[0].elecSetlCertType").label_of(row.get("elecSetlCertType", ""))
    out = row.get("excluded", "")
    amount = _shown_amount(row.get("billAmt", ""))
    return GridRow(
        (
            label(str(number) if count > 1 or row else "", 9),
            Cell(
                Text(f"{kind}（不计）" if out else kind),
                32,
                prints=("bill.kind", "bill.excluded"),
            ),
            Cell(Text(row.get("elecSetlCertCode", "")), 28, prints=("bill.code",)),
            Cell(Text(row.get("elecSetlCertNo", "")), 46, prints=("bill.number",)),
            Cell(Text(row.get("elecSetlCertChkcode", "")), 16, prints=("bill.check",)),
            Cell(Text(row.get("billDate", "")), 22, prints=("bill.date",)),
            Cell(
                Text(f"（{amount}）" if out and amount else amount, align="right"),
                24,
                prints=("bill.amount",),
            ),
        ),
        # the total stays with the last bill
        keep=1 if number == count else 0,
    )


def _shown_amount(answer: str) -> str:
    fen = parse_yuan(answer)
    return answer if fen is None else format_yuan(fen)


def _money(answers: Answers, field_id: str, width: float) -> Cell:
    place = _spec(field_id).print_at
    return Cell(Text(_shown_amount(answers.get(field_id)), align="right"), width, prints=(place,))


def _expense(answers: Answers) -> tuple[GridRow, ...]:
    return (
        GridRow((label("政策范围内", 24), _field(answers, "scope_by", 153))),
        GridRow((
            label("清单总额", 24),
            _money(answers, "medfee_sumamt", 35),
            label("范围内", 24),
            _money(answers, "inscp_scp_amt", 35),
            label("乙类先付", 24),
            _money(answers, "preselfpay_amt", 35),
        )),
        GridRow(
            (
                label("超限价", 24),
                _money(answers, "overlmt_selfpay", 35),
                label("丙类自费", 24),
                _money(answers, "fulamt_ownpay_amt", 35),
                label("乙类比例", 24),
                _field(answers, "selfpay_share", 35),
            ),
            rule=0.7,
        ),
        GridRow((label("谁的账户", 24), _field(answers, "acct_holder", 153))),
        GridRow((
            label("户名", 24),
            _field(answers, "acctname", 60),
            label("账号", 16),
            _field(answers, "bankacct", 77),
        )),
        GridRow(
            (
                label("开户银行", 24),
                _field(answers, "bank_name", 93),
                label("外地开户", 24),
                _field(answers, "bank_samecity_out_flag", 36),
            ),
            rule=0.7,
        ),
    )


def _closing(answers: Answers, facts: Facts, *, blank: bool) -> tuple[GridRow, ...]:
    agent = answers.get("present") == "agent"
    who = f"代办：{answers.get('agnter_name')}" if agent else "代办：附双方证件和授权委托书"
    ticks = Ticks((("本人或家里人到场，没有代办", not agent and not blank), (who, agent)))
    told = "" if blank else "".join(outcome(answers, facts).told)
    paid = "" if blank else f"{paid_words(estimate(answers, facts))}（{TRIAL}）"
    opinion = "受理单位意见：" if blank else "受理单位意见：材料齐全，已当面核对，予以受理。"
    return (
        GridRow((label("代办人", 24), Cell(ticks, 153, prints=("agent.who",)))),
        GridRow((label("预计报销", 24), Cell(Text(paid, 500), 153))),
        GridRow(
            (label("告知", 24), Cell(Text(told, size=8.8, flows=True), 153)),
            height=12.0,
            rule=0.7,
            keep=1,
        ),
        GridRow(
            (
                label("申请人\n声明与签名", 24),
                Cell(Signature(_DECLARED, "签名（捺印）"), 76.5),
                Cell(Signature(opinion, "经办人", "受理专用章"), 76.5),
            ),
            height=33.0,
        ),
    )
