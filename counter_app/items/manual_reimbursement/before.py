"""What the insured's year has cost before this claim, and the stay it continues, as far as it is known here."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from counter_app.catalog import earlier
from counter_app.catalog.earlier import History
from counter_app.catalog.facts import Facts
from counter_app.catalog.likened import Stay
from counter_app.catalog.outcome import Hold, Line
from counter_app.domain.settlement.claim import Claim
from counter_app.domain.settlement.kind import Kind
from counter_app.domain.settlement.past import Past
from counter_app.domain.settlement.remembered import remembered
from counter_app.domain.settlement.settle import Settlement, SettlementRange
from counter_app.domain.settlement.transfer import DAYS, joins
from counter_app.forms.answers import Answers
from counter_app.items.manual_reimbursement import bills
from counter_app.items.manual_reimbursement.form_visit import INPATIENT, NEWBORN
from counter_app.items.manual_reimbursement.parties import insured_key
from counter_app.kernel import dates
from counter_app.kernel.money import Fen, format_yuan
from counter_app.kernel.problems import Level, Problem

MOVED = "3"
"""`ipt_type` 转院住院."""
_RULED = frozenset({"difference", "none"})
"""Readings of `inpatient.transfer` that ask what the earlier stay was charged."""
_NAMED = 2
"""Case numbers named in a sentence."""


def history(answers: Answers, facts: Facts, year: int) -> History:
    """The insured's year before this claim."""
    key = insured_key(answers)
    return earlier.history(facts.held, key, year, facts.case_no, _stay(answers))


def _stay(answers: Answers) -> Stay | None:
    """The stay as a record of direct settlements would tell it."""
    total, inpatient = bills.total(bills.listed(answers)), answers.get("claim_kind") == INPATIENT
    stay = Stay(answers.get("fixmedins_code"), answers.get("enddate"), str(total or ""))
    return stay if inpatient and all(stay) else None


def settled_already(answers: Answers, facts: Facts) -> str:
    """Why only the county's clerk decides: the hospital may have settled this very stay; else ""."""
    left = dates.iso(answers.get("enddate"))
    if left is None or _stay(answers) is None or not history(answers, facts, left.year).own:
        return ""
    return f"{dates.full(left)} 出院的这一次可能医院已经结算过，由县中心查实"


def problems(answers: Answers, facts: Facts) -> Iterator[Problem]:
    """The hospital may have settled this very stay already."""
    stay, left = _stay(answers), dates.iso(answers.get("enddate"))
    if stay is None or left is None or not settled_already(answers, facts):
        return
    text = (
        f"医院直接结算的记录里有一次和这一次一样：同一家医院、{dates.full(left)} 出院、"
        f"总额 {format_yuan(int(stay.total))} 元，可能在医院已经报过，再报就重了。"
        "请问清本人，看票据上有没有医保结算；没结算过的照常受理，由县中心查实后再定"
    )
    yield Problem("settled_already", "enddate", text, Level.WARN)


def continued(answers: Answers, facts: Facts, day: dt.date) -> Past | None:
    """The stay that a transfer continues: the last one discharged up to the admission."""
    begun = dates.iso(answers.get("begndate"))
    if not _moved(answers) or begun is None:
        return None
    days = _days(facts, day)
    stays = [
        past
        for year in _reached(begun, days)
        for past in history(answers, facts, year).year.before
        if past.kind is Kind.INPATIENT and past.on <= begun
        # without the pack's number a stay of last year can only be one that ended the day before
        if days is not None or past.on.year == begun.year or (begun - past.on).days <= 1
    ]
    return max(stays, key=lambda past: past.on, default=None)


def _reached(begun: dt.date, days: int | None) -> tuple[int, ...]:
    """The years the stay before may have ended in; without the pack's number the night between two days counts."""
    first = dt.date.fromordinal(max(begun.toordinal() - (1 if days is None else days), 1))
    return tuple(range(first.year, begun.year + 1))


def lacking(answers: Answers, facts: Facts, day: dt.date) -> Iterator[str]:
    """What a transfer needs and nobody here knows.

    A stay too long ago is hardly the one it came from: unless all is known of when that one may have
    ended, that one is missing.
    """
    rule = facts.pack.text("inpatient.transfer", day) if facts.pack else None
    begun = dates.iso(answers.get("begndate"))
    if not _moved(answers) or rule not in _RULED or begun is None:
        return
    stay = continued(answers, facts, day)
    far = stay is not None and _joined(answers, facts, stay, day) is False
    years = (history(answers, facts, y).year for y in _reached(begun, _days(facts, day)))
    if stay is None or (far and not all(year.known for year in years)):
        yield "不知道转院前那次住院收了多少起付线（本机没有那一次的记录）"


