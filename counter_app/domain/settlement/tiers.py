"""The three tiers, each exact until its own one rounding to the fen (kernel.money.times).

A tier takes what the one before left over, and explains itself in rows. Nothing here reads a pack.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from counter_app.domain.settlement.claim import Claim, Kind, Offsite
from counter_app.domain.settlement.policy import AidRules, BasicRules, Cited, Model, SeriousRules
from counter_app.domain.settlement.trace import Fund, TraceRow, row
from counter_app.kernel.money import Fen, Rate, format_yuan, percent, times

ONE, ZERO = Decimal(1), Decimal(0)


@dataclass(frozen=True, slots=True)
class Tier:
    """What one fund pays and why.

    Attributes:
        paid: in fen; says nothing where `missing` isn't empty.
        rows: the trace.
        grades: of the parameters used.
        deductible: act_pay_dedc, of the basic tier only.
        prepay: 转外先行自付, of the basic tier only.
        missing: in words, what kept the tier from being worked out.
    """

    paid: Fen
    rows: tuple[TraceRow, ...] = ()
    grades: frozenset[str] = frozenset()
    deductible: Fen = 0
    prepay: Fen = 0
    missing: tuple[str, ...] = ()


def basic_tier(claim: Claim, in_scope: Fen, rules: BasicRules) -> Tier:
    """基本医保: what exceeds the deductible × ratio, by the off-site model, up to the year's cap."""
    share, ratio = _lowered(rules)
    prepay = in_scope - times(in_scope, share)
    above = max(in_scope * share - rules.deductible.value, ZERO)
    due = times(1, above * ratio)
    paid = _capped(due, rules.cap, claim.year.basic_paid)
    opening = _before_basic(claim, in_scope, prepay, rules)
    name = ("basic", "C001" if claim.kind is Kind.INPATIENT else "C000", "基本医保")
    words = _basic_words(in_scope, prepay, rules)
    rows = [*opening, row(name, words, paid, Fund.BASIC, rules.ratio, (times(1, above), ratio))]
    if rules.cap and paid < due:
        rows.append(_over(("over_cap", "EC01", "超过基本医保封顶线"), due, paid, rules.cap))
    away = (rules.offsite.model, rules.offsite.k) if rules.offsite else ()
    used = _grades(rules.deductible, rules.ratio, rules.cap, *away)
    return Tier(paid, tuple(rows), used, opening[-1].amount, prepay)


def _before_basic(
    claim: Claim, in_scope: Fen, prepay: Fen, rules: BasicRules
) -> tuple[TraceRow, ...]:
    """What leaves first: the share paid beforehand elsewhere, then the deductible."""
    taken = min(rules.deductible.value, in_scope - prepay)
    each = "每次住院" if claim.kind is Kind.INPATIENT else "每次门诊"
    words = f"{claim.level.words}，{each}"
    first = row(("deductible", "S001", "起付线"), words, taken, Fund.DEDUCTION, rules.deductible)
    if not rules.offsite or not prepay:
        return (first,)
    return (_prepay_row(claim.offsite, rules.offsite.k, in_scope, prepay), first)


def serious_tier(base: Fen, before: Fen, rules: SeriousRules) -> Tier:
    """大病保险 of an own share in scope, with `before` of the same year counted already.

    The bands are cut on the own share itself or on its excess over the deductible. Deductible and
    cap are the year's: what the year already had is taken off by the same rule.
    """
    start, cap = rules.deductible, rules.cap
    low, high = max(before, start.value), before + base
    opening = row(
        ("serious_deductible", "PS01", "大病起付线"), "全年累计", start.value, Fund.BETWEEN, start
    )
    if high <= start.value:
        return Tier(0, (opening, _below(high, start)), _grades(start))
    if rules.on_excess is None and len(rules.bands) > 1:
        return Tier(
            0, missing=("规则包里没有大病分段怎么读（按自付总额，还是按超过起付线的部分）",)
        )
    rows = list(_band_rows(low, high, rules))
    due = sum(r.amount for r in rows)
    had = sum(r.amount for r in _band_rows(start.value, low, rules))
    paid = _capped(due, cap, had)
    if cap and paid < due:
        rows.append(_over(("serious_over_cap", "", "超过大病保险封顶线"), due, paid, cap))
    bands = (by for band in rules.bands for by in (band.to, band.ratio))
    grades = _grades(start, cap, rules.on_excess, *bands)
    return Tier(paid, (opening, *rows), grades)


def _below(own: Fen, start: Cited[Fen]) -> TraceRow:
    words = f"{format_yuan(own)} 没有超过 {format_yuan(start.value)}"
    return row(("serious_1", "PL01", "大病保险"), words, 0, Fund.SERIOUS, start)


