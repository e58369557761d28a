"""基本医保: what exceeds the deductible × the ratio of its band, by the off-site model, up to the caps.

Nothing here reads a pack.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from counter_app.domain.settlement.bands import cut
from counter_app.domain.settlement.claim import Claim, Kind, Offsite
from counter_app.domain.settlement.ledger import Ledger
from counter_app.domain.settlement.policy import BasicRules, CapRule, Model
from counter_app.domain.settlement.reader import Cited
from counter_app.domain.settlement.tier import Tier, grades_of
from counter_app.domain.settlement.trace import Fund, TraceRow, row
from counter_app.kernel.money import Fen, Rate, format_yuan, percent, times

ONE, ZERO = Decimal(1), Decimal(0)
NO_BASIS = "规则包里没有基本医保分段怎么读（按范围内总额，还是按超过起付线的部分）"


@dataclass(frozen=True, slots=True)
class _Opened:
    """What is left to be paid of after the share paid beforehand: `counted` exact, both in fen."""

    prepay: Fen
    counted: Decimal


def basic_tier(claim: Claim, in_scope: Fen, rules: BasicRules, ledger: Ledger) -> Tier:
    """What basic insurance pays of the amount in scope."""
    counted = in_scope * (ONE - _ahead(rules))
    opened = _Opened(in_scope - times(1, counted), counted)
    opening = _before_basic(claim, in_scope, opened.prepay, rules)
    if rules.on_excess is None and len(rules.bands) > 1 and counted > rules.deductible.value:
        return Tier(missing=(NO_BASIS,))
    start = ledger.exact
    due_rows = _paid_rows(claim, in_scope, opened, rules, ledger)
    due = sum(r.amount for r in due_rows)
    paid, over = _capped(due, rules.caps)
    if over is not None:
        ledger.lower(start + paid)
    ledger.close()
    rows = [*opening, *_shown(due_rows, paid)]
    if over is not None:
        rows.append(_over_row(due, paid, over))
    return Tier(
        paid,
        tuple(rows),
        _grades(rules),
        deductible=opening[-1].amount,
        prepay=opened.prepay,
        over=due - paid,
        beyond=_beyond(opened, rules) if over is not None else 0,
    )


def _beyond(opened: _Opened, rules: BasicRules) -> Fen:
    """What is in scope beyond the amount at which the tightest cap is reached.

    It is more than what the cap cut of the payment (EC01): of it nothing was paid at any ratio.
    """
    first = rules.deductible.value
    shift = first if rules.on_excess and rules.on_excess.value else 0
    room = Decimal(min(max(cap.most.value - cap.used, 0) for cap in rules.caps))
    passed, beyond = False, ZERO
    for piece in cut(Decimal(first), opened.counted, rules.bands, shift):
        width, ratio = piece.end - piece.begin, _lowered(piece.band.ratio.value, rules)
        if passed:
            beyond += width
        elif width * ratio > room:
            beyond, passed = width - room / ratio, True
        else:
            room -= width * ratio
    return times(1, beyond)


def _shown(due_rows: list[TraceRow], paid: Fen) -> list[TraceRow]:
    """One ratio's row shows what is paid; those of bands show what each makes."""
    if due_rows[0].key != "basic":
        return due_rows
    return [replace(due_rows[0], amount=paid)]


def _paid_rows(
    claim: Claim, in_scope: Fen, opened: _Opened, rules: BasicRules, ledger: Ledger
) -> list[TraceRow]:
    first = rules.deductible.value
    if len(rules.bands) == 1:
        band = rules.bands[0]
        above = max(opened.counted - first, ZERO)
        ratio = _lowered(band.ratio.value, rules)
        paid = ledger.take(above * ratio)
        name = ("basic", "C001" if claim.kind is Kind.INPATIENT else "C000", "基本医保")
        words = _basic_words(in_scope, opened.prepay, band.ratio.value, rules)
        return [row(name, words, paid, Fund.BASIC, band.ratio, (times(1, above), ratio))]
    found = list(_band_rows(opened, rules, ledger))
    return found or [_nothing(in_scope, opened.prepay, rules)]


def _band_rows(opened: _Opened, rules: BasicRules, ledger: Ledger) -> Iterator[TraceRow]:
    first = rules.deductible.value
    shift = first if rules.on_excess and rules.on_excess.value else 0
    for piece in cut(Decimal(first), opened.counted, rules.bands, shift):
        by, width = piece.band.ratio, piece.end - piece.begin
        ratio = _lowered(by.value, rules)
        code = f"C00{piece.number}" if piece.number <= _MOST_CODES else ""
        name = (f"basic_{piece.number}", code, "基本医保")
        words = f"{piece.words} × {_ratio_words(by.value, rules)}"
        of = (times(1, width), ratio)
        yield row(name, words, ledger.take(width * ratio), Fund.BASIC, by, of)


