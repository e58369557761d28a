"""The estimate as a waterfall: every amount at its true place between nothing and the total. Pure."""

from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise

from counter_app.domain.settlement.settle import NoEstimate, Settlement, SettlementRange
from counter_app.domain.settlement.trace import Fund, TraceRow
from counter_app.kernel.money import Fen, format_yuan
from ui.screens.casework.state import MoneyRow, MoneyState

MINUS = "\u2212"
_TONES = {
    Fund.BASIC: "fund_basic",
    Fund.SERIOUS: "fund_serious",
    Fund.AID: "fund_aid",
    Fund.LARGE: "fund_large",
    Fund.CIVIL: "fund_civil",
}
_KINDS = {
    Fund.TOTAL: "total",
    Fund.DEDUCTION: "deduction",
    Fund.SCOPE: "scope",
    Fund.BASIC: "fund",
    Fund.SERIOUS: "fund",
    Fund.AID: "fund",
    Fund.LARGE: "fund",
    Fund.CIVIL: "fund",
    Fund.OWN: "own",
}


def money(
    found: Settlement | SettlementRange | NoEstimate | None, *, invented: bool
) -> MoneyState | None:
    """The state of the panel; None where there is no figure to show."""
    if isinstance(found, Settlement):
        return _whole(found, invented=invented)
    if isinstance(found, SettlementRange):
        return _range(found, invented=invented)
    return None


def _whole(found: Settlement, *, invented: bool) -> MoneyState:
    return MoneyState(
        amount=format_yuan(found.fund_pay_sumamt),
        own=format_yuan(found.psn_part_amt),
        total=format_yuan(found.medfee_sumamt),
        axis=found.medfee_sumamt,
        parts=_parts(found),
        rows=tuple(_rows(found)),
        notes=found.doubts,
        foot=_foot(found, invented=invented),
    )


def _range(found: SettlementRange, *, invented: bool) -> MoneyState:
    low, high = found.low, found.high
    return MoneyState(
        amount=_between(low.fund_pay_sumamt, high.fund_pay_sumamt),
        own=_between(high.psn_part_amt, low.psn_part_amt),
        total=format_yuan(high.medfee_sumamt),
        axis=high.medfee_sumamt,
        parts=(),
        rows=tuple(_range_rows(tuple(_rows(low)), tuple(_rows(high)))),
        notes=(*found.why, *high.doubts),
        foot=_foot(high, invented=invented),
    )


def _foot(found: Settlement, *, invented: bool) -> str:
    return f"规则包 {found.pack}" + ("・示例数据" if invented else "")


def _between(low: Fen, high: Fen) -> str:
    return format_yuan(low) if low == high else f"{format_yuan(low)} – {format_yuan(high)}"


def _parts(found: Settlement) -> tuple[tuple[str, Fen], ...]:
    parts = (
        ("fund_basic", found.hifp_pay),
        ("fund_serious", found.hifmi_pay),
        ("fund_aid", found.maf_pay),
        ("fund_large", found.hifob_pay),
        ("fund_civil", found.cvlserv_pay),
        ("own", found.psn_part_amt),
    )
    return tuple(p for p in parts if p[1])


def _rows(found: Settlement) -> Iterator[MoneyRow]:
    """Deductions fall from the right; a fund's bar ends at what it is taken of."""
    left = 0
    shown, cut = [r for r in found.rows if r.fund in _KINDS], _cut(found.rows)
    for fund, group in groupby(shown, key=lambda r: r.fund):
        if fund in _TONES:
            yield _fund(fund, list(group), cut)
            continue
        for row in group:
            start = left - row.amount if fund is Fund.DEDUCTION else 0
            end = left if fund is Fund.DEDUCTION else row.amount
            left = start if fund is Fund.DEDUCTION else row.amount
            if row.amount or fund is not Fund.DEDUCTION:
                yield _plain(row, max(start, 0), end)


def _plain(row: TraceRow, start: Fen, end: Fen) -> MoneyRow:
    taken = row.fund is Fund.DEDUCTION
    amount = f"{MINUS} {format_yuan(row.amount)}" if taken else format_yuan(row.amount)
    tone = "deduction" if taken else "ink"
    return MoneyRow(row.name, amount, _KINDS[row.fund], tone, row.formula, row.source, start, end)


def _cut(rows: tuple[TraceRow, ...]) -> dict[str, Fen]:
    """By the last of a fund's bands: what its cap cut off. Bands say what each makes, the bar what is paid."""
    return {
        last.key: over.amount
        for last, over in pairwise(rows)
        if over.key.endswith("over_cap") and last.key.rpartition("_")[2].isdecimal()
    }


def _fund(fund: Fund, rows: list[TraceRow], cut: Mapping[str, Fen]) -> MoneyRow:
    amount = sum(r.amount for r in rows) - cut.get(rows[-1].key, 0)
    end = sum(r.base or 0 for r in rows) or amount
    formula = "；".join(r.formula for r in rows if r.formula)
    source = next((r.source for r in rows if r.source), "")
    start = max(end - amount, 0)
    return MoneyRow(
        rows[0].name.partition("（")[0],
        format_yuan(amount),
        "fund",
        _TONES[fund],
        formula,
        source,
        start,
        end,
    )


def _range_rows(low: tuple[MoneyRow, ...], high: tuple[MoneyRow, ...]) -> Iterator[MoneyRow]:
    """Every row of either end, each with both amounts; a bar only where both agree."""
    lower, higher = {r.label: r for r in low}, {r.label: r for r in high}
    for label in _merged([r.label for r in low], [r.label for r in high]):
        one, other = lower.get(label), higher.get(label)
        row = other or one
        if row is None or (one is not None and other is not None and one.amount == other.amount):
            yield from (r for r in (row,) if r is not None)
            continue
        amounts = sorted((_plain_amount(one), _plain_amount(other)), key=_size)
        words = f"{amounts[0]} – {amounts[1]}"
        if row.kind == "deduction":
            words = f"{MINUS} {words}"
        yield MoneyRow(row.label, words, row.kind, row.tone, "", row.source)


def _merged(first: list[str], second: list[str]) -> list[str]:
    """All labels, those of one list only behind what they follow there."""
    found = list(second)
    for at, label in enumerate(first):
        if label not in found:
            found.insert(found.index(first[at - 1]) + 1 if at else 0, label)
    return found


def _plain_amount(row: MoneyRow | None) -> str:
    return row.amount.strip(f"{MINUS} ") if row is not None else format_yuan(0)


def _size(amount: str) -> int:
    return int(amount.replace(",", "").replace(".", ""))
