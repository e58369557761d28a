"""One step of a settlement as it is shown and printed, and how formulas are written."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_app.kernel.money import Fen, Rate

if TYPE_CHECKING:
    from counter_app.domain.settlement.reader import Cited


class Fund(StrEnum):
    """What a row belongs to: who pays, or a line between."""

    TOTAL = "total"
    DEDUCTION = "deduction"
    """Takes away from what the next line starts with; shown with a minus sign."""
    SCOPE = "scope"
    BASIC = "basic"
    SERIOUS = "serious"
    AID = "aid"
    LARGE = "large"
    """大额医疗补助."""
    CIVIL = "civil"
    """公务员医疗补助."""
    BETWEEN = "between"
    """What is left for the next tier."""
    PAID = "paid"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Named:
    """How the rows of a tier with bands are called.

    Attributes:
        key: what its keys begin with.
        code: polItemCode of a band without the band's number.
        words: the fund in Chinese.
        fund: whose rows they are.
    """

    key: str
    code: str
    words: str
    fund: Fund


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One row: amounts are fen, never negative.

    Attributes:
        key: our own name, unique within a trace: total, ownpay, preselfpay, overlmt, unsplit, in_scope,
            offsite, deductible, basic (basic_1… of several bands), over_cap, serious_base, serious_deductible, serious_1…,
            serious_over_cap, aid_base, aid_deductible, aid, aid_over_cap, fund_total, own; of a
            supplement large_amount_base, large_amount_deductible, large_amount_1…,
            large_amount_over_cap, the same with civil_servant. The parts of a stay over the year's
            end bear their year: 2026.basic.
        code: polItemCode of the platform, "" where it has none.
        name: in plain Chinese.
        formula: the arithmetic with its figures, "" for a bare amount.
        base: what the ratio is taken of.
        ratio: as applied.
        amount: what comes out.
        fund: what it belongs to.
        source: the article.
        grade: how far the parameter is trusted, "" where the row has none.
        parameter: its key in the pack; for the eye at the desk, it doesn't travel with a case.
    """

    key: str
    code: str
    name: str
    formula: str
    amount: Fen
    fund: Fund
    base: Fen | None = None
    ratio: Rate | None = None
    source: str = ""
    grade: str = ""
    parameter: str = field(default="", compare=False)

    @property
    def signed(self) -> Fen:
        """The amount as a column of figures shows it: deductions below zero."""
        return -self.amount if self.fund is Fund.DEDUCTION else self.amount


def row(
    name: tuple[str, str, str],
    words: str,
    amount: Fen,
    fund: Fund,
    by: "Cited[Fen] | Cited[Rate] | None" = None,
    of: tuple[Fen, Rate] | None = None,
) -> TraceRow:
    """A row of (key, code, name), by the parameter it rests on and, for a ratio, what it is taken of."""
    base, ratio = of or (None, None)
    source, grade, key = (by.source, by.grade, by.key) if by else ("", "", "")
    return TraceRow(*name, words, amount, fund, base, ratio, source, grade, key)