_MOST_CODES = 4
"""C001–C004 (polItemCode)."""


def _nothing(in_scope: Fen, prepay: Fen, rules: BasicRules) -> TraceRow:
    ratio = rules.bands[0].ratio
    words = _basic_words(in_scope, prepay, ratio.value, rules)
    return row(("basic_1", "C001", "基本医保"), words, 0, Fund.BASIC, ratio)


def _capped(due: Fen, caps: tuple[CapRule, ...]) -> tuple[Fen, CapRule | None]:
    """What is paid under all caps, and the one that binds, if any does."""
    rooms = [(max(cap.most.value - cap.used, 0), cap) for cap in caps]
    if not rooms:
        return due, None
    room, cap = min(rooms, key=lambda pair: pair[0])
    return (room, cap) if due > room else (due, None)


def _over_row(due: Fen, paid: Fen, cap: CapRule) -> TraceRow:
    words = f"{format_yuan(due)} − {format_yuan(paid)}，{cap.span.words}最多 {format_yuan(cap.most.value)}"
    name = ("over_cap", "EC01", "超过基本医保封顶线")
    return row(name, words, due - paid, Fund.BETWEEN, cap.most)


def _before_basic(
    claim: Claim, in_scope: Fen, prepay: Fen, rules: BasicRules
) -> tuple[TraceRow, ...]:
    """What leaves first: the share paid beforehand elsewhere, then the deductible."""
    due = rules.deductible
    taken = min(due.value, in_scope - prepay)
    each = due.words or f"每次{claim.kind.words}"
    name = ("deductible", "S001", "起付线")
    first = row(name, f"{claim.level.words}，{each}", taken, Fund.DEDUCTION, due.by)
    if not rules.offsite or not prepay:
        return (first,)
    return (_prepay_row(claim.offsite, rules.offsite.k, in_scope, prepay), first)


def _prepay_row(state: Offsite, k: Cited[Rate], in_scope: Fen, prepay: Fen) -> TraceRow:
    words = f"{format_yuan(in_scope)} × {percent(k.value)}，{state.words}"
    name = ("offsite", "S000", "转外先行自付")
    return row(name, words, prepay, Fund.DEDUCTION, k, (in_scope, k.value))


def _ahead(rules: BasicRules) -> Rate:
    """The share of the scope that is paid beforehand."""
    if rules.offsite is None or rules.offsite.model.value is not Model.PREPAY:
        return ZERO
    return rules.offsite.k.value


def _lowered(ratio: Rate, rules: BasicRules) -> Rate:
    """The ratio, as treatment elsewhere lowers it."""
    if rules.offsite is None:
        return ratio
    k, model = rules.offsite.k.value, rules.offsite.model.value
    if model is Model.MINUS_PP:
        return max(ratio - k, ZERO)
    return ratio * k if model is Model.MULTIPLY else ratio


def _basic_words(in_scope: Fen, prepay: Fen, ratio: Rate, rules: BasicRules) -> str:
    left, first = in_scope - prepay, rules.deductible.value
    if first and left <= first:
        return f"{format_yuan(left)} 没有超过起付线 {format_yuan(first)}"
    inside, ahead = format_yuan(in_scope), _ahead(rules)
    if ahead:
        inside = f"{inside} × (1 − {percent(ahead)})"
    return f"({inside} − {format_yuan(first)}) × {_ratio_words(ratio, rules)}"


def _ratio_words(ratio: Rate, rules: BasicRules) -> str:
    written = percent(ratio)
    if rules.offsite is None:
        return written
    k = rules.offsite.k.value
    match rules.offsite.model.value:
        case Model.MINUS_PP if k:
            return f"({written} − {percent(k)})"
        case Model.MULTIPLY if k != ONE:
            return f"{written} × {percent(k)}"
        case _:
            return written


def _grades(rules: BasicRules) -> frozenset[str]:
    away = (rules.offsite.model, rules.offsite.k) if rules.offsite else ()
    bands = (by for band in rules.bands for by in (band.to, band.ratio))
    caps = (cap.most for cap in rules.caps)
    due = rules.deductible
    return grades_of(due.by, *due.used, rules.on_excess, *bands, *caps, *away)
