"""QH-SS-01, the settlement estimate A4 (PAPER.md, ui/34): result by fund, every step, what is uncertain."""

from dataclasses import replace

from counter_app.catalog.facts import Facts
from counter_app.catalog.person_type import PSN_TYPES
from counter_app.catalog.sheet import Block, Cell, Grid, GridRow, Paragraph, Sheet, Signature, Text
from counter_app.domain.settlement.settle import Settlement, SettlementRange
from counter_app.domain.settlement.trace import Fund, TraceRow
from counter_app.forms.answers import Answers
from counter_app.forms.kinds.choice import YES
from counter_app.items.manual_reimbursement import bills
from counter_app.items.manual_reimbursement.claim import estimate
from counter_app.items.manual_reimbursement.form_visit import INPATIENT, NEWBORN, OFFSITE
from counter_app.items.manual_reimbursement.outcome import TRIAL, own_words, paid_words
from counter_app.items.manual_reimbursement.parties import patient
from counter_app.items.manual_reimbursement.printouts import hospital_words, label
from counter_app.kernel import dates, masking
from counter_app.kernel.money import Fen, format_yuan

NUMBER, TITLE = "QH-SS-01", "结算试算单（A4）"
_VERSION = "2026-1"
_NOT_FINAL = (
    "这是按您交的票据和下面的规则包算出来的，不是最后结果。以医保经办机构审核为准；"
    "审核结果与此不同的，中心会写明差在哪一步。"
)
_STRONG = frozenset({
    Fund.TOTAL,
    Fund.SCOPE,
    Fund.BASIC,
    Fund.SERIOUS,
    Fund.AID,
    Fund.LARGE,
    Fund.CIVIL,
    Fund.PAID,
    Fund.OWN,
})


def wanted(answers: Answers, facts: Facts) -> bool:
    """Whether there is a figure to print."""
    return isinstance(estimate(answers, facts), Settlement | SettlementRange)


def sheet(answers: Answers | None, facts: Facts) -> Sheet:
    """The estimate; the blank one has no figures."""
    filled = answers or Answers()
    result = estimate(filled, facts) if answers else None
    blocks: list[Block] = [Grid(_who(filled, facts)), Grid(_result(result))]
    blocks.append(Paragraph(_NOT_FINAL, 9))
    if isinstance(result, Settlement):
        blocks += [_heading("怎么算的（金额单位：元）"), _trace(result), _checked(result)]
    if isinstance(result, SettlementRange):
        blocks.append(_heading("为什么是一个范围"))
        blocks += [Paragraph(f"· {words}", 9, gap=0.8) for words in result.why]
        blocks += [
            _heading("最少怎么算的（金额单位：元）"),
            _trace(result.low),
            _checked(result.low),
        ]
        blocks += [
            _heading("最多怎么算的（金额单位：元）"),
            _trace(result.high),
            _checked(result.high),
        ]
    doubts = _doubts(result)
    if doubts:
        blocks.append(_heading("拿不准的地方"))
        blocks += [Paragraph(f"· {words}", 9, gap=0.8) for words in doubts]
    blocks.append(Paragraph(" ", 4))
    blocks.append(Grid((_signatures(),)))
    return Sheet(
        number=NUMBER,
        version=_VERSION,
        title="医疗费用结算试算单",
        name="结算试算单",
        head_left=Text(""),
        head_right=Text(TRIAL),
        pages=(tuple(blocks),),
    )


def _heading(words: str) -> Paragraph:
    return Paragraph(words, 11.5, 600, gap=3.0)


def _who(answers: Answers, facts: Facts) -> tuple[GridRow, ...]:
    found = bills.listed(answers)
    total, kept = bills.total(found), len(bills.counted(found))
    out = f"；剔除 {len(found) - kept} 张" if len(found) > kept else ""
    amount = f"，合计 {format_yuan(total)} 元" if total is not None else ""
    where = next((o.label for o in OFFSITE if o.code == answers.get("offsite")), "")
    return (
        _pair(("姓名", patient(answers)), ("证件", _certificate(answers))),
        _pair(("参保", f"城乡居民医保{_type(answers)}"), ("就医", _stay(answers))),
        _pair(
            ("医院", "，".join(w for w in (hospital_words(answers, facts), where) if w)),
            ("票据", f"{kept} 张{amount}{out}" if found else ""),
        ),
    )


def _certificate(answers: Answers) -> str:
    """The masked number, and whose it is where the patient has none."""
    number = masking.id_number(answers.get("certno"))
    mother = answers.get("claim_for") == NEWBORN
    return f"{number}（母亲 {answers.get('psn_name')}）" if mother and number else number


def _type(answers: Answers) -> str:
    """（大学生）, where the pack goes by it and it was said."""
    kind = answers.get("psn_type") if answers.get("asks_type") == YES else ""
    label_of = {option.code: option.label for option in PSN_TYPES}
    return f"（{label_of[kind]}）" if kind in label_of else ""


