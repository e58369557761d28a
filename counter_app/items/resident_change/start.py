"""The first answers, from the member in service."""

from dataclasses import replace

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import Prefill
from counter_app.forms.answers import Answers
from counter_app.items.resident_change.changes import before_of
from counter_app.items.resident_change.form import CHANGES, STOP
from counter_app.items.resident_change.outcome import years_ahead


def start(prefill: Prefill, _facts: Facts) -> Answers:
    """A draft for the first member chosen; somebody else may stand at the window for them."""
    values = {"present": "self"}
    if prefill.household is not None:
        values["hh_no"] = prefill.household.number
    if prefill.members:
        person = prefill.members[0]
        values |= {"psn_name": person.name, "certno": person.certno, "tel": person.tel}
        applicant = prefill.applicant or person
        values |= {"appl_name": applicant.name, "appl_certno": applicant.certno}
    return Answers({k: v for k, v in values.items() if v}, {"changes": (), "materials": ()})


def fill(answers: Answers, facts: Facts) -> Answers:
    """What the roster says now: beside every item to be corrected, and years paid for beyond a stop."""
    person = facts.people.get(answers.get("certno"))
    rows = tuple(
        {**row, "chg_before": before_of(row.get("chg_item", ""), person) if person else ""}
        for row in answers.section(CHANGES.id)
    )
    ahead = years_ahead(answers, facts) if answers.get("act") == STOP else ""
    if ahead != answers.get("paid_years"):
        answers = answers.put("paid_years", ahead)
    if rows == answers.section(CHANGES.id):
        return answers
    return replace(answers, rows={**answers.rows, CHANGES.id: rows})
