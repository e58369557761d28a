"""What is wrong with the bills: their form, their payer, twice, used elsewhere (FACTS §4.2)."""

from collections import Counter
from collections.abc import Iterator

from counter_app.catalog.facts import Facts
from counter_app.domain.bill.bill import BillFault, form_faults
from counter_app.domain.bill.payer import number_fits, same_name
from counter_app.forms.answers import Answers, path
from counter_app.items.manual_reimbursement.bills import (
    Listed,
    Taken,
    counted,
    doubtful,
    listed,
    taken,
    where,
)
from counter_app.items.manual_reimbursement.form_bills import BILLS, USED
from counter_app.items.manual_reimbursement.form_visit import NEWBORN
from counter_app.items.manual_reimbursement.parties import patient
from counter_app.kernel import dates
from counter_app.kernel.problems import Level, Problem

_ONCE = "同一张票据只报一次"
_FIELDS = {
    "code": "elecSetlCertCode",
    "number": "elecSetlCertNo",
    "check": "elecSetlCertChkcode",
    "date": "billDate",
    "amount": "billAmt",
    "written": "billAmtCap",
    "red": "rhredFlag",
    "settled": "certSetlType",
}


def bill_problems(answers: Answers, facts: Facts) -> Iterator[Problem]:
    """Problems of every bill, each at its place; a bill taken out is only named."""
    found, others = listed(answers), taken(facts)
    claimed = counted(found)
    if found and not claimed:
        text = "票据全都剔除了，没有可报的。请再录要报的票据，或不办这一件"
        yield Problem("no_bill", BILLS.id, text)
    yield from (_used(one, others) for one in found if one.out == USED)
    doubted = {one.place for one in doubtful(found, facts)}
    times = Counter(one.key for one in claimed if one.key)
    first: dict[str, int] = {}
    twins: dict[str, Listed] = {}
    cancelled = {one.bill.original for one in found if one.bill.red} - {("", "")}
    for one in claimed:
        yield from (_problem(one, fault) for fault in form_faults(one.bill, facts.on))
        if times[one.key] > 1 and first.setdefault(one.key, one.place) != one.place:
            text = f"{one.bill.words}和第 {first[one.key] + 1} 张是同一张，只能报一次。请剔除这一张"
            yield Problem("twice", _at(one, "elecSetlCertNo"), text, source=_ONCE)
        if (one.bill.code, one.bill.number) in cancelled:
            text = f"{one.bill.words}已被后面的红字票冲掉，不能报。请剔除；重开过的录新开的那张"
            yield Problem("cancelled", _at(one, "elecSetlCertNo"), text)
        yield from _elsewhere(one, others)
        if one.place in doubted:
            yield _provisional(one)
        yield from _twin(one, twins)
        yield from _payer(one, answers, facts)
        yield from _day(one, answers)


def _at(one: Listed, field: str) -> str:
    return path(BILLS.id, one.place, field)


def _problem(one: Listed, fault: BillFault) -> Problem:
    level = Level.STOP if fault.stops else Level.WARN
    return Problem(fault.code, _at(one, _FIELDS[fault.part]), fault.text, level)


def _used(one: Listed, others: Taken) -> Problem:
    held = others.exact.get(one.key)
    seen = f"：{where(held)}" if held else ""
    text = f"{one.bill.words}已报过，不计{seen}。请告诉本人，票还给他"
    return Problem("used", _at(one, "excluded"), text, Level.WARN, source=_ONCE)


def _elsewhere(one: Listed, others: Taken) -> Iterator[Problem]:
    held = others.exact.get(one.key) if one.key else None
    if held is not None:
        text = f"{one.bill.words}{where(held)}报过了，不能再报。请剔除这一张，票还给本人"
        yield Problem("used", _at(one, "elecSetlCertNo"), text, source=_ONCE)
        return
    alike = others.near.get(one.near) if one.near else None
    if alike is not None:
        text = (
            f"同一人、同一医院、同一天、同样金额的票{where(alike)}报过一张，号码不一样。"
            "请看清是不是同一笔钱；不是的照常报"
        )
        yield Problem("alike", _at(one, "elecSetlCertNo"), text, Level.WARN)


def _provisional(one: Listed) -> Problem:
    """The list is a filter: it may be wrong about one bill in 10,000, so that it never refuses."""
    text = (
        f"可能已报过：全县的名单上好像有{one.bill.words}。请再问一遍本人；"
        "没报过的照常收，算暂定，联网以后由中心核对"
    )
    return Problem("listed", _at(one, "elecSetlCertNo"), text, Level.WARN, source=_ONCE)


def _twin(one: Listed, seen: dict[str, Listed]) -> Iterator[Problem]:
    """Another bill of this claim of the same day and amount under another number."""
    if not one.near:
        return
    other = seen.setdefault(one.near, one)
    if other is not one and other.key != one.key:
        text = (
            f"和第 {other.place + 1} 张同一天、同样金额，号码不一样。"
            "请看清是不是同一笔钱开了两张票；不是的照常报"
        )
        yield Problem("alike", _at(one, "elecSetlCertNo"), text, Level.WARN)


def _payer(one: Listed, answers: Answers, facts: Facts) -> Iterator[Problem]:
    bill = one.bill
    names = _names(answers, facts)
    if bill.payer and not same_name(bill.payer, names):
        text = (
            f"票上交款人是“{bill.payer}”，和{patient(answers)}不一样，中心会退。"
            "别人的票请剔除；医院写错名的，请到医院更正"
        )
        yield Problem("payer_differs", _at(one, "payer_name"), text)
    newborn = answers.get("claim_for") == NEWBORN
    certno = answers.get("certno")
    if bill.payer_no and certno and number_fits(bill.payer_no, certno) is False and not newborn:
        text = (
            "票上交款人证件号看得见的几位，和参保人的对不上，可能是别人的票。"
            "请照票面核对；真是别人的，剔除这一张"
        )
        yield Problem("payer_number", _at(one, "payer_certno"), text)


def _names(answers: Answers, facts: Facts) -> tuple[str, ...]:
    """Names the bill may be made out to; a newborn's as hospitals write it: 孙瑾之子, 孙瑾之女."""
    name = answers.get("psn_name")
    if answers.get("claim_for") != NEWBORN:
        person = facts.people.get(answers.get("certno"))
        return (name, *(person.former_names if person else ()))
    return (answers.get("nwb_name"), name, *(f"{name}之{w}" for w in ("子", "女", "新生儿", "婴")))


def _day(one: Listed, answers: Answers) -> Iterator[Problem]:
    begin = dates.iso(answers.get("begndate"))
    if one.bill.date is not None and begin is not None and one.bill.date < begin:
        text = "开票日期在入院或就诊以前，可能不是这一次的票。请照票面核对"
        yield Problem("bill_before", _at(one, "billDate"), text, Level.WARN)
