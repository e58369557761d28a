"""What comes of a claim: the estimate, the promised day, the bills it takes for itself."""

from counter_app.catalog.facts import Facts
from counter_app.catalog.outcome import Hold, Line, Outcome
from counter_app.domain.calendar.promise import Promise, promise
from counter_app.domain.settlement.claim import Claim, Kind
from counter_app.domain.settlement.promise import promised_days
from counter_app.domain.settlement.settle import NoEstimate, Settlement, SettlementRange
from counter_app.forms.answers import Answers
from counter_app.items.manual_reimbursement import before, bills
from counter_app.items.manual_reimbursement.claim import (
    Estimate,
    claim_of,
    deciding_day,
    estimate,
)
from counter_app.items.manual_reimbursement.parties import patient
from counter_app.kernel import dates
from counter_app.kernel.money import Fen, format_yuan

_NAMED = 2
"""Bills named in a sentence; a bundle has 200."""
TRIAL = "试算·仅供参考，以医保经办机构审核为准"


def outcome(answers: Answers, facts: Facts) -> Outcome:
    """Consequences; unfinished answers simply bring less.

    `total` stays None: nobody owes anything at the window, and an estimate is no amount to sign.
    """
    found = bills.listed(answers)
    result = estimate(answers, facts)
    promised = _promise(answers, found, facts)
    county = before.settled_already(answers, facts)
    return Outcome(
        subjects=(),
        total=None,
        lines=(*_lines(result), *_before(answers, facts, result), *_bill_lines(found)),
        told=(
            *_told(result, promised),
            *_provisional(bills.doubtful(found, facts)),
            *_looked_into(county),
        ),
        effects=(),
        firm=False,
        missing=result.missing if isinstance(result, NoEstimate) else (),
        promise=promised,
        holds=(*bills.holds(found, facts), *_remembered(answers, facts, result)),
        receipt=_receipt(answers, found, result),
        settlement=result,
        county=county,
    )


def _promise(answers: Answers, found: tuple[bills.Listed, ...], facts: Facts) -> Promise:
    """The office's time from the day of acceptance; bills of several days are no single visit.

    What an accepted revision promised is said again as it was, whatever the calendar says by now.
    """
    if facts.promise is not None:
        return facts.promise
    total, kind = bills.total(found), answers.get("claim_kind")
    if facts.office is None or total is None or kind not in set(Kind):
        return Promise()
    days_of = {b.bill.date for b in bills.counted(found)}
    cited = promised_days(Kind(kind), total, facts.office, facts.on, single=len(days_of) == 1)
    if cited is None:
        return Promise()
    return promise(cited.value, cited.source, facts.on, facts.calendar, facts.stops)


def paid_words(result: Estimate | None) -> str:
    """49,956.73 元; 1,200.00 至 3,400.00 元; 不试算."""
    if isinstance(result, Settlement):
        return f"{format_yuan(result.fund_pay_sumamt)} 元"
    if isinstance(result, SettlementRange):
        return _span(result.low.fund_pay_sumamt, result.high.fund_pay_sumamt)
    return "不试算，由中心核定"


def own_words(result: Estimate | None) -> str:
    """The person's share likewise; "" without an estimate."""
    if isinstance(result, Settlement):
        return f"{format_yuan(result.psn_part_amt)} 元"
    if isinstance(result, SettlementRange):
        return _span(result.high.psn_part_amt, result.low.psn_part_amt)
    return ""


def _span(low: Fen, high: Fen) -> str:
    if low == high:
        return f"{format_yuan(low)} 元"
    return f"{format_yuan(low)} 至 {format_yuan(high)} 元"


def _lines(result: Estimate | None) -> tuple[Line, ...]:
    if result is None:
        return ()
    if isinstance(result, NoEstimate):
        missing = tuple(Line("缺", words, tone="warn") for words in result.missing)
        return (Line("预计报销", paid_words(result), tone="warn"), *missing)
    why = result.why if isinstance(result, SettlementRange) else ()
    return (
        Line("预计报销", paid_words(result), TRIAL),
        Line("个人负担", own_words(result), TRIAL),
        *(Line("为什么是范围", words, tone="warn") for words in why),
    )


def _before(answers: Answers, facts: Facts, result: Estimate | None) -> tuple[Line, ...]:
    """The year before the claim; not of what was said once, since it was worked out on that day's."""
    day = deciding_day(answers)
    if result is None or day is None or facts.said is not None:
        return ()
    return before.lines(answers, facts, day)


def _remembered(answers: Answers, facts: Facts, result: Estimate | None) -> tuple[Hold, ...]:
    claim, day = claim_of(answers, facts), deciding_day(answers)
    known = claim if isinstance(claim, Claim) else None
    return before.holds(answers, facts, (known, day), result)


def _bill_lines(found: tuple[bills.Listed, ...]) -> tuple[Line, ...]:
    if not found:
        return ()
    total = bills.total(found)
    kept = len(bills.counted(found))
    out = len(found) - kept
    words = f"{kept} 张计入" + (f"，{out} 张剔除" if out else "")
    amount = f"，合计 {format_yuan(total)} 元" if total is not None else ""
    return (Line("票据", words + amount),)


def _receipt(
    answers: Answers, found: tuple[bills.Listed, ...], result: Estimate | None
) -> tuple[Line, ...]:
    return (
        Line("患者", patient(answers)),
        *_bill_lines(found),
        Line("预计报销", _receipt_words(result), TRIAL),
    )


def _receipt_words(result: Estimate | None) -> str:
    """The amount never stands alone on a paper that is taken home."""
    figure = isinstance(result, Settlement | SettlementRange)
    return f"{paid_words(result)}（试算·仅供参考）" if figure else paid_words(result)


def _provisional(doubtful: tuple[bills.Listed, ...]) -> tuple[str, ...]:
    if not doubtful:
        return ()
    named = "、".join(b.bill.words for b in doubtful[:_NAMED])
    more = f"等 {len(doubtful)} 张" if len(doubtful) > _NAMED else ""
    return (
        f"{named}{more}，全县名单上可能已经有人报过，先收下，算不算数由县医保中心核对后告诉您。",
    )


def _looked_into(county: str) -> tuple[str, ...]:
    return (f"{county}后再定；没有结算过的照常报，结果会告诉您。",) if county else ()


def _told(result: Estimate | None, promised: Promise) -> tuple[str, ...]:
    told = []
    if isinstance(result, Settlement | SettlementRange):
        told.append(f"预计报销 {paid_words(result)}。{TRIAL}。")
    elif isinstance(result, NoEstimate):
        told.append(f"今天算不出能报多少：{'，'.join(result.missing)}。由县医保中心核定后告诉您。")
    if promised.on:
        told.append(f"最迟 {dates.full(promised.on)} 办结（{promised.words}）。{promised.source}。")
    elif promised.unknown_year:
        told.append(
            f"受理后 {promised.words}办结；{promised.unknown_year} 年放假安排还没公布，日期以后告诉您。"
        )
    return tuple(told)
