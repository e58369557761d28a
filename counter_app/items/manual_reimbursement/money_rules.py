"""What is wrong with totals, what is in scope, and the account."""

from collections.abc import Iterator

from counter_app.catalog.facts import Facts
from counter_app.domain.bill.pasted import share
from counter_app.domain.person.names import NameMatch, compare
from counter_app.forms.answers import Answers, path
from counter_app.items.manual_reimbursement import form_account as account
from counter_app.items.manual_reimbursement.claim import (
    categories,
    fen,
    lines,
    scope_of,
    total_of,
)
from counter_app.items.manual_reimbursement.form_bills import BY_FEES, BY_LINES, FEES, LINES
from counter_app.items.manual_reimbursement.form_visit import DEAD, NEWBORN, WARD
from counter_app.items.manual_reimbursement.parties import holder_certno, holder_name
from counter_app.kernel.money import Fen, format_yuan, parse_yuan
from counter_app.kernel.problems import Level, Problem

HOLDERS = "claim.account_holders"
_PARTS = ("fee_a", "fee_b", "fee_c", "fee_over")
_TYPED = ("inscp_scp_amt", "preselfpay_amt", "overlmt_selfpay", "fulamt_ownpay_amt")
_SHORTEST, _LONGEST = 8, 32
"""No rule gives the lengths: outside of them the clerk is only asked to count again."""


def expense_problems(answers: Answers) -> Iterator[Problem]:
    """Amounts that don't add up, each where it can be mended."""
    whole = total_of(answers)
    listed = parse_yuan(answers.get("medfee_sumamt"))
    if whole is not None and listed is not None and whole != listed:
        yield Problem(
            "total_differs",
            "medfee_sumamt",
            f"清单总额 {format_yuan(listed)}，票据合计 {format_yuan(whole)}，差 "
            f"{format_yuan(abs(listed - whole))}。少录了票据的补上，看错的改过来",
        )
    for field in _TYPED:
        if fen(answers.values, field) < 0:
            yield Problem("below_zero", field, "金额不能是负数。请照清单核对")
    by = answers.get("scope_by")
    if by == BY_FEES:
        yield from _fees(answers, whole)
    if by == BY_LINES:
        yield from _lines(answers, whole)
    found = scope_of(answers)
    if found.fault:
        text = f"{found.fault}。现在这样算不出能报多少"
        yield Problem("scope", found.place, text)


def _fees(answers: Answers, whole: Fen | None) -> Iterator[Problem]:
    share_said = answers.get("selfpay_share")
    if share_said and share(share_said) is None:
        text = "比例读不出。请照清单填，例如 10%；不知道就空着，按范围估"
        yield Problem("share", "selfpay_share", text)
    made = [c.a + c.b + c.c + c.overlmt for c in categories(answers)]
    for index, row in enumerate(answers.section(FEES.id)):
        stated = parse_yuan(row.get("fee_sum", ""))
        if stated is not None and stated != made[index]:
            text = (
                f"这一类总额 {format_yuan(stated)}，甲乙丙和超限价加起来 "
                f"{format_yuan(made[index])}，对不上。请照清单核对"
            )
            yield Problem("fee_differs", path(FEES.id, index, "fee_sum"), text)
        for part in _PARTS:
            if fen(row, part) < 0:
                text = "金额不能是负数。退费先和原来那一笔对冲再填"
                yield Problem("below_zero", path(FEES.id, index, part), text)
    yield from _sum(made, whole, FEES.id, "费用分类")


def _lines(answers: Answers, whole: Fen | None) -> Iterator[Problem]:
    for index, row in enumerate(answers.section(LINES.id)):
        said = row.get("selfpay_prop", "")
        if said and share(said) is None:
            text = f"自付比例“{said}”读不出。请照清单填，例如 10%；不知道就空着，按范围估"
            yield Problem("share", path(LINES.id, index, "selfpay_prop"), text)
    yield from _sum([line.amount for line in lines(answers)], whole, LINES.id, "费用明细")


def _sum(made: list[Fen], whole: Fen | None, section: str, name: str) -> Iterator[Problem]:
    if not made:
        text = f"选了按{name}算，还没有填。请照清单填；没有清单的选“都没有，只估范围”"
        yield Problem("nothing_listed", section, text)
    elif whole is not None and sum(made) != whole:
        yield Problem(
            "sum_differs",
            section,
            f"{name}合计 {format_yuan(sum(made))}，票据合计 {format_yuan(whole)}，差 "
            f"{format_yuan(abs(sum(made) - whole))}。少填的补上，看错的改过来",
        )


def account_problems(answers: Answers, facts: Facts) -> Iterator[Problem]:
    """Whose account it is, whether that may be, and whether its number can be one."""
    number = answers.get("bankacct").replace(" ", "")
    if number and not (number.isascii() and number.isdigit()):
        text = "账号里有不是数字的字，钱打不出去。请照银行卡或存折再看一遍"
        yield Problem("account_number", "bankacct", text)
    elif number and not _SHORTEST <= len(number) <= _LONGEST:
        text = f"账号有 {len(number)} 位，不像银行账号，错了钱打不出去。请照银行卡或存折再数一遍"
        yield Problem("account_number", "bankacct", text, Level.WARN)
    holder = answers.get("acct_holder")
    if not holder:
        return
    yield from _party(answers, holder)
    known = holder_name(answers)
    stands = answers.get("acctname")
    if known and stands and compare(stands, known) is not NameMatch.SAME:
        text = f"户名和{_word(holder)}“{known}”不一样，钱会被银行退回。请照银行卡核对"
        yield Problem("holder_name", "acctname", text)
    yield from _allowed(holder, facts)


def _party(answers: Answers, holder: str) -> Iterator[Problem]:
    """The holder must be somebody of this case."""
    for_whom = answers.get("claim_for")
    there = {
        account.INSURED: True,
        account.GUARDIAN: for_whom == WARD,
        account.HEIR: for_whom == DEAD,
        account.MOTHER: for_whom == NEWBORN,
        account.AGENT: answers.get("present") == "agent",
        account.OTHER: holder_certno(answers)
        in {answers.get("certno"), answers.get("appl_certno"), answers.get("agnter_certno")},
    }
    if holder == account.OTHER and not holder_certno(answers):
        return
    if not there.get(holder, False):
        text = (
            "户主不是这一件里的人，钱不能打给没有关系的人。请换本人或来办的人的账户；"
            "一定要用的，先问县医保中心"
        )
        yield Problem("no_party", "acct_holder", text)
    if holder == account.INSURED and for_whom == DEAD:
        text = "本人已去世，账户可能已冻结，钱进得去取不出来。请问清继承人要不要换账户"
        yield Problem("dead_account", "acct_holder", text, Level.WARN)


def _allowed(holder: str, facts: Facts) -> Iterator[Problem]:
    found = facts.office.find(HOLDERS, facts.on) if facts.office else None
    if found is None:
        if holder != account.INSURED:
            text = "谁的账户可以收款，这里没有规则可查。请提醒来办的人：中心可能要求换成本人账户"
            yield Problem("holder_unknown", "acct_holder", text, Level.WARN)
        return
    if holder not in found.value.split():
        text = f"按规定，报销款不能打到{_word(holder)}的账户。请换一个账户"
        yield Problem("holder_refused", "acct_holder", text, source=found.source)


def _word(holder: str) -> str:
    return next((o.label for o in account.HOLDERS if o.code == holder), "户主")
