"""The estimate beside what it would be in other circumstances, as lines to read. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.domain.settlement.settle import NoEstimate, Settlement, SettlementRange
from counter_app.kernel.money import Fen, format_yuan
from ui.screens.casework.filling import Filling

CAUTION = (
    "只换一样，别的都照这张表算。都是试算、仅供参考，不是承诺；备案、认定以医保经办机构的记录为准。"
)
NOW = "照现在填的"
Estimate = Settlement | SettlementRange | NoEstimate


@dataclass(frozen=True, slots=True)
class Compared:
    """A line: what is otherwise, what the funds and the person would pay, and the difference to now.

    `more` is 1 where the funds pay more than now, -1 less, 0 the same or not to be said.
    """

    name: str
    funds: str
    own: str
    difference: str = ""
    more: int = 0
    missing: str = ""


class Comparing:
    """Works it out when somebody asks; `form` is what is on the screen."""

    def __init__(self, form: Callable[[], Filling | None]) -> None:
        self._form = form

    def lines(self) -> tuple[Compared, ...]:
        """The line of now first; () where there is nothing to compare with."""
        form = self._form()
        return compared(form) if form is not None else ()


def compared(form: Filling) -> tuple[Compared, ...]:
    """The line of now first; () where the item estimates nothing, or nothing can be estimated."""
    service, facts = form.service, form.facts
    now = form.reading.verdict.outcome.settlement
    if service.compare is None or now is None or isinstance(now, NoEstimate):
        return ()
    lines = service.compare(form.answers, facts)
    return (_line(NOW, now, None), *(_line(one.name, one.estimate, now) for one in lines))


def _line(name: str, estimate: Estimate, now: Estimate | None) -> Compared:
    if isinstance(estimate, NoEstimate):
        return Compared(name, "", "", missing=f"算不出：{'；'.join(estimate.missing)}")
    low, high = _ends(estimate)
    own = _between(high.psn_part_amt, low.psn_part_amt)
    funds = _between(low.fund_pay_sumamt, high.fund_pay_sumamt)
    if now is None or isinstance(now, NoEstimate):
        return Compared(name, funds, own)
    words, more = _difference(estimate, now)
    return Compared(name, funds, own, words, more)


def _difference(
    other: Settlement | SettlementRange, now: Settlement | SettlementRange
) -> tuple[str, int]:
    """At both ends; a range whose ends differ in sign is left to the reader."""
    (low, high), (now_low, now_high) = _ends(other), _ends(now)
    ends = sorted((
        low.fund_pay_sumamt - now_low.fund_pay_sumamt,
        high.fund_pay_sumamt - now_high.fund_pay_sumamt,
    ))
    if ends == [0, 0]:
        return "一样", 0
    if ends[0] < 0 < ends[1]:
        return "有多有少", 0
    more = 1 if ends[1] > 0 else -1
    amounts = sorted(abs(end) for end in ends)
    return f"{'多' if more > 0 else '少'}报 {_between(*amounts)}", more


def _ends(estimate: Settlement | SettlementRange) -> tuple[Settlement, Settlement]:
    if isinstance(estimate, SettlementRange):
        return estimate.low, estimate.high
    return estimate, estimate


def _between(low: Fen, high: Fen) -> str:
    return format_yuan(low) if low == high else f"{format_yuan(low)} – {format_yuan(high)}"
