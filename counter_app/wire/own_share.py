"""What a claim left to the person, read from its case body; of a range the end that is certain."""

from typing import NamedTuple

from counter_app.domain.case.parties import Role
from counter_app.domain.high_cost.lines import Spent
from counter_app.forms.answers import from_plain
from counter_app.kernel import dates
from counter_app.wire.case_body import CaseBody


class Borne(NamedTuple):
    """By whom: subject key, name, certificate number."""

    subject: str
    name: str
    certno: str
    spent: Spent


def borne(body: CaseBody, accepted_on: str) -> Borne | None:
    """None where the case claims nothing, or names no insured person."""
    insured = next((p for p in body.parties if p[0] == Role.INSURED), None)
    if body.estimate is None or insured is None:
        return None
    answers = from_plain(body.answers)
    days = (answers.get("enddate"), answers.get("begndate"), accepted_on)
    on = next((day for day in map(dates.iso, days) if day is not None), None)
    if on is None:
        return None
    own = min((end.psn_part_amt for end in body.estimate.ends), default=None)
    return Borne(insured[1], insured[2], insured[3], Spent(on, own))
