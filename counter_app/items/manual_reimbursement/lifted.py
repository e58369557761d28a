"""The incentives of the insured on the serious-illness cap: counted where they are known, else said."""

import datetime as dt
from collections.abc import Iterator

from counter_app.catalog.facts import Facts
from counter_app.catalog.raised import Raised, Whose, raised
from counter_app.domain.settlement.settle import NoEstimate, Settlement, SettlementRange
from counter_app.forms.answers import Answers
from counter_app.items.manual_reimbursement.parties import insured_key
from counter_app.kernel.money import Fen

_OVER = "serious_over_cap"


def lifted(answers: Answers, facts: Facts, day: dt.date) -> Fen:
    """What is certain of the raise; 0 where it isn't known, which `doubts` says where it matters.

    Two parts of a stay have two years' caps, of which one raise is not both: none is counted.
    """
    if answers.get("crossing") == "split":
        return 0
    found = _found(answers, facts, day)
    return found.whole.total or 0 if found is not None else 0


def doubts(
    answers: Answers, facts: Facts, day: dt.date, result: Settlement | SettlementRange | NoEstimate
) -> Iterator[str]:
    """The raise that is not counted, where the cap cut something off."""
    found = _found(answers, facts, day)
    high = result.high if isinstance(result, SettlementRange) else result
    keys = {row.key for row in high.rows} if isinstance(high, Settlement) else set[str]()
    if found is not None and any(key.endswith(f".{_OVER}") for key in keys):
        yield "分年算的没有算连续参保、零报销的激励，大病封顶线可能高些，还能多报"
    elif _OVER in keys and found is not None and found.whole.total is None:
        why = "；".join(found.whole.missing)
        yield f"连续参保、零报销的激励没有算进大病封顶线（{why}），可能还能多报"


def _found(answers: Answers, facts: Facts, day: dt.date) -> Raised | None:
    person = facts.people.get(answers.get("certno"))
    if person is None:
        return None
    whose = Whose(person, insured_key(answers), person.identity)
    return raised(whose, facts.held, day.year, facts.pack, day)
