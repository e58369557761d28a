"""How much of a bill the policy covers: 总费用 = 范围内 + 乙类先行自付 + 超限价自付 + 自费.

The identity is the settlement sheet's (苏医保发〔2022〕75号 附件9). What isn't told apart stays
untold (`unsplit`), and what can't be known is a range, never a guess. Amounts are in fen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.kernel.money import Fen, Rate, format_yuan, percent, times

CLASS_A, CLASS_B, CLASS_C = "01", "02", "03"
"""chrgitm_lv: 甲, 乙, 丙."""


class ScopeFault(ValueError):
    """The amounts contradict each other; the message says it to the clerk."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A bill's total taken apart; names as on the platform.

    Attributes:
        total: medfee_sumamt.
        in_scope: inscp_scp_amt.
        ownpay: fulamt_ownpay_amt, wholly the person's.
        preselfpay: preselfpay_amt, the person's first share of 乙类.
        overlmt: overlmt_selfpay, above a price limit.
        unsplit: out of scope without being told apart.
        read_from: where the parts were read, for the trace.
        preselfpay_words: how the first share came about, "21,430.00 × 10%".
        doubts: what the centre may see otherwise.
    """

    total: Fen
    in_scope: Fen
    ownpay: Fen = 0
    preselfpay: Fen = 0
    overlmt: Fen = 0
    unsplit: Fen = 0
    read_from: str = ""
    preselfpay_words: str = ""
    doubts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse parts that are negative or don't make up the total."""
        parts = (self.in_scope, self.ownpay, self.preselfpay, self.overlmt, self.unsplit)
        if min(parts) < 0:
            raise ScopeFault("有一项是负数，对一下清单上的金额")
        if sum(parts) != self.total:
            raise ScopeFault("范围内加上范围外的几项，和总额对不上，对一下清单")


@dataclass(frozen=True, slots=True)
class ScopeRange:
    """Both ends of what may be in scope, the lower first, and why it isn't known exactly."""

    low: Scope
    high: Scope
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """One row of the hospital's category totals; `a`, `b`, `c` and `overlmt` add up to its total."""

    name: str
    a: Fen = 0
    b: Fen = 0
    c: Fen = 0
    overlmt: Fen = 0


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line of the hospital's list.

    Attributes:
        name: as printed.
        kind: chrgitm_lv, "" where the list doesn't say.
        amount: what it cost.
        selfpay_prop: the person's first share of 乙类, None where the list doesn't say.
        price_limit: the most that is covered for this line, None for none.
    """

    name: str
    kind: str
    amount: Fen
    selfpay_prop: Rate | None = None
    price_limit: Fen | None = None


def total_of(amounts: Sequence[Fen]) -> Fen:
    """What a bill's lines make together."""
    return sum(amounts)


def scope_typed(
    total: Fen, in_scope: Fen, *, ownpay: Fen = 0, preselfpay: Fen = 0, overlmt: Fen = 0
) -> Scope:
    """As the hospital's list prints it; what it doesn't tell apart stays `unsplit`.

    Raises:
        ScopeFault: the parts are more than the total, or negative.
    """
    unsplit = total - in_scope - ownpay - preselfpay - overlmt
    if unsplit < 0:
        raise ScopeFault("政策范围内和几项自付加起来比总额还多，对一下清单")
    return Scope(total, in_scope, ownpay, preselfpay, overlmt, unsplit, "医院清单")


def scope_unknown(total: Fen, *, ownpay: Fen = 0) -> ScopeRange:
    """Nothing but the total, and perhaps what is wholly own: from nothing to all the rest in scope.

    Raises:
        ScopeFault: more own than total, or negative.
    """
    rest = total - ownpay
    if rest < 0:
        raise ScopeFault("自费比总额还多，对一下清单")
    low = Scope(total, 0, ownpay, unsplit=rest, read_from="票据")
    high = Scope(total, rest, ownpay, read_from="票据")
    return ScopeRange(low, high, ("清单上没有写政策范围内是多少",))


