"""大额 or 公务员补助 of what it is reckoned of: above its deductible by bands, up to its yearly cap.

Nothing here reads a pack. The base may be exact where the pack rounds only the total.
"""

from decimal import Decimal

from counter_app.domain.settlement.band_rows import Ladder, band_rows, below, capped, over
from counter_app.domain.settlement.ledger import Ledger
from counter_app.domain.settlement.policy import SupplementRules
from counter_app.domain.settlement.supplement import Supplement
from counter_app.domain.settlement.tier import Tier, grades_of
from counter_app.domain.settlement.trace import Fund, Named, TraceRow, row
from counter_app.kernel.money import Fen, format_yuan, times

_NAMED = {
    Supplement.LARGE: Named("large_amount", "L00", Supplement.LARGE.words, Fund.LARGE),
    Supplement.CIVIL: Named("civil_servant", "GB0", Supplement.CIVIL.words, Fund.CIVIL),
}


def supplement_tier(
    base: Decimal, before: tuple[Fen, Fen], rules: SupplementRules, ledger: Ledger
) -> Tier:
    """What it pays; `before` is what it was reckoned of in the year and what it paid, in fen."""
    had, used = before
    start = rules.deductible
    counted = had if rules.yearly.value else 0
    high = counted + base
    if high <= start.value:
        rows, paid = [below(times(1, high), start, _NAMED[rules.which])], 0
    else:
        low = Decimal(max(counted, start.value))
        rows, paid = _paid(low, high, used, rules, ledger)
    rows.insert(0, _opening(rules, counted))
    return Tier(paid, tuple(rows), _grades(rules), base=times(1, base))


def _paid(
    low: Decimal, high: Decimal, used: Fen, rules: SupplementRules, ledger: Ledger
) -> tuple[list[TraceRow], Fen]:
    """Its bands between two amounts, and what the cap leaves of them."""
    begun, named, cap = ledger.exact, _NAMED[rules.which], rules.cap
    ladder = Ladder(rules.bands, rules.deductible.value if rules.on_excess.value else 0)
    rows = list(band_rows(low, high, ladder, named, ledger))
    due = sum(r.amount for r in rows)
    paid = capped(due, cap, used)
    if cap and paid < due:
        ledger.lower(begun + paid)
        name = (f"{named.key}_over_cap", "", f"超过{named.words}封顶线")
        rows.append(over(name, due, paid, cap))
    ledger.close()
    return rows, paid


def _opening(rules: SupplementRules, counted: Fen) -> TraceRow:
    named = _NAMED[rules.which]
    of = "只算范围内超过基本医保封顶线的部分" if rules.over_cap.value else "算到这一步还要自付的"
    span = "全年累计" if rules.yearly.value else "每次单算"
    had = (f"以前 {format_yuan(counted)}",) if counted else ()
    words = "，".join([of, span, *had])
    name = (f"{named.key}_deductible", "", f"{named.words}起付线")
    return row(name, words, rules.deductible.value, Fund.BETWEEN, rules.deductible)


def _grades(rules: SupplementRules) -> frozenset[str]:
    bands = (by for band in rules.bands for by in (band.to, band.ratio))
    readings = (rules.over_cap, rules.yearly, rules.on_excess)
    return grades_of(rules.deductible, rules.cap, *readings, *bands, *rules.used)
