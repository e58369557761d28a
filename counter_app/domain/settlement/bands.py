"""Amounts cut into bands, on the amount itself or on its excess over the deductible (FACTS §4.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from counter_app.domain.settlement.reader import Cited
from counter_app.kernel.money import Fen, Rate, format_yuan, times


@dataclass(frozen=True, slots=True)
class Band:
    """A band up to `to` (None: all above), counted by the rules' basis."""

    to: Cited[Fen] | None
    ratio: Cited[Rate]


@dataclass(frozen=True, slots=True)
class Cut:
    """What of an amount lies in band `number`, exact in fen."""

    number: int
    begin: Decimal
    end: Decimal
    band: Band

    @property
    def words(self) -> str:
        """(100,000.00 − 11,000.00)."""
        return f"({format_yuan(times(1, self.end))} − {format_yuan(times(1, self.begin))})"


def cut(low: Decimal, high: Decimal, bands: tuple[Band, ...], shift: Fen) -> Iterator[Cut]:
    """The part of each band between two amounts; `shift` moves the edges up by the deductible."""
    begin = low
    for number, band in enumerate(bands, 1):
        end = high if band.to is None else min(high, Decimal(band.to.value + shift))
        if end > begin:
            yield Cut(number, begin, end, band)
            begin = end