def _joined(answers: Answers, facts: Facts, stay: Past, day: dt.date) -> bool | None:
    begun = dates.iso(answers.get("begndate"))
    return joins(stay, begun, _days(facts, day)) if begun else None


def _days(facts: Facts, day: dt.date) -> int | None:
    """How many days the pack lets lie between the two stays."""
    return facts.pack.number(DAYS, day) if facts.pack else None


def _moved(answers: Answers) -> bool:
    return answers.get("claim_kind") == INPATIENT and answers.get("ipt_type") == MOVED


def holds(
    answers: Answers, facts: Facts, made: tuple[Claim | None, dt.date | None], result: object
) -> tuple[Hold, ...]:
    """What later claims of the insured must know of this one; a range or no figure says only that it is.

    `made` is the claim, where one could be made, and its deciding day.
    """
    subject, (claim, day) = insured_key(answers), made
    if not subject or day is None:
        return ()
    pasts: tuple[Past, ...] = ()
    if claim is not None and isinstance(result, Settlement):
        pasts = remembered(claim, result, apart=_apart(answers, facts, claim))
    found = history(answers, facts, day.year)
    stay = claim.continues if claim is not None else None
    from_stay = (stay.case_no,) if stay is not None and stay.case_no else ()
    seen = (*found.counted, *_of_last_year(answers, facts, day), *from_stay)
    found = replace(found, counted=tuple(dict.fromkeys(seen)))
    return earlier.holds(subject, day, pasts, found, _own(result))


def _own(result: object) -> Fen | None:
    """Of a range the end that is certain."""
    if isinstance(result, Settlement):
        return result.psn_part_amt
    ends = (result.low, result.high) if isinstance(result, SettlementRange) else ()
    return min((end.psn_part_amt for end in ends), default=None)


def _apart(answers: Answers, facts: Facts, claim: Claim) -> bool:
    """Whether nothing says that a transfer is one stay with the one before: an admission of its own."""
    stay = claim.continues
    return stay is not None and _joined(answers, facts, stay, claim.on) is not True


def _of_last_year(answers: Answers, facts: Facts, day: dt.date) -> tuple[str, ...]:
    """Cases of the year of admission that a split stay counted as well."""
    split = answers.get("crossing") == "split"
    return history(answers, facts, day.year - 1).counted if split else ()


def lines(answers: Answers, facts: Facts, day: dt.date) -> tuple[Line, ...]:
    """2026 年已报过: what was counted, or that nobody here knows it and how it was taken."""
    found = history(answers, facts, day.year)
    label = f"{day.year} 年已报过"
    return (
        Line(label, _sums(found), tone="" if found.year.known else "warn"),
        *(Line("还没算进去", words, tone="warn") for words in _unsure(found)),
    )


def _sums(found: History) -> str:
    pasts = found.year.before
    if not pasts:
        return "没有报过" if found.year.known else "没有查到，按没有报过算"
    paid = format_yuan(sum(p.basic_paid for p in pasts))
    taken = format_yuan(sum(p.deductible for p in pasts))
    only = "" if found.year.known else "；医院直接结算的没有查到，没算"
    return f"{len(pasts)} 次，基本医保报 {paid} 元，起付线收 {taken} 元{only}"


def doubts(answers: Answers, facts: Facts, claim: Claim) -> Iterator[str]:
    """How far the year before this claim is known."""
    found = history(answers, facts, claim.on.year)
    if found.year.before:
        count = len(found.year.before)
        yield f"{claim.on.year} 年已报过的 {count} 次算在以前，以中心的记录为准"
    yield from _unsure(found)
    if found.as_of is not None:
        yield f"医院直接结算的只查到 {dates.full(found.as_of)}，以后的没有算"
    if found.own:
        yield (
            "医院直接结算的记录里有一次没有编号，和这一次同一家医院、同一天出院、总额一样，"
            "当作就是这一次，没有算在以前；医院已经报过的不能再报"
        )
    for case_no in found.likened:
        yield (
            f"医院直接结算的记录里有一次没有编号，和 {case_no} 同一家医院、同一天出院、总额一样，"
            "当作同一次，只算一次"
        )
    if answers.get("claim_for") == NEWBORN and found.year.before:
        yield "孩子用母亲的参保，母亲以前报过的也一起算；要不要分开由中心定"


def _unsure(found: History) -> Iterator[str]:
    if found.unsure:
        named = "、".join(found.unsure[:_NAMED])
        more = f"等 {len(found.unsure)} 件" if len(found.unsure) > _NAMED else ""
        yield f"{named}{more}报多少还没有准数，没有算进今年以前；定了以后这一次的数可能变"
