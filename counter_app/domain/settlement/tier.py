"""What one fund pays of a claim, and why."""

from dataclasses import dataclass
from typing import Protocol

from counter_app.domain.settlement.trace import TraceRow
from counter_app.kernel.money import Fen


class Graded(Protocol):
    """What is trusted so far."""

    @property
    def grade(self) -> str:
        """A, B, C, G or invented."""
        ...


@dataclass(frozen=True, slots=True)
class Tier:
    """What one fund pays and why.

    Attributes:
        paid: in fen; says nothing where `missing` isn't empty.
        rows: the trace.
        grades: of the parameters used.
        deductible: act_pay_dedc, of the basic tier only.
        prepay: 转外先行自付, of the basic tier only.
        over: what a cap of the basic tier cut off.
        beyond: what is in scope beyond the amount at which the cap of the basic tier was reached.
        base: what the tier was reckoned of; counts for the year.
        doubts: readings the pack doesn't give and how they were taken.
        missing: in words, what kept the tier from being worked out.
    """

    paid: Fen = 0
    rows: tuple[TraceRow, ...] = ()
    grades: frozenset[str] = frozenset()
    deductible: Fen = 0
    prepay: Fen = 0
    over: Fen = 0
    beyond: Fen = 0
    base: Fen = 0
    doubts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def grades_of(*used: Graded | None) -> frozenset[str]:
    """The grades of the parameters that were used; what isn't there has none."""
    return frozenset(one.grade for one in used if one is not None)
