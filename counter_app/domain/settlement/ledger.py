"""Where a settlement is rounded to the fen: each item, each tier, or only the total (half up).

The pack says which (`rounding`); a source that says nothing is read as each tier. Whatever the
point, the amounts shown are whole fen that add up, because each is the difference of two rounded sums.
"""

from decimal import Decimal
from enum import StrEnum

from counter_app.kernel.money import Fen, times


class Rounding(StrEnum):
    """The rounding point."""

    ITEM = "item"
    TIER = "tier"
    TOTAL = "total"


class Ledger:
    """What the funds pay so far, exact and in whole fen."""

    def __init__(self, point: Rounding) -> None:
        self._point = point
        self.exact = Decimal(0)
        self.rounded: Fen = 0

    def take(self, amount: Decimal) -> Fen:
        """Add an amount of 0 or more; the whole fen it makes."""
        before = self.rounded
        self.exact += amount
        self.rounded = times(1, self.exact)
        if self._point is Rounding.ITEM:
            self.exact = Decimal(self.rounded)
        return self.rounded - before

    def close(self) -> None:
        """A tier ends."""
        if self._point is not Rounding.TOTAL:
            self.exact = Decimal(self.rounded)

    def lower(self, to: Decimal) -> None:
        """A cap cuts what was taken: `to` is what all funds have paid in the end."""
        self.exact = to
        self.rounded = times(1, to)

    def fork(self) -> "Ledger":
        """An empty one with the same rounding point."""
        return Ledger(self._point)