def aid_tier(base: Fen, before: Fen, rules: AidRules) -> Tier:
    """医疗救助 of what is still own in scope; `before` is what aid has paid of its yearly cap."""
    first, cap = rules.deductible, rules.cap
    above = max(base - first.value, 0)
    due = times(above, rules.ratio.value)
    paid = _capped(due, cap, before)
    inside = f"({format_yuan(base)} − {format_yuan(first.value)})"
    words = f"{inside if first.value else format_yuan(base)} × {percent(rules.ratio.value)}"
    if first.value and not above:
        words = f"{format_yuan(base)} 没有超过救助起付线 {format_yuan(first.value)}"
    rows = [
        row(("aid", "", "医疗救助"), words, paid, Fund.AID, rules.ratio, (above, rules.ratio.value))
    ]
    if first.value:
        start = row(("aid_deductible", "", "救助起付线"), "", first.value, Fund.BETWEEN, first)
        rows.insert(0, start)
    if cap and paid < due:
        rows.append(_over(("aid_over_cap", "", "超过医疗救助封顶线"), due, paid, cap))
    return Tier(paid, tuple(rows), _grades(first, rules.ratio, cap))


def _lowered(rules: BasicRules) -> tuple[Rate, Rate]:
    """The share of the scope that counts, and the ratio, as treatment elsewhere lowers them."""
    ratio = rules.ratio.value
    if rules.offsite is None:
        return ONE, ratio
    k = rules.offsite.k.value
    match rules.offsite.model.value:
        case Model.PREPAY:
            return ONE - k, ratio
        case Model.MINUS_PP:
            return ONE, max(ratio - k, ZERO)
        case Model.MULTIPLY:
            return ONE, ratio * k


def _basic_words(in_scope: Fen, prepay: Fen, rules: BasicRules) -> str:
    left, first = in_scope - prepay, rules.deductible.value
    if first and left <= first:
        return f"{format_yuan(left)} 没有超过起付线 {format_yuan(first)}"
    inside, ratio = format_yuan(in_scope), percent(rules.ratio.value)
    if rules.offsite is not None:
        k = percent(rules.offsite.k.value)
        match rules.offsite.model.value:
            case Model.PREPAY if rules.offsite.k.value:
                inside = f"{inside} × (1 − {k})"
            case Model.MINUS_PP if rules.offsite.k.value:
                ratio = f"({ratio} − {k})"
            case Model.MULTIPLY if rules.offsite.k.value != ONE:
                ratio = f"{ratio} × {k}"
            case _:
                pass
    return f"({inside} − {format_yuan(rules.deductible.value)}) × {ratio}"


def _prepay_row(state: Offsite, k: Cited[Rate], in_scope: Fen, prepay: Fen) -> TraceRow:
    words = f"{format_yuan(in_scope)} × {percent(k.value)}，{state.words}"
    name = ("offsite", "S000", "转外先行自付")
    return row(name, words, prepay, Fund.DEDUCTION, k, (in_scope, k.value))


def _band_rows(low: Fen, high: Fen, rules: SeriousRules) -> Iterator[TraceRow]:
    """One row a band between two own shares: differences of rounded sums, so they add up exactly."""
    shift = rules.deductible.value if rules.on_excess and rules.on_excess.value else 0
    exact, so_far, begin = ZERO, 0, low
    for number, band in enumerate(rules.bands, 1):
        end = high if band.to is None else min(high, band.to.value + shift)
        if end <= begin:
            continue
        rate = band.ratio.value
        exact += (end - begin) * rate
        amount = times(1, exact) - so_far
        words = f"({format_yuan(end)} − {format_yuan(begin)}) × {percent(rate)}"
        name = (f"serious_{number}", f"PL0{number}", "大病保险")
        yield row(name, words, amount, Fund.SERIOUS, band.ratio, (end - begin, rate))
        so_far, begin = so_far + amount, end


def _capped(due: Fen, cap: Cited[Fen] | None, used: Fen) -> Fen:
    return due if cap is None else min(due, max(cap.value - used, 0))


def _over(name: tuple[str, str, str], due: Fen, paid: Fen, cap: Cited[Fen]) -> TraceRow:
    words = f"{format_yuan(due)} − {format_yuan(paid)}，一年最多 {format_yuan(cap.value)}"
    return row(name, words, due - paid, Fund.BETWEEN, cap)


def _grades(*used: Cited[Fen] | Cited[Rate] | Cited[bool] | Cited[Model] | None) -> frozenset[str]:
    return frozenset(parameter.grade for parameter in used if parameter)
