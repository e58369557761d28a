"""Rows of a tier that pays by bands: what each band makes, what lies below, what its cap cut off."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from counter_app.domain.settlement.bands import Band, cut
from counter_app.domain.settlement.ledger import Ledger
from counter_app.domain.settlement.reader import Cited
from counter_app.domain.settlement.trace import Fund, Named, TraceRow, row
from counter_app.kernel.money import Fen, format_yuan, percent, times


@dataclass(frozen=True, slots=True)
class Ladder:
    """Bands whose edges are moved up by `shift` where they are cut on the excess."""

    bands: tuple[Band, ...]
    shift: Fen


def band_rows(
    low: Decimal, high: Decimal, ladder: Ladder, named: Named, ledger: Ledger
) -> Iterator[TraceRow]:
    """One row a band between two amounts: differences of rounded sums, so they add up exactly."""
    for piece in cut(low, high, ladder.bands, ladder.shift):
        rate, width = piece.band.ratio.value, piece.end - piece.begin
        amount = ledger.take(width * rate)
        words = f"{piece.words} × {percent(rate)}"
        name = (f"{named.key}_{piece.number}", f"{named.code}{piece.number}", named.words)
        of = (times(1, width), rate)
        yield row(name, words, amount, named.fund, piece.band.ratio, of)


def below(own: Fen, start: Cited[Fen], named: Named) -> TraceRow:
    """Nothing, because the amount isn't above where the tier starts."""
    words = f"{format_yuan(own)} 没有超过 {format_yuan(start.value)}"
    return row((f"{named.key}_1", f"{named.code}1", named.words), words, 0, named.fund, start)


def capped(due: Fen, cap: Cited[Fen] | None, used: Fen) -> Fen:
    """What a yearly cap of which `used` is gone leaves of what is due."""
    return due if cap is None else min(due, max(cap.value - used, 0))


def over(name: tuple[str, str, str], due: Fen, paid: Fen, cap: Cited[Fen]) -> TraceRow:
    """What a yearly cap cut off."""
    words = f"{format_yuan(due)} − {format_yuan(paid)}，一年最多 {format_yuan(cap.value)}"
    return row(name, words, due - paid, Fund.BETWEEN, cap)
