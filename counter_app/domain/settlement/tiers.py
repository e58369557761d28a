"""大病保险 and 医疗救助 of what the tier before left, each explaining itself in rows.

Nothing here reads a pack. Amounts that come in may be exact where the pack rounds only the total.
"""

from decimal import Decimal

from counter_app.domain.settlement.band_rows import Ladder, band_rows, below, capped, over
from counter_app.domain.settlement.ledger import Ledger
from counter_app.domain.settlement.policy import AidRules, SeriousRules
from counter_app.domain.settlement.reader import Cited
from counter_app.domain.settlement.tier import Tier, grades_of
from counter_app.domain.settlement.trace import Fund, Named, TraceRow, row
from counter_app.kernel.money import Fen, format_yuan, percent, times

NO_BASIS = "规则包里没有大病分段怎么读（按自付总额，还是按超过起付线的部分）"
_SERIOUS = Named("serious", "PL0", "大病保险", Fund.SERIOUS)


def serious_tier(
    base: Decimal, before: Fen, rules: SeriousRules, ledger: Ledger, *, raised: Fen
) -> Tier:
    """大病保险 of an own share in scope, with `before` of the same year counted already.

    Deductible and cap are the year's: what the year already had is taken off by the same rule.
    `raised` lifts the cap (enrolment incentives).
    """
    start, cap = rules.deductible, _lifted(rules.cap, raised)
    low, high = Decimal(max(before, start.value)), before + base
    opening = _serious_start(rules, before)
    if high <= start.value:
        return Tier(
            0, (opening, below(times(1, high), start, _SERIOUS)), grades_of(start, *rules.tilt)
        )
    if rules.on_excess is None and len(rules.bands) > 1:
        return Tier(missing=(NO_BASIS,))
    begun = ledger.exact
    ladder = Ladder(rules.bands, start.value if rules.on_excess and rules.on_excess.value else 0)
    rows = list(band_rows(low, high, ladder, _SERIOUS, ledger))
    earlier = band_rows(Decimal(start.value), low, ladder, _SERIOUS, ledger.fork())
    had = sum(r.amount for r in earlier)
    due = sum(r.amount for r in rows)
    paid = capped(due, cap, had)
    if cap and paid < due:
        ledger.lower(begun + paid)
        rows.append(over(("serious_over_cap", "", "超过大病保险封顶线"), due, paid, cap))
    ledger.close()
    return Tier(paid, (opening, *rows), _serious_grades(rules))


def aid_tier(base: Decimal, before: tuple[Fen, Fen], rules: AidRules, ledger: Ledger) -> Tier:
    """医疗救助 of what is still own in scope; `before` is what aid was reckoned of and what it paid."""
    cap, (had, used) = rules.cap, before
    first = rules.deductible.value
    if first and had and rules.yearly is None:
        return Tier(missing=("规则包里没有医疗救助起付线是每次收还是一年收一次",))
    if rules.yearly is not None and rules.yearly.value:
        first = max(first - had, 0)
    begun = ledger.exact
    due = ledger.take(max(base - first, Decimal(0)) * rules.ratio.value)
    paid = capped(due, cap, used)
    if paid < due:
        ledger.lower(begun + paid)
    ledger.close()
    rows = _aid_rows(base, first, paid, rules)
    if cap and paid < due:
        rows.append(over(("aid_over_cap", "", "超过医疗救助封顶线"), due, paid, cap))
    grades = grades_of(rules.deductible, rules.ratio, cap, rules.yearly)
    return Tier(paid, tuple(rows), grades, base=times(1, base))


def _aid_rows(base: Decimal, first: Fen, paid: Fen, rules: AidRules) -> list[TraceRow]:
    shown, rate = format_yuan(times(1, base)), rules.ratio.value
    above = max(base - first, Decimal(0))
    inside = f"({shown} − {format_yuan(first)})" if first else shown
    words = f"{inside} × {percent(rate)}"
    if first and not above:
        words = f"{shown} 没有超过救助起付线 {format_yuan(first)}"
    of = (times(1, above), rate)
    rows = [row(("aid", "", "医疗救助"), words, paid, Fund.AID, rules.ratio, of)]
    if first:
        name = ("aid_deductible", "", "救助起付线")
        rows.insert(0, row(name, "", first, Fund.BETWEEN, rules.deductible))
    return rows


def _serious_grades(rules: SeriousRules) -> frozenset[str]:
    bands = (by for band in rules.bands for by in (band.to, band.ratio))
    return grades_of(rules.deductible, rules.cap, rules.on_excess, *bands, *rules.tilt)


def _serious_start(rules: SeriousRules, before: Fen) -> TraceRow:
    start = rules.deductible
    name = ("serious_deductible", "PS01", "大病起付线")
    had = (f"以前 {format_yuan(before)}",) if before else ()
    words = "，".join(["全年累计", *had, *(f"倾斜 {percent(tilt.value)}" for tilt in rules.tilt)])
    return row(name, words, start.value, Fund.BETWEEN, start)


def _lifted(cap: Cited[Fen] | None, raised: Fen) -> Cited[Fen] | None:
    if cap is None or not raised:
        return cap
    return Cited(cap.value + raised, cap.source, cap.grade, cap.key)