def scope_from_categories(
    rows: Sequence[Category], *, share: Rate | None = None, preselfpay: Fen | None = None
) -> Scope | ScopeRange:
    """From category totals; 乙类's first share as printed (`preselfpay`), or by one `share` of all 乙类.

    Neither known: a range from nothing of 乙类 to all of it.

    Raises:
        ScopeFault: an amount is negative, or the first share is more than 乙类.
    """
    a, b = total_of([r.a for r in rows]), total_of([r.b for r in rows])
    c, over = total_of([r.c for r in rows]), total_of([r.overlmt for r in rows])
    total = a + b + c + over
    where = "医院清单分类合计"
    if preselfpay is None and share is None and b:
        low = Scope(total, a, c, b, over, read_from=where)
        high = Scope(total, a + b, c, 0, over, read_from=where)
        return ScopeRange(low, high, ("不知道乙类先行自付多少",))
    words = "清单上写的"
    if preselfpay is None:
        preselfpay = times(b, share) if share is not None else 0
        words = f"{format_yuan(b)} × {percent(share)}" if share is not None else ""
    if preselfpay > b:
        raise ScopeFault("乙类先行自付比乙类合计还多，对一下清单")
    return Scope(
        total,
        a + b - preselfpay,
        c,
        preselfpay,
        over,
        read_from=where,
        preselfpay_words=words if preselfpay else "",
    )


def scope_from_lines(lines: Sequence[BillLine]) -> Scope | ScopeRange:
    """From the hospital's lines with class, first share and price limit, each rounded by itself.

    What is above a limit leaves first; the first share is taken of the rest. A line with no class,
    or 乙类 without a share, makes a range.

    Raises:
        ScopeFault: an amount is negative.
    """
    if any(line.amount < 0 for line in lines):
        raise ScopeFault("清单里有负数行，把退费的那一行和原来那一行对冲后再录")
    lows = [_least(line) for line in lines]
    highs = [_most(line) for line in lines]
    doubts = _doubts(lines)
    low = _together(lines, lows, doubts)
    high = _together(lines, highs, doubts)
    if lows == highs:
        return high
    return ScopeRange(low, high, _unknown(lines))


_Parts = tuple[Fen, Fen, Fen, Fen, Fen]
"""in_scope, ownpay, preselfpay, overlmt, unsplit of one line."""


def _most(line: BillLine) -> _Parts:
    if line.kind == CLASS_C:
        return 0, line.amount, 0, 0, 0
    covered = line.amount if line.price_limit is None else min(line.amount, line.price_limit)
    first = 0
    if line.kind == CLASS_B and line.selfpay_prop is not None:
        first = times(covered, line.selfpay_prop)
    return covered - first, 0, first, line.amount - covered, 0


def _least(line: BillLine) -> _Parts:
    if line.kind not in {CLASS_A, CLASS_B, CLASS_C}:
        return 0, 0, 0, 0, line.amount
    inside, own, first, over, untold = _most(line)
    if line.kind == CLASS_B and line.selfpay_prop is None:
        return 0, own, inside, over, untold
    return inside, own, first, over, untold


def _together(lines: Sequence[BillLine], parts: list[_Parts], doubts: tuple[str, ...]) -> Scope:
    inside, own, first, over, untold = (
        [sum(column) for column in zip(*parts, strict=True)] if parts else [0] * 5
    )
    total = total_of([line.amount for line in lines])
    words = "各乙类行先行自付之和" if first else ""
    return Scope(total, inside, own, first, over, untold, "医院清单逐行", words, doubts)


def _unknown(lines: Sequence[BillLine]) -> tuple[str, ...]:
    unclassed = sum(line.kind not in {CLASS_A, CLASS_B, CLASS_C} for line in lines)
    unshared = sum(line.kind == CLASS_B and line.selfpay_prop is None for line in lines)
    why = []
    if unclassed:
        why.append(f"{unclassed} 行没有写甲乙丙类")
    if unshared:
        why.append(f"{unshared} 行乙类没有写先行自付比例")
    return tuple(why)


def _doubts(lines: Sequence[BillLine]) -> tuple[str, ...]:
    both = sum(
        line.kind == CLASS_B
        and bool(line.selfpay_prop)
        and line.price_limit is not None
        and line.price_limit < line.amount
        for line in lines
    )
    if not both:
        return ()
    return (f"{both} 行乙类又超限价，按先减超限价、再算先行自付；中心的先后可能不同",)