def _pair(left: tuple[str, str], right: tuple[str, str]) -> GridRow:
    return GridRow((
        label(left[0], 16),
        Cell(Text(left[1]), 76),
        label(right[0], 16),
        Cell(Text(right[1]), 69),
    ))


def _stay(answers: Answers) -> str:
    begin, end = answers.get("begndate"), answers.get("enddate")
    if answers.get("claim_kind") != INPATIENT:
        return f"{begin} 门诊" if begin else ""
    first, last = dates.iso(begin), dates.iso(end)
    days = f"，住院 {(last - first).days} 天" if first and last else ""
    return f"{begin} 至 {end}{days}" if end else begin


def _result(result: object) -> tuple[GridRow, ...]:
    known = result if isinstance(result, Settlement | SettlementRange) else None
    ends = _ends(known)
    paid = _two_lines(paid_words(known)) if known else ""
    own = _two_lines(own_words(known))
    more = tuple((name, fund) for name, fund in _MORE if any(getattr(e, fund) for e in ends))
    return (
        GridRow(
            (
                label("预计报销", 20, rows=3 + len(more)),
                Cell(Text(paid, 600, "center", size=17), 57, rows=3 + len(more)),
                label("基本医保", 20),
                _span(ends, "hifp_pay"),
                label("个人负担", 34),
            ),
            height=8.4,
        ),
        GridRow(
            (
                label("大病保险", 20),
                _span(ends, "hifmi_pay"),
                Cell(Text(own, 600, "center", size=10), 34, rows=2 + len(more)),
            ),
            height=8.4,
        ),
        GridRow((label("医疗救助", 20), _span(ends, "maf_pay")), height=8.4),
        *(GridRow((label(name, 20), _span(ends, fund)), height=8.4) for name, fund in more),
    )


_MORE = (("大额补助", "hifob_pay"), ("公务员补助", "cvlserv_pay"))
"""Printed only where they pay: most packs have none."""


def _two_lines(words: str) -> str:
    """A range with an end on each line, so that no amount is broken."""
    return words.replace(" 至 ", " 至\n")


def _ends(result: Settlement | SettlementRange | None) -> tuple[Settlement, ...]:
    if result is None:
        return ()
    return (result.low, result.high) if isinstance(result, SettlementRange) else (result,)


def _span(ends: tuple[Settlement, ...], fund: str) -> Cell:
    paid: list[Fen] = [getattr(e, fund) for e in ends]
    words = " 至 ".join(dict.fromkeys(format_yuan(fen) for fen in paid))
    return Cell(Text(words, 500, "right"), 46)


def _trace(result: Settlement) -> Grid:
    head = GridRow(
        (
            label("", 8),
            label("步骤", 36),
            label("算式", 60),
            label("依据", 46),
            label("金额", 27),
        ),
        height=6.5,
        rule=0.5,
    )
    steps = [_step(n, row) for n, row in enumerate(result.rows, 1)]
    # the person's share stays with what the funds pay
    rows = (*steps[:-2], *(replace(row, keep=1) for row in steps[-2:-1]), *steps[-1:])
    return Grid(rows, head=(head,))


def _step(number: int, row: TraceRow) -> GridRow:
    strong = row.fund in _STRONG and row.key not in {"deductible", "offsite"}
    weight = 500 if strong else 400
    return GridRow(
        (
            label(str(number), 8),
            Cell(Text(row.name, weight, size=9), 36),
            Cell(Text(row.formula, size=8.5), 60),
            Cell(Text(row.source, size=8), 46),
            Cell(Text(format_yuan(row.signed), weight, "right", size=9), 27),
        ),
        height=6.5,
    )


def _checked(result: Settlement) -> Paragraph:
    """Both identities of FACTS §4.3, which the settlement itself has checked."""
    outside = result.medfee_sumamt - result.inscp_scp_amt
    return Paragraph(
        f"验算：总额 {format_yuan(result.medfee_sumamt)} = 报销合计 "
        f"{format_yuan(result.fund_pay_sumamt)} + 个人负担 {format_yuan(result.psn_part_amt)}；"
        f"政策范围内 {format_yuan(result.inscp_scp_amt)} + 范围外 {format_yuan(outside)} = 总额",
        8.5,
        gap=1.5,
    )


def _doubts(result: object) -> tuple[str, ...]:
    known = result if isinstance(result, Settlement | SettlementRange) else None
    said = [words for end in _ends(known) for words in end.doubts]
    return tuple(dict.fromkeys(said))


def _signatures() -> GridRow:
    return GridRow(
        (
            Cell(Signature("已当面讲清，本人知道这是试算。", "本人签名"), 88.5),
            Cell(Signature(" ", "经办人"), 88.5),
        ),
        height=30.0,
    )
